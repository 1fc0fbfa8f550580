"""The tree of units: browsing it, moving and sorting in it, renumbering."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from catalogue.admin.tree import move, order, pages, renumber
from catalogue.admin.tree.places import likely

__all__ = ["addresses", "likely"]

View = Callable[[HttpRequest, Any], HttpResponse]

# Each page with what one must be allowed to do with units; what it does with single ones it asks.
VIEWS: tuple[tuple[str, str, str, View], ...] = (
    ("tree/", "tree", "view", pages.view),
    ("tree/branch/", "branch", "view", pages.branch),
    ("tree/move/", "move", "change", move.view),
    ("tree/step/", "step", "change", order.step),
    ("tree/order/", "order", "change", order.view),
    ("tree/renumber/", "renumber", "change", renumber.view),
)


def addresses(administered: Any) -> list[URLPattern]:
    """The pages of the tree, before those of single units."""
    return [
        path(
            route,
            administered.admin_site.admin_view(_allowed(view, permission, administered)),
            name=f"catalogue_unit_{name}",
        )
        for route, name, permission, view in VIEWS
    ]


def _allowed(view: View, permission: str, administered: Any) -> Callable[..., HttpResponse]:
    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        if not getattr(administered, f"has_{permission}_permission")(request):
            raise PermissionDenied
        return view(request, administered)

    return asked
