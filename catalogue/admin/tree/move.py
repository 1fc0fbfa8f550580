"""Moving units: a place is chosen, what would change is shown, and then it is done as one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from catalogue import links
from catalogue.admin import refusals
from catalogue.admin.forms import is_key
from catalogue.admin.tree import consequences, recording
from catalogue.admin.tree.consequences import Consequences
from catalogue.admin.tree.state import CHOSEN, State, keys
from catalogue.admin.tree.target import NoPlace, Place, path_of, read_place
from catalogue.models import Unit
from catalogue.models.act import ActKind
from catalogue.models.tree import within
from catalogue.models.unit import attach_ancestors


@dataclass(frozen=True)
class Plan:
    """``along`` are chosen units that stand under another chosen one: they go with it."""

    units: tuple[Unit, ...]
    place: Place
    along: tuple[Unit, ...]
    refusals: tuple[str, ...]
    changes: Consequences
    witnesses: tuple[Any, ...] = ()
    elsewhere: tuple[Unit, ...] = field(default=())  # units that change the repository

    @property
    def token(self) -> str:
        rows = [(unit.pk, unit.parent_id, unit.position, unit.path) for unit in self.units]
        before, parent = self.place.before, self.place.parent
        return recording.token(
            rows,
            self.place.repository.pk,
            parent and (parent.pk, parent.path, parent.public_from),
            before and (before.pk, before.parent_id, before.position),
            self.refusals,
            sorted(self.changes.references),
            self.changes.appearing,
            self.changes.hiding,
            [witness.pk for witness in self.witnesses],
        )

    @property
    def addresses(self) -> list[str]:
        return [links.address(unit) for unit in self.units]


def plan(administered: Any, request: HttpRequest, asked: QueryDict) -> Plan:
    """What the move would be. Raises NoPlace; writes nothing."""
    chosen = keys(asked, "units", CHOSEN)
    rows = Unit.objects.filter(pk__in=chosen).select_related("repository__agent", "parent")
    units = rows.with_ancestors()
    if not units:
        raise NoPlace(gettext("Choose what to move first."))
    place = read_place(asked, chosen)
    attach_ancestors([unit for unit in (place.parent, place.beside) if unit])
    units.sort(key=lambda unit: [step.place for step in [*unit.ancestors(), unit]])
    along = [unit for unit in units if {*unit.ancestor_ids()} & {*chosen}]
    units = [unit for unit in units if unit not in along]
    scope = reduce(or_, (within(unit.path) for unit in units))
    after = consequences.above_of(place.parent, place.repository)
    starts = {
        unit.pk: (consequences.above_of(_parent(unit), unit.repository), after) for unit in units
    }
    changes = consequences.trace(scope, starts)
    elsewhere = [unit for unit in units if unit.repository_id != place.repository.pk]
    witnesses = consequences.witnesses_in(scope)
    affected = [row for row in witnesses if elsewhere or row.unit_id in changes.references]
    refused = [
        *_impossible(units, place),
        *_forbidden(administered, request, units, changes),
        *_broken(witnesses, place),
    ]
    return Plan(
        tuple(units), place, tuple(along), tuple(refused), changes, tuple(affected),
        tuple(elsewhere),
    )  # fmt: skip


def _parent(unit: Unit) -> Unit | None:
    """Its parent, as it is at hand among its ancestors."""
    above = unit.ancestors()
    if not above:
        return None
    above[-1].__dict__["_ancestors"] = above[:-1]
    return above[-1]


def _impossible(units: list[Unit], place: Place) -> Iterator[str]:
    above = [*place.parent.ancestor_ids(), place.parent.pk] if place.parent else []
    for unit in units:
        if unit.pk in above:
            words = gettext("“%(unit)s” cannot stand under itself: the place is in its own branch.")
            yield words % {"unit": unit}


def _forbidden(
    administered: Any, request: HttpRequest, units: list[Unit], changes: Consequences
) -> Iterator[str]:
    for unit in units:
        if not administered.has_change_permission(request, unit):
            yield gettext("Your account may not change “%(unit)s”.") % {"unit": unit}
    if not (changes.appearing or changes.hiding):
        return
    if not all(administered.has_publish_permission(request, unit) for unit in units):
        yield gettext("This would publish or hide records, which your account may not do.")


def _broken(witnesses: list[Any], place: Place) -> Iterator[str]:
    """Witnesses that are recorded to be in a repository, by name, where their unit is."""
    for witness in witnesses:
        if witness.repository_id and witness.repository_id != place.repository.pk:
            words = gettext(
                "The witness “%(witness)s” of “%(document)s” is recorded to be in another"
                " repository than %(repository)s: correct that first."
            )
            yield words % {
                "witness": witness,
                "document": witness.document,
                "repository": place.repository,
            }


def apply(plan: Plan, reason: str) -> None:
    """Every unit is saved: its row of history says where it stood."""
    for unit in plan.units:
        unit._change_reason = reason or None  # type: ignore[attr-defined]  # read by simple_history
        unit.move(plan.place.parent, before=plan.place.before)


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, administered: Any) -> HttpResponse:
    """The preview; and when it is confirmed, the move."""
    asked = request.POST if request.method == "POST" else request.GET
    try:
        if request.method == "POST":
            return _confirmed(request, administered)
        planned = plan(administered, request, asked)
    except NoPlace as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_back(asked))
    return _show(request, administered, planned)


def _back(asked: QueryDict) -> str:
    """To the tree, the units still in hand."""
    moving = keys(asked, "units", CHOSEN)
    at = asked.get("at", "") if is_key(asked.get("at", "")) else ""
    rows = Unit.objects.filter(pk__in=[*moving, *([at] if at else [])])
    unit = rows.select_related("repository__agent").first()
    if unit is None:
        raise Http404
    return State(unit.repository, moving=moving).revealing(unit).address()


def _confirmed(request: HttpRequest, administered: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            _lock(request.POST)
            planned = plan(administered, request, request.POST)
            if planned.token != request.POST.get("token"):
                messages.warning(request, recording.changed_meanwhile())
                return _show(request, administered, planned, status=409)
            if planned.refusals:
                return _show(request, administered, planned, status=409)
            act = recording.start(request, ActKind.MOVE, summary(planned))
            with act.recording():
                apply(planned, recording.reason(request))
    except (ValidationError, *refusals.REFUSED) as error:
        messages.error(request, refusals.in_words(error))
        return HttpResponseRedirect(_back(request.POST))
    recording.tell(request, act)
    first = Unit.objects.get(pk=planned.units[0].pk)
    state = State(planned.place.repository).revealing(first)
    return HttpResponseRedirect(state.address(focus=first.pk))


def _lock(asked: QueryDict) -> None:
    """Those who move the same units, or to the same place, wait for each other."""
    wanted = [*keys(asked, "units", CHOSEN), *keys(asked, "at", 1)]
    list(Unit._base_manager.select_for_update().filter(Q(pk__in=wanted)).order_by("pk"))


def summary(plan: Plan) -> str:
    if len(plan.units) == 1:
        words = gettext("“%(unit)s” moved %(place)s")
        return words % {"unit": plan.units[0], "place": plan.place}
    number = len(plan.units)
    words = ngettext("%(number)d unit moved %(place)s", "%(number)d units moved %(place)s", number)
    return words % {"number": number, "place": plan.place}


def _show(request: HttpRequest, administered: Any, plan: Plan, status: int = 200) -> HttpResponse:
    state = State(plan.place.repository, moving=tuple(unit.pk for unit in plan.units))
    beside = plan.place.beside or plan.units[0]
    context = {
        **administered.admin_site.each_context(request),
        "title": gettext("Move: what will change"),
        "opts": administered.opts,
        "plan": plan,
        "changes": plan.changes,
        "named": plan.witnesses[: consequences.NAMED],
        "unnamed": max(0, len(plan.witnesses) - consequences.NAMED),
        "rows": [
            (unit, path_of(unit), link)
            for unit, link in zip(plan.units, plan.addresses, strict=True)
        ],
        "path": path_of(plan.place.parent) if plan.place.parent else "",
        "chosen": ",".join(str(unit.pk) for unit in (*plan.units, *plan.along)),
        "elsewhere": state.revealing(beside).address(focus=beside.pk),
        "cancel": State(plan.units[0].repository)
        .revealing(plan.units[0])
        .address(plan.units[0].pk),
        "reason": recording.reason(request),
    }
    return render(request, "admin/catalogue/tree/move.html", context, status=status)
