"""References as cited."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import UnitReference


@admin.register(UnitReference)
class UnitReferenceAdmin(AssertionAdmin):
    brief = ("reference_kind",)
    list_filter = ("reference_kind", *AssertionAdmin.list_filter)
    search_fields = (
        "raw",
        "fond",
        "opis",
        "delo",
        "unit__folded",
        "unit__segment_key",
        "repository_name__folded",
        "identifier",
    )
    search_help_text = _("The reference as printed, its numbers, or the unit")
    fieldsets = said(
        ("unit", "witness"),
        "reference_kind",
        "raw",
        "repository_name",
        ("fond", "opis", "delo", "folios"),
        dated=_("Valid or used when"),
    )
