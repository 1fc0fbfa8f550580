"""What a change of the tree would change: references, who cites them, and what the public sees."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import get_language

from catalogue import references
from catalogue.models import Repository, Unit, Witness
from catalogue.models.unit import Level
from catalogue.models.visibility import ALWAYS, State, today
from catalogue.references import Reference

LOOKED_AT = 50_000  # units of the subtrees; what is beyond is said to be so
EXAMPLES = 8
WITNESSES = 500  # of them looked at
NAMED = 20  # of them named

_FOND, _OPIS, _DELO = Level.FONDS.value, Level.SERIES.value, Level.FILE.value


class Above(NamedTuple):
    """What a unit has from those that it stands under."""

    fond: str = ""
    opis: str = ""
    delo: str = ""
    segments: tuple[str, ...] = ()
    public_from: datetime.date | None = ALWAYS


class Line(NamedTuple):
    """The columns of a unit that decide."""

    pk: int
    parent_id: int | None
    segment: str
    level: str
    reference_given: str
    state: str
    embargo_until: datetime.date | None
    title: str


@dataclass(frozen=True)
class Example:
    """One unit, what it is called before and after."""

    title: str
    before: str
    after: str


@dataclass
class Consequences:
    """``is_cut_short``: the subtrees hold more units than were looked at."""

    looked_at: int = 0
    is_cut_short: bool = False
    references: set[int] = field(default_factory=set)
    examples: list[Example] = field(default_factory=list)
    appearing: int = 0
    hiding: int = 0
    appearing_examples: list[str] = field(default_factory=list)
    hiding_examples: list[str] = field(default_factory=list)


def above_of(parent: Unit | None, repository: Repository) -> Above:
    if parent is None:
        return Above(public_from=repository.public_from)
    above = Above(public_from=parent.public_from)
    for unit in [*parent.ancestors(), parent]:
        above = _under(above, unit.level, unit.segment, above.public_from)
    return above


def _under(above: Above, level: str, segment: str, day: datetime.date | None) -> Above:
    """What a unit hands down."""
    if not segment:
        return above._replace(public_from=day)
    return Above(
        segment if level == _FOND else above.fond,
        segment if level == _OPIS else above.opis,
        segment if level == _DELO else above.delo,
        (*above.segments, segment),
        day,
    )


def _written(line: Line, own: Above) -> str:
    """As ``composed_reference`` writes it."""
    if line.reference_given:
        return line.reference_given
    if line.segment and line.level in (_FOND, _OPIS, _DELO):
        reference = Reference(fond=own.fond, opis=own.opis, delo=own.delo)
        return references.for_reader(reference, get_language() or "en")
    return "/".join(own.segments)


def _is_called_otherwise(line: Line, before: Above, after: Above) -> bool:
    if line.reference_given:
        return False
    if line.segment and line.level in (_FOND, _OPIS, _DELO):
        return before[:3] != after[:3]
    return before.segments != after.segments


def _day(line: Line, above: datetime.date | None) -> datetime.date | None:
    if line.state != State.PUBLISHED or above is None:
        return None
    return max(line.embargo_until or ALWAYS, above)


def trace(
    scope: Q, starts: Mapping[int, tuple[Above, Above]], segments: Mapping[int, str] | None = None
) -> Consequences:
    """Follow whole subtrees from the top down, as they are and as they would be.

    ``starts`` has for the top of each what stands above it now and then; ``segments`` has the
    new segments of those that get one.
    """
    found = Consequences()
    known: dict[int, tuple[Above, Above]] = {}
    for line in _lines(scope, found):
        above = starts.get(line.pk) or known.get(line.parent_id or 0)
        if above is None:
            continue
        found.looked_at += 1
        segment = (segments or {}).get(line.pk, line.segment)
        before = _under(above[0], line.level, line.segment, _day(line, above[0].public_from))
        after = _under(above[1], line.level, segment, _day(line, above[1].public_from))
        known[line.pk] = before, after
        _note_reference(found, line, line._replace(segment=segment), before, after)
        _note_visibility(found, line, before.public_from, after.public_from)
    return found


def _lines(scope: Q, found: Consequences) -> Iterator[Line]:
    rows = Unit._base_manager.filter(scope).order_by("depth", "position", "pk")
    columns = rows.values_list(*Line._fields)[: LOOKED_AT + 1]
    for number, row in enumerate(columns.iterator()):
        if number == LOOKED_AT:
            found.is_cut_short = True
            return
        yield Line(*row)


def _note_reference(
    found: Consequences, line: Line, changed: Line, before: Above, after: Above
) -> None:
    if not _is_called_otherwise(changed, before, after):
        return
    found.references.add(line.pk)
    if len(found.examples) < EXAMPLES:
        example = Example(line.title, _written(line, before), _written(changed, after))
        found.examples.append(example)


def _note_visibility(
    found: Consequences, line: Line, before: datetime.date | None, after: datetime.date | None
) -> None:
    day = today()
    was, will_be = before is not None and before <= day, after is not None and after <= day
    if will_be and not was:
        found.appearing += 1
        found.appearing_examples = [*found.appearing_examples, line.title][:EXAMPLES]
    elif was and not will_be:
        found.hiding += 1
        found.hiding_examples = [*found.hiding_examples, line.title][:EXAMPLES]


def witnesses_in(scope: Q) -> list[Any]:
    """Witnesses in the units of subtrees, with their documents and units."""
    units = Unit._base_manager.filter(scope).values("pk")
    rows = Witness._base_manager.filter(unit__in=units).select_related("document", "unit")
    return list(rows.order_by("unit__path", "pk")[:WITNESSES])
