"""References to answers: where each archive's holdings are, which shelf, which document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue import dates
from catalogue.models import AgentName, Repository, Unit, UnitReference
from catalogue.models.agent_name import NameKind
from catalogue.models.tree import ids
from catalogue.models.unit import attach_ancestors
from catalogue.models.unit_reference import ReferenceKind
from catalogue.models.visibility import today
from catalogue.references import Reference
from catalogue.references.comparing import SHELF_KEYS
from catalogue.resolve import cited, leaves
from catalogue.resolve.answer import Answer, Hit, Kind, Remark, Step
from catalogue.resolve.archives import Place, Whereabouts, places_with, whereabouts
from catalogue.resolve.choosing import Case, Choice, Shelf, choose
from catalogue.resolve.leaves import OnLeaves
from catalogue.resolve.shelves import locate

MOST_HITS = 50
"""Records named in one answer."""

Asked = tuple[Reference, tuple[str, ...]]
"""A reference, and the keys in the table of the archives that it may name."""


def resolve(reference: Reference, keys: Sequence[str] = ()) -> Answer:
    """What one reference leads to; `keys` are those of the table for its archive, if more was read
    of it than the name that stands in the reference."""
    return resolve_all([(reference, tuple(keys))])[0]


def resolve_all(asked: Iterable[Asked]) -> list[Answer]:
    """What each reference leads to, in their order. Thousands cost some tens of queries."""
    references = list(asked)
    different = list(dict.fromkeys(references))
    choices = [choose(case) for case in _cases(different)]
    records = _records(choices)
    found = {each: _answer(c, records) for each, c in zip(different, choices, strict=True)}
    return [found[each] for each in references]


@dataclass(frozen=True)
class _Records:
    """What answers speak of: units with their ancestors, by key; what is on the leaves cited."""

    units: Mapping[int, Unit]
    leaves: OnLeaves


def _cases(asked: Sequence[Asked]) -> list[Case]:
    archives = whereabouts((reference.repository, keys) for reference, keys in asked)
    anywhere = places_with(
        reference.fond for reference, keys in asked if not (reference.repository or keys)
    )
    known = [
        archives.get((reference.repository, keys)) or anywhere.get(reference.fond, Whereabouts())
        for reference, keys in asked
    ]
    wanted = [(index, place) for index, archive in enumerate(known) for place in archive.places]
    located = locate([_there(place, asked[index][0]) for index, place in wanted])
    shelves: list[list[Shelf]] = [[] for _each in asked]
    for (index, place), found in zip(wanted, located, strict=True):
        shelves[index].append(Shelf(place, found))
    statements = cited.on_record(reference for reference, _keys in asked)
    return [
        Case(reference, known[index], shelves[index], statements.get(cited.numbers(reference), ()))
        for index, (reference, _keys) in enumerate(asked)
    ]


def _there(place: Place, reference: Reference) -> tuple[int, Reference]:
    """A repository, and the reference with the numbers that the shelf would have there."""
    return place.repository.pk, replace(reference, fond=place.fond(reference.fond))


def _records(choices: Iterable[Choice]) -> _Records:
    places = {
        (path, choice.case.reference.folios)
        for choice in choices
        if choice.asks_for_leaves
        for path in choice.paths
    }
    return _Records(_units(choices), leaves.look(sorted(places, key=lambda place: place[0])))


def _units(choices: Iterable[Choice]) -> dict[int, Unit]:
    """The units of all choices, each with its ancestors and its repository."""
    paths = {path for choice in choices for path in choice.paths}
    paths |= {row.unit.path for choice in choices for row in choice.elsewhere}
    if not paths:
        return {}
    wanted = {key for path in paths for key in ids(path)}
    rows = Unit.objects.public().filter(pk__in=wanted).select_related("repository__agent")
    units = {row.pk: row for row in rows.order_by()}
    attach_ancestors(units.values(), among=units.values())
    return units


def _answer(choice: Choice, records: _Records) -> Answer:
    hits = list(_hits(choice, records))
    reach = min((hit.how for hit in hits), key=list(Kind).index, default=Kind.REPOSITORY)
    hits = [hit for hit in hits if hit.how == reach]
    also = [Hit(records.units[row.unit_id], Kind.CITED, row) for row in choice.elsewhere]
    unit = next((records.units[ids(path)[-1]] for path in choice.paths), None)
    year = _last_year(choice, unit)
    remarks = {
        **_remarks_on_the_shelf(choice),
        Remark.LEAVES_UNKNOWN: reach == Kind.FILE
        and not records.leaves.with_unknown.isdisjoint(choice.paths),
        Remark.ALSO_CITED: bool(also),
        Remark.MORE_DOCUMENTS: len(hits) > MOST_HITS,
        Remark.NUMBERS_OF_A_YEAR: year is not None,
    }
    archive = choice.case.archive
    return Answer(
        kind=choice.kind or reach,
        reach=reach,
        reference=choice.case.reference,
        repository=_repository(choice, unit),
        name=archive.name,
        unit=unit,
        hits=(*hits[:MOST_HITS], *also),
        succession=_succession(choice, unit),
        remarks=tuple(remark for remark, applies in remarks.items() if applies),
        archives=archive.keys,
        year=year,
    )


def _repository(choice: Choice, unit: Unit | None) -> Repository | None:
    """Where the shelf is today; None where several have one with the numbers."""
    if choice.kind == Kind.NO_REPOSITORY:
        return None
    if unit is not None:
        return unit.repository
    return choice.shelves[0].place.repository if choice.shelves else None


def _hits(choice: Choice, records: _Records) -> Iterator[Hit]:
    """The units that the numbers lead to, and the documents on the leaves that are cited."""
    reference = choice.case.reference
    for shelf in choice.shelves:
        for row in shelf.located.rows:
            if choice.asks_for_leaves:
                yield Hit(records.units[row.pk], Kind.FILE)
                for how, witness in records.leaves.witnesses[row.path, reference.folios]:
                    yield Hit(witness, how)
            else:
                is_all = shelf.located.is_whole and not reference.folios
                yield Hit(records.units[row.pk], Kind.EXACT if is_all else shelf.located.reach)
    for statement in choice.statements:
        if choice.asks_for_leaves:
            yield from _hits_on_record(statement, reference, records)
        else:
            yield Hit(records.units[statement.unit_id], _reach(reference), statement)


def _hits_on_record(
    statement: UnitReference, reference: Reference, records: _Records
) -> Iterator[Hit]:
    """The witness that was so cited, or else what its unit has on the leaves."""
    unit = records.units[statement.unit_id]
    yield Hit(unit, Kind.FILE, statement)
    own = cited.leaves(statement)
    how = leaves.compare(own, reference.folios)
    if statement.witness is not None and how is not None:
        yield Hit(statement.witness, how, statement)
    elif not own:
        for kind, witness in records.leaves.witnesses[unit.path, reference.folios]:
            yield Hit(witness, kind, statement)


def _reach(reference: Reference) -> Kind:
    """How far a unit with the numbers of a reference answers it: not to leaves of no file."""
    if not reference.folios:
        return Kind.EXACT
    return Kind.OPIS if reference.opis else Kind.FOND


def _remarks_on_the_shelf(choice: Choice) -> dict[Remark, bool]:
    name = choice.case.archive.name
    places = [shelf.place.repository for shelf in choice.shelves]
    is_named = choice.kind != Kind.NO_REPOSITORY
    is_own = name is not None and any(name.agent_id == place.agent_id for place in places)
    return {
        Remark.RENAMED: is_own and name is not None and _is_of_the_past(name),
        Remark.SEVERAL_ARCHIVES: is_named and len({place.pk for place in places}) > 1,
        Remark.SEVERAL_SHELVES: any(len(shelf.located.rows) > 1 for shelf in choice.shelves),
        Remark.SPELT_OTHERWISE: any(shelf.located.is_respelt for shelf in choice.shelves),
        Remark.NOT_LOOKED_UP: choice.is_whole
        and not SHELF_KEYS.isdisjoint(key for key, _value in choice.case.reference.aux),
    }


def _is_of_the_past(name: AgentName) -> bool:
    day = today()
    now = dates.day_number(day.year, day.month, day.day)
    is_over = name.date_latest is not None and name.date_latest < now
    return is_over or name.name_kind == NameKind.FORMER


def _last_year(choice: Choice, unit: Unit | None) -> int | None:
    """The last year in which the numbers of the unit were cited, if that was under the name of
    another archive and nobody says that they are current."""
    if unit is None or choice.kind is not None:
        return None
    rows = [row for row in choice.case.statements if row.unit_id == unit.pk]
    is_current = any(
        row.reference_kind == ReferenceKind.CURRENT
        or (row.repository_name and row.repository_name.agent_id == unit.repository.agent_id)
        for row in rows
    )
    days = [row.date_latest for row in rows if row.date_latest is not None and row.repository_name]
    return dates.year_of(max(days)) if days and not is_current else None


def _succession(choice: Choice, unit: Unit | None) -> tuple[Step, ...]:
    """How the holdings came from the archive that is cited to where they are."""
    if choice.shelves:
        return choice.shelves[0].place.steps
    if unit is None:
        return ()
    lines = (
        shelf.place.steps
        for shelf in choice.case.shelves
        if shelf.place.repository.pk == unit.repository_id
    )
    return next(lines, ())
