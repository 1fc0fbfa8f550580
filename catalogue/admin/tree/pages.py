"""The tree of a repository, whole or from a unit down: opened, leafed through, searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Case, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from catalogue import text
from catalogue.admin.forms import is_key
from catalogue.admin.search import search
from catalogue.admin.tree import branches, places
from catalogue.admin.tree.state import State, read
from catalogue.admin.tree.target import path_of
from catalogue.models import Repository, Unit
from catalogue.models.unit import attach_ancestors

HITS = 50
REPOSITORIES = 500


@dataclass(frozen=True)
class Hit:
    """A unit that was found: the way to it, and the page on which it is open in place."""

    unit: Unit
    path: str
    address: str


@require_safe
def view(request: HttpRequest, administered: Any) -> HttpResponse:
    if not (request.GET.get("repository") or request.GET.get("unit")):
        return _repositories(request, administered)
    state = read(request.GET)
    if typed := request.GET.get("goto", "").strip():
        return _go(request, state, typed)
    sought = request.GET.get("q", "").strip()
    hits = _hits(administered, state, sought) if sought else []
    context = {
        **administered.admin_site.each_context(request),
        **_words(administered, request, state),
        "title": gettext("Tree of %(name)s") % {"name": state.top or state.repository},
        "opts": administered.opts,
        "branch": branches.read(state),
        "sought": sought,
        "hits": hits[:HITS],
        "more_hits": len(hits) > HITS,
        "above": [(unit, State(state.repository, unit).address()) for unit in _above(state)],
    }
    return render(request, "admin/catalogue/tree/page.html", context)


def _above(state: State) -> list[Unit]:
    return state.top.ancestors() if state.top else []


def _words(administered: Any, request: HttpRequest, state: State) -> dict[str, Any]:
    """What the templates of a page and of a branch ask for."""
    moving = (
        Unit.objects.filter(pk__in=state.moving).only(
            "pk", "segment", "title", "level", "level_label"
        )
        if state.moving
        else []
    )
    return {
        "state": state,
        "moving": moving,
        "may_change": administered.has_change_permission(request),
        "may_add": administered.has_add_permission(request),
    }


@require_safe
def branch(request: HttpRequest, administered: Any) -> HttpResponse:
    """One window of one branch, as it stands in the page."""
    state = read(request.GET)
    parent = request.GET.get("parent", "")
    if parent and not is_key(parent):
        raise Http404
    key = int(parent) if parent else None
    if typed := request.GET.get("goto", "").strip():
        above = get_object_or_404(Unit, pk=key) if key else None
        found = places.nearest(typed, above, state.repository)
        state = state.revealing(found) if found else state
    context = {
        **_words(administered, request, state),
        "branch": branches.read_one(state, key),
        "focus": state.anchors[-1].unit if typed and state.anchors else None,
    }
    return render(request, "admin/catalogue/tree/branch.html", context)


def _go(request: HttpRequest, state: State, typed: str) -> HttpResponse:
    """To a reference; where several have it, or none, the page says so."""
    branch = request.GET.get("branch", "")
    if is_key(branch):
        parent = get_object_or_404(Unit, pk=branch)
        nearest = places.nearest(typed, parent, state.repository)
        found = [nearest] if nearest else []
    else:
        found = places.find(typed, state.repository, state.top)
    if len(found) == 1:
        return HttpResponseRedirect(state.revealing(found[0]).address(focus=found[0].pk))
    words = gettext("There is no “%(typed)s” here.")
    if found:
        words = gettext("“%(typed)s” may be several units. Write the reference from the top.")
    messages.warning(request, words % {"typed": typed[:100]})
    return HttpResponseRedirect(state.address())


def _hits(administered: Any, state: State, sought: str) -> list[Hit]:
    """Whose segment it is comes first, then from the top down."""
    rows = Unit.objects.filter(state.scope, repository=state.repository)
    is_segment = Q(segment_key=text.natural_key(sought[:120]))
    rows = search(rows, administered.search_fields, sought).annotate(
        otherwise=Case(When(is_segment, then=Value(0)), default=Value(1))
    )
    found = list(rows.order_by("otherwise", "depth", "position", "pk")[: HITS + 1])
    attach_ancestors(found)
    return [
        Hit(unit, path_of(unit), state.revealing(unit).address(focus=unit.pk)) for unit in found
    ]


def _repositories(request: HttpRequest, administered: Any) -> HttpResponse:
    rows = Repository.objects.select_related("agent").order_by("agent__sort_key", "pk")
    context = {
        **administered.admin_site.each_context(request),
        "title": gettext("Trees of the repositories"),
        "opts": administered.opts,
        "repositories": [(row, State(row).address()) for row in rows[:REPOSITORIES]],
    }
    return render(request, "admin/catalogue/tree/repositories.html", context)
