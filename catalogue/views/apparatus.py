"""The apparatus of a page: each statement bears marks, each mark leads to a numbered note.

Notes are numbered in the order in which the page first needs them; evidence that says the same
about two statements is one note.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Self

from django.db.models import Model, prefetch_related_objects
from django.utils.translation import gettext as _

from catalogue import dates
from catalogue.models import Document, Evidence, Publication
from catalogue.models.evidence import SOURCES, THROUGH, Attribution, Basis, Bearing
from catalogue.models.statement import Assertion
from catalogue.views.records import Named, date_words, named, reader_language

_SAME = attrgetter(
    "bearing",
    *(f"{name}_id" for name in (*SOURCES, *THROUGH, "part", "speaker")),
    "locator",
    "attribution",
    "basis",
    "accessed",
    "url",
    "reading",
    "date",
    "date_written",
)


@dataclass(frozen=True)
class Mark:
    """A number in the text; ``against`` when its note contradicts."""

    number: int
    against: bool = False


@dataclass(frozen=True)
class Note:
    """What a mark leads to: one piece of evidence, or a remark of the catalogue's own."""

    number: int
    evidence: Evidence | None = None
    remark: str = ""

    @cached_property
    def source(self) -> Named | None:
        """What it is taken from, by name."""
        return _first_named(self.evidence, SOURCES)

    @cached_property
    def through(self) -> Named | None:
        """What the source was read in, where it was not read itself."""
        return _first_named(self.evidence, THROUGH)

    @property
    def accessed(self) -> str:
        """The day on which the source was read, in words."""
        day = self.evidence.accessed if self.evidence else None
        return dates.describe(day.isoformat(), reader_language()) if day else ""

    @property
    def spoken(self) -> str:
        """When the speaker spoke, in words."""
        return date_words(self.evidence) if self.evidence else ""


@dataclass(frozen=True)
class Voice:
    """Who says so, when, and how sure it is that it was they."""

    name: str
    date: str = ""
    attribution: str = ""


@dataclass(frozen=True)
class Cited:
    """A statement with its marks and its voices."""

    statement: Any
    marks: tuple[Mark, ...] = ()
    voices: tuple[Voice, ...] = ()
    is_inferred: bool = False

    @property
    def when(self) -> str:
        """The time that a dated statement speaks of, in words."""
        return date_words(self.statement) if hasattr(self.statement, "date") else ""


def evidence_for(statements: Iterable[Assertion]) -> list[Evidence]:
    """All that may be shown in support of statements or against them, in one query."""
    joined = ("part__document", "witness__document", "through_witness__document")
    keys = {statement.pk for statement in statements}
    return list(Evidence.objects.public().filter(statement__in=keys).select_related(*joined))


def sources_of(evidence: Iterable[Evidence]) -> Iterator[Model]:
    """The records that evidence is taken from or was read in."""
    for row in evidence:
        for name in (*SOURCES, *THROUGH):
            if (record := getattr(row, name)) is not None:
                yield record


class Apparatus:
    """The notes of one page, from all the public evidence for the statements on it."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._evidence: dict[int, list[Evidence]] = defaultdict(list)
        self._numbers: dict[tuple[object, ...], int] = {}
        self.notes: list[Note] = []
        for row in evidence:
            self._evidence[row.statement_id].append(row)

    @classmethod
    def about(cls, statements: Iterable[Assertion]) -> Self:
        """The notes to some statements, in one query and one for each sort of source."""
        evidence = evidence_for(statements)
        for model in (Document, Publication):
            found = [record for record in sources_of(evidence) if isinstance(record, model)]
            if found:
                prefetch_related_objects(found, "titles")
        return cls(evidence)

    def cite(self, statement: Assertion) -> Cited:
        return Cited(
            statement,
            self.marks(statement),
            self.voices(statement),
            statement.pk in self.inferred([statement]),
        )

    def marks(self, *statements: Assertion) -> tuple[Mark, ...]:
        """The marks of one or more statements, each number once, in order."""
        found: set[tuple[int, bool]] = set()
        for statement in statements:
            for row in self._evidence[statement.pk]:
                found.add(
                    (self._number(_SAME(row), evidence=row), row.bearing == Bearing.CONTRADICTS)
                )
            if statement.note:
                found.add((self._number((statement.note,), remark=statement.note), False))
        return tuple(Mark(number, against) for number, against in sorted(found))

    def voices(self, *statements: Assertion) -> tuple[Voice, ...]:
        """Those who say so, each once; contradicting voices are left to the notes."""
        found: dict[tuple[str, str], Voice] = {}
        for statement in statements:
            for row in self._evidence[statement.pk]:
                if row.bearing == Bearing.SUPPORTS:
                    voice = _voice(row)
                    known = found.setdefault((voice.name, voice.date), voice)
                    if known.attribution and not voice.attribution:
                        found[voice.name, voice.date] = voice
        return tuple(found.values())

    def inferred(self, statements: Iterable[Assertion]) -> set[int]:
        """Keys of the statements that nobody makes: all their support is inference of ours."""
        found = set()
        for statement in statements:
            support = [r for r in self._evidence[statement.pk] if r.bearing == Bearing.SUPPORTS]
            if support and all(row.basis == Basis.INFERRED for row in support):
                found.add(statement.pk)
        return found

    def _number(
        self, key: tuple[object, ...], evidence: Evidence | None = None, remark: str = ""
    ) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            self.notes.append(Note(self._numbers[key], evidence, remark))
        return self._numbers[key]


def _voice(row: Evidence) -> Voice:
    sure = row.attribution == Attribution.STATED
    attribution = "" if sure else str(Attribution(row.attribution).label)
    if row.speaker is not None:
        return Voice(row.speaker.name, date_words(row), attribution)
    if row.attribution == Attribution.UNIDENTIFIED:
        return Voice("", date_words(row), attribution)
    source = _first_named(row, SOURCES)
    return Voice(source.text if source else _("this catalogue"), date_words(row), attribution)


def _first_named(row: Evidence | None, ends: Iterable[str]) -> Named | None:
    records = (getattr(row, name) for name in ends)
    return next((named(record) for record in records if record is not None), None)
