"""Likely duplicates, found by walking along indexes: what has the same key stands together.

No pair is looked for among all rows. One look reads at most ``LOOKED_AT`` rows of an index, from
where the last one ended, and so costs the same in a catalogue of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import combinations, groupby, islice
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalogue.models import (
    Agent,
    AgentName,
    Distinction,
    Document,
    Publication,
    Term,
    TermLabel,
    Title,
    Unit,
)
from catalogue.models.agent import AgentKind
from catalogue.quality.doubt import are_apart
from catalogue.quality.likeness import may_be_one

LOOKED_AT = 20_000  # rows of one index
PAIRS = 50  # of one page
MOST_OF_ONE_KEY = 12  # records that are compared with each other

Row = tuple[str, int]  # a skeleton, and the key of the record that has it


@dataclass(frozen=True)
class Pair:
    """Two records that are perhaps one. ``score`` is out of 100; ``reasons`` say why."""

    keep: Any
    merge: Any
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """What one look found; ``after`` is where the next begins, empty at the end."""

    pairs: tuple[Pair, ...]
    after: str


@dataclass(frozen=True)
class Kind:
    """How records of one model are walked: the indexes, what stands together, what tells apart."""

    model: type[Model]
    sources: tuple[tuple[QuerySet[Any], str], ...]
    together: Callable[[str], str]
    compare: Callable[[Any, Any, set[str], set[str]], tuple[int, tuple[str, ...]]]


def _dates(one: Any, other: Any) -> tuple[int, tuple[str, ...]]:
    if one.date_earliest is None or other.date_earliest is None:
        return 0, ()
    if (one.date_earliest, one.date_latest) == (other.date_earliest, other.date_latest):
        return 20, (str(_("the same dates")),)
    return 5, (str(_("dates that allow it")),)


def _compare(
    one: Any, other: Any, common: bool, allowed: bool = True
) -> tuple[int, tuple[str, ...]]:
    """``common``: they share a whole skeleton, not only what an initial leaves open."""
    if not allowed or are_apart(one, other):
        return 0, ()
    score, reasons = _dates(one, other)
    if common:
        return 75 + score, (str(_("the same name or title, over scripts")), *reasons)
    return 50 + score, (str(_("the same family name, and initials that agree")), *reasons)


def _agents(one: Any, other: Any, names: set[str], others: set[str]) -> tuple[int, tuple[str, ...]]:
    persons = one.kind != AgentKind.CORPORATE
    alike = persons and any(may_be_one(a, b) for a in names for b in others)
    common = bool(names & others)
    return _compare(one, other, common, one.kind == other.kind and (common or alike))


def _texts(one: Any, other: Any, names: set[str], others: set[str]) -> tuple[int, tuple[str, ...]]:
    """Titles alone are not enough: many letters are called “Letter”."""
    return _compare(one, other, True, bool(one.date or other.date))


def _printed(
    one: Any, other: Any, names: set[str], others: set[str]
) -> tuple[int, tuple[str, ...]]:
    same = ("kind", "parent_id", "number", "whole_number")
    allowed = all(getattr(one, name) == getattr(other, name) for name in same)
    return _compare(one, other, True, allowed)


def _terms(one: Any, other: Any, names: set[str], others: set[str]) -> tuple[int, tuple[str, ...]]:
    if one.kind != other.kind:
        return 0, ()
    return 80, (str(_("the same label, over scripts")),)


def _family(skeleton: str) -> str:
    return skeleton.partition(" ")[0]


KINDS: Mapping[str, Kind] = {
    "agent": Kind(
        Agent,
        (
            (Agent.objects.filter(unnamed=False), "pk"),
            (AgentName.objects.filter(agent__unnamed=False), "agent_id"),
        ),
        _family,
        _agents,
    ),
    "document": Kind(
        Document,
        (
            (Document.objects.all(), "pk"),
            (Title.objects.filter(document__isnull=False), "document_id"),
        ),
        str,
        _texts,
    ),
    "publication": Kind(
        Publication,
        (
            (Publication.objects.all(), "pk"),
            (Title.objects.filter(publication__isnull=False), "publication_id"),
        ),
        str,
        _printed,
    ),
    "term": Kind(
        Term,
        ((Term.objects.all(), "pk"), (TermLabel.objects.all(), "term_id")),
        str,
        _terms,
    ),
}


def _walk(kind: Kind, after: str) -> tuple[list[Row], str]:
    """Rows in the order of their skeletons, as far as every index has been read to."""
    streams: list[list[Row]] = []
    ends: list[str] = []
    for rows, owner in kind.sources:
        found = rows.filter(skeleton__gt=after).order_by("skeleton")
        stream = list(found.values_list("skeleton", owner)[:LOOKED_AT])
        streams.append(stream)
        if len(stream) == LOOKED_AT:
            ends.append(stream[-1][0])
    walked: list[Row] = list(merge(*streams))
    if not ends:
        return walked, ""
    # What stands together with the last row read may go on behind it: the next look has it whole.
    edge = kind.together(min(ends))
    kept = [row for row in walked if kind.together(row[0]) < edge]
    if not kept:  # more rows of one name than one look reads
        kept = [row for row in walked if row[0] <= min(ends)]
        return kept, min(ends)
    return kept, kept[-1][0]


def look(name: str, after: str = "", most: int = PAIRS) -> Look:
    """The next pairs of one kind. Raises KeyError for a kind that is not walked."""
    if name == "unit":
        return _look_at_units(after, most)
    kind = KINDS[name]
    rows, end = _walk(kind, after)
    pairs: list[Pair] = []
    for _key, group in groupby(rows, lambda row: kind.together(row[0])):
        names = _names(group)
        if len(names) > 1:
            last = max(max(found) for found in names.values())
            pairs += _pairs(kind, names)
            if len(pairs) >= most:
                return Look(tuple(_told_apart(pairs)), last if last != rows[-1][0] else end)
    return Look(tuple(_told_apart(pairs)), end)


def _names(group: Iterable[Row]) -> dict[int, set[str]]:
    names: dict[int, set[str]] = {}
    for skeleton, owner in group:
        names.setdefault(owner, set()).add(skeleton)
    return names


def _candidates(names: Mapping[int, set[str]]) -> Iterator[tuple[int, int]]:
    """Of a common family name only those whose next word may agree are compared."""
    ordered = sorted(names, key=lambda owner: min(names[owner]))
    if len(ordered) <= MOST_OF_ONE_KEY:
        yield from combinations(ordered, 2)
        return
    for place, owner in enumerate(ordered):
        yield from ((owner, near) for near in ordered[place + 1 : place + MOST_OF_ONE_KEY])


def _pairs(kind: Kind, names: Mapping[int, set[str]]) -> list[Pair]:
    records = kind.model._base_manager.in_bulk(list(names))
    found = []
    for one, other in _candidates(names):
        if one in records and other in records:
            keep, spare = sorted((records[one], records[other]), key=lambda record: record.pk)
            score, reasons = kind.compare(keep, spare, names[keep.pk], names[spare.pk])
            if score:
                found.append(Pair(keep, spare, score, reasons))
    return sorted(found, key=lambda pair: -pair.score)


def _told_apart(pairs: list[Pair]) -> list[Pair]:
    """Without those that somebody has told apart."""
    keys = {record.identifier for pair in pairs for record in (pair.keep, pair.merge)}
    rows = Distinction.objects.filter(Q(first__in=keys) & Q(second__in=keys))
    apart = {frozenset(row) for row in rows.values_list("first", "second")}
    return [
        pair
        for pair in pairs
        if frozenset((pair.keep.identifier, pair.merge.identifier)) not in apart
    ]


def _look_at_units(after: str, most: int) -> Look:
    """Units that have the same segment at the same place. ``after`` is "repository:segment key"."""
    repository, _colon, segment = after.partition(":")
    rows = Unit.objects.exclude(segment_key="").order_by("repository_id", "segment_key")
    if repository.isdecimal() and len(repository) < 19:
        beyond = Q(repository_id=int(repository), segment_key__gt=segment)
        rows = rows.filter(beyond | Q(repository_id__gt=int(repository)))
    columns = ("repository_id", "segment_key", "parent_id", "pk")
    walked = list(rows.values_list(*columns)[:LOOKED_AT])
    is_end = len(walked) < LOOKED_AT
    same: list[tuple[int, int]] = []
    end = ""
    for key, group in groupby(walked, lambda row: row[:2]):
        if len(same) >= most:
            break
        end = f"{key[0]}:{key[1]}"
        places: dict[int | None, list[int]] = {}
        for row in group:
            places.setdefault(row[2], []).append(row[3])
        for keys in places.values():
            same += islice(combinations(sorted(keys), 2), MOST_OF_ONE_KEY)
    else:
        end = "" if is_end else end
    units = Unit.objects.in_bulk({key for pair in same for key in pair})
    reason = (str(_("the same reference at the same place")),)
    pairs = [Pair(units[one], units[other], 80, reason) for one, other in same]
    return Look(tuple(_told_apart(pairs)), end)


def tell_apart(one: Any, other: Any, user_name: str) -> Distinction:
    """Remember that two records are not the same."""
    first, second = sorted((one.identifier, other.identifier))
    row, _made = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"user_name": user_name}
    )
    return row
