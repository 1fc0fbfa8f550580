"""The fields of a version, in words, and how two versions differ."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import FileField, ForeignKey, ManyToManyField, Model
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.admin.history.names import Names
from catalogue.admin.history.words import Piece, difference, shorten
from catalogue.models.fields import Prose

LONG = 80  # characters from which prose is compared word by word


@dataclass(frozen=True)
class Change:
    """One field of two versions. ``words``: of long prose, what was deleted and added."""

    name: str
    label: str
    old: str
    new: str
    words: tuple[Piece, ...] = ()
    is_same: bool = False

    @property
    def brief(self) -> tuple[Piece, ...]:
        return shorten(self.words)


def shown(model: type[Model]) -> list[Any]:
    """The fields that a person fills in: none that follow from others, none that are keys."""
    tracked: Any = model.history.model  # type: ignore[attr-defined]  # every record has one
    stored = {field.name for field in tracked._meta.get_fields()}
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name in stored
    ]
    return [*fields, *(f for f in model._meta.many_to_many if f in tracked._history_m2m_fields)]


def restorable(model: type[Model]) -> list[Any]:
    """A file is not kept in the history, only its name: it cannot be brought back from there."""
    return [field for field in shown(model) if not isinstance(field, FileField)]


def value(version: Any, field: Any) -> Any:
    """What is stored: of a relation the key, of several their keys in order."""
    if isinstance(field, ManyToManyField):
        if isinstance(version, field.model):
            return tuple(getattr(version, field.name).order_by("pk").values_list("pk", flat=True))
        if field.name not in (kept := version.__dict__.setdefault("_several", {})):
            read_several(field.model, [version])
        return kept[field.name]
    return getattr(version, field.attname)


def read_several(model: type[Model], versions: Iterable[Any]) -> None:
    """Read the relations to several records of many versions of a model together."""
    kept = {version.pk: version.__dict__.setdefault("_several", {}) for version in versions}
    for field in model._meta.many_to_many:
        tracked: Any = getattr(model.history.model, field.name).model  # type: ignore[attr-defined]  # as above
        column = f"{field.m2m_reverse_field_name()}_id"
        found: dict[int, list[int]] = {key: [] for key in kept}
        rows = tracked.objects.filter(history_id__in=list(kept))
        for key, other in rows.order_by(column).values_list("history_id", column):
            found[key].append(other)
        for key, others in found.items():
            kept[key][field.name] = tuple(others)


def differing(old: Any, new: Any, fields: Iterable[Any]) -> list[Any]:
    return [field for field in fields if value(old, field) != value(new, field)]


def needed(version: Any, fields: Iterable[Any]) -> Iterator[tuple[type[Model], Any]]:
    """The rows that the values of a version name."""
    for field in fields:
        if isinstance(field, ForeignKey | ManyToManyField):
            found = value(version, field)
            for key in found if isinstance(found, tuple) else (found,):
                yield field.related_model, key


def compare(old: Any, new: Any, fields: Iterable[Any], names: Names) -> tuple[Change, ...]:
    """Field by field. ``names`` holds what both versions need."""
    return tuple(_change(old, new, field, names) for field in fields)


def _change(old: Any, new: Any, field: Any, names: Names) -> Change:
    before, after = in_words(old, field, names), in_words(new, field, names)
    is_long = isinstance(field, Prose) and max(len(before), len(after)) >= LONG
    return Change(
        field.name,
        capfirst(str(field.verbose_name)),
        before,
        after,
        difference(before, after) if is_long else (),
        value(old, field) == value(new, field),
    )


def in_words(version: Any, field: Any, names: Names) -> str:
    """The value of a field as a person reads it; empty where there is none."""
    stored = value(version, field)
    if isinstance(field, ForeignKey | ManyToManyField):
        keys = stored if isinstance(stored, tuple) else (stored,)
        related: Any = field.related_model
        return "; ".join(names.label(related, key) for key in keys if key is not None)
    if field.choices:
        return str(dict(field.flatchoices).get(stored, stored))
    return _plain(stored)


def _plain(stored: Any) -> str:
    if isinstance(stored, bool):
        return gettext("yes") if stored else gettext("no")
    if isinstance(stored, tuple):
        return " ".join(stored)
    if isinstance(stored, datetime.date):
        return formats.date_format(stored)
    return "" if stored is None else str(stored)
