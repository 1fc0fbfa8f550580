"""Catalogues beside the one of the tests: databases and folders of images of their own.

A test's own transaction is never committed, so nothing that reads by another connection could see
what is in it. These are copies of a database at rest.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.utils import ConnectionHandler
from django.test import override_settings


@dataclass(frozen=True)
class Machine:
    """A database (its settings) and a folder that the site writes to."""

    database: dict[str, Any]
    folder: Path

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def address(self) -> str:
        """As in DATABASE_URL."""
        if self.database["ENGINE"].endswith("sqlite3"):
            return f"sqlite:///{self.database['NAME']}"
        return f"postgres:///{self.database['HOST']}/{self.database['NAME']}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Within, this is the catalogue that everything here reads and writes."""
        usual = connections["default"]
        own = ConnectionHandler({"default": self.database})["default"]
        connections["default"] = own
        ContentType.objects.clear_cache()
        try:
            with override_settings(MEDIA_ROOT=self.media):
                yield
        finally:
            own.close()
            connections["default"] = usual
            ContentType.objects.clear_cache()


def make(name: str, folder: Path, template: Machine | None = None) -> Machine:
    """A machine with a copy of another one's database and images, both at rest; or an empty one."""
    place = folder / name
    place.mkdir()
    if template and template.media.exists():
        shutil.copytree(template.media, place / "media")
    database = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        database["NAME"] = str(place / "opis.sqlite3")
        if template:
            shutil.copyfile(template.database["NAME"], database["NAME"])
        return Machine(database, place)
    database["NAME"] = f"{name}_{os.getpid()}"
    original = template.database["NAME"] if template else "template0"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{database["NAME"]}" TEMPLATE "{original}"')
    return Machine(database, place)


def remove(machine: Machine) -> None:
    """Its database; the folder belongs to whoever gave it."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{machine.database["NAME"]}" WITH (FORCE)')
