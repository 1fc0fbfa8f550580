"""Records that look like others: names over scripts, titles, references, leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import (
    Agent,
    AgentName,
    Distinction,
    Document,
    FolioRange,
    Publication,
    Term,
    TermLabel,
    Title,
    Unit,
)
from catalogue.models.agent import AgentKind
from catalogue.quality.doubt import Doubt, Rows, are_apart, of

MOST_KEYS = 8  # names or titles of one record that are compared
MOST_FOUND = 50  # rows of one index that are looked at


def may_be_one(one: str, other: str) -> bool:
    """Whether two skeletons of personal names, the family name first, may be the same name.

    What both give must agree: whole given names be equal, initials begin them.
    """
    family, *given = one.split()
    other_family, *other_given = other.split()
    return family == other_family and all(
        left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])
        for left, right in zip(given, other_given, strict=False)
    )


def _within(keys: Iterable[str], persons: bool) -> Q:
    """Rows with one of the skeletons; of persons, all of the same family name."""
    if not persons:
        return Q(skeleton__in=list(keys))
    families = sorted({key.split()[0] for key in keys})
    # A blank is the first of all characters that a skeleton has, "!" the next.
    ranges = [Q(skeleton__gte=name, skeleton__lt=f"{name}!") for name in families]
    return reduce(or_, ranges)


def _told_apart(record: Any, found: list[Any]) -> list[Any]:
    """Without those of which somebody has said that they are not the record."""
    if not found or not record.pk:
        return found
    pairs = Distinction.objects.filter(Q(first=record.identifier) | Q(second=record.identifier))
    apart = {name for row in pairs for name in (row.first, row.second)}
    return [other for other in found if other.identifier not in apart]


def agents_like(agent: Agent, rows: Rows = ()) -> list[Agent]:
    """Other agents with a name that may be the same, in whatever script. Two or three queries."""
    if agent.unnamed:
        return []
    forms = [agent.skeleton, *(row.skeleton for row in of(AgentName, rows))]
    keys = [key for key in dict.fromkeys(forms) if key][:MOST_KEYS]
    if not keys:
        return []
    persons = agent.kind != AgentKind.CORPORATE
    like = _within(keys, persons)
    others = Agent.objects.filter(like, kind=agent.kind, unnamed=False).exclude(pk=agent.pk)
    names = AgentName.objects.filter(like, agent__kind=agent.kind, agent__unnamed=False)
    names = names.exclude(agent=agent.pk).select_related("agent").order_by("skeleton")
    pairs = [(row.skeleton, row) for row in others.order_by("skeleton")[:MOST_FOUND]]
    pairs += [(row.skeleton, row.agent) for row in names[:MOST_FOUND]]
    found: dict[int, Agent] = {}
    for skeleton, other in pairs:
        same = not persons or any(may_be_one(skeleton, key) for key in keys)
        if same and not are_apart(agent, other):
            found.setdefault(other.pk, other)
    return _told_apart(agent, list(found.values()))


def titled_like(record: Any, rows: Rows, title_field: str) -> list[Any]:
    """Other documents or publications of the same title whose dates allow that they are one."""
    titles = [record.skeleton, *(row.skeleton for row in of(Title, rows))]
    keys = [key for key in dict.fromkeys(titles) if key][:MOST_KEYS]
    model = type(record)
    listed = Title.objects.filter(skeleton__in=keys, **{f"{title_field}__isnull": False})
    found = list(model.objects.filter(skeleton__in=keys).exclude(pk=record.pk)[:MOST_FOUND])
    further = listed.exclude(**{title_field: record.pk}).select_related(title_field)
    found += [getattr(row, title_field) for row in further[:MOST_FOUND]]
    same = {other.pk: other for other in found if not are_apart(record, other)}
    return list(same.values())


def agents(record: Agent, rows: Rows) -> Iterator[Doubt]:
    for other in agents_like(record, rows):
        yield Doubt(
            "name",
            _("Another agent has nearly the same name: “%(other)s”."),
            {"other": other.name},
            (other,),
            "name",
        )


def documents(record: Document, rows: Rows) -> Iterator[Doubt]:
    found = [other for other in titled_like(record, rows, "document") if other.date or record.date]
    for other in _told_apart(record, found):
        yield Doubt(
            "title",
            _("Another document has the same title, and may be of the same date: “%(other)s”."),
            {"other": other.title},
            (other,),
            "title",
        )


def publications(record: Publication, rows: Rows) -> Iterator[Doubt]:
    same = ("kind", "parent_id", "number", "whole_number")
    found = [
        other
        for other in titled_like(record, rows, "publication")
        if all(getattr(other, name) == getattr(record, name) for name in same)
    ]
    for other in _told_apart(record, found):
        yield Doubt(
            "title",
            _("Another publication has the same title and number: “%(other)s”."),
            {"other": str(other)},
            (other,),
            "title",
        )


def terms(record: Term, rows: Rows) -> Iterator[Doubt]:
    labels = [record.skeleton, *(row.skeleton for row in of(TermLabel, rows))]
    keys = [key for key in dict.fromkeys(labels) if key][:MOST_KEYS]
    others = Term.objects.filter(skeleton__in=keys, kind=record.kind).exclude(pk=record.pk)
    found: list[Model] = list(others[:MOST_FOUND])
    listed = TermLabel.objects.filter(skeleton__in=keys, term__kind=record.kind)
    listed = listed.exclude(term=record.pk).select_related("term")
    found += [row.term for row in listed[:MOST_FOUND]]
    for other in _told_apart(record, list(dict.fromkeys(found))):
        yield Doubt(
            "label",
            _("Another term of this kind has nearly the same label: “%(other)s”."),
            {"other": str(other)},
            (other,),
            "label",
        )


def units(record: Unit, rows: Rows) -> Iterator[Doubt]:
    """ISAD(G) 3.1.1: a reference is unique within the repository."""
    if record.segment_key:
        beside = Unit.objects.filter(
            repository=record.repository_id, segment_key=record.segment_key, parent=record.parent_id
        )
        for other in _told_apart(record, list(beside.exclude(pk=record.pk)[:3])):
            yield Doubt(
                "reference",
                _("Another unit at this place has the same reference: “%(other)s”."),
                {"other": str(other)},
                (other,),
                "segment",
            )


def witnesses(record: Any, rows: Rows) -> Iterator[Doubt]:
    """Leaves that another witness in the same unit takes up already."""
    if record.unit_id is None:
        return
    for row in of(FolioRange, rows):
        yield from _leaves(row.range(), record.unit_id, record.pk)


def leaves(record: FolioRange, rows: Rows) -> Iterator[Doubt]:
    if record.witness.unit_id is not None:
        yield from _leaves(record.range(), record.witness.unit_id, record.witness_id)


def _leaves(leaves: Any, unit: int, witness: int | None) -> Iterator[Doubt]:
    rows = FolioRange.objects.filter(witness__unit=unit).exclude(witness=witness)
    taken = rows.filter(first_order__lte=leaves.end, last_order__gte=leaves.start)
    for row in taken.select_related("witness__document")[:3]:
        yield Doubt(
            "leaves",
            _("Folios %(leaves)s are also those of another witness: “%(other)s” (%(document)s)."),
            {
                "leaves": str(row),
                "other": row.witness.label,
                "document": row.witness.document.title,
            },
            (row.witness,),
        )
