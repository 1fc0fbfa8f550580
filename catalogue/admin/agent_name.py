"""Forms of names: rows of an agent's form, and statements with evidence of their own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.forms import RowForm
from catalogue.admin.relations import Relations
from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import AgentName


class NameRowForm(RowForm):
    """What supersedes a name is named on the page of the name: here the standing is checked."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: Any = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return set(excluded) - {"superseded_by"}


class AgentNameInline(Relations, admin.TabularInline):
    model = AgentName
    fk_name = "agent"
    form = NameRowForm
    fields = ("form", "language", "name_kind", "date", "standing", "state")
    extra = 0
    show_change_link = True
    verbose_name_plural = _(
        "names (ISAAR(CPF) 5.1.2 to 5.1.5); the evidence is on the page of each"
    )


@admin.register(AgentName)
class AgentNameAdmin(AssertionAdmin):
    brief = ("language", "name_kind", "date")
    list_filter = ("name_kind", *AssertionAdmin.list_filter)
    search_fields = ("folded", "agent__folded", "identifier")
    search_help_text = _("The form of the name, or the agent")
    fieldsets = said(
        "agent",
        "form",
        ("language", "script", "transliteration"),
        "name_kind",
        ("family", "given"),
        dated=_("In use (EDTF span)"),
    )

    def label(self, record: Any) -> str:
        used = f" ({record.date})" if record.date else ""
        return f"{record.form}{used} – {record.agent}"
