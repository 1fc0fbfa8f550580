"""Publications."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.access_point import AccessPointInline, OutsideIdentifierInline
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import SHORT_PROSE
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.title import TitleInline
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import Publication, Question, Witness


@admin.register(Publication)
class PublicationAdmin(PublishableAdmin):
    list_display = ("heading", "kind", "date", "publisher", "parent", "in_brief", "changed")
    list_filter = ("kind", "state", VisibilityFilter)
    list_select_related = ("parent",)
    search_fields = ("folded", "titles__folded", "number", "isbn", "issn", "doi", "identifier")
    search_help_text = _("Any title, number of the issue, ISBN, ISSN, or DOI")
    ordering = ("sort_key", "pk")
    sortable_by = ("heading", "changed")
    formfield_overrides = SHORT_PROSE
    inlines = (TitleInline, AccessPointInline, OutsideIdentifierInline)
    owned = ((Publication, "parent"), (Witness, "publication"), (Question, "publication"))
    fieldsets = (
        area(
            _("Title and kind"),
            "title",
            ("title_language", "kind"),
            "parent",
            ("number", "whole_number"),
        ),
        area(
            _("Imprint"),
            ("date_written", "date", "calendar"),
            ("place", "publisher"),
            ("edition", "language"),
        ),
        area(_("Standard numbers and address"), ("isbn", "issn", "doi"), "url"),
        area(_("Note"), "note"),
        VISIBILITY,
        staff_only("processing_note"),
    )

    @admin.display(description=_("title"), ordering="sort_key")
    def heading(self, record: Publication) -> str:
        return str(record)

    def label(self, record: Any) -> str:
        return f"{record} ({record.date})" if record.date else str(record)
