"""The history of a record: who, when, why, field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from catalogue.admin import refusals
from catalogue.admin.forms import is_key

if TYPE_CHECKING:
    Base = admin.ModelAdmin  # simple_history publishes no types
else:
    Base = SimpleHistoryAdmin


class Changes(HistoricalRecordContextHelper):  # type: ignore[misc]  # it publishes no types
    """What a person changed, without the columns that the catalogue derives from it."""

    def context_for_delta_changes(self, delta: Any) -> list[dict[str, Any]]:
        changes = [
            change for change in delta.changes if self.model._meta.get_field(change.field).editable
        ]
        found: list[dict[str, Any]] = super().context_for_delta_changes(
            replace(delta, changes=changes)
        )
        return found


class HistoryAdmin(Base):
    """Shows and restores former states of records."""

    object_history_list_template = "admin/catalogue/history_list.html"
    object_history_form_template = "admin/catalogue/history_form.html"

    def get_historical_record_context_helper(self, request: HttpRequest, record: Any) -> Changes:
        return Changes(self.model, record)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not is_key(object_id):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        """A deleted record may be called after others that are deleted as well."""
        try:
            return str(super().history_view_title(request, obj))  # type: ignore[misc]  # of SimpleHistoryAdmin
        except ObjectDoesNotExist:
            return str(self.opts.verbose_name)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form of a former state. What the database refuses, the form says."""
        if not (is_key(object_id) and is_key(version_id)):
            raise Http404
        view = super().history_form_view  # type: ignore[misc]  # of SimpleHistoryAdmin
        try:
            with transaction.atomic():
                response: HttpResponse = view(request, object_id, version_id, extra_context)
        except refusals.REFUSED as error:
            request.refusal = refusals.in_words(error)  # type: ignore[attr-defined]  # read by get_form
            response = view(request, object_id, version_id, extra_context)
        return response
