"""Records as a sheet of a spreadsheet, and what has been changed in one that comes back.

The first two columns are the permanent identifier of the record and the version that was exported;
a row is taken back only while the record still has that version. A field's heading ends with its
key in brackets, ``Title [title]``, by which its column is known again wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.acts.changing import changeable, sentences
from catalogue.acts.rewriting import is_rewritten
from catalogue.acts.tables import TOO_LONG, Cell, Table, as_text, first_illegal
from catalogue.acts.values import kept, read
from catalogue.acts.writing import batches
from catalogue.models.fields import Codes
from catalogue.models.versions import latest

IDENTIFIER, VERSION = "identifier", "version"
# Keys with a colon are for reading only: what a record, and a relation, is called.
RECORD, LABEL = ":record", ":label"
MOST_PROBLEMS = 200  # that are named; a sheet of another kind has one in every row
YES = frozenset({"yes", "true", "1", "да", "oui", "истина", "vrai", "wahr", "ja", "sí"})
NO = frozenset({"no", "false", "0", "нет", "non", "ложь", "faux", "falsch", "nein"})


@dataclass(frozen=True)
class Problem:
    """What is wrong, by row (from 1) and column of the sheet; 0 or empty where it is neither."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """The changes that a sheet asks for, as ``values.kept`` keeps them, and all that is amiss.

    ``versions``: of each changed record the version that was exported. ``mended``: cells that the
    spreadsheet has rewritten by itself and that were left as they were.
    """

    model: Any
    wanted: Mapping[int, Mapping[str, Any]]
    versions: Mapping[int, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    mended: int = 0
    rows: int = 0

    def only(self, keys: Iterable[int]) -> Iterable[int]:
        return [key for key in keys if key in self.wanted]

    def revise(self, record: Any) -> Sequence[str]:
        for name, value in self.wanted[record.pk].items():
            column = record._meta.get_field(name)
            setattr(record, column.attname, read(column, value))
        return list(self.wanted[record.pk])


# --- out ---


def identifying(model: type[Model]) -> str:
    """The column by which a record is known again: its identifier, or the key of a mere row."""
    names = {column.name for column in model._meta.concrete_fields}
    return "identifier" if "identifier" in names else "pk"


def headings(model: type[Model]) -> list[str]:
    found = [
        f"{gettext('Identifier')} [{IDENTIFIER}]",
        f"{gettext('Version')} [{VERSION}]",
        f"{gettext('Record')} [{RECORD}]",
    ]
    for column in changeable(model):
        label = capfirst(str(column.verbose_name))
        found.append(f"{label} [{column.name}]")
        if isinstance(column, ForeignKey):
            found.append(f"{label}: {gettext('in words')} [{column.name}{LABEL}]")
    return found


def rows(model: type[Model], keys: Iterable[int]) -> Iterator[list[str]]:
    """The headings, then each record."""
    yield headings(model)
    columns = changeable(model)
    relations = [column.name for column in columns if isinstance(column, ForeignKey)]
    for batch in batches(keys):
        versions = latest(model, batch)
        records = model._base_manager.select_related(*relations).in_bulk(batch)
        for key in batch:
            if key in records:
                yield _row(records[key], versions.get(key, 0), columns)


def _row(record: Any, version: int, columns: Sequence[Any]) -> list[str]:
    found = [str(getattr(record, identifying(type(record)))), str(version), str(record)]
    for column in columns:
        found.append(_out(column, record))
        if isinstance(column, ForeignKey):
            related = getattr(record, column.name)
            found.append("" if related is None else str(related))
    return found


def _out(column: Any, record: Any) -> str:
    """One value. Codes of choices as they are stored, relations as permanent identifiers."""
    value = getattr(record, column.attname)
    if value is None or value == "":
        return ""
    if isinstance(column, ForeignKey):
        return str(getattr(record, column.name).identifier)
    if isinstance(column, BooleanField):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(column, Codes) else str(value)


# --- back ---


def compare(model: type[Model], table: Table) -> Sheet:
    """What a sheet changes of the records as they are now. Reads, and writes nothing."""
    return _Reader(model, table).read()


@dataclass
class _Line:
    """A row of the sheet and its record."""

    row: int
    cells: Sequence[Cell]
    key: str


class _Reader:
    def __init__(self, model: Any, table: Table) -> None:
        self.model, self.table = model, table
        self.fields = {column.name: column for column in changeable(model)}
        self.columns: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.wanted: dict[int, dict[str, Any]] = {}
        self.versions: dict[int, int] = {}
        self.mended = 0

    def read(self) -> Sheet:
        header, *body = self.table.rows or ((1, ()),)
        self._read_header(header[1])
        if IDENTIFIER in self.columns and VERSION in self.columns:
            for batch in batches(self._lines(body)):
                self._compare(batch)
        return Sheet(
            self.model,
            self.wanted,
            self.versions,
            tuple(self.problems[:MOST_PROBLEMS]),
            self.mended,
            len(body),
        )

    def _read_header(self, cells: Sequence[Cell]) -> None:
        labels = {str(column.verbose_name).casefold(): name for name, column in self.fields.items()}
        readable = {IDENTIFIER, VERSION, *self.fields}
        for place, cell in enumerate(cells):
            heading = as_text(cell).strip()
            bracketed = re.search(r"\[([\w:]+)\]\s*$", heading)
            name = str(bracketed[1]) if bracketed else heading
            name = name if name in readable else labels.get(name.casefold(), name)
            if name in self.columns:
                self._problem(1, heading, gettext("This column stands here twice."))
            elif name in readable:
                self.columns[name] = place
            elif heading and ":" not in name:
                self._problem(1, heading, gettext("There is no such field. The column is ignored."))
        for name in (IDENTIFIER, VERSION):
            if name not in self.columns:
                words = gettext("The column is missing; without it no row can be read.")
                self._problem(1, name, words)

    def _problem(self, row: int, column: str, words: str) -> None:
        self.problems.append(Problem(row, column, words))

    def _lines(self, body: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[_Line]:
        seen: dict[str, int] = {}
        for row, cells in body:
            key = as_text(_cell(cells, self.columns[IDENTIFIER])).strip().lower()
            if not key:
                self._problem(row, IDENTIFIER, gettext("The row has no identifier."))
            elif key in seen:
                words = gettext("Row %(row)d is about the same record.") % {"row": seen[key]}
                self._problem(row, IDENTIFIER, words)
            else:
                seen[key] = row
                yield _Line(row, cells, key)

    def _compare(self, lines: Sequence[_Line]) -> None:
        name = identifying(self.model)
        keys = [line.key for line in lines]
        if name == "pk":
            keys = [key for key in keys if key.isdecimal() and len(key) < 19]
        found = self.model._base_manager.filter(**{f"{name}__in": keys})
        records = {str(getattr(record, name)): record for record in found}
        versions = latest(self.model, [record.pk for record in records.values()])
        for line in lines:
            record = records.get(line.key)
            if record is None:
                words = gettext("There is no record “%(key)s” of this kind.") % {"key": line.key}
                self._problem(line.row, IDENTIFIER, words)
            else:
                self._compare_row(line, record, versions.get(record.pk, 0))

    def _compare_row(self, line: _Line, record: Any, version: int) -> None:
        exported = as_text(_cell(line.cells, self.columns[VERSION])).strip()
        wanted: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, column in self.fields.items():
            if name not in self.columns:
                continue
            cell = _cell(line.cells, self.columns[name])
            try:
                if self._differs(column, record, cell):
                    wanted[name] = self._read_cell(column, record, cell)
            except ValidationError as error:
                words = " ".join(sentences(error, self.model))
                problems.append(Problem(line.row, name, words))
        if not wanted and not problems:
            return
        if exported != str(version):
            words = gettext("The record has been changed since the export: export it again.")
            self._problem(line.row, VERSION, words)
            return
        self.problems += problems
        if wanted and not problems:
            self.wanted[record.pk] = wanted
            self.versions[record.pk] = version

    def _differs(self, column: Any, record: Any, cell: Cell) -> bool:
        now, given = _out(column, record).replace("\r\n", "\n"), as_text(cell)
        if given in (now, TOO_LONG):
            return False
        if is_rewritten(now, cell, self.table.encoding):
            self.mended += 1
            return False
        return True

    def _read_cell(self, column: Any, record: Any, cell: Cell) -> Any:
        """A value that the sheet asks for. Raises ValidationError."""
        given = as_text(cell)
        if illegal := first_illegal(given):
            words = gettext("Character %(place)d is %(name)s, which cannot be stored.")
            raise ValidationError(words % {"place": illegal[0] + 1, "name": illegal[1]})
        text_field = column.get_internal_type() in ("CharField", "TextField")
        if text_field and isinstance(cell, float) and not cell.is_integer():
            words = gettext(
                "%(value)s is a number here. Format the cell as text: “8.10” is not 8.1."
            )
            raise ValidationError(words % {"value": given})
        if isinstance(column, ForeignKey):
            return self._related(column, given.strip().lower())
        value = _value(column, given)
        column.clean(value, record)
        return kept(column, value)

    def _related(self, column: Any, identifier: str) -> int | None:
        if not identifier:
            if not column.null:
                raise ValidationError(gettext("This field cannot be empty."))
            return None
        found = column.related_model._base_manager.filter(identifier=identifier)
        key: int | None = found.values_list("pk", flat=True).first()
        if key is None:
            words = gettext("“%(identifier)s” is not the identifier of a %(kind)s.")
            kind = column.related_model._meta.verbose_name
            raise ValidationError(words % {"identifier": identifier, "kind": kind})
        return key


def _cell(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _value(column: Any, given: str) -> Any:
    """Raises ValidationError."""
    if isinstance(column, BooleanField):
        if given.strip().lower() in YES | NO:
            return given.strip().lower() in YES
        raise ValidationError(gettext("Write yes or no."))
    if column.choices:
        labels = {str(label).casefold(): value for value, label in column.flatchoices}
        given = labels.get(given.strip().casefold(), given.strip())
    if given == "" and column.null:
        return None
    return column.to_python(given)
