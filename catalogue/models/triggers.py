"""What the database itself refuses, whoever writes: made after every migration.

The history of records is a trail that only grows. A row of it is never deleted, and never changed
but in one way: when an account is deleted, the rows keep its name and lose the link to it.

SQLite drops the triggers of a table with the table when a migration makes it anew, so that those
of the second migration (no circles in trees, no cycle of preferred derivations) are looked after
here as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.db import connections, models

REFUSAL = "the history of records only grows"

SQLITE_TRAIL = {
    "kept": "BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "unchanged": (
        "BEFORE UPDATE OF {columns} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
    "author": (
        "BEFORE UPDATE OF history_user_id ON {table} WHEN NEW.history_user_id IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
}

POSTGRESQL_REFUSE = """
CREATE OR REPLACE FUNCTION catalogue_trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'history_user_id' = to_jsonb(OLD) - 'history_user_id'
            AND to_jsonb(NEW) ->> 'history_user_id' IS NULL
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation';
END
$$
"""
POSTGRESQL_TRAIL = {
    "kept": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
    "whole": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}


def trail(apps: Any) -> list[type[models.Model]]:
    """The models whose rows are the history of others."""
    found: list[type[models.Model]] = [
        model
        for model in apps.get_app_config("catalogue").get_models(include_auto_created=True)
        if (model._meta.model_name or "").startswith("historical")
    ]
    return found


def settle(apps: Any, using: str) -> None:
    """Make the triggers that are not there. Asks once for those that are."""
    connection = connections[using]
    rules = postgresql_rules if connection.vendor == "postgresql" else sqlite_rules
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_REFUSE.format(refusal=REFUSAL))
        for name, table, statement in rules(apps):
            if name not in there and table in tables:
                cursor.execute(statement)


def sqlite_rules(apps: Any) -> Iterator[tuple[str, str, str]]:
    """(name of the trigger, its table, what makes it)."""
    for model in trail(apps):
        table = model._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields]
        fixed = ", ".join(f'"{name}"' for name in columns if name != "history_user_id")
        for name, rule in SQLITE_TRAIL.items():
            if name != "author" or "history_user_id" in columns:
                body = rule.format(table=table, columns=fixed, refusal=REFUSAL)
                yield f"{table}_{name}", table, f"CREATE TRIGGER {table}_{name} {body}"
    circles = import_module("catalogue.migrations.0002_triggers")
    for rule in circles.rules():
        for when, event in (("insert", "INSERT"), ("update", f"UPDATE OF {rule['columns']}")):
            statement = circles.SQLITE.format(when=when, event=event, **rule)
            yield f"{rule['name']}_{when}", rule["table"], statement


def postgresql_rules(apps: Any) -> Iterator[tuple[str, str, str]]:
    """As ``sqlite_rules``; PostgreSQL keeps the other triggers by itself."""
    for model in trail(apps):
        table = model._meta.db_table
        for name, rule in POSTGRESQL_TRAIL.items():
            body = f"{rule.format(table=table)} EXECUTE FUNCTION catalogue_trail_only_grows()"
            yield f"{table}_{name}", table, f"CREATE TRIGGER {table}_{name} {body}"
