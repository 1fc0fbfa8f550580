"""The rows of every table, as lines of JSON that are the same whatever the database."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections, models

# Who is signed in, or locked out, at the moment is no part of the catalogue.
LEFT_OUT = ("sessions.Session", "axes.AccessAttempt", "axes.AccessAttemptExpiration")
BATCH = 500

Model = type[models.Model]


def tables() -> list[Model]:
    """The models of all tables that are kept, in the order of the tables' names."""
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    ]
    return sorted(kept, key=lambda model: model._meta.db_table)


def lines(model: Model, using: str) -> Iterator[bytes]:
    """One line of JSON for each row, in the order of the keys, without holding them all."""
    fields = model._meta.local_concrete_fields
    names = [str(field.column) for field in fields]
    rows = model._base_manager.using(using).order_by("pk")
    for row in rows.values_list(*(field.attname for field in fields)).iterator(BATCH):
        values = [_stored(field, value) for field, value in zip(fields, row, strict=True)]
        yield _json(dict(zip(names, values, strict=True))).encode() + b"\n"


def insert(model: Model, found: Iterable[bytes], using: str) -> None:
    """Write rows as they are: keys and times included, and without a trace in the history."""
    connection = connections[using]
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} "  # noqa: S608 # names of our own tables, quoted
        f"({', '.join(quote(str(field.column)) for field in fields)}) "
        f"VALUES ({', '.join(['%s'] * len(fields))})"
    )
    waiting = iter(found)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, BATCH)):
            rows = map(json.loads, batch)
            cursor.executemany(
                statement,
                [
                    [
                        field.get_db_prep_save(field.to_python(row[field.column]), connection)
                        for field in fields
                    ]
                    for row in rows
                ],
            )


def last_key(model: Model, using: str) -> int:
    """The last key that the table ever gave out, 0 if none or if its keys come from elsewhere.

    A key must not be given out twice, even if its row is gone: the history still speaks of it.
    """
    connection = connections[using]
    table, key = model._meta.db_table, model._meta.pk
    if not isinstance(key, models.AutoField | models.BigAutoField):
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute(
                "SELECT last_value FROM pg_sequences WHERE format('%%I.%%I', schemaname,"
                " sequencename) = pg_get_serial_sequence(%s, %s)",
                [connection.ops.quote_name(table), key.column],
            )
        row = cursor.fetchone()
    return int(row[0] or 0) if row else 0


def set_last_key(model: Model, last: int, using: str) -> None:
    """The next row gets a key above ``last``."""
    connection = connections[using]
    table = model._meta.db_table
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [connection.ops.quote_name(table), model._meta.pk.column, last],
            )


def _stored(field: Any, value: Any) -> Any:
    """A value as the column holds it; the keys of a JSON value in one order."""
    if isinstance(field, models.JSONField):
        return json.loads(json.dumps(value, sort_keys=True, cls=field.encoder))
    return field.get_prep_value(value)


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"A value of type {type(value).__name__} has no form in a backup yet.")
