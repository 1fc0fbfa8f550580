"""The demonstration record as what a person has to type, form by form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition
from typing import Any

from django.db import models

from catalogue.admin.desk.sources import COPIED
from catalogue.management.demonstration import Entry, read
from catalogue.models import Evidence, FolioRange
from catalogue.models.statement import Assertion
from catalogue.models.visibility import Publishable
from tests.entry.typist import Choice, Typist

FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "letter"

# By what words a record is looked for, if not by the first of these columns that it has.
WORDS = ("form", "label", "name", "title", "heading", "text")

# An evidence of which nothing has been said: what was copied and does not belong is taken out.
SOURCE: dict[str, Any] = {name: Evidence._meta.get_field(name) for name in COPIED}
NO_SOURCE = {name: str(column.default) if column.choices else "" for name, column in SOURCE.items()}


def _referred(entry: Entry) -> Iterator[str]:
    fields = [(entry.model, entry.columns), *((rel.related_model, row) for rel, row in entry.rows)]
    for model, columns in fields:
        for name, value in columns.items():
            column = model._meta.get_field(name)
            if column.many_to_many:
                yield from value
            elif column.is_relation:
                yield value


@dataclass
class Letter:
    """What is to be typed, and under which keys it has been saved."""

    entries: Mapping[str, Entry]
    saved: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, set[str]] = field(default_factory=dict)
    typing: dict[str, str] = field(default_factory=dict)
    turn: Condition = field(default_factory=Condition)

    @classmethod
    def read(cls) -> Letter:
        entries = read(FOLDER)
        waiting = {key: set(_referred(entry)) for key, entry in entries.items()}
        return cls(entries, waiting=waiting)

    def next(self, name: str) -> str | None:
        """The key of a record that somebody may type now, if possible of the kind typed before.

        All that it refers to is there. Things of a kind come in the order of the files, since
        nobody else is typing one; statements need not. Waits for the others; None once nothing is
        left.
        """
        before = self.typing.get(name)
        with self.turn:
            self.typing.pop(name, None)
            self.turn.notify_all()
            while self.waiting:
                ready = self._ready()
                if ready:
                    kind = self.entries[before or ready[0]].model
                    same = [key for key in ready if self.entries[key].model is kind]
                    key = (same or ready)[0]
                    del self.waiting[key]
                    self.typing[name] = key
                    return key
                if not self.typing:
                    raise AssertionError(f"nothing can be typed first: {sorted(self.waiting)}")
                self.turn.wait(timeout=60)
        return None

    def _ready(self) -> list[str]:
        typing = {self.entries[key].model for key in self.typing.values()}
        taken = {model for model in typing if not issubclass(model, Assertion)}
        return [
            key
            for key, others in self.waiting.items()
            if self.entries[key].model not in taken and others <= self.saved.keys()
        ]

    def leave(self, name: str) -> None:
        """Somebody goes; whoever waits for what that person was typing need not."""
        with self.turn:
            self.typing.pop(name, None)
            self.turn.notify_all()

    def enter(self, typist: Typist, key: str) -> None:
        """Enter one record with its rows, and publish it."""
        entry = self.entries[key]
        typist.open(str(entry.model._meta.model_name))
        if any(relation.related_model is Evidence for relation, _row in entry.rows):
            typist.copy_last_source()
        values = self.values(entry.model, entry.columns)
        if issubclass(entry.model, Publishable):
            values["state"] = "published"
        for relation, rows in _by_relation(entry).items():
            prefix = _prefix(relation)
            if relation.related_model is FolioRange:
                values["folios_written"] = "; ".join(map(_leaves, rows))
                continue
            for number, row in enumerate(rows):
                while typist.rows(prefix) <= number:
                    typist.add_row(prefix)
                found = self.values(relation.related_model, row)
                if relation.related_model is Evidence:
                    found = NO_SOURCE | found
                values |= {f"{prefix}-{number}-{name}": value for name, value in found.items()}
        typist.enter(values)
        self.saved[key] = typist.save("_addanother")

    def values(self, model: type[models.Model], columns: Mapping[str, Any]) -> dict[str, Any]:
        """Field by field, what is to be typed or chosen."""
        found: dict[str, Any] = {}
        for name, value in columns.items():
            column: Any = model._meta.get_field(name)
            if column.many_to_many:
                found[name] = tuple(self.choice(key) for key in value)
            elif column.is_relation:
                found[name] = self.choice(value)
            elif isinstance(column, models.BooleanField):
                found[name] = "true" if column.to_python(value) else "false"
            else:
                found[name] = str(value)
        return found

    def choice(self, key: str) -> Choice:
        return Choice(self.saved[key], self.words(self.entries[key]))

    def words(self, entry: Entry) -> str:
        columns = entry.columns
        if "number" in columns and "document" in columns:
            return f"{columns['number']} {columns.get('heading', '')}".strip()
        if "agent" in columns and "code" in columns:
            return str(columns["code"])
        if "segment" in columns:
            return str(columns["segment"])
        words = next(str(columns[name]) for name in WORDS if name in columns)
        return words[:60].rpartition(" ")[0] if len(words) > 60 else words


def _leaves(row: Mapping[str, Any]) -> str:
    return "–".join(str(row[name]) for name in ("first", "last") if row.get(name))


def _by_relation(entry: Entry) -> dict[Any, list[Mapping[str, Any]]]:
    found: dict[Any, list[Mapping[str, Any]]] = {}
    for relation, row in entry.rows:
        found.setdefault(relation, []).append(row)
    return found


def _prefix(relation: models.ManyToOneRel) -> str:
    return str(relation.get_accessor_name())
