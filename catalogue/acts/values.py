"""Values of fields: in words for people, and as text that can be kept and read again."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ForeignKey, Model
from django.utils.formats import localize
from django.utils.translation import gettext

from catalogue.models.fields import Codes


def is_empty(value: Any) -> bool:
    return value is None or value in ("", ())


def in_words(field: Any, record: Model) -> str:
    """The value of a field as a person reads it; empty if there is none."""
    value = getattr(record, field.attname)
    if is_empty(value):
        return ""
    if isinstance(field, ForeignKey):
        return str(getattr(record, field.name))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, Codes):
        return " ".join(value)
    return value if isinstance(value, str) else str(localize(value))


def kept(field: Any, value: Any) -> Any:
    """A value as JSON can hold it; ``read`` gives it back."""
    if is_empty(value):
        return "" if field.empty_strings_allowed and not field.null else None
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, bool | int | str):
        return value
    return " ".join(value) if isinstance(field, Codes) else str(value)


def read(field: Any, value: Any) -> Any:
    """What ``kept`` kept, as the column holds it. Raises ValidationError for what is no value."""
    if isinstance(field, ForeignKey):
        return None if value in (None, "") else int(value)
    return field.to_python(value)
