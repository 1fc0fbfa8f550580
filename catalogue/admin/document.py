"""Documents and their parts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.admin.access_point import AccessPointInline, OutsideIdentifierInline
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import SHORT_PROSE, is_key
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.title import TitleInline
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import Document, Part, Question, Witness


@admin.register(Document)
class DocumentAdmin(PublishableAdmin):
    list_display = ("heading", "date", "genre", "status", "in_brief", "changed")
    list_filter = ("state", VisibilityFilter, "status")
    list_select_related = ("genre",)
    search_fields = ("folded", "titles__folded", "identifier", "outside_identifiers__value")
    search_help_text = _("Any title, in any script; or an identifier")
    ordering = ("sort_key", "pk")
    sortable_by = ("heading", "changed")
    formfield_overrides = SHORT_PROSE
    inlines = (TitleInline, AccessPointInline, OutsideIdentifierInline)
    owned = ((Witness, "document"), (Part, "document"), (Question, "document"))
    fieldsets = (
        area(
            _("Identity (ISAD(G) 3.1)"),
            "title",
            ("title_language", "title_supplied"),
            ("date_written", "date", "calendar"),
            ("genre", "status"),
            ("languages", "marking"),
        ),
        area(_("Content (ISAD(G) 3.3)"), "summary"),
        area(_("Notes (ISAD(G) 3.6)"), "note"),
        VISIBILITY,
        staff_only("processing_note"),
    )

    @admin.display(description=_("title"), ordering="sort_key")
    def heading(self, record: Document) -> str:
        return record.title

    def label(self, record: Any) -> str:
        return f"{record.title} ({record.date})" if record.date else str(record.title)


@admin.register(Part)
class PartAdmin(PublishableAdmin):
    list_display = ("__str__", "heading", "document", "witness", "in_brief")
    list_filter = ("part_kind", "state", VisibilityFilter)
    list_select_related = ("document", "witness", "anchored_in")
    search_fields = ("heading", "document__folded", "witness__label", "identifier")
    search_help_text = _("Number, heading, document, or witness")
    ordering = ("-pk",)
    sortable_by = ()
    formfield_overrides = SHORT_PROSE
    owned = ((Part, "anchored_in"),)
    fieldsets = (
        area(_("Place"), ("document", "witness"), ("part_kind", "number"), "anchored_in"),
        area(_("Content"), ("heading", "heading_supplied"), "summary"),
        VISIBILITY,
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A word of figures is the number of the part, or stands in its heading."""
        words = search_term.split()
        for figures in filter(is_key, words):
            queryset = queryset.filter(Q(number=figures) | Q(heading__contains=figures))
        others = " ".join(word for word in words if not is_key(word))
        return super().get_search_results(request, queryset, others)

    def label(self, record: Any) -> str:
        return f"{self.line(record, None)} – {record.witness or record.document}"

    def line(self, row: Any, record: Any) -> str:
        return f"{row}. {row.heading}" if row.heading else str(row)
