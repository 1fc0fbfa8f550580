"""Derivations."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import Derivation


@admin.register(Derivation)
class DerivationAdmin(AssertionAdmin):
    list_filter = ("derivation_kind", *AssertionAdmin.list_filter)
    search_fields = (
        "derived__label",
        "base__label",
        "derived__document__folded",
        "note",
        "identifier",
    )
    search_help_text = _("Either witness, the document, or note")
    fieldsets = said("derived", "derivation_kind", "base", dated=_("When"))
