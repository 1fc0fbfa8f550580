"""Datings."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.claim import ONE_SUBJECT, SUBJECT_SEARCH
from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import Dating


@admin.register(Dating)
class DatingAdmin(AssertionAdmin):
    brief = ("dating_kind",)
    list_filter = ("dating_kind", *AssertionAdmin.list_filter)
    search_fields = ("date", "date_written", *SUBJECT_SEARCH, "agent__folded", "identifier")
    search_help_text = _("Date, or the record that is dated")
    fieldsets = said("dating_kind", *ONE_SUBJECT, dated=_("The date"))
