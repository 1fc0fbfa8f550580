"""The preview of what would become of each record, and doing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from catalogue.acts import changing
from catalogue.acts.changing import Change, FieldChange
from catalogue.acts.replacing import Hit, Replacing
from catalogue.admin import panels, refusals
from catalogue.admin.acts import plan
from catalogue.models.act import Act, ActKind
from catalogue.models.fields import validate_characters

PAGE = 50  # records of a preview
NAMED = 100  # refusals that are named; the others are counted
SHOWN = 400  # characters of a value in the preview


@dataclass(frozen=True)
class ShownField:
    change: FieldChange
    hits: tuple[Hit, ...] = ()

    @property
    def old(self) -> str:
        return _shortened(self.change.old)

    @property
    def new(self) -> str:
        return _shortened(self.change.new)


@dataclass(frozen=True)
class Shown:
    """A record of the preview, linked to its page."""

    link: panels.Link
    fields: tuple[ShownField, ...]
    refused: tuple[str, ...]


def _shortened(value: str) -> str:
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, administered: Any) -> HttpResponse:
    name, made = plan.current(administered, request)
    if not made.kind:
        raise Http404
    if request.method == "POST":
        return _apply(request, administered, name, made)
    keys = [key for key, _version in made.changed]
    pages = Paginator(keys, PAGE)
    shown = pages.get_page(request.GET.get("p"))
    refused = [key for key, _version in made.refused[:NAMED]]
    instruction = plan.instruction_of(administered.model, made)
    context = {
        "title": gettext("Preview"),
        "page": shown,
        "records": list(_shown(administered, request, list(shown.object_list), instruction)),
        "refused": list(_shown(administered, request, refused, instruction)),
        "unnamed": len(made.refused) - len(refused),
        "changed": len(made.changed),
        "untouched": made.untouched,
        "name": name,
        "summary": summary(administered, made),
    }
    return plan.show(request, administered, "preview", made, context)


def _shown(
    administered: Any, request: HttpRequest, keys: list[int], instruction: Any
) -> Iterator[Shown]:
    model = administered.model
    stored = model._base_manager.in_bulk(keys)
    administered.prepare(list(stored.values()))
    for change in changing.changes(model, keys, instruction, plan.may(request)):
        key = change.record.pk
        link = panels.Link(administered.label(stored[key]), panels.page(model, "change", key))
        yield Shown(link, tuple(_fields(change, stored[key], instruction)), _words(model, change))


def _fields(change: Change, stored: Any, instruction: Any) -> Iterator[ShownField]:
    for field in change.fields:
        hits: tuple[Hit, ...] = ()
        if isinstance(instruction, Replacing):
            hits = tuple(instruction.hits(getattr(stored, field.name)))
        yield ShownField(field, hits)


def _words(model: Any, change: Change) -> tuple[str, ...]:
    """No constraint is called by its name in the database."""
    names = {
        constraint.get_violation_error_message(): refusals.words_of(constraint)
        for kind in (model, *model._meta.get_parent_list())
        for constraint in kind._meta.constraints
    }
    return tuple(names.get(words, words) for words in change.refused)


def summary(administered: Any, made: plan.Plan) -> str:
    """What is done, in a line, for the list of acts."""
    opts, number = administered.opts, len(made.changed)
    kind = opts.verbose_name if number == 1 else opts.verbose_name_plural
    given = {"number": number, "kind": kind, **made.instruction}
    if made.kind == ActKind.REPLACE:
        return gettext("“%(found)s” replaced with “%(becomes)s” in %(number)d %(kind)s") % given
    if made.kind == ActKind.SHEET:
        return gettext("%(number)d %(kind)s changed in a spreadsheet") % given
    fields = [administered.model._meta.get_field(s["name"]) for s in made.instruction["steps"]]
    given["fields"] = ", ".join(str(field.verbose_name) for field in fields)
    return gettext("%(number)d %(kind)s: %(fields)s changed") % given


def _apply(request: HttpRequest, administered: Any, name: str, made: plan.Plan) -> HttpResponse:
    model = administered.model
    reason = request.POST.get("reason", "").strip()[:500]
    act = Act(kind=made.kind, summary=summary(administered, made), reason=reason)
    instruction = plan.instruction_of(model, made)
    versions = {key: version for key, version in made.changed}  # noqa: C416 # pairs are lists here
    try:
        validate_characters(reason)
        done = changing.apply(model, versions, instruction, act, request.user, plan.may(request))
    except refusals.REFUSED as error:
        administered.message_user(request, refusals.in_words(error), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())
    plan.forget(request, name)
    for record, why in done.refused[:NAMED]:
        words = gettext("“%(record)s” was left as it is: %(why)s")
        administered.message_user(request, words % {"record": record, "why": why}, messages.WARNING)
    if done.act is None:
        administered.message_user(request, gettext("Nothing was changed."), messages.WARNING)
        return HttpResponseRedirect(made.back or plan.address(model, "changelist"))
    words = ngettext(
        "%(number)d record was changed. It can be taken back here.",
        "%(number)d records were changed. It can be taken back here.",
        done.changed,
    )
    administered.message_user(request, words % {"number": done.changed}, messages.SUCCESS)
    return HttpResponseRedirect(panels.page(Act, "change", done.act.pk))
