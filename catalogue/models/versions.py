"""The version of a record: what its latest row of history says, and those of the rows it owns.

No column is needed for it. A token names the version that somebody was shown, goes with the form,
and comes back with what was changed: where it no longer names the record, somebody else has saved
meanwhile. Deleted rows leave history behind, so a deletion is a new version as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Count, Max, Model, Q

from catalogue.models.tree import Tree, ids


@dataclass(frozen=True)
class Version:
    """``latest`` is the key of the record's latest row of history, 0 if it has none.

    ``rows`` has for each model of rows the latest key, how many rows of history there are (a
    transaction that began earlier may commit later), and how many rows the record owns (one of
    them may have been moved to another record).
    """

    latest: int
    rows: tuple[tuple[int, int, int], ...] = ()

    def __str__(self) -> str:
        return ".".join(["-".join(map(str, numbers)) for numbers in ((self.latest,), *self.rows)])


def read(token: str) -> Version | None:
    """The version that a token names; None if it is no token."""
    first, *rest = token.split(".")
    numbers = [tuple(part.split("-")) for part in rest]
    parts = [first, *chain.from_iterable(numbers)]
    if not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        return None
    if any(len(row) != 3 for row in numbers):
        return None
    return Version(int(first), tuple((int(a), int(b), int(c)) for a, b, c in numbers))


def token(record: Model, *row_models: type[Model]) -> str:
    """The version of a record and of its rows, for a form. Only the record's key is read.

    Ask for it before the record is read, so that a save in between is noticed, not overlooked.
    """
    return str(version(record, *row_models))


def version(record: Model, *row_models: type[Model]) -> Version:
    found = latest(type(record), [record.pk])
    return Version(
        found.get(record.pk, 0), tuple(_rows_version(record, model) for model in row_models)
    )


def latest(model: type[Model], keys: Iterable[Any]) -> dict[int, int]:
    """The latest row of history of each of many records, in one query: token without rows."""
    history: Any = _history(model)
    name = _key(model)
    rows = history.filter(**{f"{name}__in": list(keys)}).order_by().values_list(name)
    return dict(rows.annotate(newest=Max("history_id")))


def lock(record: Model, *row_models: type[Model]) -> None:
    """Within a transaction: whoever else saves the record or one of its rows waits until its end.

    SQLite has one writer at a time anyway. From the top of a tree downwards, as units are saved.
    """
    keys = [record.pk]
    if isinstance(record, Tree):
        paths = type(record)._base_manager.filter(pk=record.pk).values_list("path", flat=True)
        keys += chain.from_iterable(map(ids, paths))
    _lock(type(record), Q(pk__in=keys))
    for model in row_models:
        _lock(model, owned_by(record, model))


def _lock(model: type[Model], condition: Q) -> None:
    # A new row that refers to a locked one need not wait: its key stays as it is.
    rows = model._base_manager.select_for_update(no_key=True)
    list(rows.filter(condition).order_by("pk").values_list("pk"))


def owned_by(record: Model, model: type[Model]) -> Q:
    """The rows of a model (or of its history) that belong to a record, as its rows in a form do."""
    kinds = {type(record), *record._meta.get_parent_list()}
    condition = Q()
    for field in model._meta.concrete_fields:
        if field.related_model in kinds and field.name not in ("superseded_by", "statement_ptr"):
            condition |= Q(**{field.attname: record.pk})
    return condition


def later(record: Model, since: Version | None, *row_models: type[Model]) -> list[Any]:
    """The rows of history that are newer than a version, the newest first."""
    known = since or Version(0)
    marks = (known.latest, *(row[0] for row in known.rows), *([0] * len(row_models)))
    models = (type(record), *row_models)
    conditions = (Q(**{_key(type(record)): record.pk}), *(owned_by(record, m) for m in row_models))
    found: list[Any] = []
    for model, condition, mark in zip(models, conditions, marks, strict=False):
        found += _history(model).filter(condition, history_id__gt=mark)
    return sorted(found, key=lambda row: (row.history_date, row.history_id), reverse=True)


def former(record: Model, since: Version | None) -> Any:
    """The row of history in which a record is as a version names it; None if there is none."""
    key = since.latest if since else 0
    return _history(type(record)).filter(**{_key(type(record)): record.pk}, pk=key).first()


def former_rows(record: Model, since: Version | None, place: int, model: type[Model]) -> Any:
    """By key, the rows of history in which the rows of a model are as a version names them.

    ``place`` is that of the model among the models of rows of the token.
    """
    mark = since.rows[place][0] if since and place < len(since.rows) else 0
    key = _key(model)
    rows: dict[Any, Any] = {}
    history = _history(model).filter(owned_by(record, model), history_id__lte=mark)
    for row in history.order_by("history_id"):
        rows[getattr(row, key)] = row
    return {key: row for key, row in rows.items() if row.history_type != "-"}


def _history(model: type[Model]) -> Any:
    """The manager of a model's history."""
    return model.history.all()  # type: ignore[attr-defined]  # every record has one


def _key(model: type[Model]) -> str:
    """The column of the key of a model, in its history as well."""
    return str(model._meta.pk.attname)


def _rows_version(record: Model, model: type[Model]) -> tuple[int, int, int]:
    condition = owned_by(record, model)
    counted = _history(model).filter(condition).aggregate(newest=Max("history_id"), n=Count("pk"))
    alive = model._base_manager.filter(condition).count()
    return (counted["newest"] or 0, counted["n"], alive)
