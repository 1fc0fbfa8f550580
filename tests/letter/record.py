"""Questions that the tests put to the loaded record."""

from functools import cached_property
from typing import Any

from django.db import models

from catalogue.management.commands.load_demo import FOLDER
from catalogue.management.demonstration import identifier_of, read
from catalogue.models import STATEMENTS, Agent, Evidence, Part, Statement
from catalogue.models.statement import Assertion

ENTRIES = read(FOLDER)


class Record:
    """The demonstration record in the database, by the keys of its files."""

    def __init__(self) -> None:
        self._found: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        """The public record with a key. Raises KeyError."""
        if key not in self._found:
            model: Any = ENTRIES[key].model
            self._found[key] = model.objects.public().get(identifier=identifier_of(key))
        return self._found[key]

    @cached_property
    def key_of(self) -> dict[str, str]:
        """Identifier → key."""
        return {identifier_of(key): key for key in ENTRIES}

    @cached_property
    def statements(self) -> dict[int, Assertion]:
        rows: dict[int, Assertion] = {}
        for kind in STATEMENTS:
            rows.update((row.pk, row) for row in kind.objects.public())
        return rows

    @cached_property
    def evidence(self) -> dict[int, list[Evidence]]:
        """Public evidence by the statement it is for."""
        found: dict[int, list[Evidence]] = {}
        for row in Evidence.objects.public():
            found.setdefault(row.statement_id, []).append(row)
        return found

    @cached_property
    def touching(self) -> dict[tuple[str, int], list[Assertion]]:
        """(model, primary key) of a record → the statements that one of its ends."""
        found: dict[tuple[str, int], list[Assertion]] = {}
        for row in self.statements.values():
            for end in row.ends:
                target = getattr(row, f"{end}_id")
                if target is not None:
                    model: Any = row._meta.get_field(end).related_model
                    found.setdefault((model.__name__, target), []).append(row)
        return found

    def about(self, thing: models.Model) -> list[Assertion]:
        return self.touching.get((type(thing).__name__, thing.pk), [])

    def said(self, statement: Statement) -> list[tuple[str, str, str, str]]:
        """(part, speaker, attribution, locator) of each evidence, by key; "" for none."""
        return [
            (
                self.key_of[row.part.identifier] if row.part else "",
                self.key_of[row.speaker.identifier] if row.speaker else "",
                str(row.attribution),
                row.locator,
            )
            for row in self.evidence.get(statement.pk, [])
        ]

    def parts(self, kind: str) -> dict[int, Part]:
        return {part.number: part for part in Part.objects.public().filter(part_kind=kind)}

    def forms(self, agent: Agent) -> set[str]:
        return {agent.name, *agent.names.public().values_list("form", flat=True)}
