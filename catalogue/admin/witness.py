"""Witnesses and the leaves that they take up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.admin.entry import folios as entry_folios
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import SHORT_PROSE, RecordForm
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.record import RecordAdmin
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import FolioImage, FolioRange, Part, Question, Witness


class WitnessForm(RecordForm):
    """The folios are typed as one line, and are kept as rows."""

    folios_written = entry_folios.FoliosField()

    def __init__(self, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        if self.instance.pk and "folios_written" in self.fields:
            self.initial.setdefault("folios_written", self.instance.folios())


@admin.register(Witness)
class WitnessAdmin(PublishableAdmin):
    form = WitnessForm
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
            "folios_written",
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

    @admin.display(description=_("folios"))
    def folios_written(self, record: Witness) -> str:
        """For those who may only look."""
        return entry_folios.print_line(record.folios()) if record.pk else ""

    def typed_rows(self, form: Any) -> list[Any]:
        return list(entry_folios.rows(form.instance, form.cleaned_data.get("folios_written") or ()))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "folios_written" in form.changed_data:
            reason = form.cleaned_data.get("change_reason") or None
            entry_folios.change(form.instance, form.cleaned_data["folios_written"], reason)

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
