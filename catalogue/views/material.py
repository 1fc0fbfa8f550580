"""All rows that the page of one document needs, fetched in one place.

The number of queries does not depend on the number of rows. Everything has passed ``public()``:
statements that anybody may see, about records that anybody may see.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, Q

from catalogue.models import (
    AccessPoint,
    Agent,
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    Derivation,
    Document,
    Evidence,
    OutsideIdentifier,
    Part,
    Question,
    Reading,
    Relation,
    Term,
    UnitReference,
    Witness,
)
from catalogue.models.statement import Assertion
from catalogue.views.holdings import is_of_a_period, successions
from catalogue.views.mentions import attach_things, mentioned

LINEAGE = 4
"""Publications in which one printing stands, each within the next: page, site; article, serial."""


@dataclass(frozen=True)
class Material:
    """The rows, with all that they mention attached.

    ``names`` are those that the page may cite; ``agents`` are by key, each with all its names at
    hand; ``evidence`` is for every statement.
    """

    document: Document
    questions: Sequence[Question]
    derivations: Sequence[Derivation]
    contributions: Sequence[Contribution]
    datings: Sequence[Dating]
    references: Sequence[UnitReference]
    custody: Sequence[CustodyEvent]
    agent_relations: Sequence[AgentRelation]
    claims: Sequence[Claim]
    relations: Sequence[Relation]
    readings: Sequence[Reading]
    subjects: Sequence[Term]
    identifiers: Sequence[OutsideIdentifier]
    names: list[AgentName] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    agents: dict[int, Agent] = field(default_factory=dict)

    def statements(self) -> Iterator[Assertion]:
        """Every statement that the page may show."""
        yield from self.derivations
        yield from self.contributions
        yield from self.datings
        yield from self.references
        yield from self.custody
        yield from self.agent_relations
        yield from self.claims
        yield from self.relations
        yield from self.readings
        yield from self.names


@dataclass(frozen=True)
class Found:
    """A public document, and the keys by which the statements about it are found.

    Keys of its witnesses, of the units that these are in, of the publications (and those around
    them) and of the agents that keep them. What is found by a key has to pass ``public()`` itself.
    """

    document: Document
    witnesses: frozenset[int]
    units: frozenset[int]
    publications: frozenset[int]
    keepers: frozenset[int]


def find(identifier: str) -> Found | None:
    """A public document by its identifier, with its genre; None if there is none.

    The keys come with it: conditions on them are then served by indexes, as subqueries are not.
    """
    publications = ["witnesses__publication" + depth * "__parent" for depth in range(LINEAGE)]
    keepers = ["witnesses__repository__agent", "witnesses__unit__repository__agent"]
    paths = ["witnesses", "witnesses__unit", *publications, *keepers]
    rows = list(
        Document.objects.public()
        .filter(identifier=identifier)
        .select_related("genre")
        .annotate(**{f"{path}_key": F(path) for path in paths})
    )

    def keys(*wanted: str) -> frozenset[int]:
        found = {getattr(row, f"{path}_key") for row in rows for path in wanted}
        return frozenset(found - {None})

    if not rows:
        return None
    return Found(
        document=rows[0],
        witnesses=keys("witnesses"),
        units=keys("witnesses__unit"),
        publications=keys(*publications),
        keepers=keys(*keepers),
    )


def fetch(found: Found) -> Material:
    """The material of one public document."""
    document = found.document
    questions = list(Question.objects.public().concerning(found.document, found.witnesses))
    sides = Q(question__in=questions)
    own = Q(witness__in=found.witnesses)
    about = Q(document=document) | own
    shelved = own | Q(witness__isnull=True, unit__in=found.units)
    material = Material(
        document=document,
        questions=questions,
        derivations=_rows(
            Derivation, Q(derived__in=found.witnesses) | Q(base__in=found.witnesses) | sides
        ),
        contributions=_rows(Contribution, about | Q(publication__in=found.publications) | sides),
        datings=_rows(Dating, about | sides),
        references=_rows(UnitReference, shelved | sides),
        custody=_rows(CustodyEvent, shelved | sides),
        agent_relations=successions(found.keepers, sides),
        claims=_rows(Claim, about | Q(part__document=document) | sides),
        relations=_rows(
            Relation, Q(source_document=document) | Q(target_document=document) | sides
        ),
        readings=_rows(Reading, Q(document=document) | sides),
        subjects=_subjects(document),
        identifiers=list(document.outside_identifiers.all()),
    )
    rows: list[Model] = [*material.statements(), *questions]
    names = _names(rows, found, sides)
    material.names.extend(
        name for name in names if name.question_id is not None or is_of_a_period(name)
    )
    keys = {statement.pk for statement in material.statements()}
    evidence = Evidence.objects.public().select_related(None).filter(statement__in=keys)
    material.evidence.extend(evidence.defer("staff_note"))
    things = attach_things([*rows, *names, *material.evidence], document, names, material.subjects)
    material.parts.extend(things.parts)
    material.witnesses.extend(things.witnesses)
    material.agents.update(things.agents)
    return material


def _rows(model: Any, about: Q) -> list[Any]:
    """Statements of one kind, with nothing joined: what they mention is fetched once, later."""
    return list(model.objects.public().filter(about).defer("staff_note"))


def _names(rows: Iterable[Model], found: Found, sides: Q) -> list[AgentName]:
    """All public names of the agents that statements speak of, and those that are sides."""
    used = AgentName.objects.filter(pk__in=mentioned(AgentName, rows))
    agents = mentioned(Agent, rows) | found.keepers
    return _rows(AgentName, Q(agent__in=agents) | Q(agent__in=used.values("agent")) | sides)


def _subjects(document: Document) -> list[Term]:
    points = AccessPoint.objects.filter(document=document).select_related("term")
    return [point.term for point in points if point.term.is_public]
