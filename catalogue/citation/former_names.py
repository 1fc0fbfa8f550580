"""The days on which an archive may have had another name, as far as they matter for a citation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from catalogue.citation.holding import public_repository, public_unit
from catalogue.dates import from_day_number
from catalogue.models import Agent, AgentRelation, Derivation, UnitReference, Witness
from catalogue.models.agent_relation import AgentRelationKind
from catalogue.models.unit_reference import ReferenceKind

SUCCESSIONS = (AgentRelationKind.SUCCESSOR, AgentRelationKind.MERGER)
FURTHEST = 6  # successions followed back; no archive has had more


@dataclass(frozen=True)
class Former:
    """A day, the agent whose name of that day is wanted, and how the day is known."""

    agent: Agent
    day: int
    is_cited: bool
    is_current: bool

    @property
    def year(self) -> int:
        return from_day_number(self.day)[0]


@dataclass(frozen=True)
class Provenance:
    """Public statements on where witnesses are and were: references with the name of the archive
    that they use and all names of its agent; derivations from the witnesses, with the publication
    of what was derived; successions that lead to the archives, with the names of the earlier ones.
    """

    references: Sequence[UnitReference]
    derivations: Sequence[Derivation]
    successions: Sequence[AgentRelation]


def provenance_of(witnesses: Sequence[Witness]) -> Provenance:
    """The statements on witnesses; the number of queries grows only with the line of archives."""
    units = filter(None, map(public_unit, witnesses))
    references = (
        UnitReference.objects.public()
        .filter(Q(witness__in=witnesses) | Q(unit__in=list(units), witness=None))
        .select_related("repository_name__agent")
        .prefetch_related("repository_name__agent__names")
    )
    derivations = (
        Derivation.objects.public()
        .filter(base__in=witnesses)
        .select_related("derived__publication")
    )
    repositories = filter(None, map(public_repository, witnesses))
    keepers = {repository.agent_id for repository in repositories}
    return Provenance(list(references), list(derivations), _successions(keepers))


def former_names(witness: Witness, provenance: Provenance) -> list[Former]:
    """The days on which the shelf of an archival witness was cited, or the witness was printed
    from.

    For each of them every agent that had the shelf then or whose successor has it; the caller
    takes the one that has a name on that day.
    """
    repository = public_repository(witness)
    if repository is None:
        return []
    line = [repository.agent, *_predecessors(repository.agent, provenance.successions)]
    references = _references(witness, provenance.references)
    is_current = any(row.reference_kind == ReferenceKind.CURRENT for row in references)
    cited = [
        Former(agent, row.date_earliest, is_cited=True, is_current=is_current)
        for row in references
        if row.date_earliest is not None
        for agent in ([row.repository_name.agent] if row.repository_name else line)
    ]
    printed = [
        Former(agent, day, is_cited=False, is_current=is_current)
        for day in _days_of_printing(witness, provenance.derivations)
        for agent in line
    ]
    return [*cited, *printed]


def _references(witness: Witness, rows: Iterable[UnitReference]) -> list[UnitReference]:
    unit = public_unit(witness)
    own = [
        row
        for row in rows
        if row.witness_id == witness.pk
        or (unit is not None and row.witness_id is None and row.unit_id == unit.pk)
    ]
    return sorted(own, key=lambda row: (row.date_earliest or 0, row.pk))


def _days_of_printing(witness: Witness, rows: Iterable[Derivation]) -> list[int]:
    publications = [row.derived.publication for row in rows if row.base_id == witness.pk]
    days = {
        publication.date_earliest
        for publication in publications
        if publication and publication.is_public and publication.date_earliest is not None
    }
    return sorted(days)


def _successions(keepers: set[int]) -> list[AgentRelation]:
    """What archives succeed; a query for each step."""
    found: list[AgentRelation] = []
    reached = frontier = keepers
    for _step in range(FURTHEST):
        rows = (
            AgentRelation.objects.public()
            .filter(source__in=frontier, relation_kind__in=SUCCESSIONS)
            .select_related("target")
            .prefetch_related("target__names")
        )
        found += rows
        frontier = {row.target_id for row in rows} - reached
        reached = reached | frontier
        if not frontier:
            break
    return found


def _predecessors(agent: Agent, rows: Sequence[AgentRelation]) -> list[Agent]:
    """The public agents that an archive succeeds, the nearest first."""
    found: dict[int, Agent] = {agent.pk: agent}
    frontier = {agent.pk}
    while frontier:
        below = [
            row.target
            for row in rows
            if row.source_id in frontier and row.relation_kind in SUCCESSIONS
        ]
        frontier = {target.pk for target in below} - found.keys()
        found.update((target.pk, target) for target in below if target.pk in frontier)
    return [predecessor for key, predecessor in found.items() if key != agent.pk]
