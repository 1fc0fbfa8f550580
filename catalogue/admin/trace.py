"""What follows from what is done elsewhere: lists to be read, never changed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalogue.admin.lists import Pages
from catalogue.admin.search import search


class TraceAdmin(admin.ModelAdmin):
    """A list that is searched and paged like those of records, with nothing to add or change."""

    paginator = Pages
    show_full_result_count = False
    sortable_by = ()

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        columns = [str(column) for column in self.get_search_fields(request)]
        return search(queryset, columns, search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
