"""Archival provenance: where a witness is kept, under which numbers, names and hands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from catalogue import dates, references
from catalogue.models import (
    Agent,
    AgentName,
    AgentRelation,
    CustodyEvent,
    Repository,
    Unit,
    UnitReference,
    Witness,
)
from catalogue.models.agent_name import NameKind
from catalogue.models.agent_relation import AgentRelationKind, Numbering
from catalogue.models.statement import Standing
from catalogue.models.unit_reference import ReferenceKind
from catalogue.references import printing
from catalogue.views.apparatus import Apparatus, Cited
from catalogue.views.records import Named, date_words, language_name, named, reader_language

SUCCESSIONS = (AgentRelationKind.SUCCESSOR, AgentRelationKind.MERGER)
LONGEST_CHAIN = 6
"""Generations of archives that are followed from the one that holds the paper today."""
SHOWN_NAMES = (NameKind.AUTHORIZED, NameKind.FORMER, NameKind.PARALLEL, NameKind.ABBREVIATION)


@dataclass(frozen=True)
class Period:
    """A time in the life of an archive: its names then, or how it came out of another.

    ``then`` says that the reference was printed under these names.
    """

    when: str
    names: tuple[Cited, ...] = ()
    succession: Cited | None = None
    then: bool = False

    @property
    def sentence(self) -> str:
        """The succession in words: РГАСПИ is successor of РЦХИДНИ."""
        if self.succession is None:
            return ""
        row = self.succession.statement
        return (
            f"{named(row.source).text} {row.get_relation_kind_display()} {named(row.target).text}"
        )


@dataclass(frozen=True)
class Hand:
    """A holder through whose hands the paper went."""

    holder: Named
    cited: Cited


@dataclass(frozen=True)
class Holding:
    """One archival witness on its shelf.

    ``reference`` is in the reader's notation, under today's name of the repository. ``year`` is
    the last year for which anybody vouches for its numbers, "" where they are current;
    ``numbering`` is what the successions since then are known to have done to them.
    """

    witness: Witness
    language: str
    repository: Named | None
    unit: Unit | None
    reference: str
    folios: str
    closed_until: str
    leaves: int | None
    year: str
    numbering: str
    cited: tuple[Cited, ...]
    periods: tuple[Period, ...]
    custody: tuple[Hand, ...]

    @property
    def name_then(self) -> str:
        """What the archive was called when the reference was printed, for the reader."""
        return next((str(p.names[0].statement.form) for p in self.periods if p.then), "")


def successions(keepers: Iterable[int], others: Q) -> list[AgentRelation]:
    """The public successions that lead to agents, in one query; and other relations."""
    steps = AgentRelation.objects.filter(relation_kind__in=SUCCESSIONS).order_by()
    generations = [steps.filter(source__in=keepers)]
    while len(generations) < LONGEST_CHAIN:
        generations.append(steps.filter(source__in=generations[-1].values("target")))
    wanted = AgentRelation.objects.filter(others).order_by().values("pk")
    wanted = wanted.union(*(rows.values("pk") for rows in generations))
    return list(AgentRelation.objects.public().filter(pk__in=wanted).defer("staff_note"))


def holdings_of(
    witnesses: Iterable[Witness],
    cited: Sequence[UnitReference],
    custody: Sequence[CustodyEvent],
    relations: Sequence[AgentRelation],
    agents: dict[int, Agent],
    apparatus: Apparatus,
) -> tuple[Holding, ...]:
    """The archival witnesses; ``agents`` by key, each with its public names prefetched."""
    return tuple(
        _holding(witness, cited, custody, relations, agents, apparatus)
        for witness in witnesses
        if witness.is_archival and (repository_of(witness) or _is_told_of(witness, cited, custody))
    )


def _is_told_of(
    witness: Witness, cited: Sequence[UnitReference], custody: Sequence[CustodyEvent]
) -> bool:
    told = {row.witness_id for row in cited} | {row.witness_id for row in custody}
    return witness.pk in told


def repository_of(witness: Witness) -> Repository | None:
    """Where it is, if anybody may know."""
    repository = witness.unit.repository if witness.unit else witness.repository
    return repository if repository is not None and repository.is_public else None


def _holding(
    witness: Witness,
    cited: Sequence[UnitReference],
    custody: Sequence[CustodyEvent],
    relations: Sequence[AgentRelation],
    agents: dict[int, Agent],
    apparatus: Apparatus,
) -> Holding:
    repository = repository_of(witness)
    own = [
        row
        for row in cited
        if row.witness_id == witness.pk
        or (row.witness_id is None and row.unit_id == witness.unit_id)
    ]
    chain = _chain(repository, relations)
    return Holding(
        witness=witness,
        language=language_name(witness.language) if witness.language else "",
        repository=named(repository) if repository else None,
        unit=witness.unit if witness.unit and witness.unit.is_public else None,
        reference=_reference(witness, repository),
        folios=references.print_folios(witness.folios(), reader_language()),
        closed_until=(
            dates.describe(witness.closed_until.isoformat(), reader_language())
            if witness.closed_until
            else ""
        ),
        leaves=_count_leaves(witness),
        year=_last_year(own),
        numbering=_numbering(chain),
        cited=tuple(map(apparatus.cite, own)),
        periods=periods_of(repository, chain, own, agents, apparatus),
        custody=tuple(
            Hand(named(row.holder), apparatus.cite(row))
            for row in custody
            if row.witness_id == witness.pk or (row.unit_id and row.unit_id == witness.unit_id)
        ),
    )


def _reference(witness: Witness, repository: Repository | None) -> str:
    reference = witness.reference() if witness.unit and witness.unit.is_public else None
    if reference is None:
        reference = references.Reference(folios=witness.folios())
    name = named(repository.agent).text if repository else ""
    given = witness.unit.reference_given if witness.unit and witness.unit.is_public else ""
    if given and not reference.fond:
        return f"{name}, {given}" if name else given
    return printing.for_reader(replace(reference, repository=name), reader_language())


def _count_leaves(witness: Witness) -> int | None:
    """How many leaves the ranges span if they are continuous; None where letters intervene."""
    count = 0
    for item in witness.folios():
        last = item.last or item.first
        if item.first.suffix or last.suffix:
            return None
        count += last.number - item.first.number + 1
    return count or None


def _last_year(cited: Sequence[UnitReference]) -> str:
    if any(row.reference_kind == ReferenceKind.CURRENT for row in cited):
        return ""
    days = [row.date_latest for row in cited if row.date_latest is not None]
    return str(dates.year_of(max(days))) if days else ""


def _numbering(chain: Sequence[AgentRelation]) -> str:
    """The worst that a succession is known to have done: one doubt makes the whole doubtful."""
    kinds = {relation.numbering or Numbering.UNKNOWN for relation in chain}
    order = (Numbering.CHANGED, Numbering.UNKNOWN, Numbering.PREFIXED, Numbering.KEPT)
    return next((str(kind) for kind in order if kind in kinds), "")


def _chain(
    repository: Repository | None, relations: Sequence[AgentRelation]
) -> list[AgentRelation]:
    """The successions above one repository."""
    if repository is None:
        return []
    reached = {repository.agent_id}
    for _generation in range(LONGEST_CHAIN):
        reached |= {
            row.target_id
            for row in relations
            if row.source_id in reached and row.relation_kind in SUCCESSIONS
        }
    return [
        row for row in relations if row.source_id in reached and row.relation_kind in SUCCESSIONS
    ]


def periods_of(
    repository: Repository | None,
    chain: Sequence[AgentRelation],
    cited: Sequence[UnitReference],
    agents: dict[int, Agent],
    apparatus: Apparatus,
) -> tuple[Period, ...]:
    if repository is None:
        return ()
    used = {row.repository_name_id for row in cited}
    keys = {repository.agent_id, *(row.target_id for row in chain)}
    spans: dict[tuple[int, int, int], list[AgentName]] = defaultdict(list)
    for key in sorted(keys):
        for name in agents[key].names.all() if key in agents else ():
            if is_of_a_period(name):
                spans[name.date_earliest or 0, key, name.date_latest or 0].append(name)
    rows: list[tuple[tuple[int, int, int], Period]] = []
    for place, names in spans.items():
        names.sort(key=lambda name: (name.language != reader_language(), name.rank()))
        then = any(name.pk in used or _used_then(name, cited) for name in names)
        forms = tuple(map(apparatus.cite, names))
        rows.append(((place[0], 1, place[1]), Period(date_words(names[0]), forms, None, then)))
    for row in chain:
        place = (row.date_earliest or 0, 0, row.pk)
        rows.append((place, Period(date_words(row), (), apparatus.cite(row))))
    return tuple(period for _place, period in sorted(rows, key=lambda row: row[0]))


def is_of_a_period(name: AgentName) -> bool:
    """Whether a name shows in the line of an archive's names."""
    return bool(
        name.name_kind in SHOWN_NAMES and name.date and name.standing != Standing.SUPERSEDED
    )


def _used_then(name: AgentName, cited: Sequence[UnitReference]) -> bool:
    """Whether a reference was used while the archive bore the name."""
    return any(
        row.repository_name is not None
        and row.repository_name.agent_id == name.agent_id
        and row.date_earliest is not None
        and name.covers(row.date_earliest)
        for row in cited
    )
