"""The pages of the history of a record: its timeline, two versions compared, one brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from catalogue.admin import panels, refusals
from catalogue.admin.desk import scope
from catalogue.admin.forms import is_key
from catalogue.admin.history import restoring, timeline, values
from catalogue.admin.history.names import Names
from catalogue.models import Evidence
from catalogue.models.versions import owned_by

if TYPE_CHECKING:
    Base = admin.ModelAdmin  # simple_history publishes no types
else:
    Base = SimpleHistoryAdmin

VERSIONS = 300  # offered for comparison at most

GROUPS = {
    "record": _("The record itself"),
    "rows": _("Rows of its form"),
    "statements": _("Statements about it"),
    "evidence": _("Their evidence"),
    "belonging": _("What belongs to it"),
}


class HistoryAdmin(Base):
    """Shows, compares and restores former states of records."""

    object_history_form_template = "admin/catalogue/history_form.html"
    admin_site: Any  # whose admins are ours

    def get_urls(self) -> list[URLPattern]:
        return [
            self._history_page("history/compare/", "compare", self.compare_view),
            self._history_page("history/restore/", "restore", self.restore_view),
            *super().get_urls(),
        ]

    def _history_page(self, route: str, name: str, view: Callable[..., Any]) -> URLPattern:
        """A page of one record, for those who are signed in."""
        model = f"{self.opts.app_label}_{self.opts.model_name}"
        guarded: Callable[..., HttpResponse] = self.admin_site.admin_view(view)
        return path(f"<path:object_id>/{route}", guarded, name=f"{model}_{name}")

    # --- the timeline ---

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who, when, why, field by field; with the rows of the record and what is said of it."""
        record, is_gone = self._living_or_not(request, object_id)
        only = request.GET.get("only", "")
        who = request.GET.get("who", "")[:250]
        sources = [*self._sources(request, record)]
        groups = {source.group for source in sources}
        among = Q(history_user_name=who) if who else Q()
        window, following = timeline.window(
            [source for source in sources if only not in groups or source.group == only],
            among,
            timeline.read_cursor(request.GET.get("before", "")),
        )
        kept = {key: value for key, value in (("only", only), ("who", who)) if value}
        context = {
            **self._context(request, record, self.history_view_title(request, record)),
            "entries": timeline.entries(record, window, self.admin_site, request),
            "groups": [
                {
                    "name": name,
                    "words": words,
                    "chosen": name == only,
                    "query": urlencode({**kept, "only": name}),
                }
                for name, words in GROUPS.items()
                if name in groups
            ],
            "everything": urlencode({"who": who} if who else {}),
            "who": who,
            "anybody": urlencode({"only": only} if only else {}),
            "following": urlencode({**kept, "before": following}) if following else "",
            "is_latest": "before" not in request.GET,
            "is_gone": is_gone,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/catalogue/history/timeline.html", context)

    def _sources(self, request: HttpRequest, record: Any) -> Iterator[timeline.Source]:
        """The tables of history that concern the record and that the reader may see."""
        key = timeline.key_of(self.model)
        yield timeline.Source(self.model, Q(**{key: record.pk}), "record")
        for source in self._related(record):
            if self.admin_site.get_model_admin(source.model).has_view_permission(request):
                yield source

    def _related(self, record: Any) -> Iterator[timeline.Source]:
        rows = {inline.model for inline in self.inlines}
        for model in sorted(rows, key=lambda model: str(model._meta.model_name)):
            yield timeline.Source(model, owned_by(record, model), "rows")
        for model, name in getattr(self, "owned", ()):
            yield timeline.Source(model, Q(**{f"{name}_id": record.pk}), "belonging")
        spoken = Q()
        if self.model in scope.OWN:
            for kind, condition in scope.reaching(record).items():
                known = timeline.history(kind).filter(condition).values("statement_ptr_id")
                spoken |= Q(statement_id__in=known)
                if kind not in rows:
                    yield timeline.Source(kind, condition, "statements")
            yield timeline.Source(Evidence, spoken, "evidence")

    # --- two versions ---

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two versions side by side; without a choice, the latest and the one before it."""
        record, is_gone = self._living_or_not(request, object_id)
        versions = [*self._versions(record)[:VERSIONS]]
        new = self._chosen(request, "new", record) or versions[0]
        old = self._chosen(request, "old", record) or versions[min(1, len(versions) - 1)]
        if (old.history_date, old.pk) > (new.history_date, new.pk):
            old, new = new, old
        fields = values.shown(self.model)
        names = Names(self.admin_site, request)
        names.fetch([*values.needed(old, fields), *values.needed(new, fields)])
        changes = values.compare(old, new, fields, names)
        title = gettext("Two versions compared: %(record)s") % {"record": self._label(record)}
        context = {
            **self._context(request, record, title),
            "versions": versions,
            "old": old,
            "new": new,
            "changes": [change for change in changes if not change.is_same],
            "alike": [change for change in changes if change.is_same and change.new],
            "entries": self._between(request, record, old, new),
            "may_restore": not is_gone and self.has_change_permission(request, record),
            "restorable": {field.name for field in values.restorable(self.model)},
        }
        return TemplateResponse(request, "admin/catalogue/history/compare.html", context)

    def _between(
        self, request: HttpRequest, record: Any, old: Any, new: Any
    ) -> list[timeline.Entry]:
        """What happened to the rows of the form from the one version to the other."""
        # Rows are saved with the form, a moment after the record itself.
        until = new.history_date + timedelta(seconds=5)
        among = Q(history_date__gt=old.history_date, history_date__lte=until)
        sources = [source for source in self._sources(request, record) if source.group == "rows"]
        window, _following = timeline.window(sources, among, None)
        return timeline.entries(record, window, self.admin_site, request)

    # --- bringing back ---

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A version, or one field of it, as it would come back; and then as a new version."""
        living, is_gone = self._living_or_not(request, object_id)
        version = self._chosen(request, "version", living)
        if version is None:
            raise Http404
        allowed = self.has_add_permission if is_gone else self.has_change_permission
        if not (allowed(request) if is_gone else self.has_change_permission(request, living)):
            raise PermissionDenied
        record = restoring.revive(version) if is_gone else living
        asked = request.GET.get("field", "")
        if asked and asked not in {field.name for field in values.restorable(self.model)}:
            raise Http404
        fields = restoring.differing(record, version, is_gone, asked)
        fields, is_kept = restoring.permitted(request.user, record, version, fields, is_gone)
        refusal = ""
        if request.method == "POST":
            record._change_reason = request.POST.get("change_reason", "").strip()[:500] or None
            try:
                with transaction.atomic():
                    restoring.put_back(record, version, fields)
            except (*refusals.REFUSED, ObjectDoesNotExist) as error:
                refusal = refusals.in_words(error)
                record, is_gone = self._living_or_not(request, object_id)
            else:
                said = gettext("“%(record)s” was restored.") % {"record": self._label(record)}
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(panels.page(self.model, "history", record.pk))
        names = Names(self.admin_site, request)
        names.fetch([*values.needed(record, fields), *values.needed(version, fields)])
        title = gettext("Restore: %(record)s") % {"record": self._label(record)}
        context = {
            **self._context(request, record, title),
            "version": version,
            "changes": values.compare(record, version, fields, names),
            "is_gone": is_gone,
            "is_kept": is_kept,
            "refusal": refusal,
            "reason": request.POST.get("change_reason", ""),
        }
        status = 409 if refusal else 200
        return TemplateResponse(
            request, "admin/catalogue/history/restore.html", context, status=status
        )

    # --- what the pages have in common ---

    def _context(self, request: HttpRequest, record: Any, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "object": record,
            "object_label": self._label(record),
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
        }

    def _versions(self, record: Any) -> Any:
        key = timeline.key_of(self.model)
        rows = timeline.history(self.model).filter(**{key: record.pk})
        return rows.order_by("-history_date", "-history_id")

    def _chosen(self, request: HttpRequest, name: str, record: Any) -> Any:
        """The version of the record that the address names, if it does."""
        number = request.GET.get(name, "")
        if not number:
            return None
        version = self._versions(record).filter(pk=number).first() if is_key(number) else None
        if version is None:
            raise Http404
        return version

    def _living_or_not(self, request: HttpRequest, object_id: str) -> tuple[Any, bool]:
        """The record, else its last version and that it is gone. Only for those who may see it."""
        key = unquote(object_id)
        if not is_key(key):
            raise Http404
        record = self.get_queryset(request).filter(pk=key).first()
        is_gone = record is None
        if is_gone:
            name = timeline.key_of(self.model)
            rows = timeline.history(self.model).filter(**{name: key})
            last = rows.order_by("-history_date", "-history_id").first()
            if last is None:
                raise Http404
            record = last.instance
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record, is_gone

    def _label(self, record: Any) -> str:
        """A deleted record may be called after others that are deleted as well."""
        try:
            return str(record)
        except (ObjectDoesNotExist, AttributeError):
            return str(self.opts.verbose_name)

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        return gettext("History: %(record)s") % {"record": self._label(obj)}

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
