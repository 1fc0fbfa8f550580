"""The pages of the desk: what is said of a record, a statement more, what a source is used for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext

from catalogue.admin import panels, refusals
from catalogue.admin.desk import editing, gathering, scope, sources
from catalogue.admin.desk.entering import Entering
from catalogue.admin.forms import is_key
from catalogue.models import Document, Evidence


class DeskPages(Entering):
    """For the admins of records of which something can be said, or which can be a source."""

    def get_urls(self) -> list[URLPattern]:
        found = []
        if self.model in scope.OWN:
            found.append(self._desk_page("statements/", "statements", self.statements_view))
            found.append(
                self._desk_page("statements/add/<kind>/", "add_statement", self.add_statement_view)
            )
        if self.model in sources.USES:
            found.append(self._desk_page("used/", "used_as_source", self.used_as_source_view))
        if self.model is Evidence:
            view = self.admin_site.admin_view(self.last_source_view)
            found.append(path("last-source/", view, name="catalogue_evidence_last_source"))
        return [*found, *super().get_urls()]

    def _desk_page(self, route: str, name: str, view: Callable[..., Any]) -> URLPattern:
        full = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        guarded: Callable[..., HttpResponse] = self.admin_site.admin_view(view)
        return path(f"<path:object_id>/{route}", guarded, name=full)

    def desk_links(self, record: Any) -> list[panels.Link]:
        """For the top of the form."""
        found = []
        if self.model in scope.OWN:
            found.append(
                panels.Link(gettext("Statements"), panels.page(self.model, "statements", record.pk))
            )
        if self.model in sources.USES:
            words = gettext("Used as source")
            found.append(panels.Link(words, panels.page(self.model, "used_as_source", record.pk)))
        return found

    # --- the desk ---

    def statements_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """All that is said of the record; with ``?edit=1`` to be changed on the spot."""
        record = self._record(request, object_id)
        desk = gathering.gather(record, self.admin_site, request)
        asked = {name: request.GET.get(name, "")[:30] for name in ("kind", "show")}
        refusal = ""
        if request.method == "POST":
            refusal = self._change_several(request, record, desk)
            if not refusal:
                return HttpResponseRedirect(_with(request, edit=""))
            desk = gathering.gather(record, self.admin_site, request)  # as it is stored
        ways = self._ways(request, record)
        kinds, needs = gathering.counts(desk)
        shown = gathering.choose(desk, asked["kind"], asked["show"])
        is_editing = bool(request.GET.get("edit"))
        if is_editing:
            shown = self._editable(request, shown)
        context = {
            **self._desk_context(request, record, gettext("Statements")),
            "sections": gathering.lay_out(shown, [way.kind for way in ways]),
            "disputes": desk.disputes,
            "total": len(desk.lines),
            "shown": len(shown.lines),
            "kinds": [_choice(request, "kind", asked["kind"], *kind) for kind in kinds],
            "needs": [_choice(request, "show", asked["show"], *need) for need in needs],
            "everything": _with(request, kind="", show=""),
            "is_filtered": any(asked.values()),
            "is_editing": is_editing,
            "may_edit": self._may_edit(request, desk),
            "edit": _with(request, edit="1"),
            "leave": _with(request, edit=""),
            "ways": [(way, self._way_address(record, way)) for way in ways],
            "is_document": isinstance(record, Document),
            "refusal": refusal,
            "reason": request.POST.get("change_reason", ""),
        }
        return TemplateResponse(
            request, "admin/catalogue/desk/statements.html", context, status=409 if refusal else 200
        )

    def _editable(self, request: HttpRequest, desk: gathering.Desk) -> gathering.Desk:
        """With the selects of those statements that the reader may change."""
        sent = request.POST if request.method == "POST" else None
        may = {
            type(row.statement): self._admin_of(row.statement).has_change_permission(request)
            for row in desk.lines
        }
        return replace(
            desk,
            lines=tuple(
                replace(row, fields=editing.choices(row.statement, request.user, sent))
                if may[type(row.statement)]
                else row
                for row in desk.lines
            ),
        )

    def _may_edit(self, request: HttpRequest, desk: gathering.Desk) -> bool:
        kinds = {type(row.statement): row.statement for row in desk.lines}
        return any(
            self._admin_of(statement).has_change_permission(request) for statement in kinds.values()
        )

    def _change_several(self, request: HttpRequest, record: Any, desk: gathering.Desk) -> str:
        """Save what was chosen. Returns why nothing was saved, or nothing."""
        statements = [row.statement for row in desk.lines]
        try:
            changed = editing.read(request.POST, statements, request.user)
            for statement in changed:
                # As it is stored: what was chosen for it is not its state yet.
                stored = type(statement)._base_manager.get(pk=statement.pk)
                if not self._admin_of(statement).has_change_permission(request, stored):
                    raise PermissionDenied
            reason = request.POST.get("change_reason", "").strip()[:500]
            editing.save(changed, record, request.user, reason)
        except editing.Changed as error:
            return editing.gap(error)
        except refusals.REFUSED as error:
            return refusals.in_words(error)
        words = ngettext(
            "%(number)d statement was changed.", "%(number)d statements were changed.", len(changed)
        )
        self.message_user(request, words % {"number": len(changed)}, messages.SUCCESS)
        return ""

    # --- what a source is used for ---

    def used_as_source_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every statement that rests on the record, by what it speaks of."""
        record = self._record(request, object_id)
        if not self.admin_site.get_model_admin(Evidence).has_view_permission(request):
            raise PermissionDenied
        key = request.GET.get("after", "")
        after = Evidence._base_manager.filter(pk=key).first() if is_key(key) else None
        groups, following = sources.used(record, after, self.admin_site, request)
        name = sources.USES[self.model][0]
        context = {
            **self._desk_context(request, record, gettext("Used as source")),
            "groups": groups,
            "following": following,
            "is_first": after is None,
            "evidence_list": panels.page(
                Evidence, "changelist", **{f"{name}__id__exact": record.pk}
            ),
        }
        return TemplateResponse(request, "admin/catalogue/desk/used.html", context)

    def _admin_of(self, statement: Any) -> Any:
        return self.admin_site.get_model_admin(type(statement))


def _with(request: HttpRequest, **changes: str) -> str:
    """The address of the page with some of its query changed."""
    query = {name: request.GET.get(name, "") for name in ("kind", "show", "edit")} | changes
    kept = urlencode({name: value for name, value in query.items() if value})
    return f"{request.path}?{kept}" if kept else request.path


def _choice(
    request: HttpRequest, name: str, chosen: str, value: str, words: str, number: int
) -> dict[str, Any]:
    return {
        "words": words,
        "number": number,
        "chosen": value == chosen,
        "address": _with(request, **{name: "" if value == chosen else value}),
    }
