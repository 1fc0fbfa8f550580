"""What is asked before anything is written: may this person, and is the record as it was shown?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from catalogue.admin import conflicts, transitions
from catalogue.admin.forms import is_key
from catalogue.models import role, versions
from catalogue.models.visibility import Publishable

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base  # it is mixed into one
else:
    Base = object


class Guarded(Base):
    """Permissions on each record, and versions. For the administration of every record."""

    # --- may this person ---

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or transitions.may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or transitions.may_change(request.user, obj))

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(role.PUBLISH) and self.has_change_permission(request, obj)

    def has_withdraw_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(role.WITHDRAW) and self.has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The last door: whatever led here, the transition itself is looked at."""
        if isinstance(obj, Publishable):
            transitions.require(request.user, obj, obj.state)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.deleted_forms:
            if row.instance.pk and not transitions.may_change(request.user, row.instance):
                transitions.deny(request.user, "delete", row.instance)
        for row in formset.forms:
            if row.has_changed() and isinstance(row.instance, Publishable):
                transitions.require(request.user, row.instance, row.instance.state)
        super().save_formset(request, form, formset, change)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """An action that the list did not offer was made up."""
        offered = self.get_actions(request)
        known = {name for _action, name, _words in self._get_base_actions()}  # type: ignore[attr-defined]  # not in the stubs
        for name in request.POST.getlist("action"):
            if name in known and name not in offered:
                transitions.deny(request.user, name, self.model)
        return super().changelist_view(request, extra_context)

    def response_action(self, request: HttpRequest, queryset: Any, *rest: Any) -> Any:
        with transaction.atomic():  # what is refused leaves no line in the log of actions either
            response: Any = super().response_action(request, queryset, *rest)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data["listed"] = conflicts.listed(request)
        return response

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A former state is read by whoever may see the record, and saved by who may change it."""
        if request.method == "POST" and is_key(object_id):
            record = self.get_object(request, object_id)
            if not self.has_change_permission(request, record):
                transitions.deny(request.user, "restore", record or self.model)
        response: HttpResponse = super().history_form_view(  # type: ignore[misc]  # of HistoryAdmin
            request, object_id, version_id, extra_context
        )
        return response

    # --- is the record as it was shown ---

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        """Django's own, within the transaction of a save."""
        key = unquote(object_id) if object_id is not None else ""
        context = dict(extra_context or {})
        if is_key(key) and "_saveasnew" not in request.POST:
            if request.method == "POST" and self.has_change_permission(request):
                page = conflicts.settle(self, request, key)
                if page is not None:
                    return page
                context["version"] = request.POST.get(conflicts.VERSION, "")
            elif request.method != "POST":
                context["version"] = conflicts.token(self, request, key)
        response: HttpResponse = super()._changeform_view(  # type: ignore[misc]  # not in the stubs
            request, object_id, form_url, context
        )
        return response

    def _delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any
    ) -> HttpResponse:
        """Deleted is what the person has seen, and nothing that was written since."""
        context = {**(extra_context or {}), "reason": request.POST.get("change_reason", "")}
        key = unquote(object_id)
        record = self.get_object(request, key) if request.POST and is_key(key) else None
        if record is not None and self.has_delete_permission(request, record):
            given = request.POST.get(conflicts.VERSION, "")
            said = conflicts.changed_meanwhile(self, request, record, given)
            if said:
                self.message_user(request, said, messages.ERROR)
                request.POST = QueryDict()  # the question is asked again
        if is_key(key):
            context["version"] = conflicts.token(self, request, key)
        response: HttpResponse = super()._delete_view(  # type: ignore[misc]  # not in the stubs
            request, object_id, context
        )
        return response

    # --- lists: what was chosen is what was shown ---

    def action_checkbox(self, obj: Any) -> Any:
        """The box by which a row is chosen, and the version of it that the list shows."""
        version = getattr(obj, "listed_version", None)
        box = super().action_checkbox(obj)
        return box if version is None else conflicts.with_version(box, obj.pk, version)

    def note_versions(self, records: list[Any]) -> None:
        """Once for a page of a list."""
        if records and hasattr(self.model, "history"):
            found = versions.latest(self.model, [record.pk for record in records])
            for record in records:
                record.listed_version = found.get(record.pk, 0)
