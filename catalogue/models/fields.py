"""Columns of the catalogue: text that every format can carry, dates, keys that sort alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue import dates, text

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
    CodesField = models.CharField[Any, tuple[str, ...]]
else:  # fields are generic for the type checker only
    CharField = CodesField = models.CharField
    TextField = models.TextField


def validate_characters(value: str) -> None:
    """Refuse characters that XML 1.0 cannot carry, naming the first one and its place."""
    illegal = text.illegal_characters(value)
    if illegal:
        position, name = illegal[0]
        raise ValidationError(
            _("Character %(position)d is %(name)s, which no exchange format can carry. Remove it."),
            code="illegal_character",
            params={"position": position + 1, "name": name},
        )


def validate_edtf(value: str) -> None:
    """Refuse what is not EDTF (ISO 8601-2, levels 0 to 2)."""
    try:
        dates.read(value)
    except dates.DateError as error:
        raise ValidationError(
            gettext(error.sentence), code="edtf", params=dict(error.values)
        ) from error


class _Stored:
    """Text is stored NFC, otherwise exactly as typed; illegal characters never reach a row."""

    attname: str

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            validate_characters(value)
            value = text.normalise(value)
            setattr(model_instance, self.attname, value)
        return value


class Line(_Stored, CharField):
    """One line of text."""

    default_validators = [validate_characters]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)


class Prose(_Stored, TextField):
    """Text of any length; paragraphs are separated by blank lines."""

    default_validators = [validate_characters]


class Edtf(CharField):
    """A date in the Extended Date/Time Format, Gregorian calendar."""

    default_validators = [validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)


class Key(CharField):
    """A string that is compared code point by code point, whatever the database's language.

    PostgreSQL would otherwise skip punctuation and sort by locale, and ranges over paths
    would neither be right nor use the index.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class CodesFormField(forms.CharField):
    """Codes typed with spaces or commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else " ".join(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class Codes(CodesField):
    """Several short codes in one column (languages, scripts), kept as ' fr ru '.

    In Python a tuple of strings. The spaces on both ends let ``contains=' ru '`` find one code.
    """

    if TYPE_CHECKING:
        _pyi_private_set_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> tuple[str, ...]:
        return tuple((value or "").split())

    def to_python(self, value: Any) -> Any:
        if value is None:
            return ()
        parts = value.replace(",", " ").split() if isinstance(value, str) else value
        return tuple(str(part) for part in parts)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):  # a lookup such as contains=' ru '
            return value
        return f" {' '.join(value)} " if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return " ".join(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return CodesFormField(
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            max_length=self.max_length,
        )

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        codes = self.to_python(value)
        for code in codes:
            if not code.replace("-", "").isalnum() or len(code) > 12:
                raise ValidationError(
                    _("“%(code)s” is not a code. Write codes such as: ru fr"),
                    code="code",
                    params={"code": code},
                )
        return codes
