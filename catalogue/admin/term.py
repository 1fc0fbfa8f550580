"""Controlled terms and their labels."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.access_point import OutsideIdentifierInline
from catalogue.admin.fieldsets import area
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.record import RecordAdmin
from catalogue.admin.relations import Relations
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import Term, TermLabel


class TermLabelInline(Relations, admin.TabularInline):
    model = TermLabel
    extra = 0
    show_change_link = True


@admin.register(Term)
class TermAdmin(PublishableAdmin):
    list_display = ("heading", "kind", "broader", "in_brief", "changed")
    list_filter = ("kind", "state", VisibilityFilter)
    list_select_related = ("broader",)
    search_fields = ("sort_key", "labels__label", "identifier")
    search_help_text = _("The label in any language")
    ordering = ("kind", "sort_key", "pk")
    sortable_by = ("changed",)
    inlines = (TermLabelInline, OutsideIdentifierInline)
    owned = ((Term, "broader"),)
    fieldsets = (
        area(_("Term"), ("label", "kind"), "broader", "scope"),
        VISIBILITY,
    )

    @admin.display(description=_("label"), ordering="sort_key")
    def heading(self, record: Term) -> str:
        return record.label

    def label(self, record: Any) -> str:
        return f"{record.label} ({record.get_kind_display()})"


@admin.register(TermLabel)
class TermLabelAdmin(RecordAdmin):
    list_display = ("label_text", "language", "term")
    list_select_related = ("term",)
    search_fields = ("label", "term__sort_key")
    search_help_text = _("The label in any language")
    ordering = ("-pk",)
    sortable_by = ()
    fieldsets = (area(_("Label"), "term", ("language", "label")),)

    @admin.display(description=_("label"))
    def label_text(self, record: TermLabel) -> str:
        return record.label
