"""Evidence: on the page of its statement, and in a list of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import SHORT_PROSE
from catalogue.admin.record import RecordAdmin
from catalogue.admin.relations import Relations
from catalogue.models import Evidence
from catalogue.models.evidence import SOURCES, THROUGH

SOURCE = (
    ("publication", "document"),
    ("witness", "unit"),
    ("part", "locator"),
    ("accessed", "url"),
)
SPEAKER = (("speaker", "attribution"), ("date_written", "date", "calendar"))
RELATED = ("speaker", "part", *SOURCES, *THROUGH)


class EvidenceInline(Relations, admin.StackedInline):
    """One reason for or against the statement, from one source."""

    model = Evidence
    fk_name = "statement"
    formfield_overrides = SHORT_PROSE
    show_change_link = True
    classes = ("evidence",)
    fieldsets = (
        (
            None,
            {"fields": (("bearing", "basis"), *SOURCE, *SPEAKER, THROUGH, "reading", "staff_note")},
        ),
    )

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new statement has its first source asked for at once."""
        return 1 if obj is None else 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*RELATED)


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    list_display = ("__str__", "statement_label", "speaker", "attribution", "basis", "locator")
    list_filter = ("bearing", "basis", "attribution")
    list_select_related = ("statement", *RELATED)
    search_fields = (
        "locator",
        "reading",
        "speaker__folded",
        "publication__folded",
        "document__folded",
        "unit__folded",
        "witness__label",
        "statement__identifier",
    )
    search_help_text = _("Source, speaker, place in the source, or reading")
    ordering = ("-pk",)
    sortable_by = ()
    fieldsets = (
        area(_("For or against what"), "statement", ("bearing", "basis")),
        area(_("Source"), *SOURCE, "reading"),
        area(_("Who says so, and when"), *SPEAKER),
        area(_("Reported through"), THROUGH),
        staff_only("staff_note"),
    )

    def prepare(self, records: list[Any]) -> list[Any]:
        statements = {record.statement_id: record.statement for record in records}
        self.admin_site.get_model_admin(Evidence.statement.field.related_model).prepare(
            list(statements.values())
        )
        for record in records:
            record.statement = statements[record.statement_id]
        return records

    @admin.display(description=_("statement"))
    def statement_label(self, record: Evidence) -> str:
        statements = self.admin_site.get_model_admin(type(record.statement))
        return str(statements.label(record.statement))
