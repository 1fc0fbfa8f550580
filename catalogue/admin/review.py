"""Draft, proposed, published: the queue of the reviewer, and what came of one's own proposals.

Nothing is stored for it. Who proposed a record, when and with what note is said by the row of
history that turned it; so is who published it or sent it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from catalogue.admin import conflicts, panels, refusals, transitions
from catalogue.admin.forms import is_key
from catalogue.models import role, versions
from catalogue.models.visibility import Publishable, State

PAGE = 50
FARTHEST = 1000  # proposals of one kind that are looked through
COUNTED = 100  # the first page counts no further


@dataclass(frozen=True)
class Proposal:
    """A record in the queue, or one that somebody proposed and what came of it.

    ``turn`` is the row of history that proposed it, ``answer`` the one that decided.
    """

    record: Any
    label: str
    url: str
    kind: str
    turn: Any
    answer: Any = None
    version: int = 0

    @property
    def name(self) -> str:
        return f"{self.record._meta.model_name}-{self.record.pk}"


def kinds(site: admin.AdminSite, request: HttpRequest) -> list[type[Publishable]]:
    """The kinds of record that can be published and that a person may see."""
    return [
        model
        for model in apps.get_app_config("catalogue").get_models()
        if issubclass(model, Publishable)
        and site.is_registered(model)
        and site.get_model_admin(model).has_view_permission(request)
    ]


def turned(model: type[Publishable]) -> Subquery:
    """The key of the row of history in which a record came to the state that it is in."""
    history: Any = model.history  # type: ignore[attr-defined]  # every record has one
    key = str(model._meta.pk.attname)
    others = history.filter(**{key: OuterRef(OuterRef("pk"))}).exclude(state=OuterRef("state"))
    last = Subquery(others.order_by("-history_id").values("history_id")[:1])
    same = history.filter(**{key: OuterRef("pk"), "history_id__gt": Coalesce(last, Value(0))})
    return Subquery(same.order_by("history_id").values("history_id")[:1])


def turn_of(record: Publishable) -> Any:
    """Who brought a record to its state, when and why; None if its history does not tell."""
    rows = type(record)._base_manager.filter(pk=record.pk).annotate(turn=turned(type(record)))
    key = rows.values_list("turn", flat=True).first()
    history: Any = type(record).history  # type: ignore[attr-defined]  # every record has one
    return history.filter(pk=key).first() if key else None


def how_many(site: admin.AdminSite, request: HttpRequest) -> int:
    """Proposed records, counted no further than one more than ``COUNTED``, in one query."""
    rows = [
        model._base_manager.filter(state=State.PROPOSED).order_by().values_list("pk")
        for model in kinds(site, request)
    ]
    return len(rows[0].union(*rows[1:], all=True)[: COUNTED + 1]) if rows else 0


# --- the form of a record ---


def on_the_form(administered: Any, request: HttpRequest, record: Any) -> dict[str, Any]:
    """What a form offers beside "Save", and what it says of the state of the record."""
    state = record.state if record is not None and record.pk else ""
    may = administered.has_publish_permission(request, record)
    offered = {
        "may_propose": state not in (State.PROPOSED, State.PUBLISHED),
        "may_return": may and state == State.PROPOSED,
        "may_publish": may and state != State.PUBLISHED,
        "may_withdraw": state == State.PUBLISHED
        and administered.has_withdraw_permission(request, record),
    }
    shut = state == State.PUBLISHED and not request.user.has_perm(role.PUBLISH)
    turn = turn_of(record) if state in (State.PROPOSED, State.DRAFT) else None
    before = turn.prev_record if turn is not None and state == State.DRAFT else None
    return {
        **offered,
        "settled": transitions.SETTLED if shut else "",
        "turn": turn,
        "was_returned": before is not None and before.state == State.PROPOSED,
    }


# --- the queue ---


def queue(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """All that is proposed, the oldest first; published or sent back, several at once."""
    found = kinds(site, request)
    if not found:
        transitions.deny(request.user, "see the queue of", Publishable)
    may_decide = request.user.has_perm(role.PUBLISH)
    if request.method == "POST":
        if not may_decide:
            transitions.deny(request.user, "decide on proposals of", Publishable)
        _decide(request, site, found)
        return HttpResponseRedirect(request.get_full_path())
    waiting = [
        (turn or 0, model, key)
        for model in found
        for key, turn in model._base_manager.filter(state=State.PROPOSED)
        .annotate(turn=turned(model))
        .order_by("turn", "pk")
        .values_list("pk", "turn")[:FARTHEST]
    ]
    page = _page_of(request, _by_time(waiting))
    context = {
        **site.each_context(request),
        "title": gettext("Proposed for publication"),
        "page": page,
        "proposals": _proposals(request, site, page.object_list),
        "may_decide": may_decide,
    }
    return TemplateResponse(request, "admin/catalogue/together/review.html", context)


def own(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """What one has proposed, the newest first, and what came of it."""
    proposed = []
    for model in kinds(site, request):
        history: Any = model.history  # type: ignore[attr-defined]  # every record has one
        key = str(model._meta.pk.attname)
        rows = history.filter(history_user_id=request.user.pk, state=State.PROPOSED).order_by()
        rows = rows.values_list(key).annotate(turn=models.Max("history_id")).order_by("-turn")
        proposed += [(turn, model, pk) for pk, turn in rows[:FARTHEST]]
    page = _page_of(request, _by_time(proposed)[::-1])
    context = {
        **site.each_context(request),
        "title": gettext("What you have proposed"),
        "page": page,
        "proposals": _proposals(request, site, page.object_list, answered=True),
    }
    return TemplateResponse(request, "admin/catalogue/together/proposals.html", context)


Waiting = tuple[int, Any, int]  # key of the row of history, model, key of the record


def _by_time(waiting: Iterable[Waiting]) -> list[Any]:
    """With their rows of history, the oldest first; what has no history before all others."""
    by_model: dict[Any, list[tuple[int, int]]] = {}
    for turn, model, key in waiting:
        by_model.setdefault(model, []).append((turn, key))
    found = []
    for model, pairs in by_model.items():
        rows = model.history.in_bulk([turn for turn, _key in pairs if turn])
        found += [(rows.get(turn), model, key) for turn, key in pairs]
    none = [one for one in found if one[0] is None]
    dated = [one for one in found if one[0] is not None]
    return none + sorted(dated, key=lambda one: one[0].history_date)


def _page_of(request: HttpRequest, rows: list[Any]) -> Any:
    return Paginator(rows, PAGE).get_page(request.GET.get("p"))


def _proposals(
    request: HttpRequest, site: admin.AdminSite, rows: Iterable[Any], answered: bool = False
) -> list[Proposal]:
    """One page of them; each kind of record is fetched together."""
    wanted = list(rows)
    records: dict[tuple[Any, int], Any] = {}
    answers: dict[tuple[Any, int], Any] = {}
    listed: dict[tuple[Any, int], int] = {}
    for model in {model for _turn, model, _key in wanted}:
        keys = [key for _turn, other, key in wanted if other is model]
        administered: Any = site.get_model_admin(model)
        found = administered.get_queryset(request).filter(pk__in=keys).order_by()
        for record in administered.prepare(list(found)):
            records[model, record.pk] = (record, administered.label(record))
        for key, version in versions.latest(model, keys).items():
            listed[model, key] = version
        if answered:
            answers |= _answers(model, keys)
    return [
        Proposal(
            record=records[model, key][0],
            label=records[model, key][1],
            url=panels.page(model, "change", key),
            kind=capfirst(str(model._meta.verbose_name)),
            turn=turn,
            answer=answers.get((model, key)),
            version=listed.get((model, key), 0),
        )
        for turn, model, key in wanted
        if (model, key) in records
    ]


def _answers(model: Any, keys: list[int]) -> dict[tuple[Any, int], Any]:
    """The rows of history that brought records from "proposed" to where they are."""
    rows = model._base_manager.filter(pk__in=keys).exclude(state=State.PROPOSED)
    turns = dict(rows.annotate(turn=turned(model)).values_list("pk", "turn"))
    known = model.history.in_bulk([turn for turn in turns.values() if turn])
    return {(model, key): known[turn] for key, turn in turns.items() if turn in known}


def _decide(request: HttpRequest, site: admin.AdminSite, found: list[Any]) -> None:
    """Publish or send back what was chosen, each by itself; what is refused is named."""
    after = State.DRAFT if "_return" in request.POST else State.PUBLISHED
    note = request.POST.get("reason", "").strip()[:500]
    chosen = request.POST.getlist("chosen")
    if after == State.DRAFT and not note:
        words = gettext("Say what has to be changed before it is published.")
        messages.error(request, words)
        return
    if not chosen:
        messages.warning(request, gettext("Choose what to publish or to send back."))
        return
    by_name = {str(model._meta.model_name): model for model in found}
    done = sum(_decide_one(request, site, by_name, name, after, note) for name in chosen)
    if after == State.PUBLISHED:
        said = ngettext(
            "%(number)d record was published.", "%(number)d records were published.", done
        )
    else:
        said = ngettext(
            "%(number)d record was sent back.", "%(number)d records were sent back.", done
        )
    messages.success(request, said % {"number": done})


def _decide_one(
    request: HttpRequest,
    site: admin.AdminSite,
    by_name: dict[str, Any],
    name: str,
    after: State,
    note: str,
) -> bool:
    kind, _line, key = name.partition("-")
    model = by_name.get(kind)
    record = model._base_manager.filter(pk=key).first() if model and is_key(key) else None
    if record is None:
        messages.error(request, gettext("A record was deleted meanwhile."))
        return False
    administered: Any = site.get_model_admin(type(record))
    if not administered.has_publish_permission(request, record):
        transitions.deny(request.user, f"turn to {after}", record)
    try:
        with transaction.atomic():
            if said := conflicts.changed_since_listed(request, record, name):
                raise ValidationError(said)
            if record.state != State.PROPOSED:
                raise ValidationError(gettext("It is no longer proposed."))
            record.state = after
            record._change_reason = note or None
            record.save()
    except refusals.REFUSED as error:
        messages.error(request, f"{record}: {refusals.in_words(error)}")
        return False
    return True


def links(site: admin.AdminSite, request: HttpRequest) -> list[panels.Link]:
    """For the first page: what waits, and how much of it; none for those who may see no records."""
    if not kinds(site, request):
        return []
    number = how_many(site, request)
    said = gettext("more than %(number)d") % {"number": COUNTED} if number > COUNTED else number
    return [
        panels.Link(
            gettext("Proposed for publication (%(number)s)") % {"number": said},
            reverse("admin:review"),
        ),
        panels.Link(gettext("What you have proposed"), reverse("admin:proposals")),
    ]
