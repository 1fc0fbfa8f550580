"""Standing, certainty and state of many statements, changed on the desk in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from catalogue.models import Act, role
from catalogue.models.act import ActKind
from catalogue.models.statement import Certainty, Standing

NAMES = ("standing", "certainty", "state")


@dataclass(frozen=True)
class Choice:
    """A select of one statement: ``options`` are (value, words, chosen)."""

    name: str
    label: str
    options: tuple[tuple[str, Any, bool], ...]


class Changed(Exception):
    """Somebody else has saved the statement since the desk was shown."""


def choices(statement: Any, user: Any, sent: Mapping[str, str] | None = None) -> tuple[Choice, ...]:
    """The selects of a statement, as it is, or as they were ``sent``."""
    found = []
    for name in NAMES:
        stored = getattr(statement, name)
        chosen = (sent or {}).get(f"{name}-{statement.pk}", stored)
        options = tuple(
            (value, words, value == chosen) for value, words in _open(name, stored, user)
        )
        label = capfirst(str(statement._meta.get_field(name).verbose_name))
        found.append(Choice(f"{name}-{statement.pk}", label, options))
    return tuple(found)


def _open(name: str, stored: str, user: Any) -> list[tuple[str, Any]]:
    """What may be chosen. What supersedes a statement is named on its own form."""
    if name == "state":
        return role.open_states(user, stored)
    if name == "certainty":
        return list(Certainty.choices)
    if stored == Standing.SUPERSEDED:
        return [(stored, Standing.SUPERSEDED.label)]
    return [pair for pair in Standing.choices if pair[0] != Standing.SUPERSEDED]


def was(statement: Any) -> str:
    """What the desk shows of a statement, to notice whether somebody else changed it since."""
    return ",".join(str(getattr(statement, name)) for name in NAMES)


def read(sent: Mapping[str, str], statements: Iterable[Any], user: Any) -> dict[Any, list[str]]:
    """Set what was sent on the statements, and say of each what is changed.

    Raises Changed for what somebody else has changed meanwhile, PermissionDenied for a choice
    that was not offered.
    """
    found: dict[Any, list[str]] = {}
    for statement in statements:
        shown = sent.get(f"was-{statement.pk}")
        if shown is None:
            continue
        before = dict(zip(NAMES, shown.split(","), strict=False))
        wanted = {name: sent.get(f"{name}-{statement.pk}", before.get(name)) for name in NAMES}
        names = [name for name in NAMES if wanted[name] != before.get(name)]
        if names and shown != was(statement):
            raise Changed(str(statement))
        for name in names:
            if wanted[name] not in dict(_open(name, getattr(statement, name), user)):
                raise PermissionDenied
            setattr(statement, name, wanted[name])
        if names:
            found[statement] = names
    return found


def save(changed: Mapping[Any, list[str]], record: Any, user: Any, reason: str) -> None:
    """All of them or none; several are one act. Raises what a save may raise."""
    with transaction.atomic():
        if len(changed) == 1:
            _save(changed, reason)
        elif changed:
            number = len(changed)
            words = ngettext(
                "%(number)d statement on the desk of “%(record)s” changed",
                "%(number)d statements on the desk of “%(record)s” changed",
                number,
            )
            summary = words % {"number": number, "record": record}
            act = Act(kind=ActKind.EDIT, summary=summary, reason=reason[:500], user=user)
            act.save()
            with act.recording():
                _save(changed, reason)


def _save(changed: Iterable[Any], reason: str) -> None:
    for statement in changed:
        statement._change_reason = reason or None
        statement.validate_constraints()
        statement.clean()
        statement.save()


def gap(error: Changed) -> str:
    """What to tell whoever came second."""
    return gettext(
        "“%(statement)s” was changed by somebody else meanwhile. Nothing was saved: what you chose"
        " is still here, beside what is stored now. Look at it and save again."
    ) % {"statement": error}
