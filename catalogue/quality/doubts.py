"""What looks wrong about a record before it is saved. Nothing here refuses anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Model

from catalogue.models import (
    STATEMENTS,
    Agent,
    Contribution,
    Derivation,
    Document,
    Event,
    Evidence,
    FolioRange,
    Publication,
    Term,
    Unit,
    Witness,
)
from catalogue.models.derived import Derived
from catalogue.quality import chronology, likeness
from catalogue.quality.doubt import Doubt, Rows

Asking = Callable[[Any, Rows], Iterator[Doubt]]

ASKED: Mapping[type[Model], tuple[Asking, ...]] = {
    **dict.fromkeys(STATEMENTS, (chronology.evidence,)),
    Agent: (likeness.agents, chronology.lives),
    Contribution: (chronology.contributions,),
    Derivation: (chronology.derivations,),
    Document: (likeness.documents, chronology.documents),
    Event: (chronology.events,),
    Evidence: (chronology.evidence,),
    FolioRange: (likeness.leaves,),
    Publication: (likeness.publications, chronology.publications),
    Term: (likeness.terms,),
    Unit: (likeness.units, chronology.units),
    Witness: (likeness.witnesses, chronology.witnesses),
}


def doubts(record: Model, rows: Rows = ()) -> list[Doubt]:
    """What is doubtful about a record as it would be saved, with the rows that belong to it.

    They are valid, and need not be stored. A bounded number of queries, by indexes.
    """
    asking = ASKED.get(type(record), ())
    for each in (record, *rows) if asking else ():
        if isinstance(each, Derived):
            each.derive()
    found = [doubt for ask in asking for doubt in ask(record, rows)]
    return list({doubt.key(): doubt for doubt in found}.values())


def new_doubts(record: Model, rows: Rows = ()) -> list[Doubt]:
    """Those that the stored record does not raise as well: what is known is not asked again."""
    found = doubts(record, rows)
    if not found or record.pk is None:
        return found
    stored = type(record)._base_manager.filter(pk=record.pk).first()
    if stored is None:
        return found
    known = {doubt.key() for doubt in doubts(stored, _stored_rows(stored, rows))}
    return [doubt for doubt in found if doubt.key() not in known]


def _stored_rows(record: Model, rows: Rows) -> list[Model]:
    """The rows of the same kinds that belong to the stored record."""
    found: list[Model] = []
    for kind in dict.fromkeys(type(row) for row in rows):
        keys = [row.pk for row in rows if isinstance(row, kind) and row.pk]
        found += kind._base_manager.filter(pk__in=keys)
    return found
