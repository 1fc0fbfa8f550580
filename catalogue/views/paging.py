"""Long lists by windows: from a row onwards or backwards, never by counting or skipping.

A cursor names the row at the edge of a window by its sorting key. It is signed, so that it holds
only what this module wrote; any other is taken for none, which is the first page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIZE = 30
"""Rows on a page."""

_SIGNER = Signer(salt="catalogue.paging")


@dataclass(frozen=True)
class Segment:
    """Rows with a common sorting key: ``fields`` in order, the last one unique.

    ``only`` keeps segments apart; a list of several has the rows of one after those of another.
    """

    fields: tuple[str, ...]
    only: Q = Q()  # noqa: RUF009 # an empty condition, which nothing changes
    descending: bool = False

    def ordered(self, rows: QuerySet[Any], backwards: bool) -> QuerySet[Any]:
        sign = "-" if self.descending != backwards else ""
        return rows.filter(self.only).order_by(*(f"{sign}{name}" for name in self.fields))

    def beyond(self, key: Sequence[Any], backwards: bool) -> Q:
        """The rows after ``key``, or before it, as a range that an index serves."""
        side = "lt" if self.descending != backwards else "gt"
        *leading, last = zip(self.fields, key, strict=True)
        condition = Q(**{f"{last[0]}__{side}": last[1]})
        for name, value in reversed(leading):
            edge = Q(**{f"{name}__{side}": value}) | Q(**{name: value}) & condition
            condition = Q(**{f"{name}__{side}e": value}) & edge
        return condition

    def key(self, record: Model) -> list[Any]:
        return [reduce(getattr, name.split("__"), record) for name in self.fields]


@dataclass(frozen=True)
class Sort:
    """An order that a list is offered in. Undated rows are a segment of their own, the last."""

    slug: str
    label: str | Promise
    segments: tuple[Segment, ...]


TITLE = Sort("title", _("title"), (Segment(("sort_key", "pk")),))
DATE = Sort(
    "date",
    _("date"),
    (
        Segment(("date_earliest", "pk"), Q(date_earliest__isnull=False)),
        Segment(("pk",), Q(date_earliest__isnull=True)),
    ),
)
ADDED = Sort("added", _("recently added"), (Segment(("pk",), descending=True),))
SORTS = (TITLE, DATE, ADDED)
NAME = Sort("name", _("name"), (Segment(("agent__sort_key", "pk")),))
SHELF = Sort("shelf", _("order on the shelf"), (Segment(("position", "pk")),))


@dataclass(frozen=True)
class Page:
    """One window. ``previous`` and ``next`` are cursors, empty where there is nothing more."""

    records: list[Any]
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class _Cursor:
    backwards: bool
    segment: int
    key: tuple[Any, ...]


def turn(rows: QuerySet[Any], sort: Sort, cursor: str = "", size: int = SIZE) -> Page:
    """The window of ``rows`` at a cursor; the first one where the cursor leads nowhere.

    At most one query for each segment of the order.
    """
    place = _read(cursor, sort)
    if place is not None:
        page = _window(rows, sort, place, size)
        if page.records:
            return page
    return _window(rows, sort, None, size)


def _window(rows: QuerySet[Any], sort: Sort, place: _Cursor | None, size: int) -> Page:
    backwards = place is not None and place.backwards
    found: list[tuple[int, Any]] = []
    numbers = range(len(sort.segments))
    for number in reversed(numbers) if backwards else numbers:
        segment = sort.segments[number]
        window = segment.ordered(rows, backwards)
        if place is not None and number != place.segment:
            if (number < place.segment) != backwards:
                continue
        elif place is not None:
            window = window.filter(segment.beyond(place.key, backwards))
        found += [(number, record) for record in window[: size + 1 - len(found)]]
        if len(found) > size:
            break
    more = len(found) > size
    shown = found[:size][::-1] if backwards else found[:size]
    if not shown:
        return Page([])
    has_previous, has_next = (more, True) if backwards else (place is not None, more)
    return Page(
        [record for _number, record in shown],
        _write(sort, shown[0], backwards=True) if has_previous else "",
        _write(sort, shown[-1], backwards=False) if has_next else "",
    )


def _write(sort: Sort, edge: tuple[int, Any], *, backwards: bool) -> str:
    number, record = edge
    key = sort.segments[number].key(record)
    return _SIGNER.sign_object([sort.slug, int(backwards), number, *key], compress=True)


def _read(cursor: str, sort: Sort) -> _Cursor | None:
    try:
        slug, backwards, number, *key = _SIGNER.unsign_object(cursor)
    except (BadSignature, ValueError):
        return None
    # An earlier release may have signed keys of another shape.
    is_ours = slug == sort.slug and number < len(sort.segments)
    if not is_ours or len(key) != len(sort.segments[number].fields):
        return None
    return _Cursor(bool(backwards), number, tuple(key))
