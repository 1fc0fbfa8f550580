"""A statement in one line, as read from the record on whose desk it lies, and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from catalogue import dates
from catalogue.admin import panels
from catalogue.admin.desk import editing
from catalogue.models import (
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    Derivation,
    Reading,
    Relation,
    UnitReference,
)
from catalogue.models.claim import Mode
from catalogue.models.evidence import SOURCES, THROUGH, Attribution, Bearing
from catalogue.models.statement import Assertion, Certainty, Standing

LONGEST = 220  # characters of a text that is shown in a line


@dataclass(frozen=True)
class Ground:
    """One piece of evidence in short: the source, and what there is to know of it."""

    source: panels.Link | None
    notes: tuple[str, ...]
    reading: str
    is_against: bool


@dataclass(frozen=True)
class Line:
    """``term`` is what kind of thing is said, ``text`` what it is. ``fields``: while editing."""

    statement: Any
    term: str
    text: str
    address: str
    grounds: tuple[Ground, ...] = ()
    repeats: bool = False
    fields: tuple[Any, ...] = ()

    @property
    def was(self) -> str:
        return editing.was(self.statement)

    @property
    def standing(self) -> str:
        """Empty for what is usual."""
        usual = self.statement.standing == Standing.NORMAL
        return "" if usual else str(self.statement.get_standing_display())

    @property
    def certainty(self) -> str:
        usual = self.statement.certainty == Certainty.CERTAIN
        return "" if usual else str(self.statement.get_certainty_display())


def line(statement: Any, beside: Iterable[Model], evidence: Iterable[Any]) -> Line:
    """``beside`` are the records that the page has named already."""
    known = {(type(record), record.pk) for record in beside}
    term, parts = SAYING[type(statement)](statement, known)
    text = " · ".join(part for part in parts if part)
    address = panels.page(type(statement), "change", statement.pk)
    grounds = tuple(map(ground, evidence))
    return Line(statement, capfirst(term), _cut(text), address, grounds)


def ground(row: Any) -> Ground:
    source = row.source()
    notes = [row.locator, str(row.part) if row.part else "", _speaker(row), _through(row)]
    notes.append(str(row.get_basis_display()))
    return Ground(
        _link(source) if source is not None else None,
        tuple(note for note in notes if note),
        _cut(row.reading),
        row.bearing == Bearing.CONTRADICTS,
    )


def _link(record: Model) -> panels.Link:
    return panels.Link(_name(record), panels.page(type(record), "change", record.pk))


def _speaker(row: Any) -> str:
    if row.speaker is None and row.attribution != Attribution.UNIDENTIFIED:
        return ""
    name = str(row.speaker) if row.speaker else gettext("speaker not identified")
    sure = row.speaker is None or row.attribution == Attribution.STATED
    words = name if sure else f"{name} ({row.get_attribution_display()})"
    return f"{words}, {when(row)}" if row.date or row.date_written else words


def _through(row: Any) -> str:
    for name in THROUGH:
        if (record := getattr(row, name)) is not None:
            return gettext("through %(record)s") % {"record": _name(record)}
    return ""


def when(row: Any) -> str:
    """The date of a row in the reader's words, else as written."""
    if not row.date:
        return str(row.date_written)
    return dates.describe(row.date, get_language() or "en")


def _name(record: Any) -> str:
    return _cut(str(record), 110) if record is not None else ""


def _cut(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


# --- what each kind says: (term, parts of the text) ---

Known = set[tuple[type[Model], Any]]
Said = tuple[str, list[str]]


def _other(record: Any, known: Known) -> str:
    """The name of a record, unless the page has named it."""
    return "" if record is None or (type(record), record.pk) in known else _name(record)


def _contribution(row: Contribution, known: Known) -> Said:
    printed = row.name_as_printed
    named = gettext("printed: %(name)s") % {"name": printed} if printed else ""
    ends = [_other(row.contributor, known), _other(row.subject(), known)]
    return str(row.get_role_display()), [*ends, named, when(row)]


def _dating(row: Dating, known: Known) -> Said:
    written = row.date_written if row.date else ""
    return str(row.get_dating_kind_display()), [when(row), written, _other(row.subject(), known)]


def _derivation(row: Derivation, known: Known) -> Said:
    how = str(row.get_derivation_kind_display())
    from_elsewhere = (type(row.derived), row.derived_id) not in known
    if from_elsewhere and (type(row.base), row.base_id) in known:
        return gettext("base of"), [_name(row.derived), how, when(row)]
    return how, [_name(row.base), _other(row.derived, known), when(row)]


def _claim(row: Claim, known: Known) -> Said:
    mode = "" if row.mode == Mode.AFFIRMED else str(row.get_mode_display())
    about = gettext("about %(time)s") % {"time": when(row)} if when(row) else ""
    parts = [mode, row.value, _name(row.part), about, _other(row.subject(), known)]
    return str(row.get_claim_property_display()), parts


def _relation(row: Relation, known: Known) -> Said:
    source, target = row.source(), row.target()
    from_here = (type(source), getattr(source, "pk", None)) in known
    term = str(row.get_relation_kind_display()) if from_here else row.inverse()
    ends = (
        [row.source_part, target, row.target_part]
        if from_here
        else [row.target_part, source, row.source_part]
    )
    printed = gettext("printed: %(name)s") % {"name": row.as_printed} if row.as_printed else ""
    return term, [*(_name(end) for end in ends), row.locator, printed]


def _reading(row: Reading, known: Known) -> Said:
    where = _other(row.witness, known) if row.witness else ""
    kind = str(row.get_reading_kind_display())
    return row.passage, [row.text, kind, where, _name(row.part), _other(row.document, known)]


def _reference(row: UnitReference, known: Known) -> Said:
    ends = [_other(row.unit, known), _other(row.witness, known), _other(row.repository_name, known)]
    return str(row.get_reference_kind_display()), [row.raw, *ends, when(row)]


def _custody(row: CustodyEvent, known: Known) -> Said:
    under = gettext("as %(name)s") % {"name": row.holder_name} if row.holder_name else ""
    given = gettext("from %(agent)s") % {"agent": row.from_agent} if row.from_agent else ""
    what = _other(row.unit or row.witness, known)
    parts = [what, _other(row.holder, known), under, given, _name(row.place), when(row)]
    return str(row.get_custody_kind_display()), parts


def _agent_name(row: AgentName, known: Known) -> Said:
    parts = [row.form, row.language, when(row), _other(row.agent, known)]
    return str(row.get_name_kind_display()), parts


def _agent_relation(row: AgentRelation, known: Known) -> Said:
    from_here = (type(row.source), row.source_id) in known
    term = str(row.get_relation_kind_display()) if from_here else row.inverse()
    numbering = str(row.get_numbering_display()) if row.numbering else ""
    parts = [_name(row.target if from_here else row.source), row.role, numbering, when(row)]
    return term, parts


SAYING: dict[type[Assertion], Callable[[Any, Known], Said]] = {
    AgentName: _agent_name,
    AgentRelation: _agent_relation,
    Claim: _claim,
    Contribution: _contribution,
    CustodyEvent: _custody,
    Dating: _dating,
    Derivation: _derivation,
    Reading: _reading,
    Relation: _relation,
    UnitReference: _reference,
}

JOINED = ("speaker", "part", *SOURCES, *THROUGH)
