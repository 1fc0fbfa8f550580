"""One thing that a careful head of department would want mended: a queryset with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Check:
    """``rows`` finds the records; ``title`` and ``why`` are to be translated."""

    code: str
    title: Any
    why: Any
    rows: Callable[[], QuerySet[Any]]

    def count(self) -> int:
        """How many rows, counted no further than one more than ``MOST_COUNTED``."""
        return len(self.rows().order_by()[: MOST_COUNTED + 1].values_list("pk", flat=True))

    def page(self, after: int, most: int) -> list[Any]:
        """The rows that follow the key ``after``."""
        return list(self.rows().filter(pk__gt=after).order_by("pk")[:most])


def there_is(model: type[Model], end: str, **conditions: Any) -> Exists:
    """A row of ``model`` whose foreign key ``end`` leads to the row in question."""
    rows: Any = model._base_manager
    return Exists(rows.filter(**{end: OuterRef("pk")}, **conditions))


def undated(**conditions: Any) -> Q:
    return Q(date="", date_written="", **conditions)
