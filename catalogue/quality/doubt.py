"""Doubts: what looks wrong about a record, and may be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Model

Rows = Sequence[Model]


@dataclass(frozen=True)
class Doubt:
    """``sentence`` is to be translated, with slots for ``values``; ``field`` is where it shows.

    ``about`` are the stored records in question.
    """

    code: str
    sentence: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    about: tuple[Model, ...] = ()
    field: str = ""

    def __str__(self) -> str:
        return str(self.sentence) % self.values

    def key(self) -> str:
        """The same for the same doubt, another for another: whoever has seen one is not asked."""
        said = [self.code, *(f"{name}={value}" for name, value in sorted(self.values.items()))]
        said += [f"{record._meta.model_name} {record.pk}" for record in self.about]
        return sha256("\n".join(said).encode()).hexdigest()[:16]


def is_before(one: Any, other: Any) -> bool:
    """Whether all of one date lies before all of the other, as far as both are known."""
    if one.date_latest is None or other.date_earliest is None:
        return False
    return bool(one.date_latest < other.date_earliest)


def are_apart(one: Any, other: Any) -> bool:
    """Whether two dates cannot be the same."""
    return is_before(one, other) or is_before(other, one)


def of(kind: type[Any], rows: Rows) -> Iterator[Any]:
    """The rows of one model."""
    return (row for row in rows if isinstance(row, kind))
