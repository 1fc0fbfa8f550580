"""Relations among agents. ISAAR(CPF) 5.3."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import AgentRelation


@admin.register(AgentRelation)
class AgentRelationAdmin(AssertionAdmin):
    brief = ("date",)
    list_filter = ("relation_kind", "numbering", *AssertionAdmin.list_filter)
    search_fields = ("source__folded", "target__folded", "role", "note", "identifier")
    search_help_text = _("Either agent, role, or note")
    fieldsets = said(
        "source",
        "relation_kind",
        "target",
        "role",
        ("numbering", "prefix"),
        dated=_("When (ISAAR(CPF) 5.3.4)"),
    )
