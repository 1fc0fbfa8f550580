"""What is left of records that were public: to be read, never changed."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.trace import TraceAdmin
from catalogue.models import Tombstone


@admin.register(Tombstone)
class TombstoneAdmin(TraceAdmin):
    list_display = ("identifier", "kind", "replaced_by", "since")
    search_fields = ("identifier", "replaced_by")
    search_help_text = _("Identifier")
    ordering = ("-pk",)
