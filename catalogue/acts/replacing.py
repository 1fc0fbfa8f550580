"""Finding a text in fields of many records, and putting another in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, Model, TextField

from catalogue import text
from catalogue.acts.changing import changeable
from catalogue.models.fields import Codes, Edtf

CONTEXT = 40
"""Characters that are shown on either side of what is found."""

# A letter with its accent, where the accent is a character of its own, is one letter.
WORD = "[\\w\u0300-\u036f\u0483-\u0489]"


@dataclass(frozen=True)
class Hit:
    """One place: what stands before, what is found, what it becomes, what stands after."""

    before: str
    found: str
    becomes: str
    after: str


@dataclass(frozen=True)
class Replacing:
    """``found`` becomes ``becomes`` in the named fields; in either case, or as whole words."""

    model: Any
    names: tuple[str, ...]
    found: str
    becomes: str
    either_case: bool = False
    whole_words: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        sought = re.escape(text.normalise(self.found))
        if self.whole_words:
            sought = f"(?<!{WORD}){sought}(?!{WORD})"
        return re.compile(sought, re.IGNORECASE if self.either_case else 0)

    def only(self, keys: Iterable[int]) -> Iterable[int]:
        """Looked through here: the databases do not agree on the case of Cyrillic letters."""
        rows = self.model._base_manager.filter(pk__in=list(keys)).values_list("pk", *self.names)
        for key, *texts in rows:
            if any(self.pattern.search(found or "") for found in texts):
                yield key

    def revise(self, record: Any) -> Sequence[str]:
        for name in self.names:
            setattr(record, name, self.result(getattr(record, name) or ""))
        return self.names

    def result(self, now: str) -> str:
        becomes = text.normalise(self.becomes)
        return self.pattern.sub(lambda _found: becomes, now)

    def hits(self, now: str) -> Iterator[Hit]:
        """Every place in a text, with what stands around it."""
        for found in self.pattern.finditer(now):
            start, end = found.span()
            yield Hit(
                _shortened(now[:start], from_end=True),
                found[0],
                self.becomes,
                _shortened(now[end:], from_end=False),
            )


def _shortened(context: str, *, from_end: bool) -> str:
    if len(context) <= CONTEXT:
        return context
    return f"…{context[-CONTEXT:]}" if from_end else f"{context[:CONTEXT]}…"


def searchable(model: type[Model]) -> list[Any]:
    """The fields of a model that hold free text."""
    return [
        field
        for field in changeable(model)
        if isinstance(field, CharField | TextField)
        and not isinstance(field, Codes | Edtf)
        and not field.choices
    ]
