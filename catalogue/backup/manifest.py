"""What a backup says of itself: which Opis wrote it, when, and what is in it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

from catalogue.backup.tables import Model

FORMAT = "opis-backup-1"


@dataclass(frozen=True)
class Table:
    """A table: its rows, the bytes and SHA-256 of its lines, the last key that it gave out."""

    name: str
    rows: int
    size: int
    sha256: str
    last_key: int
    columns: dict[str, str]


@dataclass(frozen=True)
class Manifest:
    format: str
    opis: str
    made: str
    database: str
    migrations: list[str]
    tables: list[Table]

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def describe(tables: list[Table], using: str) -> Manifest:
    return Manifest(
        format=FORMAT,
        opis=version(),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        database=connections[using].display_name,
        migrations=migrations(using),
        tables=tables,
    )


def read(found: bytes) -> Manifest:
    """Raises ValueError for what is no manifest of this form."""
    try:
        values = json.loads(found)
        values["tables"] = [Table(**table) for table in values["tables"]]
        manifest = Manifest(**values)
    except (TypeError, KeyError) as error:
        raise ValueError("no manifest") from error
    if manifest.format != FORMAT:
        raise ValueError(f"a manifest of the form {manifest.format}")
    return manifest


def version() -> str:
    project = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(project)["project"]["version"])


def migrations(using: str) -> list[str]:
    """The migrations that the database has been through."""
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{application}.{name}" for application, name in applied)


def columns(model: Model) -> dict[str, str]:
    """Each column in words: its type, what it is called, and which table a key leads to."""
    return {str(field.column): _column(field) for field in model._meta.local_concrete_fields}


def _column(field: Any) -> str:
    words = f"{field.get_internal_type()}: {field.verbose_name}"
    if isinstance(field, models.ForeignKey):
        words += f" -> {field.remote_field.model._meta.db_table}"
    return words
