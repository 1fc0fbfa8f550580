"""Writing many records in one act: in batches, each record with its row of history.

``save()`` asks the database a dozen things about every record. Most changes need none of that:
where no column decides on place or visibility, the columns that follow are derived without a query
and whole batches are written. Everything else goes through ``save()``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, FileField, Model
from django.utils import timezone

from catalogue.models.act import Act
from catalogue.models.derived import Derived
from catalogue.models.tree import Tree
from catalogue.models.versions import latest
from catalogue.models.visibility import Publishable

BATCH = 200  # records: few enough for the variables that SQLite allows to a statement
STAMPS = ("modified", "created")

Item = TypeVar("Item")
Columns = dict[str, Any]


@dataclass(frozen=True)
class Hand:
    """Who writes, as part of which act, and why."""

    act: Act
    user: Any
    reason: str

    def name(self) -> str:
        return str(self.user.get_username()) if self.user is not None else ""


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def columns(record: Model) -> Columns:
    """What is stored of a record, by column; of a file its name."""
    return {
        field.attname: _plain(field, getattr(record, field.attname))
        for field in record._meta.concrete_fields
    }


def _plain(field: Any, value: Any) -> Any:
    return str(value or "") if isinstance(field, FileField) else value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {name for name, value in before.items() if after.get(name) != value}


def deciding(model: type[Model]) -> set[str]:
    """The columns that decide where a record stands and who may see it."""
    names: set[str] = set()
    if issubclass(model, Publishable):
        names |= {"state", "embargo_until", *model.gates}
    if issubclass(model, Tree):
        names |= {"parent", "position", *(name.removesuffix("_id") for name in model.scope)}
    return {str(model._meta.get_field(name).attname) for name in names}  # type: ignore[union-attr]  # concrete


def write(changed: Sequence[tuple[Any, Columns]], hand: Hand) -> None:
    """Write records of one model, each given with what was stored of it before."""
    if not changed:
        return
    model = type(changed[0][0])
    weighty = deciding(model)
    with_related = bool(model.history.model._history_m2m_fields)
    plain = []
    for record, before in changed:
        if with_related or differing(before, columns(record)) & weighty:
            save(record, hand)
        else:
            plain.append((record, before))
    for batch in batches(plain):
        _write_together(batch, hand)


def save(record: Any, hand: Hand) -> None:
    """One record by its own ``save()``, with who and why."""
    record._history_user = hand.user
    record._change_reason = hand.reason or None
    record.save()


def delete(record: Any, hand: Hand) -> None:
    record._history_user = hand.user
    record._change_reason = hand.reason or None
    record.delete()


def _write_together(batch: Sequence[tuple[Any, Columns]], hand: Hand) -> None:
    model = type(batch[0][0])
    touched: set[str] = set()
    for record, before in batch:
        _make_ready(record, differing(before, columns(record)))
        touched |= differing(before, columns(record))
    records = [record for record, _before in batch]
    fields = [field for field in model._meta.concrete_fields if field.attname in touched]
    if fields:
        _update(records, fields)
        remember(records, "~", hand)


def _update(records: Sequence[Any], fields: Sequence[Any]) -> None:
    """One prepared statement for each table. ``bulk_update`` would build a CASE of every value of
    every column, which takes several times as long."""
    quote = connection.ops.quote_name
    for owner in dict.fromkeys(field.model for field in fields):
        own = [field for field in fields if field.model is owner]
        assignments = ", ".join(f"{quote(field.column)} = %s" for field in own)
        table, key = quote(owner._meta.db_table), quote(owner._meta.pk.column)
        rows = [
            [
                *(f.get_db_prep_save(getattr(record, f.attname), connection) for f in own),
                record.pk,
            ]
            for record in records
        ]
        with connection.cursor() as cursor:
            # Names of our own tables and columns; every value is a parameter.
            cursor.executemany(f"UPDATE {table} SET {assignments} WHERE {key} = %s", rows)  # noqa: S608


def _make_ready(record: Any, touched: set[str]) -> None:
    """What ``save()`` would do to the columns themselves: composed text, the time, what follows."""
    if isinstance(record, Derived):
        record.derive()
    for field in record._meta.concrete_fields:
        if field.attname in touched or getattr(field, "auto_now", False):
            field.pre_save(record, False)


def remember(records: Sequence[Any], kind: str, hand: Hand | None) -> None:
    """Rows of history for records as they are now. ``kind`` is '+', '~' or '-'."""
    if not records:
        return
    rows = type(records[0]).history.model
    shared = {"history_date": timezone.now(), "history_type": kind}
    if hand is not None:
        shared |= {
            "history_user": hand.user,
            "history_user_name": hand.name(),
            "history_change_reason": hand.reason or None,
            "history_act": hand.act,
        }
    tracked: Sequence[Field[Any, Any]] = rows.tracked_fields
    rows._base_manager.bulk_create(
        [
            rows(
                **shared,
                **{field.attname: getattr(record, field.attname) for field in tracked},
            )
            for record in records
        ],
        batch_size=BATCH,
    )


def catch_up(records: Sequence[Any]) -> None:
    """Make sure that the latest row of history shows each record as it is.

    What was loaded in bulk has no history yet, and columns may have been set for whole sets. The
    state before an act is looked up in the history when the act is taken back.
    """
    for batch in batches(records):
        model = type(batch[0])
        newest = latest(model, [record.pk for record in batch])
        shown = model.history.in_bulk(list(newest.values()))
        ignored = {"public_from", *STAMPS}
        behind = []
        for record in batch:
            row = shown.get(newest.get(record.pk))
            if row is None or differing(known(row), columns(record)) - ignored:
                behind.append(record)
        remember(behind, "~", None)


def known(row: Any) -> Columns:
    """What a row of history says of the columns of its record."""
    return {
        field.attname: _plain(field, getattr(row, field.attname)) for field in row.tracked_fields
    }
