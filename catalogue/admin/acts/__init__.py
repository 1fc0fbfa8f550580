"""Many at once: the pages of acts, and their way into every list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.acts.merging import MERGEABLE
from catalogue.admin.acts import many, merge, plan, preview, sheet

if TYPE_CHECKING:
    Base = ModelAdmin  # it is mixed into one
else:
    Base = object

PAGES: tuple[tuple[str, str, Callable[..., HttpResponseBase]], ...] = (
    ("many/edit/", "edit_many", many.edit),
    ("many/replace/", "replace_many", many.replace),
    ("many/preview/", "preview_many", preview.page),
    ("many/sheet/", "sheet", sheet.page),
    ("many/sheet/export/", "export_sheet", sheet.export),
)


def _begin(name: str) -> Callable[..., HttpResponse]:
    """The action of a list that goes to a page with what has been selected."""

    def begin(administered: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return plan.begin(administered, request, queryset, name)

    return begin


def _merge(administered: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
    if len(keys) != 2:
        words = gettext("Select the two records that are to become one.")
        administered.message_user(request, words, messages.WARNING)
        return None
    address = plan.address(administered.model, "merge")
    return HttpResponseRedirect(f"{address}?keep={keys[0]}&merge={keys[1]}")


ACTIONS: dict[str, tuple[Callable[..., Any], Any]] = {
    "edit_many": (_begin("edit_many"), _("Edit fields of the selected records")),
    "replace_many": (_begin("replace_many"), _("Find and replace in the selected records")),
    "sheet": (_begin("sheet"), _("Take the selected records to a spreadsheet")),
}


class ManyAtOnce(Base):
    """Actions and pages for many records. For the administration of every record."""

    def get_urls(self) -> list[Any]:
        pages = list(PAGES)
        if self.model in MERGEABLE:
            pages.append(("merge/", "merge", merge.page))
        return [*(self._page(*page) for page in pages), *super().get_urls()]

    def _page(self, route: str, name: str, view: Callable[..., HttpResponseBase]) -> Any:
        def answer(request: HttpRequest) -> HttpResponseBase:
            return view(request, self)

        full = f"catalogue_{self.opts.model_name}_{name}"
        return path(route, self.admin_site.admin_view(answer), name=full)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if not actions and self.actions is None:
            return actions
        if plan.may_change_many(self, request):
            actions |= {name: (act, name, words) for name, (act, words) in ACTIONS.items()}
        if self.model in MERGEABLE and merge.may_merge(self, request):
            actions["merge"] = (_merge, "merge", _("Merge the two selected records"))
        return actions
