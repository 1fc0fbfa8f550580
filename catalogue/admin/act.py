"""Acts: what was done to many records at once. To be read, and taken back; never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.acts import undoing
from catalogue.admin import panels, refusals, transitions
from catalogue.admin.forms import is_key
from catalogue.admin.trace import TraceAdmin
from catalogue.models import Act

LONGEST = 100  # records of one kind that are named


@dataclass(frozen=True)
class Kind:
    """The records of one kind that an act has touched."""

    title: str
    number: int
    entries: tuple[panels.Entry, ...]

    @property
    def more(self) -> int:
        return self.number - len(self.entries)


@admin.register(Act)
class ActAdmin(TraceAdmin):
    list_display = ("made", "kind", "summary", "user_name", "reason", "taken_back")
    list_display_links = ("made", "summary")
    list_filter = ("kind", ("undone", admin.EmptyFieldListFilter))
    search_fields = ("summary", "reason", "user_name")
    search_help_text = _("What was done, why, or by whom")
    ordering = ("-made", "-pk")
    actions = None

    @admin.display(description=_("taken back"))
    def taken_back(self, act: Act) -> str:
        return date_format(localtime(act.undone), "SHORT_DATETIME_FORMAT") if act.undone else "–"

    def get_urls(self) -> list[Any]:
        undo = path(
            "<path:object_id>/undo/",
            self.admin_site.admin_view(self.undo_view),
            name="catalogue_act_undo",
        )
        return [undo, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What was done, to which records."""
        if not self.has_view_permission(request):
            transitions.deny(request.user, "view", Act)
        return self._page(request, self._act(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An act never changes: its page is its history."""
        return HttpResponseRedirect(panels.page(Act, "change", self._act(object_id).pk))

    def undo_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks, and takes it back."""
        act = self._act(object_id)
        if not self.has_view_permission(request) or not undoing.may_undo(act, request.user):
            transitions.deny(request.user, "undo", act)
        if request.method == "POST":
            try:
                undoing.undo(act, request.user)
            except undoing.EditedSince:
                words = gettext("Nothing was taken back: records were edited after it.")
                self.message_user(request, words, messages.ERROR)
            except refusals.REFUSED as error:
                self.message_user(request, refusals.in_words(error), messages.ERROR)
            else:
                self.message_user(request, gettext("It was taken back."), messages.SUCCESS)
            return HttpResponseRedirect(panels.page(Act, "change", act.pk))
        return self._page(request, act, asked=True)

    def _act(self, object_id: str) -> Act:
        act = Act.objects.filter(pk=object_id).first() if is_key(object_id) else None
        if act is None:
            raise Http404
        return act

    def _page(self, request: HttpRequest, act: Act, *, asked: bool = False) -> HttpResponse:
        may_undo = undoing.may_undo(act, request.user)
        edited = undoing.edited_since(act) if may_undo and not act.undone else ()
        kinds = tuple(self._kinds(act))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Take back") if asked else str(act.get_kind_display()).capitalize(),
            "act": act,
            "kinds": kinds,
            "total": sum(kind.number for kind in kinds),
            "edited": [self._edited(record) for record in edited[:LONGEST]],
            "may_undo": may_undo,
            "asked": asked and not act.undone and not edited,
        }
        return render(request, "admin/catalogue/acts/act.html", context)

    def _edited(self, record: undoing.Edited) -> panels.Entry:
        when = date_format(localtime(record.when), "SHORT_DATETIME_FORMAT")
        page = panels.page(record.model, "history", record.key)
        return panels.Entry(panels.Link(record.label, page), (record.who, when))

    def _kinds(self, act: Act) -> Iterator[Kind]:
        for model, touched in undoing.spans(act).items():
            keys = [span.key for span in touched]
            present = model._base_manager.in_bulk(keys[:LONGEST])
            administered: Any = self.admin_site.get_model_admin(model)
            administered.prepare(list(present.values()))
            entries = tuple(
                self._entry(administered, key, present.get(key)) for key in keys[:LONGEST]
            )
            yield Kind(capfirst(str(model._meta.verbose_name_plural)), len(keys), entries)

    def _entry(self, administered: Any, key: int, record: Any) -> panels.Entry:
        model = administered.model
        if record is not None:
            page = panels.page(model, "change", key)
            return panels.Entry(panels.Link(administered.label(record), page))
        row = model.history.filter(**{model._meta.pk.attname: key}).first()
        label = undoing.label(row)
        page = panels.page(model, "history", key)
        return panels.Entry(panels.Link(label, page), (gettext("no longer there"),))
