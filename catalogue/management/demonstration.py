"""The demonstration record: readable YAML in, records of the catalogue out.

``fixtures/letter/README.md`` describes the files. Every record has a key there, and its permanent
identifier is made from that key, so it is the same wherever the record is loaded. A record that
exists already is left as it is, with all rows it owns: whatever a person has changed stays changed,
and a record that a person has removed stays removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from catalogue import models as catalogue
from catalogue.models.identifier import ALPHABET, LENGTH, check_character
from catalogue.models.visibility import Publishable, State

Fields = Mapping[str, Any]


# Makes strings, lists and mappings only: 1923-10-08 stays text. In C it is ten times as fast.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class FixtureError(Exception):
    """The files contradict themselves: an unknown key, one used twice, an invalid record."""


@dataclass
class Entry:
    """One record as the files have it: its columns, and rows that it owns (evidence, titles)."""

    key: str
    model: type[models.Model]
    columns: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[models.ManyToOneRel, Fields]] = field(default_factory=list)


def identifier_of(key: str) -> str:
    """The permanent identifier of the record with a key: well formed, and always the same."""
    number = int.from_bytes(sha256(f"opis demonstration {key}".encode()).digest())
    stem = ""
    for _place in range(LENGTH):
        number, remainder = divmod(number, len(ALPHABET))
        stem += ALPHABET[remainder]
    return stem + check_character(stem)


def read(folder: Path) -> dict[str, Entry]:
    """All records of the files in a folder, by key. Raises FixtureError."""
    entries: dict[str, Entry] = {}
    voices: dict[str, Fields] = {}
    mentions: list[Fields] = []
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.load(path.read_text("utf-8"), Loader=LOADER)  # noqa: S506 # it makes no objects
        voices |= content.pop("voices", {})
        mentions += content.pop("mentions", [])
        for name, records in content.items():
            model = getattr(catalogue, name)
            for key, fields in records.items():
                _unfold(entries, key, model, fields)
    for passage in mentions:
        _unfold_mentions(entries, passage)
    for entry in entries.values():
        entry.rows = [(rel, _with_voice(voices, row)) for rel, row in entry.rows]
    return entries


def _unfold(entries: dict[str, Entry], key: str, model: type[models.Model], fields: Fields) -> None:
    """Enter a record, and those nested in it under the name of the relation that leads to them."""
    if key in entries:
        raise FixtureError(f"the key {key} is used twice")
    entry = entries[key] = Entry(key, model)
    for name, value in fields.items():
        column = model._meta.get_field(name)
        if not isinstance(column, models.ManyToOneRel):
            entry.columns[name] = value
        elif isinstance(value, list):
            entry.rows += [(column, row) for row in value]
        else:
            for step, nested in value.items():
                _unfold(
                    entries,
                    f"{key}/{step}",
                    column.related_model,
                    {column.field.name: key, **nested},
                )


def _unfold_mentions(entries: dict[str, Entry], passage: Fields) -> None:
    """What a section or note names: a relation for each, and the forms of names printed there.

    ``{part: s9, voice: letter, mentions: {c-orgburo: Orgburo, ...}, cites: {...}}``
    """
    part, voice = passage["part"], passage["voice"]
    said = {"voice": voice, "part": part}
    for kind, targets in passage.items():
        for target, value in targets.items() if isinstance(targets, Mapping) else ():
            fields = dict(value) if isinstance(value, Mapping) else {"as_printed": value}
            forms = fields.get("as_printed") or []
            forms = [forms] if isinstance(forms, str) else forms
            fields["as_printed"] = "; ".join(forms)
            name = entries[target].model.__name__.lower()
            relation = {
                "source_document": entries[part].columns["document"],
                "source_part": part,
                "relation_kind": kind,
                f"target_{name}": target,
                "evidence": [said],
                **fields,
            }
            _unfold(entries, f"{part}/{voice}/{kind}/{target}", catalogue.Relation, relation)
            if entries[target].model is catalogue.Agent:
                for form in forms:
                    _add_printed_form(entries, target, form, said)


def _add_printed_form(entries: dict[str, Entry], agent: str, form: str, said: Fields) -> None:
    key = f"{agent}/printed/{form}"
    if key not in entries:
        columns = {"agent": agent, "form": form, "name_kind": "as_printed"}
        _unfold(entries, key, catalogue.AgentName, {**columns, "language": "fr", "script": "Latn"})
    evidence = catalogue.Statement._meta.get_field("evidence")
    assert isinstance(evidence, models.ManyToOneRel)  # noqa: S101 # for the type checker
    if (evidence, said) not in entries[key].rows:
        entries[key].rows.append((evidence, said))


def _with_voice(voices: Mapping[str, Fields], row: Fields) -> Fields:
    """Evidence names a voice: who speaks, where it was read, how sure that is."""
    rest = dict(row)
    return {**voices[rest.pop("voice")], **rest} if "voice" in row else row


@dataclass
class Loading:
    """One load. ``records`` is what the database holds by now, None for what was removed there."""

    entries: Mapping[str, Entry]
    reason: str
    records: dict[str, models.Model | None] = field(default_factory=dict)
    added: list[Entry] = field(default_factory=list)

    def run(self) -> None:
        with transaction.atomic():
            self._find_existing()
            for key in self.entries:
                self._record(key)
            for entry in self.added:
                self._add_rows(entry)

    def _find_existing(self) -> None:
        keys = {identifier_of(key): key for key in self.entries}
        removed = catalogue.Tombstone.objects.filter(identifier__in=keys)
        self.records = {keys[row.identifier]: None for row in removed}
        for model in {entry.model for entry in self.entries.values()}:
            wanted = [i for i, key in keys.items() if self.entries[key].model is model]
            found: models.QuerySet[Any] = model._base_manager.filter(identifier__in=wanted)
            self.records.update((keys[row.identifier], row) for row in found)

    def _record(self, key: str) -> models.Model | None:
        """The record of a key, made if need be, after those that it refers to."""
        if key not in self.records:
            if key not in self.entries:
                raise FixtureError(f"there is no {key}")
            self.records[key] = self._make(self.entries[key])
        return self.records[key]

    def _make(self, entry: Entry) -> models.Model | None:
        columns = dict(self._resolve(entry.model, entry.columns))
        if any(value is None for value in columns.values()):
            return None
        record = entry.model(identifier=identifier_of(entry.key), **columns)
        if isinstance(record, Publishable) and "state" not in columns:
            record.state = State.PUBLISHED
        self._save(record, entry.key)
        self.added.append(entry)
        return record

    def _add_rows(self, entry: Entry) -> None:
        record = self.records[entry.key]
        for relation, fields in entry.rows:
            columns = dict(self._resolve(relation.related_model, fields))
            columns[relation.field.name] = record
            if all(value is not None for value in columns.values()):
                self._save(relation.related_model(**columns), entry.key)
        for column in entry.model._meta.many_to_many:
            others = [self._record(key) for key in entry.columns.get(column.name, ())]
            if others:
                getattr(record, column.name).set([other for other in others if other])

    def _resolve(self, model: type[models.Model], fields: Fields) -> Iterator[tuple[str, Any]]:
        """Columns with their values: keys become records, None where the record was removed."""
        for name, value in fields.items():
            column = model._meta.get_field(name)
            if isinstance(column, models.ForeignKey):
                yield name, self._record(value)
            elif isinstance(column, models.Field) and not column.many_to_many:
                yield name, column.to_python(value)

    def _save(self, record: Any, key: str) -> None:
        # What a record refers to was found or made a moment ago.
        sure = [c.name for c in record._meta.fields if c.is_relation or not c.editable]
        record._change_reason = self.reason
        try:
            # The database holds constraints and uniqueness; to ask it twice takes longest of all.
            record.full_clean(exclude=sure, validate_unique=False, validate_constraints=False)
            record.save()
        except (ValidationError, IntegrityError) as error:
            raise FixtureError(f"{key}: {type(record).__name__}: {error}") from error
