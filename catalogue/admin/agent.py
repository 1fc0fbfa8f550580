"""Agents, in the order of the areas of ISAAR(CPF)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.access_point import AccessPointInline, OutsideIdentifierInline
from catalogue.admin.agent_name import AgentNameInline
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import Agent, Repository


@admin.register(Agent)
class AgentAdmin(PublishableAdmin):
    list_display = ("heading", "kind", "date", "in_brief", "changed")
    list_filter = ("kind", "state", VisibilityFilter, "unnamed")
    search_fields = ("folded", "names__folded", "identifier", "outside_identifiers__value")
    search_help_text = _("Any form of the name, in any script; or an identifier")
    ordering = ("sort_key", "pk")
    sortable_by = ("heading", "changed")
    inlines = (AgentNameInline, AccessPointInline, OutsideIdentifierInline)
    owned = ((Repository, "agent"),)
    fieldsets = (
        area(_("Identity area (ISAAR(CPF) 5.1)"), ("kind", "unnamed"), "name"),
        area(
            _("Description area (ISAAR(CPF) 5.2)"),
            ("date_written", "date", "calendar"),
            "description",
            "places",
            "legal_status",
            "functions",
            "mandates",
            "internal_structure",
            "general_context",
        ),
        area(
            _("Control area (ISAAR(CPF) 5.4)"), "rules", "sources", "maintenance_note", folded=True
        ),
        VISIBILITY,
        staff_only("processing_note", "personal_data_note"),
    )

    @admin.display(description=_("name"), ordering="sort_key")
    def heading(self, record: Agent) -> str:
        return record.name

    def label(self, record: Any) -> str:
        return f"{record.name} ({record.date})" if record.date else str(record.name)
