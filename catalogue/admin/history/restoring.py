"""Bringing back what a version holds: the whole record, or one field of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import ManyToManyField, Model

from catalogue.admin.history import values
from catalogue.models import Tombstone, role
from catalogue.models.visibility import State

# What decides whether the public sees a record, which not everybody may who may change it.
OF_PUBLICATION = ("state", "embargo_until")


def revive(version: Any) -> Any:
    """The record as it was, as a record that can be saved again under its old key."""
    record = version.instance
    record._state.adding = False  # its identifier is its own still, not minted a second time
    return record


def differing(record: Any, version: Any, is_gone: bool, only: str = "") -> list[Any]:
    """The fields in which a record is not as it was in a version; of one that is gone, all that
    the version says. ``only``: if it is the one of this name."""
    fields = values.restorable(type(record))
    if is_gone:
        fields = [f for f in fields if values.value(version, f) not in (None, "", ())]
    else:
        fields = values.differing(record, version, fields)
    return [field for field in fields if only in ("", field.name)]


def permitted(
    user: Any, record: Any, version: Any, fields: list[Any], is_gone: bool
) -> tuple[list[Any], bool]:
    """The fields without the state of publication where it may not be turned, and whether it is
    left out. Who may not publish brings a deleted record back as a draft."""
    barred = [field for field in fields if field.name in OF_PUBLICATION]
    before = State.DRAFT if is_gone else getattr(record, "state", "")
    if not barred or role.may_turn(user, before, getattr(version, "state", "")):
        return fields, False
    if is_gone:
        record.state = version.state = State.DRAFT
        return fields, True
    return [field for field in fields if field not in barred], True


def put_back(record: Any, version: Any, fields: Sequence[Any]) -> None:
    """Give fields of a record, living or revived, the values of a version, and save it.

    Raises what a save may raise: nothing was changed then.
    """
    single = [field for field in fields if not isinstance(field, ManyToManyField)]
    for field in single:
        setattr(record, field.attname, values.value(version, field))
    with transaction.atomic():
        _check(record, [field.name for field in single])
        record.save()
        for field in fields:
            if isinstance(field, ManyToManyField):
                getattr(record, field.name).set(values.value(version, field))
        if getattr(record, "is_public", False):
            Tombstone.objects.filter(identifier=getattr(record, "identifier", "")).delete()


def _check(record: Model, changed: Sequence[str]) -> None:
    """What the form would check. Values that are not touched are not held against it."""
    untouched = {field.name for field in record._meta.concrete_fields} - set(changed)
    record.clean_fields(exclude=untouched)
    record.clean()
    record.validate_unique()
    record.validate_constraints()
