"""From leaves to documents: the witnesses that take up leaves of a unit, or of what is in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from catalogue.models import FolioRange as FolioRanges
from catalogue.models import Unit, Witness
from catalogue.models.tree import ids
from catalogue.references import FolioRange, Reference, contains, equal, overlaps
from catalogue.resolve.answer import Kind
from catalogue.resolve.shelves import MANY, chunks

Place = tuple[str, tuple[FolioRange, ...]]
"""The path of a unit, and leaves in it."""


@dataclass(frozen=True)
class OnLeaves:
    """What is known of some places: the public witnesses that share a leaf with each, in the order
    of their leaves, and whether they have just these leaves, or these and others, or only some.
    `with_unknown` are the units of which a public witness is known, but not its leaves; they are
    asked for where no leaf is shared."""

    witnesses: Mapping[Place, Sequence[tuple[Kind, Witness]]]
    with_unknown: Set[str]


def look(places: Iterable[Place]) -> OnLeaves:
    """What the catalogue has on leaves of units; a few queries for every so many places."""
    asked = list(dict.fromkeys(places))
    units = _units_in({path for path, _leaves in asked})
    found = _compared(asked, _sharing(asked, units))
    bare = {ids(path)[-1]: path for (path, _leaves), rows in found.items() if not rows}
    inside = [key for key, path in units.items() if not bare.keys().isdisjoint(ids(path))]
    unknown: set[str] = set()
    for chunk in chunks(inside, MANY):
        rows = Witness.objects.public().filter(unit__in=chunk, folio_ranges__isnull=True)
        for key in rows.order_by().values_list("unit", flat=True):
            unknown |= {bare[step] for step in ids(units[key]) if step in bare}
    return OnLeaves(found, unknown)


def _units_in(paths: Iterable[str]) -> dict[int, str]:
    """The units at paths, which are public, and the public ones under them: key → path.

    A query for each generation: an index serves the children of many units, but not many ranges
    of paths.
    """
    found: dict[int, str] = {}
    generation = {ids(path)[-1]: path for path in paths}
    while generation:
        found |= generation
        below: dict[int, str] = {}
        for chunk in chunks(generation, MANY):
            rows = Unit.objects.public().filter(parent__in=chunk).order_by()
            below.update(rows.values_list("pk", "path"))
        generation = below
    return found


def _sharing(places: Iterable[Place], units: Mapping[int, str]) -> list[Witness]:
    """The public witnesses in the units that may share a leaf with one of the places."""
    sought: dict[int, list[FolioRange]] = defaultdict(list)
    for path, leaves in places:
        sought[ids(path)[-1]] += leaves
    keys: set[int] = set()
    columns = ("witness", "witness__unit", "first_order", "last_order")
    for chunk in chunks(units, MANY):
        rows = FolioRanges.objects.filter(witness__unit__in=chunk).order_by()
        for witness, unit, first, last in rows.values_list(*columns):
            wanted = (item for step in ids(units[unit]) for item in sought.get(step, ()))
            if any(first <= item.end and item.start <= last for item in wanted):
                keys.add(witness)
    witnesses: list[Witness] = []
    for chunk in chunks(sorted(keys), MANY):
        public = Witness.objects.public().filter(pk__in=chunk).select_related("document", "unit")
        witnesses += public.order_by().prefetch_related("folio_ranges")
    return witnesses


def _compared(
    places: Iterable[Place], witnesses: Iterable[Witness]
) -> dict[Place, list[tuple[Kind, Witness]]]:
    by_unit: dict[int, list[Witness]] = defaultdict(list)
    for witness in sorted(witnesses, key=_place):
        for key in ids(witness.unit.path if witness.unit else ""):
            by_unit[key].append(witness)
    return {
        (path, leaves): [
            (how, witness)
            for witness in by_unit[ids(path)[-1]]
            if (how := compare(witness.folios(), leaves)) is not None
        ]
        for path, leaves in places
    }


def compare(outer: tuple[FolioRange, ...], inner: tuple[FolioRange, ...]) -> Kind | None:
    """What leaves cited are to those of a document; None where they share none."""
    document, cited = Reference(folios=outer), Reference(folios=inner)
    if not outer or not overlaps(document, cited):
        return None
    if equal(document, cited):
        return Kind.EXACT
    return Kind.INSIDE if contains(document, cited) else Kind.OVERLAPPING


def _place(witness: Witness) -> tuple[list[int], int]:
    return [item.start for item in witness.folios()], witness.pk
