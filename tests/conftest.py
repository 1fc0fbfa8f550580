"""Fixtures of the whole suite, and what every run says about itself."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.core.management.commands import flush
from django.db import connection
from django.test import Client, TransactionTestCase

from catalogue.models import triggers

ROOT = Path(__file__).resolve().parent.parent


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The hostile rounds take minutes: they are run when they are named (`make hostile`)."""
    named = any("tests/hostile" in argument for argument in config.args)
    return True if collection_path.name == "hostile" and not named else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database is tried in the run on SQLite alone. (pytest-django sees to it that
    nothing else reaches one.)"""
    if os.environ.get("TESTS_ON") != "PostgreSQL":
        return
    left_out = [item for item in items if not _asks_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _asks_the_database(item)]


def _asks_the_database(item: pytest.Item) -> bool:
    # Not django_db_blocker: pytest-django gives it to every test.
    by_fixture = {"db", "transactional_db", "django_db_setup", "make_machine"}
    by_class = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return bool(
        by_class
        or item.get_closest_marker("django_db")
        or by_fixture & set(getattr(item, "fixturenames", ()))
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in plain words what tests/run.py could not run."""
    if left_out := os.environ.get("TESTS_LEFT_OUT"):
        terminalreporter.section("left out")
        terminalreporter.write_line(left_out)


def skip_here_but_fail_in_ci(reason: str) -> None:
    """Leave a test out on somebody's own machine; in continuous integration nothing is left out."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sources and samples beside the project, which the product never needs."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        skip_here_but_fail_in_ci("the folder of samples, ../shared, is not here")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _histories_end_with_their_test() -> Any:
    """Tests that commit empty the tables afterwards, which no history lets happen by itself."""
    sql_flush = flush.sql_flush  # type: ignore[attr-defined]  # what the command has imported

    def without_triggers(style: Any, connection: Any, *arguments: Any, **named: Any) -> list[str]:
        postgresql = connection.vendor == "postgresql"
        rules = triggers.postgresql_rules if postgresql else triggers.sqlite_rules
        drops = [
            f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if postgresql else "")
            for name, table, _statement in rules(apps)
        ]
        return [*drops, *sql_flush(style, connection, *arguments, **named)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", without_triggers)
        yield


@pytest.fixture
def archivist(db: None) -> User:
    """A member of staff who may do everything in the catalogue, and is no superuser."""
    user = User.objects.create_user("archivist", password="a long enough password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="catalogue"))
    return user


@pytest.fixture
def archivist_client(archivist: User) -> Client:
    """A client that the archivist has signed in with."""
    client = Client()
    client.force_login(archivist)
    return client
