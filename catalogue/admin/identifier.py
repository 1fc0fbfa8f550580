"""What is left of records that were public: to be read, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue.admin.lists import Pages
from catalogue.admin.search import search
from catalogue.models import Tombstone


@admin.register(Tombstone)
class TombstoneAdmin(admin.ModelAdmin):
    list_display = ("identifier", "kind", "replaced_by", "since")
    search_fields = ("identifier", "replaced_by")
    search_help_text = _("Identifier")
    ordering = ("-pk",)
    sortable_by = ()
    paginator = Pages
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return search(queryset, ("identifier", "replaced_by"), search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
