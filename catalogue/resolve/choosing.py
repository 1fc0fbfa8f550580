"""Which of the shelves that the numbers lead to is the answer, and how sure that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.models import UnitReference
from catalogue.references import Reference
from catalogue.resolve.answer import Kind
from catalogue.resolve.archives import Place, Whereabouts
from catalogue.resolve.shelves import LEVELS, Located, Row

_DEPTHS = {Kind.REPOSITORY: 0, **{kind: depth for depth, (_n, kind, _l) in enumerate(LEVELS, 1)}}


@dataclass(frozen=True)
class Shelf:
    """Where the numbers of a reference lead in one place."""

    place: Place
    located: Located

    @property
    def depth(self) -> tuple[bool, int]:
        return self.located.is_whole, _DEPTHS[self.located.reach]


@dataclass(frozen=True)
class Case:
    """A reference with all that the catalogue has on its archive and numbers.

    `statements` are those with the same numbers, of whatever archive.
    """

    reference: Reference
    archive: Whereabouts
    shelves: Sequence[Shelf]
    statements: Sequence[UnitReference]

    @property
    def on_record(self) -> list[UnitReference]:
        """Statements that cite these numbers under a name of the same archive."""
        held = {shelf.place.repository.pk for shelf in self.shelves if not shelf.place.steps}
        return [
            row
            for row in self.statements
            if (
                row.repository_name.agent_id in self.archive.agents
                if row.repository_name
                else row.unit.repository_id in held
            )
        ]


@dataclass(frozen=True)
class Choice:
    """What answers: shelves that are equally good, or statements. `kind` says how they were
    reached; None for the shelves that the reference itself names."""

    case: Case
    kind: Kind | None
    shelves: tuple[Shelf, ...] = ()
    statements: tuple[UnitReference, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """The units, if every number cited was found, else as far as they were."""
        return [row for shelf in self.shelves for row in shelf.located.rows]

    @property
    def is_whole(self) -> bool:
        return bool(self.statements) or any(shelf.located.is_whole for shelf in self.shelves)

    @property
    def asks_for_leaves(self) -> bool:
        reference = self.case.reference
        return self.is_whole and bool(reference.delo and reference.folios)

    @property
    def paths(self) -> list[str]:
        """The units in which the leaves cited may be."""
        paths = [row.path for row in self.rows] + [row.unit.path for row in self.statements]
        return list(dict.fromkeys(paths))

    @property
    def elsewhere(self) -> list[UnitReference]:
        """Statements by which other units once had the numbers of those that have them now."""
        if self.kind is not None or not self.is_whole:
            return []
        chosen = {row.pk for row in self.rows}
        return [row for row in self.case.on_record if row.unit_id not in chosen]


def choose(case: Case) -> Choice:
    """A shelf that the reference names for certain, then a statement that cites it so, then a
    candidate by succession, then as far as the numbers lead."""
    certain = _deepest(shelf for shelf in case.shelves if shelf.place.is_certain)
    doubtful = _deepest(shelf for shelf in case.shelves if not shelf.place.is_certain)
    is_found = any(shelf.located.is_whole for shelf in certain)
    if not (case.reference.repository or case.archive.keys):
        return Choice(case, Kind.NO_REPOSITORY, certain if is_found else ())
    if is_found:
        return Choice(case, None, certain)
    if on_record := case.on_record:
        return Choice(case, Kind.CITED, statements=tuple(on_record))
    if _depth(doubtful) > max(_depth(certain), (False, 0)):
        return Choice(case, Kind.CANDIDATE, doubtful)
    if certain or doubtful:
        return Choice(case, None, certain or doubtful)
    return Choice(case, Kind.UNKNOWN)


def _depth(shelves: Sequence[Shelf]) -> tuple[bool, int]:
    return max((shelf.depth for shelf in shelves), default=(False, -1))


def _deepest(shelves: Iterable[Shelf]) -> tuple[Shelf, ...]:
    several = tuple(shelves)
    return tuple(shelf for shelf in several if shelf.depth == _depth(several))
