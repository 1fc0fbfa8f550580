"""The demonstration record, loaded once, and the fact sheet it is held to."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import transaction

from tests.letter.record import Record


@pytest.fixture(scope="session")
def facts(shared: Path) -> dict[str, Any]:
    """facts.yaml, every value a string, a list or a mapping."""
    sheet = (shared / "letter" / "facts.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(sheet, Loader=yaml.BaseLoader)  # noqa: S506 # BaseLoader is safe
    return found


@pytest.fixture(scope="package")
def loaded_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Record]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=StringIO())
        yield Record()
        transaction.set_rollback(True)


@pytest.fixture
def record(loaded_once: Record, db: None) -> Record:
    """The loaded record, for tests that only read it."""
    return loaded_once
