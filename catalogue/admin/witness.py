"""Witnesses and the leaves that they take up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import SHORT_PROSE
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.record import RecordAdmin
from catalogue.admin.relations import Relations
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import FolioImage, FolioRange, Part, Question, Witness


class FolioRangeInline(Relations, admin.TabularInline):
    model = FolioRange
    extra = 0
    show_change_link = True


@admin.register(Witness)
class WitnessAdmin(PublishableAdmin):
    list_display = (
        "label_text",
        "document",
        "witness_kind",
        "completeness",
        "language",
        "in_brief",
        "changed",
    )
    list_filter = (
        "witness_kind",
        "completeness",
        "survival",
        "access",
        "existence_certain",
        "state",
        VisibilityFilter,
    )
    list_select_related = ("document", "unit", "publication", "repository__agent")
    search_fields = (
        "label",
        "title_as_printed",
        "document__folded",
        "document__titles__folded",
        "publication__folded",
        "unit__folded",
        "unit__segment_key",
        "identifier",
    )
    search_help_text = _("Short name, document, publication, or unit")
    ordering = ("-modified", "-pk")
    sortable_by = ("changed",)
    formfield_overrides = SHORT_PROSE
    inlines = (FolioRangeInline,)
    owned = ((Part, "witness"), (FolioImage, "witness"), (Question, "witness"))
    fieldsets = (
        area(
            _("The witness"), "document", "label", ("witness_kind", "language"), "title_as_printed"
        ),
        area(
            _("How complete"),
            ("completeness", "completeness_certain", "existence_certain"),
            "parts",
        ),
        area(
            _("Where it is: in a unit, or in a publication, or neither"),
            ("unit", "repository"),
            ("publication", "pages"),
            "url",
        ),
        area(_("Date of its making"), ("date_written", "date", "calendar")),
        area(_("Survival, access and rights"), ("survival", "access", "closed_until"), "rights"),
        area(_("Note"), "note"),
        VISIBILITY,
        staff_only("processing_note"),
    )

    @admin.display(description=_("short name"))
    def label_text(self, record: Witness) -> str:
        return record.label

    def label(self, record: Any) -> str:
        return f"{record.label} – {record.document}"


@admin.register(FolioRange)
class FolioRangeAdmin(RecordAdmin):
    list_display = ("__str__", "witness")
    list_select_related = ("witness",)
    search_fields = ("first", "last", "witness__label", "witness__document__folded")
    search_help_text = _("Folio, witness, or document")
    ordering = ("-pk",)
    sortable_by = ()
    fieldsets = (area(_("Folios"), "witness", ("first", "last")),)
