"""The things that statements mention: each fetched once, and put at the foreign keys by hand.

Joining them to every row would read the same long descriptions hundreds of times for one page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, ForeignKey, Model, Q, TextField

from catalogue.models import (
    Agent,
    AgentName,
    Document,
    Event,
    FolioRange,
    Part,
    Publication,
    Term,
    TermLabel,
    Title,
    Unit,
    Witness,
)
from catalogue.models.unit import attach_ancestors


@dataclass(frozen=True)
class Things:
    """The document's own parts and witnesses; all agents by key, each with its names at hand."""

    parts: Sequence[Part]
    witnesses: Sequence[Witness]
    agents: Mapping[int, Agent]


def mentioned(model: type[Model], rows: Iterable[Model]) -> set[int]:
    """The keys of the records of ``model`` at the foreign keys of rows."""
    return {
        key
        for row in rows
        for field in _foreign_keys(type(row), model)
        if (key := getattr(row, field.attname)) is not None
    }


def attach_things(
    statements: Iterable[Model],
    document: Document,
    names: Sequence[AgentName],
    subjects: Sequence[Term],
) -> Things:
    """Fetch all that statements, questions and evidence mention, and all that this stands in.

    One query for each kind of thing; only what is public. ``names`` are all names of the agents
    that the page may name in the reader's language.
    """
    rows = list(statements)
    parts = _parts(document, mentioned(Part, rows))
    rows += parts
    witnesses = _witnesses(document, mentioned(Witness, rows))
    rows += witnesses
    _attach_many("parts", parts, "covering", witnesses)
    shelves = [witness.unit for witness in witnesses if witness.unit]
    repositories = [unit.repository for unit in shelves]
    repositories += [witness.repository for witness in witnesses if witness.repository]
    rows += repositories
    above = {key for unit in shelves for key in unit.ancestor_ids()}
    units = _public(Unit, mentioned(Unit, rows) | above)
    attach_ancestors(shelves, among=units)
    agents = _public(Agent, mentioned(Agent, rows))
    documents = [document, *_public(Document, mentioned(Document, rows) - {document.pk})]
    events = _public(Event, mentioned(Event, rows))
    publications = _public(Publication, mentioned(Publication, rows), "parent__parent__parent")
    found: Mapping[type[Model], Iterable[Model]] = {
        Agent: agents,
        AgentName: names,
        Document: documents,
        Event: events,
        Part: parts,
        Publication: publications,
        Unit: [*units, *shelves],
        Witness: witnesses,
    }
    for model, records in found.items():
        _attach(records, rows, model)
    _attach_many("names", names, "agent_id", agents)
    _entitle(documents, events, [step for first in publications for step in first.lineage()])
    places = [repository.place for repository in repositories if repository.place]
    _label([*subjects, *places, *([document.genre] if document.genre else [])])
    return Things(
        parts=list({part.pk: part for part in parts if part.document_id == document.pk}.values()),
        witnesses=[witness for witness in witnesses if witness.document_id == document.pk],
        agents={agent.pk: agent for agent in agents},
    )


def _public(model: Any, keys: Iterable[int], *joined: str) -> list[Any]:
    """Public records by their keys, without long descriptions: the page names them only."""
    long = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, TextField) and field.name != "title"
    ]
    rows = model.objects.public().filter(pk__in=keys).defer(*long)
    return list(rows.select_related(*joined) if joined else rows)


def _parts(document: Document, keys: Iterable[int]) -> list[Part]:
    """Parts of the document and others; ``covering`` is a witness that has the part.

    A part stands here once for each witness that has it.
    """
    return list(
        Part.objects.public()
        .filter(Q(document=document) | Q(pk__in=keys))
        .annotate(covering=F("covered_by"))
        .order_by("part_kind", "number", "pk")
    )


def _witnesses(document: Document, keys: Iterable[int]) -> list[Witness]:
    """Witnesses of the document and others, each with its shelf and its leaves."""
    rows = list(
        Witness.objects.public()
        .filter(Q(document=document) | Q(pk__in=keys))
        .select_related("unit__repository__place", "repository__place")
        .annotate(first_leaf=F("folio_ranges__first"), last_leaf=F("folio_ranges__last"))
        .order_by("date_earliest", "pk", "folio_ranges__first_order", "folio_ranges__pk")
    )
    leaves = [
        FolioRange(witness_id=row.pk, first=row.first_leaf, last=row.last_leaf)
        for row in rows
        if row.first_leaf
    ]
    witnesses = list({row.pk: row for row in rows}.values())
    _attach_many("folio_ranges", leaves, "witness_id", witnesses)
    return witnesses


def _entitle(
    documents: Iterable[Document], events: Iterable[Event], publications: Iterable[Publication]
) -> None:
    """Further titles, in one query for all kinds."""
    rows = list(
        Title.objects.filter(
            Q(document__in=documents) | Q(event__in=events) | Q(publication__in=publications)
        ).defer("folded")
    )
    _attach_many("titles", rows, "document_id", documents)
    _attach_many("titles", rows, "event_id", events)
    _attach_many("titles", rows, "publication_id", publications)


def _label(terms: Sequence[Term]) -> None:
    _attach_many("labels", TermLabel.objects.filter(term__in=terms), "term_id", terms)


@cache
def _foreign_keys(row: type[Model], model: type[Model]) -> tuple[Any, ...]:
    return tuple(
        field
        for field in row._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is model
    )


def _attach(records: Iterable[Model], rows: Iterable[Model], model: type[Model]) -> None:
    """Put the records of ``model`` at the foreign keys of rows.

    A record that is not among them, because it is not public, is none: its key stays.
    """
    found = {record.pk: record for record in records}
    for row in rows:
        for field in _foreign_keys(type(row), model):
            key = getattr(row, field.attname)
            if key in found or field.null:
                field.set_cached_value(row, found.get(key))


def _attach_many(name: str, rows: Iterable[Model], key: str, records: Iterable[Model]) -> None:
    """Put rows, in their order, at the reverse relation ``name``, as ``prefetch_related`` does.

    ``key`` is the column of the rows that names the record.
    """
    of_record: dict[int, list[Model]] = defaultdict(list)
    for row in rows:
        of_record[getattr(row, key)].append(row)
    for record in records:
        kept: dict[str, Any] = record.__dict__.setdefault("_prefetched_objects_cache", {})
        kept[name] = of_record[record.pk]
