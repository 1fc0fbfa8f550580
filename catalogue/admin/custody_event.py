"""Custody."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import CustodyEvent


@admin.register(CustodyEvent)
class CustodyEventAdmin(AssertionAdmin):
    brief = ("date",)
    list_filter = ("custody_kind", *AssertionAdmin.list_filter)
    search_fields = (
        "unit__folded",
        "unit__segment_key",
        "witness__label",
        "holder__folded",
        "holder_name__folded",
        "identifier",
    )
    search_help_text = _("Unit, witness, or holder")
    fieldsets = said(
        ("unit", "witness"),
        "custody_kind",
        ("holder", "holder_name"),
        ("from_agent", "place"),
        dated=_("When"),
    )
