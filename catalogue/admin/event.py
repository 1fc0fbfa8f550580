"""Events."""

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
from catalogue.models import Event, Question


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    list_display = ("heading", "kind", "date", "place", "in_brief", "changed")
    list_filter = ("kind", "state", VisibilityFilter)
    list_select_related = ("place", "parent")
    search_fields = ("folded", "titles__folded", "identifier")
    search_help_text = _("Any title, in any script")
    ordering = ("sort_key", "pk")
    sortable_by = ("heading", "changed")
    formfield_overrides = SHORT_PROSE
    inlines = (TitleInline, AccessPointInline, OutsideIdentifierInline)
    owned = ((Event, "parent"), (Question, "event"))
    fieldsets = (
        area(
            _("The event"),
            "title",
            ("title_language", "kind"),
            ("date_written", "date", "calendar"),
            ("place", "parent"),
            "description",
        ),
        VISIBILITY,
        staff_only("processing_note"),
    )

    @admin.display(description=_("title"), ordering="sort_key")
    def heading(self, record: Event) -> str:
        return record.title

    def label(self, record: Any) -> str:
        return f"{record.title} ({record.date})" if record.date else str(record.title)
