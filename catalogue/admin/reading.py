"""Readings."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import Reading


@admin.register(Reading)
class ReadingAdmin(AssertionAdmin):
    brief = ("reading_kind",)
    list_filter = ("reading_kind", *AssertionAdmin.list_filter)
    search_fields = ("passage", "text", "document__folded", "witness__label", "identifier")
    search_help_text = _("Passage, reading, document, or witness")
    fieldsets = said(
        ("document", "part"), "witness", "reading_kind", "passage", ("text", "language")
    )
