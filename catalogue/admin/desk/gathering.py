"""All that is said of a record, gathered in a bounded number of queries and laid out in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.admin import panels
from catalogue.admin.desk import scope
from catalogue.admin.desk.lines import JOINED, Line, line, when
from catalogue.admin.desk.questions import Dispute, disputes_about
from catalogue.models import Document, Evidence, Statement, Witness
from catalogue.models.relation import Relation
from catalogue.models.statement import Standing
from catalogue.models.visibility import State
from catalogue.models.witness import Completeness

MOST = 400  # statements of one kind on a desk; beyond, the list of the kind has them all

# Kinds of statement in the order in which a documentary editor thinks.
ORDER = (
    "agentname",
    "agentrelation",
    "contribution",
    "dating",
    "claim",
    "unitreference",
    "custodyevent",
    "derivation",
    "reading",
    "relation",
)
# What a reader of the desk may look for, beside a kind.
SHOWN: dict[str, tuple[Any, Callable[[Line], bool]]] = {
    "bare": (_("Without evidence"), lambda line: not line.grounds),
    "proposed": (_("Proposed"), lambda line: line.statement.standing == Standing.PROPOSED),
    "disputed": (_("Disputed"), lambda line: is_disputed(line)),
    "unpublished": (_("Not published"), lambda line: line.statement.state != State.PUBLISHED),
}


@dataclass(frozen=True)
class Section:
    """Lines under a heading. ``kinds``: what can be added here; ``more``: where the rest is."""

    slug: str
    title: str
    lines: tuple[Line, ...]
    level: int = 2
    notes: tuple[str, ...] = ()
    link: str = ""
    desk: str = ""
    more: panels.Link | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What lies on it. ``lines`` are all of them, whatever of them is shown."""

    record: Any
    lines: tuple[Line, ...]
    witnesses: tuple[Witness, ...]
    evidence: tuple[Any, ...]
    disputes: tuple[Dispute, ...]
    cut: tuple[str, ...]


def gather(record: Any, site: Any, request: HttpRequest) -> Desk:
    """Everything that the reader may see, a query for each kind and a few for what hangs on it."""
    statements, cut = _statements(record, site, request)
    grounds = _evidence([row.pk for row in statements])
    witnesses = _witnesses(record)
    lines = tuple(line(row, _beside(row, record, witnesses), grounds[row.pk]) for row in statements)
    return Desk(
        record,
        lines,
        tuple(witnesses.values()),
        tuple(row for rows in grounds.values() for row in rows),
        disputes_about(record, lines, witnesses, site, request),
        cut,
    )


def _statements(record: Any, site: Any, request: HttpRequest) -> tuple[list[Any], tuple[str, ...]]:
    """In the order of the desk, and the kinds of which there are too many."""
    found, cut = [], []
    reaching = scope.reaching(record)
    for kind in sorted(reaching, key=lambda kind: ORDER.index(str(kind._meta.model_name))):
        if not site.get_model_admin(kind).has_view_permission(request):
            continue
        rows = kind._base_manager.filter(reaching[kind]).select_related("question", *kind.ends)
        several = list(rows.order_by(*_in_order(kind))[: MOST + 1])
        found += several[:MOST]
        cut += [str(kind._meta.model_name)] if len(several) > MOST else []
    return found, tuple(cut)


def _in_order(kind: Any) -> Sequence[str]:
    if kind is Relation:  # what goes out from a record first, like relations together
        return ("relation_kind", "pk")
    return [name for name in kind._meta.ordering if name not in ("derived", "unit", "document")]


def _evidence(keys: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = Evidence._base_manager.filter(statement_id__in=keys).select_related(*JOINED)
    for row in rows.order_by("pk"):
        found[row.statement_id].append(row)
    return found


def _witnesses(record: Any) -> dict[int, Witness]:
    """Those of a document, in the order of their dates."""
    if not isinstance(record, Document):
        return {}
    rows = Witness._base_manager.filter(document=record).select_related("unit", "publication")
    late = float("inf")

    def age(row: Witness) -> tuple[float, int]:
        days = (row.date_earliest, row.publication.date_earliest if row.publication else None)
        return (min((day for day in days if day is not None), default=late), row.pk)

    return {row.pk: row for row in sorted(rows, key=age)}


def _place(statement: Any, witnesses: dict[int, Witness]) -> int | None:
    """The witness of the document under which a statement lies, if it lies under one."""
    if "document" in statement.ends and getattr(statement, "document_id", None):
        return None
    for name in ("derived_id", "witness_id", "base_id"):
        if getattr(statement, name, None) in witnesses:
            return int(getattr(statement, name))
    return None


def _beside(statement: Any, record: Any, witnesses: dict[int, Witness]) -> list[Model]:
    place = _place(statement, witnesses)
    return [record] if place is None else [record, witnesses[place]]


# --- laying out ---


def choose(desk: Desk, kind: str, shown: str) -> Desk:
    """Only the lines of a kind, or in need of something."""
    _words, test = SHOWN.get(shown, ("", lambda _line: True))
    kept = (row for row in desk.lines if not kind or _kind(row) == kind)
    return replace(desk, lines=tuple(row for row in kept if test(row)))


def counts(desk: Desk) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]]:
    """(value, words, number) for each kind that lies on the desk, and for each need."""
    numbers: dict[str, int] = defaultdict(int)
    for row in desk.lines:
        numbers[_kind(row)] += 1
    kinds = [(kind, words_of(kind), numbers[kind]) for kind in ORDER if numbers[kind]]
    needs = [
        (name, str(words), sum(map(test, desk.lines))) for name, (words, test) in SHOWN.items()
    ]
    return kinds, needs


def words_of(kind: str) -> str:
    """What statements of a kind are called, several of them."""
    model: Any = Statement._meta.get_field(kind).related_model
    return capfirst(str(model._meta.verbose_name_plural))


def is_disputed(row: Line) -> bool:
    """It answers a question, or somebody says that it is not so."""
    return row.statement.question_id is not None or any(g.is_against for g in row.grounds)


def lay_out(desk: Desk, kinds: Iterable[str]) -> list[Section]:
    """The lines under their headings. Without a document: kind by kind.

    ``kinds`` are those that the reader may add; a heading without lines stands where one could.
    """
    addable = set(kinds)
    witnesses = {witness.pk: witness for witness in desk.witnesses}
    by_kind: dict[str, list[Line]] = defaultdict(list)
    by_witness: dict[int, list[Line]] = defaultdict(list)
    for row in desk.lines:
        place = _place(row.statement, witnesses)
        if place is None:
            by_kind[_kind(row)].append(row)
        else:
            by_witness[place].append(row)
    sections: list[Section] = []
    for kind in ORDER:
        if kind == "derivation" and witnesses:
            sections += _witness_sections(desk, by_witness, addable)
        if by_kind[kind]:
            sections.append(_section(desk, kind, by_kind[kind], addable))
    return sections


def _section(desk: Desk, kind: str, rows: list[Line], addable: set[str]) -> Section:
    more = None
    if kind in desk.cut:
        model: Any = Statement._meta.get_field(kind).related_model
        names = [name for name in model.ends if scope.end_model(model, name) is type(desk.record)]
        more = panels.Link(
            gettext("Only the first %(number)d are here: see the list of all") % {"number": MOST},
            panels.page(model, "changelist", **{f"{names[0]}__id__exact": desk.record.pk}),
        )
    kinds = (kind,) if kind in addable else ()
    return Section(kind, words_of(kind), _without_repetition(rows), more=more, kinds=kinds)


def _witness_sections(
    desk: Desk, by_witness: dict[int, list[Line]], addable: set[str]
) -> Iterable[Section]:
    several = gettext("Witnesses (%(number)d)") % {"number": len(desk.witnesses)}
    yield Section("witnesses", several, (), kinds=("derivation",) if addable else ())
    for witness in desk.witnesses:
        known = witness.completeness != Completeness.UNKNOWN
        notes = [
            str(witness.get_witness_kind_display()),
            str(witness.get_completeness_display()) if known else "",
            when(witness) or (when(witness.publication) if witness.publication else ""),
            str(witness.get_state_display()) if witness.state != State.PUBLISHED else "",
        ]
        yield Section(
            f"witness-{witness.pk}",
            witness.label,
            _without_repetition(by_witness[witness.pk]),
            level=3,
            notes=tuple(note for note in notes if note),
            link=panels.page(Witness, "change", witness.pk),
            desk=panels.page(Witness, "statements", witness.pk),
        )


def _without_repetition(rows: Iterable[Line]) -> tuple[Line, ...]:
    found: list[Line] = []
    for row in rows:
        same = bool(found) and (found[-1].term, _kind(found[-1])) == (row.term, _kind(row))
        found.append(replace(row, repeats=same))
    return tuple(found)


def _kind(row: Line) -> str:
    return str(row.statement._meta.model_name)
