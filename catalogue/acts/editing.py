"""Setting, clearing and adding to fields of many records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.acts.values import is_empty, read
from catalogue.models.fields import Codes, Line, Prose


class Operation(models.TextChoices):
    SET = "set", _("set to")
    CLEAR = "clear", _("clear")
    ADD = "add", _("add the codes")
    REMOVE = "remove", _("remove the codes")
    BEFORE = "before", _("put before the text")
    AFTER = "after", _("put after the text")


def operations(field: Any) -> list[Operation]:
    """What can be done to a field."""
    found = [Operation.SET]
    if field.blank and not isinstance(field, models.BooleanField):
        found.append(Operation.CLEAR)
    if isinstance(field, Codes):
        found += [Operation.ADD, Operation.REMOVE]
    if isinstance(field, Line | Prose):
        found += [Operation.BEFORE, Operation.AFTER]
    return found


@dataclass(frozen=True)
class Step:
    """One field, what to do to it, and with which value, as ``values.kept`` keeps it."""

    name: str
    operation: str
    value: Any = ""


@dataclass(frozen=True)
class Editing:
    steps: tuple[Step, ...]

    def only(self, keys: Iterable[int]) -> Iterable[int]:
        return keys

    def revise(self, record: Any) -> Sequence[str]:
        for step in self.steps:
            field = record._meta.get_field(step.name)
            now = getattr(record, field.attname)
            setattr(record, field.attname, _result(field, now, step))
        return [step.name for step in self.steps]


def _result(field: Any, now: Any, step: Step) -> Any:
    if step.operation == Operation.CLEAR:
        return None if field.null else field.get_default()
    value = read(field, step.value)
    if step.operation == Operation.ADD:
        return tuple(dict.fromkeys([*now, *value]))
    if step.operation == Operation.REMOVE:
        return tuple(code for code in now if code not in value)
    if step.operation == Operation.BEFORE:
        return value if is_empty(now) else f"{value}{_between(field)}{now}"
    if step.operation == Operation.AFTER:
        return value if is_empty(now) else f"{now}{_between(field)}{value}"
    return value


def _between(field: Any) -> str:
    """Paragraphs of prose are apart; in a line a space stands between."""
    return "\n\n" if isinstance(field, Prose) else " "
