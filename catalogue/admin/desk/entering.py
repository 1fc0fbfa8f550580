"""The page on which a statement and its source are entered in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.admin import panels, refusals
from catalogue.admin.desk import adding, scope, sources
from catalogue.admin.forms import is_key
from catalogue.models import Evidence

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base  # it is mixed into one
else:
    Base = object


class Entering(Base):
    """For the admins of records of which something can be said."""

    admin_site: Any  # whose admins are ours

    def add_statement_view(self, request: HttpRequest, object_id: str, kind: str) -> HttpResponse:
        """A statement with one evidence, saved together."""
        record = self._record(request, object_id)
        ways = self._ways(request, record)
        end = request.GET.get("end")
        of_kind = [way for way in ways if way.kind == kind and end in (None, way.end)]
        if kind not in adding.KINDS or not any(way.kind == kind for way in adding.ways(record)):
            raise Http404
        if not of_kind:
            raise PermissionDenied
        way = of_kind[0]
        sent: QueryDict | None = request.POST if request.method == "POST" else None
        is_copying = sent is not None and "_copy_last" in sent
        if is_copying and sent is not None and (last := sources.last(request.user)) is not None:
            sent = adding.with_last_source(sent, last)
        administered = self.admin_site.get_model_admin(adding.KINDS[kind])
        evidences = self.admin_site.get_model_admin(Evidence)
        form = adding.statement_form(way, record, administered, request, sent)
        evidence = adding.evidence_form(evidences, request, sent, self._given_source(request))
        refusal = ""
        if sent is not None and not is_copying:
            adding.settle_end(form, way)
            if form.is_valid() and evidence.is_valid():
                try:
                    return self._save_statement(request, record, way, form, evidence)
                except refusals.REFUSED as error:
                    refusal = refusals.in_words(error)
        elif is_copying:  # nothing is asked to be right yet
            form.errors.clear()
            evidence.errors.clear()
        title = gettext("Add: %(kind)s") % {"kind": way.words}
        context = {
            **self._desk_context(request, record, title),
            "form": form,
            "evidence": evidence,
            "more": adding.EVIDENCE_MORE,
            "media": self.media + form.media + evidence.media,
            "way": way,
            "ways": [(other, self._way_address(record, other)) for other in ways],
            "full_form": panels.page(
                adding.KINDS[kind], "add", **({way.end: record.pk} if way.end else {})
            ),
            "may_publish": request.user.has_perm("catalogue.publish_records"),
            "refusal": refusal,
            "last_source": panels.page(Evidence, "last_source"),
        }
        return TemplateResponse(request, "admin/catalogue/desk/add.html", context)

    def _given_source(self, request: HttpRequest) -> dict[str, Any]:
        """That of the evidence that the address names: the same source, the next statement."""
        key = request.GET.get("like", "")
        row = Evidence._base_manager.filter(pk=key).first() if is_key(key) else None
        may = self.admin_site.get_model_admin(Evidence).has_view_permission(request, row)
        return sources.copied(row) if row is not None and may else {}

    def _save_statement(
        self, request: HttpRequest, record: Any, way: adding.Way, form: Any, evidence: Any
    ) -> HttpResponse:
        administered = self.admin_site.get_model_admin(adding.KINDS[way.kind])
        evidences = self.admin_site.get_model_admin(Evidence)
        has_source = evidence.has_changed()
        if has_source and not evidences.has_add_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            statement = administered.save_form(request, form, change=False)
            administered.save_model(request, statement, form, change=False)
            form.save_m2m()
            if has_source:
                row = evidence.save(commit=False)
                row.statement_id = statement.pk
                row._change_reason = form.cleaned_data.get("change_reason") or None
                row.save()
        said = gettext("Added: %(statement)s") % {"statement": panels.wording(statement, record)}
        self.message_user(request, said, messages.SUCCESS)
        if "_same" in request.POST:
            query = {"end": way.end, **({"like": evidence.instance.pk} if has_source else {})}
            return HttpResponseRedirect(
                panels.page(self.model, "add_statement", record.pk, way.kind, **query)
            )
        desk = panels.page(self.model, "statements", record.pk)
        return HttpResponseRedirect(f"{desk}#statement-{statement.pk}")

    def last_source_view(self, request: HttpRequest) -> JsonResponse:
        """The source of the statement that the reader entered last, for the fields of a form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        last = sources.last(request.user)
        fields = sources.in_fields(last, self.admin_site, request) if last is not None else {}
        return JsonResponse({"fields": fields})

    # --- what the pages have in common ---

    def _record(self, request: HttpRequest, object_id: str) -> Any:
        """Only for those who may see it."""
        key = unquote(object_id)
        record = self.get_queryset(request).filter(pk=key).first() if is_key(key) else None
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def _desk_context(self, request: HttpRequest, record: Any, title: str) -> dict[str, Any]:
        label = self.label(record)  # type: ignore[attr-defined]  # of RecordAdmin
        return {
            **self.admin_site.each_context(request),
            "title": f"{title}: {label}",
            "subtitle": None,
            "opts": self.opts,
            "object": record,
            "object_label": label,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "has_desk": self.model in scope.OWN,
        }

    def _ways(self, request: HttpRequest, record: Any) -> list[adding.Way]:
        """Those kinds that the reader may add."""
        return [
            way
            for way in adding.ways(record)
            if self.admin_site.get_model_admin(adding.KINDS[way.kind]).has_add_permission(request)
        ]

    def _way_address(self, record: Any, way: adding.Way) -> str:
        return panels.page(self.model, "add_statement", record.pk, way.kind, end=way.end)
