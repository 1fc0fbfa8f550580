"""What the pages of all records have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from catalogue.admin import conflicts, panels, refusals
from catalogue.admin.acts import ManyAtOnce
from catalogue.admin.desk.pages import DeskPages
from catalogue.admin.doubts import Doubting
from catalogue.admin.entry import dates as entry_dates
from catalogue.admin.forms import RecordForm, is_key
from catalogue.admin.guard import Guarded
from catalogue.admin.history import HistoryAdmin
from catalogue.admin.lists import Pages, PreparedList, ReasonForm
from catalogue.admin.relations import Relations
from catalogue.admin.search import search


class RecordAdmin(ManyAtOnce, Guarded, Doubting, Relations, DeskPages, HistoryAdmin):
    """A list, a form, a history. ``owned`` names what else belongs to the record: (model, key)."""

    form = RecordForm
    paginator = Pages
    action_form = ReasonForm
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    owned: ClassVar[tuple[tuple[type[models.Model], str], ...]] = ()

    # --- lists ---

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PreparedList

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what the labels read."""
        rows = super().get_queryset(request)
        related = self.list_select_related
        return rows.select_related(*related) if isinstance(related, tuple) else rows

    def prepare(self, records: list[Any]) -> list[Any]:
        """Fetch for one page of rows together what their labels and columns will read."""
        return records

    def label(self, record: Any) -> str:
        """How the record is called where it is chosen."""
        return str(record)

    def line(self, row: Any, record: Any) -> str:
        """How a row is called on the page of the record that it belongs to."""
        return str(row)

    def rows_below(self, request: HttpRequest, record: Any) -> models.QuerySet[Any]:
        """The rows among which those of a record are looked up for its page, in their order."""
        return self.get_queryset(request).order_by(*(self.opts.ordering or ()))

    def ways_to_add_many(self, record: Any) -> tuple[panels.Link, ...]:
        """Links on the page of the record that rows belong to, beside the one that adds a row."""
        return ()

    def narrow_suggestions(self, rows: Any, field: Any) -> Any:
        """The rows that may be suggested for a field of another model."""
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        columns = [str(column) for column in self.get_search_fields(request)]
        return search(queryset, columns, search_term), False

    # --- forms ---

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Areas marked ``collapse`` are folded only while there is nothing in them."""
        fieldsets = []
        for name, options in super().get_fieldsets(request, obj):
            filled = obj is not None and any(
                getattr(obj, field, None) for field in flatten_fieldsets([(name, options)])
            )
            if filled:
                classes = [name for name in options.get("classes", ()) if name != "collapse"]
                options = {**options, "classes": classes}
            fieldsets.append((name, options))
        return fieldsets

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What a link filled in: for a relation only what can be a key."""
        initial: dict[str, Any] = {}
        relations = set(self.get_autocomplete_fields(request))
        for name, value in super().get_changeform_initial_data(request).items():
            keys = value if isinstance(value, list) else [value]
            if name not in relations or all(is_key(key) for key in keys):
                initial[name] = value
        return initial

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form. What the database refuses comes back as an error of the form, nothing lost."""
        try:
            response: HttpResponse = super().changeform_view(
                request, object_id, form_url, extra_context
            )
        except refusals.REFUSED as error:
            request.refusal = refusals.in_words(error)  # type: ignore[attr-defined]  # read by get_form
            response = super().changeform_view(request, object_id, form_url, extra_context)
        return response

    def render_change_form(
        self, request: HttpRequest, context: Any, *arguments: Any, **kwargs: Any
    ) -> Any:
        record = kwargs.get("obj")
        if record is not None and record.pk and not context.get("is_popup"):
            context["panels"] = self.belonging(request, record)
            context["desk_links"] = self.desk_links(record)
        return super().render_change_form(request, context, *arguments, **kwargs)

    def belonging(self, request: HttpRequest, record: Any) -> list[panels.Panel]:
        """What belongs to the record and is not in its form."""
        rows = [
            panels.owned(record, [name], self.admin_site.get_model_admin(model), request)
            for model, name in self.owned
        ]
        return [*rows, *panels.statements_about(record, self.admin_site, request)]

    # --- saving and deleting, with the reason ---

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, obj, form, change)
        entry_dates.tell(request, form)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        reason = form.cleaned_data.get("change_reason") or None
        for row in formset.forms:
            row.instance._change_reason = reason
        super().save_formset(request, form, formset, change)
        for row in formset.forms:
            entry_dates.tell(request, row)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        obj._change_reason = request.POST.get("change_reason", "")[:500] or None
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """One by one: each leaves a row of history with the reason, and its tombstone."""
        with transaction.atomic():
            for record in queryset:
                if said := conflicts.changed_since_listed(request, record):
                    raise ValidationError(f"{record}: {said}")
                self.delete_model(request, record)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What stands in the way is named as in the lists, a statement as what it is."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = panels.obstacles(objs, self.admin_site)
        return deleted, counts, lacking, protected

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refused, with the list, also where somebody refers to the record while it is asked."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except refusals.REFUSED as error:
            self.message_user(request, refusals.in_words(error), messages.ERROR)
            return HttpResponseRedirect(panels.page(self.model, "delete", unquote(object_id)))

    def response_action(self, request: HttpRequest, queryset: Any, *rest: Any) -> Any:
        try:
            return super().response_action(request, queryset, *rest)
        except refusals.REFUSED as error:
            self.message_user(request, refusals.in_words(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
