"""Contributions."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.claim import SUBJECT_SEARCH
from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import Contribution


@admin.register(Contribution)
class ContributionAdmin(AssertionAdmin):
    list_filter = ("role", *AssertionAdmin.list_filter)
    search_fields = ("contributor__folded", "name_as_printed", *SUBJECT_SEARCH, "identifier")
    search_help_text = _("Agent, name as printed, or the record that was contributed to")
    fieldsets = said(
        ("contributor", "role"),
        ("name_as_printed", "position"),
        ("document", "witness"),
        ("unit", "publication"),
        "event",
        dated=_("When"),
    )
