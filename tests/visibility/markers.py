"""Words that stand in text fields and betray themselves wherever they come out again.

A marker is ``Cnry``, a letter for who may see it, and a number by which the ledger knows the field.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models

from catalogue.models.fields import Codes, Edtf
from catalogue.models.visibility import STAFF_ONLY
from catalogue.models.witness import Leaves

Audience = Literal["p", "h", "s"]  # the public, nobody as long as it is hidden, staff alone
PUBLIC: Audience = "p"
HIDDEN: Audience = "h"
STAFF: Audience = "s"

LENGTH = len("Cnryp0000")
MARKER = re.compile(r"cnry([phs])([0-9a-f]{4})", re.IGNORECASE)
# A date or a leaf cannot be a word: these are numbers that no other record has.
CENTURY = {PUBLIC: "26", HIDDEN: "27"}
SPELT = {
    audience: re.compile(rf"\b{century}\d\d\b|\b{century}9\d\d\b")
    for audience, century in CENTURY.items()
}


def _in_base64(word: str) -> list[str]:
    """What base64 makes of a word within any longer text, at each of the three places."""
    found = []
    for before in range(3):
        code = b64encode(b"\0" * before + word.encode()).decode().rstrip("=")
        found.append(code[-(-before * 8 // 6) : (before + len(word)) * 8 // 6])
    return found


ENCODED = re.compile(
    "|".join(
        re.escape(code)
        for audience in (HIDDEN, STAFF)
        for word in (f"Cnry{audience}", f"cnry{audience}")
        for code in _in_base64(word)
    )
)


def marked_fields(model: type[models.Model]) -> Iterator[models.CharField[Any, Any]]:
    """The fields in which a person writes: choices and what the catalogue computes are none."""
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if field.editable or is_staff_only(field):
            yield field  # type: ignore[misc]  # text fields have what is used of CharField


def is_staff_only(field: models.Field[Any, Any]) -> bool:
    return field.name in STAFF_ONLY.get(field.model._meta.model_name or "", ())


def is_too_short(field: models.Field[Any, Any]) -> bool:
    return field.max_length is not None and field.max_length < LENGTH


@dataclass(frozen=True)
class Place:
    """Where a marker was written."""

    model: str
    field: str
    audience: Audience
    record: str  # what the record is to the test: "draft", "Relation.target_unit of a draft"


class Ledger:
    """Gives out markers, and knows afterwards what each of them was."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}

    def values(self, model: type[models.Model], audience: Audience, record: str) -> dict[str, Any]:
        """A marker for every text field of the model that can hold one."""
        values: dict[str, Any] = {}
        for field in marked_fields(model):
            if not is_too_short(field):
                whose = STAFF if is_staff_only(field) else audience
                place = Place(model.__name__, field.name, whose, record)
                values[field.name] = self._value(field, place)
        return values

    def _value(self, field: models.Field[Any, Any], place: Place) -> Any:
        number = f"{len(self.places):04x}"
        self.places[number] = place
        marker = f"Cnry{place.audience}{number}"
        if isinstance(field, Edtf):
            return f"{CENTURY[place.audience]}{len(self.places) % 90:02}-03-14"
        if issubclass(field.model, Leaves) and field.name in ("first", "last"):
            return f"{CENTURY[place.audience]}9{len(self.places) % 90:02}"
        if isinstance(field, models.URLField):
            return f"https://{marker}.example/"
        if isinstance(field, models.SlugField):
            return marker.lower()
        return (marker,) if isinstance(field, Codes) else marker

    def places_in(self, text: str) -> set[Place]:
        """What the markers in a text are."""
        return {
            self.places[number.lower()]
            for _audience, number in MARKER.findall(text)
            if number.lower() in self.places
        }


def leaks(text: str, *, published: bool = False) -> list[str]:
    """Every sign in a text of something that not everybody may see.

    With ``published``, what was hidden is so no longer, and only fields of the staff are sought.
    """
    letters = STAFF if published else HIDDEN + STAFF
    found = re.findall(f"cnry[{letters}][0-9a-f]{{0,4}}", text, re.IGNORECASE)
    if not published:
        found += SPELT[HIDDEN].findall(text) + ENCODED.findall(text)
    return found
