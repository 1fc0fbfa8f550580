"""What the database refuses by itself, on both engines."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from catalogue.models import Document, triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Any:
    """A row of history, by a person."""
    document = Document(title="Letter")
    document._history_user = User.objects.create_user("cataloguer")  # type: ignore[attr-defined]  # how simple-history is told
    document.save()
    return document.history.get()


def refused(statement: str, *values: Any) -> bool:
    with (
        pytest.raises(DatabaseError, match=triggers.REFUSAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=Document.history.model._meta.db_table), values)
    return True


def test_no_row_of_history_is_changed_or_deleted(row: Any) -> None:
    assert refused("UPDATE {table} SET title = %s", "another")
    assert refused("UPDATE {table} SET history_change_reason = %s", "another")
    assert refused("UPDATE {table} SET history_user_id = %s", row.history_user_id)
    assert refused("DELETE FROM {table}")
    row.refresh_from_db()
    assert row.title == "Letter"


def test_an_account_can_be_deleted_and_leaves_its_name(row: Any) -> None:
    row.history_user.delete()
    row.refresh_from_db()
    assert (row.history_user_id, row.history_user_name) == (None, "cataloguer")


def test_every_table_of_history_is_guarded() -> None:
    guarded = {table for _name, table, _statement in rules()}
    assert {model._meta.db_table for model in triggers.trail(apps)} <= guarded
    assert len(guarded) > 25


def test_triggers_that_a_migration_has_dropped_come_back() -> None:
    name, table, _statement = next(iter(rules()))
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")
        assert name not in there(cursor)
        triggers.settle(apps, "default")
        assert name in there(cursor)


def rules() -> Any:
    by_vendor = {"sqlite": triggers.sqlite_rules, "postgresql": triggers.postgresql_rules}
    return list(by_vendor[connection.vendor](apps))


def there(cursor: Any) -> set[str]:
    """The triggers that the database has."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {name for (name,) in cursor.fetchall()}
