"""Machines to back up and to restore on."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.db import connection

from tests import machines
from tests.machines import Machine

_numbers = count(1)


@pytest.fixture(scope="session")
def template(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Machine:
    """The database that all tests begin with, at rest."""
    folder = tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock():
        connection.close()
        return machines.make("template", folder, Machine(dict(connection.settings_dict), folder))


@pytest.fixture(scope="module")
def machine(
    template: Machine, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Machine]]:
    """Make one more machine: migrated and empty."""
    folder = tmp_path_factory.mktemp("machines")
    made: list[Machine] = []

    def make() -> Machine:
        made.append(machines.make(f"opis_{next(_numbers)}", folder, template))
        return made[-1]

    with django_db_blocker.unblock():
        yield make
        for machine in made:
            machines.remove(machine)
