"""Which statements are at hand on the desk of a record: those that speak of it or of its own."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model, Q

from catalogue.models import (
    STATEMENTS,
    Agent,
    Document,
    Event,
    Part,
    Publication,
    Unit,
    Witness,
)
from catalogue.models.statement import Assertion

# The records that have a desk, and what is spoken of together with them: by what of its own a
# record of the second kind belongs to the first.
OWN: dict[type[Model], dict[type[Model], tuple[str, ...]]] = {
    Document: {Witness: ("document",), Part: ("document", "witness__document")},
    Unit: {},
    Witness: {Part: ("witness",)},
    Publication: {},
    Agent: {},
    Event: {},
}


def own(record: Model) -> dict[type[Model], Any]:
    """By model, the rows that are spoken of together with the record."""
    found: dict[type[Model], Any] = {}
    for model, names in OWN.get(type(record), {}).items():
        condition = Q()
        for name in names:
            condition |= Q(**{name: record.pk})
        found[model] = model._base_manager.filter(condition)
    return found


def reaching(record: Model) -> dict[type[Assertion], Q]:
    """By kind of statement, the condition under which one speaks of the record or of its own.

    It holds for the statements and for their history.
    """
    rows = own(record)
    found: dict[type[Assertion], Q] = {}
    for kind in STATEMENTS:
        condition = Q()
        for name in kind.ends:
            target = end_model(kind, name)
            if target is type(record):
                condition |= Q(**{f"{name}_id": record.pk})
            elif target in rows:
                condition |= Q(**{f"{name}_id__in": rows[target].values("pk")})
        if condition:
            found[kind] = condition
    return found


def end_model(kind: type[Assertion], name: str) -> Any:
    """The model of the records at one end of a kind of statement."""
    end = kind._meta.get_field(name)
    assert isinstance(end, ForeignKey)  # noqa: S101  # what ends are
    return end.related_model
