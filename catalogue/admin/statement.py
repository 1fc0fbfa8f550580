"""Statements: what each kind has in common, and the list of them all."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.forms import Media, Script
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.admin import panels
from catalogue.admin.evidence import EvidenceInline
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.record import RecordAdmin
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import STATEMENTS, Evidence, Statement
from catalogue.models.statement import Assertion


class WithoutEvidence(admin.SimpleListFilter):
    """Statements for which nobody has said how we know."""

    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("some", _("with evidence")), ("none", _("without evidence"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        found = models.Exists(Evidence.objects.filter(statement=models.OuterRef("pk")))
        if self.value() == "some":
            return queryset.filter(found)
        if self.value() == "none":
            return queryset.filter(~found)
        return queryset


DATES = (("date_written", "date", "calendar"),)


def said(*names: Any, dated: Any = ()) -> tuple[Any, ...]:
    """The fieldsets of a kind of statement: its own fields, then what all statements have.

    ``dated`` is the name of the fieldset of its dates; none for what has no dates.
    """
    when = (area(dated, *DATES),) if dated else ()
    return (
        area(_("What is said"), *names),
        *when,
        area(_("Standing and certainty"), ("standing", "certainty"), "superseded_by"),
        area(_("Question in dispute"), "question"),
        VISIBILITY,
        area(_("Note"), "note"),
        staff_only("staff_note"),
    )


class AssertionAdmin(PublishableAdmin):
    """One kind of statement, with its evidence on its own page."""

    inlines = (EvidenceInline,)
    ordering = ("-pk",)
    list_filter: ClassVar[Any] = (
        "state",
        VisibilityFilter,
        "standing",
        "certainty",
        WithoutEvidence,
    )
    sortable_by = ()
    brief: ClassVar[tuple[str, ...]] = ()

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["wording", *self.brief, "standing", "certainty", "evidence_count", "in_brief"]

    @property
    def list_select_related(self) -> tuple[str, ...]:  # type: ignore[override]  # Django only reads it
        """All ends: the label of a statement names what it speaks of."""
        ends: tuple[str, ...] = self.model.ends
        return ends

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("question", *self.model.ends)

    def prepare(self, records: list[Any]) -> list[Any]:
        models.prefetch_related_objects(records, "evidence")
        return records

    @admin.display(description=_("evidence"))
    def evidence_count(self, record: Assertion) -> int:
        return len(record.evidence.all())

    def label(self, record: Any) -> str:
        return panels.wording(record)

    def line(self, row: Any, record: Any) -> str:
        return panels.wording(row, record)

    def rows_below(self, request: HttpRequest, record: Any) -> Any:
        return self.get_queryset(request).prefetch_related("evidence").order_by("pk")

    @admin.display(description=_("statement"))
    def wording(self, record: Any) -> str:
        return panels.wording(record)

    def belonging(self, request: HttpRequest, record: Any) -> list[panels.Panel]:
        return []

    def about_links(self, record: Any) -> list[panels.Link]:
        """The records that a statement speaks of, one click away."""
        ends = [end for name in record.ends if (end := getattr(record, name)) is not None]
        return [
            panels.Link(
                f"{capfirst(str(end._meta.verbose_name))}:"
                f" {self.admin_site.get_model_admin(type(end)).label(end)}",
                panels.page(type(end), "change", end.pk),
            )
            for end in ends
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *arguments: Any, **kwargs: Any
    ) -> Any:
        record = kwargs.get("obj")
        context["about"] = self.about_links(record) if record is not None else []
        if self.has_add_permission(request) or self.has_change_permission(request):
            context["last_source"] = panels.page(Evidence, "last_source")
            script: Any = Script("catalogue/admin/desk.js", type="module")
            context["media"] += Media(js=[script])
        return super().render_change_form(request, context, *arguments, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the record from whose page the statement was added."""
        for name in obj.ends:
            end = getattr(obj, name)
            if end is not None and request.GET.get(name) == str(end.pk):
                return HttpResponseRedirect(panels.page(type(end), "change", end.pk))
        return super().response_post_save_add(request, obj)


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    """All statements in one list. Each is read and changed as what it is of its own kind."""

    list_display = ("wording", "kind_name", "question")
    list_filter = (WithoutEvidence, ("question", admin.EmptyFieldListFilter))
    list_select_related = ("question",)
    search_fields = ("identifier", "note", "question__text", "agentname__folded", "claim__value")
    search_help_text = _("Identifier, note, question, name, or value of a claim")
    ordering = ("-pk",)
    sortable_by = ()
    actions = None

    def prepare(self, records: list[Any]) -> list[Any]:
        """The rows of their own kinds, each kind in one query."""
        for model in STATEMENTS:
            name = model._meta.model_name or ""
            wanted = {record.pk: record for record in records if record.kind == name}
            if wanted:
                rows = model.objects.select_related(*model.ends).in_bulk(list(wanted))
                for key, row in rows.items():
                    wanted[key]._state.fields_cache[name] = row
        return records

    def label(self, record: Any) -> str:
        own = record.concrete()
        kind = capfirst(str(own._meta.verbose_name))
        return f"{kind}: {self.admin_site.get_model_admin(type(own)).label(own)}"

    def narrow_suggestions(self, rows: Any, field: Any) -> Any:
        """A statement is superseded by one of its own kind; evidence is for any."""
        if field.name == "superseded_by":
            return rows.filter(kind=field.model._meta.model_name)
        return rows

    @admin.display(description=_("statement"))
    def wording(self, record: Statement) -> str:
        return self.label(record)

    @admin.display(description=_("kind of statement"))
    def kind_name(self, record: Statement) -> str:
        return str(record.concrete()._meta.verbose_name)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self._to_its_own(request, object_id, "change")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._to_its_own(request, object_id, "history")

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self._to_its_own(request, object_id, "history")

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._to_its_own(request, object_id, "history")

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._to_its_own(request, object_id, "history")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._to_its_own(request, object_id, "delete")

    def _to_its_own(self, request: HttpRequest, object_id: str, page: str) -> HttpResponse:
        """The same page of the statement as what it is."""
        statement = self.get_object(request, object_id)
        if statement is None:
            raise Http404
        return HttpResponseRedirect(panels.page(type(statement.concrete()), page, statement.pk))
