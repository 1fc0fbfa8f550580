"""Claims."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import Claim

# The fields of ``Subject``, in pairs; exactly one of them is filled in.
ONE_SUBJECT = (("document", "witness"), ("unit", "publication"), ("event", "agent"))
SUBJECT_SEARCH = (
    "document__folded",
    "unit__folded",
    "publication__folded",
    "event__folded",
    "witness__label",
)


@admin.register(Claim)
class ClaimAdmin(AssertionAdmin):
    list_filter = ("mode", *AssertionAdmin.list_filter, "claim_property")
    search_fields = ("value", "note", *SUBJECT_SEARCH, "agent__folded", "identifier")
    search_help_text = _("Value, note, or the record that it is about")
    fieldsets = said(
        ("claim_property", "mode"),
        "value",
        *ONE_SUBJECT,
        "part",
        dated=_("The time that it speaks about"),
    )
