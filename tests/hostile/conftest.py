"""Rounds against real servers and real processes: ``make hostile``.

Each prints a line of what it did. They take minutes and are no part of ``make test``.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection

from tests import machines
from tests.hostile import site as sites
from tests.machines import Machine

SESSIONS = 16
PASSWORD = "a long enough password"
_numbers = count(1)
_lines: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.hostile)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _lines:
        terminalreporter.section(f"rounds on {connection.vendor}")
        for line in _lines:
            terminalreporter.write_line(line)


@pytest.fixture
def say() -> Callable[[str], None]:
    """Print a line at the end of the run."""
    return _lines.append


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("machines")


@pytest.fixture(scope="session")
def make_machine(django_db_blocker: Any, folder: Path) -> Iterator[Callable[..., Machine]]:
    """Make one more machine, empty or a copy of another one."""
    made: list[Machine] = []

    def make(template: Machine | None = None) -> Machine:
        made.append(machines.make(f"machine{next(_numbers)}", folder, template))
        return made[-1]

    with django_db_blocker.unblock():
        yield make
        for machine in made:
            machines.remove(machine)


@pytest.fixture(scope="session")
def empty(make_machine: Callable[..., Machine]) -> Machine:
    """Migrated, and without rows."""
    machine = make_machine()
    with machine.running():
        call_command("migrate", verbosity=0)
    return machine


@pytest.fixture(scope="session")
def demonstration(empty: Machine, make_machine: Callable[..., Machine]) -> Machine:
    """With the demonstration record and sixteen archivists."""
    machine = make_machine(empty)
    with machine.running():
        call_command("load_demo", verbosity=0)
        password = make_password(PASSWORD, hasher=Argon2PasswordHasher())
        permissions = Permission.objects.filter(content_type__app_label="catalogue")
        for number in range(SESSIONS):
            user = User.objects.create(username=f"s{number}", password=password, is_staff=True)
            user.user_permissions.set(permissions)
    return machine


@pytest.fixture(scope="session")
def site(demonstration: Machine, make_machine: Callable[..., Machine]) -> Iterator[sites.Site]:
    with sites.running(make_machine(demonstration)) as site:
        yield site
