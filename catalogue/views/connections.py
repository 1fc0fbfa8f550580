"""How a record is connected with others: who contributed to it, what it is related to.

Each connection is one statement, read from the side of the record whose page it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, Prefetch, Q, prefetch_related_objects

from catalogue.models import (
    Agent,
    AgentName,
    AgentRelation,
    Contribution,
    Document,
    Event,
    Publication,
    Relation,
    Term,
    Witness,
)
from catalogue.models.agent_relation import AgentRelationKind
from catalogue.models.contribution import SUBJECTS, Role
from catalogue.models.relation import SOURCES, TARGETS, RelationKind
from catalogue.models.statement import Assertion
from catalogue.models.subject import Subject
from catalogue.views.apparatus import Apparatus, Cited
from catalogue.views.records import Named, date_words, named

MOST = 300
"""Statements of one sort that a page shows; a longer list says that there are more."""

_PREFETCHED = {Document: "titles", Event: "titles", Publication: "titles", Term: "labels"}
_ORDER = {
    kind.value: place for place, kind in enumerate((*Role, *AgentRelationKind, *RelationKind))
}


@dataclass(frozen=True)
class Connection:
    """``kind`` is the role or kind of relation, ``label`` how it reads; ``day`` sorts."""

    kind: str
    label: str
    record: Named
    statement: Assertion
    detail: str = ""
    date: str = ""
    day: int | None = None


@dataclass(frozen=True)
class Line:
    """A record with what connects it: each statement, cited, with what it says more closely."""

    record: Named
    date: str
    places: tuple[tuple[Cited, str], ...]


@dataclass(frozen=True)
class Group:
    """Lines of one kind of connection, in order of time."""

    label: str
    lines: tuple[Line, ...]


def fetch_names(records: Iterable[Model | None]) -> None:
    """Get ready what `named` reads of all these records: a query for each kind at most."""
    kinds: dict[type[Model], list[Model]] = defaultdict(list)
    for record in records:
        if record is not None:
            kinds[type(record)].append(record)
    for model, lookup in _PREFETCHED.items():
        if kinds[model]:
            prefetch_related_objects(kinds[model], lookup)
    if kinds[Agent]:
        prefetch_related_objects(kinds[Agent], Prefetch("names", AgentName.objects.public()))


def statements_about(model: type[Any], **subject: Model) -> list[Any]:
    """The public claims or datings of a record."""
    return list(model.objects.public().filter(**subject).select_related(*subject))


def contributions_to(**subject: Model) -> list[Contribution]:
    """The public contributions to a record, in their own order."""
    return list(
        Contribution.objects.public().filter(**subject).select_related("contributor", *subject)
    )


def contributions_of(agent: Agent) -> list[Contribution]:
    """What an agent is said to have done, ``MOST`` statements at most."""
    rows = Contribution.objects.public().filter(contributor=agent)
    return list(rows.select_related(*SUBJECTS, "witness__document")[:MOST])


def relations_of(**record: Model) -> list[Relation]:
    """The public relations of a record in both directions, ``MOST`` at most."""
    ((name, value),) = record.items()
    either = Q(**{f"source_{name}": value}) | Q(**{f"target_{name}": value})
    return list(
        Relation.objects.public()
        .filter(either)
        .select_related(*SOURCES, *TARGETS, "source_part", "target_part")[:MOST]
    )


def agent_relations_of(agent: Agent) -> list[AgentRelation]:
    either = Q(source=agent) | Q(target=agent)
    return list(AgentRelation.objects.public().filter(either).select_related("source", "target"))


def others(rows: Iterable[Relation]) -> Iterable[Model | None]:
    """The records at both ends."""
    for row in rows:
        yield from (row.source(), row.target())


def subject_of(row: Subject) -> Model | None:
    """The record spoken of; of a witness, its document."""
    record = row.subject()
    return record.document if isinstance(record, Witness) else record


def by_contributor(rows: Iterable[Contribution]) -> tuple[Connection, ...]:
    """Who did what: the agents, each with a role."""
    return tuple(
        Connection(
            kind=row.role,
            label=str(row.get_role_display()),
            record=named(row.contributor),
            statement=row,
            detail=row.name_as_printed,
            date=date_words(row),
            day=row.date_earliest,
        )
        for row in rows
    )


def by_work(rows: Iterable[Contribution]) -> tuple[Connection, ...]:
    """What an agent did: the records, each with the role in it."""
    found = []
    for row in rows:
        record: Any = subject_of(row)
        name = named(record)
        if row.witness is not None:
            name = replace(name, address=named(row.witness).address)
        found.append(
            Connection(
                kind=row.role,
                label=str(row.get_role_display()),
                record=name,
                statement=row,
                detail=row.witness.label if row.witness else "",
                date=date_words(record),
                day=record.date_earliest,
            )
        )
    return tuple(found)


def by_relation(rows: Iterable[Relation], record: Model) -> tuple[Connection, ...]:
    """The records at the other end; the label reads from ``record``."""
    found = []
    for row in rows:
        forwards = row.source() == record
        other: Any = row.target() if forwards else row.source()
        part = row.target_part if forwards else row.source_part
        details = (str(part) if part else "", row.locator, row.as_printed)
        found.append(
            Connection(
                kind=row.relation_kind,
                label=str(row.get_relation_kind_display()) if forwards else row.inverse(),
                record=named(other),
                statement=row,
                detail=", ".join(detail for detail in details if detail),
                date=date_words(other),
                day=other.date_earliest,
            )
        )
    return tuple(found)


def by_agent_relation(rows: Iterable[AgentRelation], agent: Agent) -> tuple[Connection, ...]:
    """Agents related to one, read from it."""
    found = []
    for row in rows:
        forwards = row.source_id == agent.pk
        found.append(
            Connection(
                kind=row.relation_kind,
                label=str(row.get_relation_kind_display()) if forwards else row.inverse(),
                record=named(row.target if forwards else row.source),
                statement=row,
                detail=row.role,
                date=date_words(row),
                day=row.date_earliest,
            )
        )
    return tuple(found)


def grouped(connections: Iterable[Connection], apparatus: Apparatus) -> tuple[Group, ...]:
    """By label, in the order of the lists of roles and relations; within one, by time.

    Statements are cited in this order, so that the notes of a page count upwards.
    """
    groups: dict[tuple[int, str], list[Connection]] = defaultdict(list)
    for connection in connections:
        groups[_ORDER[connection.kind], connection.label].append(connection)
    return tuple(
        Group(label, lines_of(groups[place, label], apparatus)) for place, label in sorted(groups)
    )


def lines_of(connections: Iterable[Connection], apparatus: Apparatus) -> tuple[Line, ...]:
    """Each record once, with all that connects it."""
    by_time = sorted(connections, key=lambda one: (one.day is None, one.day or 0, one.record.text))
    by_record: dict[tuple[str, str], list[Connection]] = defaultdict(list)
    for connection in by_time:
        by_record[connection.record.address, connection.date].append(connection)
    return tuple(
        Line(
            ones[0].record,
            ones[0].date,
            tuple((apparatus.cite(one.statement), one.detail) for one in ones),
        )
        for ones in by_record.values()
    )
