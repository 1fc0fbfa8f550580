"""From numbers to units: fond, opis and delo, each looked for under the one before.

Every look-up is a range of the index on repository, segment, level and path, so that its cost does
not grow with the catalogue; levels that stand between (sub-fonds, sub-series) do no harm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db.models import Q

from catalogue.models import Repository, Unit
from catalogue.models.tree import within
from catalogue.models.unit import Level
from catalogue.references import Reference
from catalogue.resolve.answer import Kind
from catalogue.resolve.spelling import keys

Item = TypeVar("Item")

CHUNK = 50
"""Places looked up in one query."""
MANY = 500
"""Keys looked up in one query."""
MOST_HOLDERS = 50
"""Repositories that are looked at for a reference which names none."""

# What a reference calls fond, opis and delo may have any of these levels, the usual one first.
LEVELS = (
    ("fond", Kind.FOND, (Level.FONDS, Level.COLLECTION, Level.RECORDGROUP)),
    (
        "opis",
        Kind.OPIS,
        (
            Level.SERIES,
            Level.SUBSERIES,
            Level.SUBFONDS,
            Level.SUBGROUP,
            Level.CLASS,
            Level.OTHER,
        ),
    ),
    ("delo", Kind.FILE, (Level.FILE, Level.ITEM, Level.OTHER)),
)


class Row(NamedTuple):
    """What the search needs of a unit."""

    pk: int
    repository: int
    key: str
    level: str
    path: str


@dataclass(frozen=True)
class Located:
    """The deepest public units that the numbers lead to; several where numbers are not unique.

    `is_whole` says that every number cited was found, `is_respelt` that one was spelt otherwise.
    """

    reach: Kind
    rows: tuple[Row, ...] = ()
    is_whole: bool = False
    is_respelt: bool = False


@dataclass(frozen=True)
class _Sought:
    """A number looked for in a repository, under the unit at a path ("" for anywhere)."""

    repository: int
    path: str
    segment: str
    levels: tuple[str, ...]

    def rank(self, row: Row) -> tuple[int, int, int]:
        """How well a unit fits: by spelling, level, and nearness to the top."""
        spelt = keys(self.segment).index(row.key)
        return spelt, self.levels.index(row.level), row.path.count("/")


def locate(wanted: Sequence[tuple[int, Reference]]) -> list[Located]:
    """For each repository (by key) and reference how far its numbers lead.

    A few queries for each of the three levels, whatever their number.
    """
    found = [Located(Kind.REPOSITORY) for _each in wanted]
    going = [index for index, (_repository, reference) in enumerate(wanted) if reference.fond]
    for name, reach, levels in LEVELS:
        sought: dict[int, list[_Sought]] = {}
        for index in going:
            repository, reference = wanted[index]
            if segment := getattr(reference, name):
                above = [row.path for row in found[index].rows] or [""]
                sought[index] = [_Sought(repository, path, segment, levels) for path in above]
        rows = _find({each for some in sought.values() for each in some})
        for index, some in sought.items():
            found[index] = _deeper(found[index], reach, [(each, rows[each]) for each in some])
        going = [index for index in going if found[index].reach == reach or index not in sought]
    return [
        replace(located, is_whole=index in set(going) and located.reach != Kind.REPOSITORY)
        for index, located in enumerate(found)
    ]


def repositories_with(fonds: Iterable[str]) -> dict[str, list[int]]:
    """The repositories, by key, that have a public fond with each number; MOST_HOLDERS of them."""
    found: dict[str, list[int]] = {fond: [] for fond in fonds if fond}
    if not found:
        return found
    anywhere = list(Repository.objects.public().order_by("pk").values_list("pk", flat=True))
    wanted = {key for fond in found for key in keys(fond)}
    units = Unit.objects.public().filter(
        repository__in=anywhere, segment_key__in=wanted, level__in=LEVELS[0][2]
    )
    holders: dict[str, set[int]] = defaultdict(set)
    for repository, key in units.order_by().values_list("repository_id", "segment_key"):
        holders[key].add(repository)
    for fond in found:
        having = set().union(*(holders[key] for key in keys(fond)))
        found[fond] = sorted(having)[:MOST_HOLDERS]
    return found


def _deeper(
    located: Located, reach: Kind, found: Iterable[tuple[_Sought, Sequence[Row]]]
) -> Located:
    """One level further down, to the units that fit best; the same where there is none."""
    ranked = [(sought.rank(row), row) for sought, rows in found for row in rows]
    if not ranked:
        return located
    best = min(rank for rank, _row in ranked)
    rows = {row.pk: row for rank, row in sorted(ranked) if rank == best}
    return Located(reach, tuple(rows.values()), is_respelt=located.is_respelt or best[0] > 0)


def _find(sought: Iterable[_Sought]) -> dict[_Sought, list[Row]]:
    """The public units at many places: one query for every CHUNK of them."""
    sought = list(sought)
    groups: dict[tuple[int, str, tuple[str, ...]], set[str]] = defaultdict(set)
    for each in sought:
        groups[each.repository, each.path, each.levels].update(keys(each.segment))
    by_place: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for chunk in chunks(groups.items()):
        conditions = Q()
        for (repository, path, levels), segments in chunk:
            conditions |= Q(
                *([within(path)] if path else []),
                repository=repository,
                segment_key__in=segments,
                level__in=levels,
            )
        units = Unit.objects.public().filter(conditions).order_by()
        for row in units.values_list("pk", "repository_id", "segment_key", "level", "path"):
            by_place[row[1], row[2]].append(Row(*row))
    return {each: list(_fitting(each, by_place)) for each in sought}


def _fitting(sought: _Sought, by_place: dict[tuple[int, str], list[Row]]) -> Iterator[Row]:
    for key in keys(sought.segment):
        for row in by_place.get((sought.repository, key), ()):
            is_under = row.path.startswith(sought.path) and row.path != sought.path
            if is_under and row.level in sought.levels:
                yield row


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Items in lists that one query can ask for."""
    each = iter(items)
    while chunk := list(islice(each, size)):
        yield chunk
