"""Who may turn a record from one state to another, and what happens to whoever tries all the same.

Forms offer only the states that a person may choose. What arrives all the same was made up: it is
refused, and logged.
"""

from __future__ import annotations

import logging
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Statement, role
from catalogue.models.visibility import Publishable, State

log = logging.getLogger("opis.permissions")

SETTLED = _(
    "This is published: only a reviewer changes it. Tell a reviewer, or add a statement about it as"
    " a draft."
)


def deny(user: Any, deed: str, record: Any) -> NoReturn:
    """403, and a line in the log that says who tried what on which record."""
    about = record._meta.label_lower
    key = record.pk if isinstance(record, models.Model) else "*"
    log.warning("%s tried to %s %s %s", user.get_username() or "anonymous", deed, about, key)
    raise PermissionDenied


def stored_state(record: Any) -> str:
    """The state of a record in the database, whatever has been made of it in memory."""
    rows = type(record)._base_manager.filter(pk=record.pk).values_list("state", flat=True)
    return str(rows.first() or State.DRAFT)


def require(user: Any, record: Any, after: str) -> None:
    """Raise PermissionDenied unless somebody may turn the record, as it is stored, to a state."""
    if not role.may_turn(user, stored_state(record), after):
        deny(user, f"turn to {after}", record)


def is_settled(record: Any) -> bool:
    """Whether the public reads it, or it belongs to what the public reads: reviewed, and agreed."""
    if isinstance(record, Statement) and type(record) is Statement:
        record = record.concrete()
    if isinstance(record, Publishable):
        return record.pk is not None and stored_state(record) == State.PUBLISHED
    return any(is_settled(owner) for owner in owners(record))


def owners(row: Any) -> list[Any]:
    """The records that a row belongs to, and is deleted with."""
    return [owner for name in owner_names(row) if (owner := getattr(row, name, None)) is not None]


def owner_names(row: Any) -> list[str]:
    return [
        field.name
        for field in row._meta.concrete_fields
        if field.many_to_one and field.remote_field.on_delete is models.CASCADE
    ]


def may_change(user: Any, record: Any) -> bool:
    """What is published is changed only by those who may publish."""
    return bool(user.has_perm(role.PUBLISH)) or not is_settled(record)


def offer(form: Any) -> None:
    """In a form, show only the states that its person may choose."""
    field = form.fields.get("state")
    user = getattr(field, "user", None)
    if user is not None:
        field.widget.choices = role.open_states(user, form.instance.state)


def obstacles(form: Any) -> list[tuple[str | None, Any]]:
    """Why what was typed cannot be saved by this person: (field or none, what to do)."""
    state = form.fields.get("state")
    user = getattr(state, "user", None) or getattr(form, "user", None)
    if user is None or user.has_perm(role.PUBLISH):
        return []
    if isinstance(form.instance, Publishable):
        shut = form.instance.pk and form.has_changed() and is_settled(form.instance)
        return [(None, SETTLED)] if shut else []
    given = {name: form.cleaned_data.get(name) for name in owner_names(form.instance)}
    return [(name, SETTLED) for name, owner in given.items() if owner and is_settled(owner)]
