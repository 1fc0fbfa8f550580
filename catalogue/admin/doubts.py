"""Doubts before saving: the form comes back once and says them; whoever saves again is not asked.

What is doubtful is the matter of ``catalogue.quality``. Contradictions of structure are errors of
the form as ever, and stand before all doubts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.translation import gettext

from catalogue.admin import panels
from catalogue.quality.doubt import Doubt
from catalogue.quality.doubts import new_doubts

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base  # it is mixed into one
else:
    Base = object

SEEN = "_doubts_seen"
LONGEST = 4000  # characters of the field that carries what has been seen
BUTTONS = ("_continue", "_addanother", "_saveasnew", "_propose", "_return", "_publish", "_withdraw")


class Doubted(Exception):
    """There are doubts that the person has not seen; nothing has been written."""

    def __init__(self, found: list[Doubt]) -> None:
        self.found = found
        super().__init__(", ".join(doubt.code for doubt in found))


@dataclass(frozen=True)
class Shown:
    """A doubt for the page, with the label of its field and links to what it is about."""

    text: str
    field: str
    label: str
    links: tuple[panels.Link, ...]


class Doubting(Base):
    """Asks before it saves. For the administration of every record."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        request.asks = True  # type: ignore[attr-defined]  # restoring a former state asks nothing
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Doubted as doubted:
            # The form is made again, with what was typed, by refusing it without a word.
            request.doubted = doubted.found  # type: ignore[attr-defined]  # read by the page
            request.refusal = gettext("There are doubts.")  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, instances = super()._create_formsets(request, obj, change)  # type: ignore[misc]  # not in the stubs
        request.formsets = formsets  # type: ignore[attr-defined]  # the rows beside the record
        return formsets, instances

    def typed_rows(self, form: Any) -> list[Any]:
        """Rows of the record that its form takes in a field of its own."""
        return []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if getattr(request, "asks", False):
            rows = [*_rows(getattr(request, "formsets", ())), *self.typed_rows(form)]
            seen = set(request.POST.get(SEEN, "")[:LONGEST].split())
            found = new_doubts(obj, rows)
            if any(doubt.key() not in seen for doubt in found):
                raise Doubted(found)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: Any, *arguments: Any, **kwargs: Any
    ) -> Any:
        found = getattr(request, "doubted", [])
        seen = request.POST.get(SEEN, "")[:LONGEST].split()
        context["doubts_seen"] = " ".join(dict.fromkeys([*seen, *(each.key() for each in found)]))
        if found:
            fields = context["adminform"].form.fields
            context["doubts"] = [_shown(doubt, fields, self.admin_site) for doubt in found]
            context["doubts_button"] = next((n for n in BUTTONS if n in request.POST), "_save")
            context["errors"] = []
        return super().render_change_form(request, context, *arguments, **kwargs)


def _rows(formsets: Any) -> Iterator[models.Model]:
    """What would be stored in the rows of the form."""
    for formset in formsets:
        for form in formset.forms:
            kept = form.instance.pk or form.has_changed()
            if kept and not (formset.can_delete and formset._should_delete_form(form)):
                yield form.instance


def _shown(doubt: Doubt, fields: Any, site: Any) -> Shown:
    links = tuple(link for record in doubt.about for link in link_to(record, site))
    known = doubt.field in fields
    label = str(fields[doubt.field].label) if known else ""
    return Shown(str(doubt), f"id_{doubt.field}" if known else "", label, links)


def link_to(record: models.Model, site: Any) -> Iterator[panels.Link]:
    """To the form of a record, if it has one."""
    try:
        address = panels.page(type(record), "change", record.pk)
    except NoReverseMatch:
        return
    yield panels.Link(site.get_model_admin(type(record)).label(record), address)
