"""What happened to a record, the latest first: to itself, its rows, and what is said of it.

A window of the timeline is cut from every table of history alone and then joined, so that it costs
the same however long the histories are.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.admin import panels
from catalogue.admin.history import values
from catalogue.admin.history.names import Names
from catalogue.models import Act, Evidence, Statement

SIZE = 50  # entries of one page


@dataclass(frozen=True)
class Source:
    """A table of history, and which of its rows concern the record."""

    model: type[Model]
    condition: Q
    group: str


@dataclass(frozen=True)
class Entry:
    """One change of one row. ``record`` is empty where it is the record of the page itself."""

    version: Any
    kind: str
    record: panels.Link | None
    address: str
    act: panels.Link | None
    changes: tuple[values.Change, ...] = ()
    former: int | None = None
    is_gone: bool = False
    may_restore: bool = False
    fields: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_deletion(self) -> bool:
        return bool(self.version.history_type == "-")


@dataclass(frozen=True)
class Cursor:
    """The last entry of a page: its day, its table, its key."""

    date: datetime.datetime
    table: str
    key: int

    def __str__(self) -> str:
        return f"{self.date.isoformat()}~{self.table}~{self.key}"

    def beyond(self, table: str) -> Q:
        """The rows of a table that come after it."""
        earlier = Q(history_date__lt=self.date)
        if table > self.table:
            return earlier | Q(history_date=self.date)
        if table == self.table:
            return earlier | Q(history_date=self.date, history_id__lt=self.key)
        return earlier


def read_cursor(text: str) -> Cursor | None:
    """None for what is no cursor: the first page."""
    date, _mark, rest = text.partition("~")
    table, _mark, key = rest.partition("~")
    try:
        moment = datetime.datetime.fromisoformat(date)
    except ValueError:
        return None
    if moment.tzinfo is None or not key.isdecimal() or len(key) > 18:
        return None
    return Cursor(moment, table, int(key))


def window(
    sources: Iterable[Source], among: Q, cursor: Cursor | None, size: int = SIZE
) -> tuple[list[tuple[Source, Any]], str]:
    """The versions of a page with where they come from, and the cursor to the next page."""
    found: list[tuple[Source, Any]] = []
    for source in sources:
        rows = history(source.model).filter(source.condition, among)
        if cursor is not None:
            rows = rows.filter(cursor.beyond(_table(source)))
        found += [(source, row) for row in _in_order(rows)[: size + 1]]
    found.sort(key=lambda pair: pair[1].history_id, reverse=True)
    found.sort(key=lambda pair: _table(pair[0]))
    found.sort(key=lambda pair: pair[1].history_date, reverse=True)
    if len(found) <= size:
        return found, ""
    source, last = found[size - 1]
    return found[:size], str(Cursor(last.history_date, _table(source), last.history_id))


def history(model: type[Model]) -> Any:
    return model.history.all()  # type: ignore[attr-defined]  # every record has one


def key_of(model: type[Model]) -> str:
    """The column of the key of a record, in its history as well."""
    return str(model._meta.pk.attname)


def _in_order(rows: Any) -> Any:
    return rows.select_related("history_act").order_by("-history_date", "-history_id")


def _table(source: Source) -> str:
    return str(source.model._meta.model_name)


def entries(
    record: Model, window: Sequence[tuple[Source, Any]], site: Any, request: HttpRequest
) -> list[Entry]:
    """What changed in each of the versions, against the one before it."""
    before = _former(window)
    names = Names(site, request)
    pairs = [(source, row, before.get((source.model, row.pk))) for source, row in window]
    changed = [_changed_fields(source.model, row, former) for source, row, former in pairs]
    wanted = {(source.model, getattr(row, key_of(source.model))) for source, row in window}
    for (source, row, former), fields in zip(pairs, changed, strict=True):
        wanted |= {*values.needed(row, fields)}
        wanted |= {*values.needed(former, fields)} if fields else set()
        if source.model is Evidence:
            wanted.add((Statement, row.statement_id))
    names.fetch(wanted)
    return [
        _entry(record, source, row, former, fields, names, site, request)
        for (source, row, former), fields in zip(pairs, changed, strict=True)
    ]


def _changed_fields(model: type[Model], row: Any, former: Any) -> list[Any]:
    if former is None or row.history_type == "-":
        return []
    return values.differing(former, row, values.shown(model))


def _former(window: Sequence[tuple[Source, Any]]) -> dict[tuple[type[Model], int], Any]:
    """By model and version, the version before it. Two queries for each model."""
    by_model: dict[type[Model], list[Any]] = defaultdict(list)
    for source, row in window:
        by_model[source.model].append(row)
    found: dict[tuple[type[Model], int], Any] = {}
    for model, versions in by_model.items():
        name = key_of(model)
        earlier = history(model).filter(
            Q(history_date__lt=OuterRef("history_date"))
            | Q(history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id")),
            **{name: OuterRef(name)},
        )
        latest = earlier.order_by("-history_date", "-history_id").values("history_id")[:1]
        numbers = dict(
            history(model)
            .filter(history_id__in=[version.pk for version in versions])
            .order_by()
            .annotate(former=Subquery(latest))
            .values_list("history_id", "former")
        )
        rows = history(model).in_bulk([number for number in numbers.values() if number])
        values.read_several(model, [*versions, *rows.values()])
        found |= {(model, key): rows.get(number) for key, number in numbers.items()}
    return found


def _entry(
    record: Model,
    source: Source,
    row: Any,
    former: Any,
    fields: list[Any],
    names: Names,
    site: Any,
    request: HttpRequest,
) -> Entry:
    model, key = source.model, getattr(row, key_of(source.model))
    is_own = model is type(record) and key == record.pk
    gone = names.is_deleted(model, key)
    administered = site.get_model_admin(model)
    may = administered.has_add_permission if gone else administered.has_change_permission
    page = panels.page(model, "history" if gone else "change", key)
    return Entry(
        version=row,
        kind=capfirst(str(model._meta.verbose_name)),
        record=None if is_own else panels.Link(_text(model, row, key, names), page),
        address=panels.page(model, "history", key),
        act=_act(row.history_act, site),
        changes=values.compare(former, row, fields, names) if fields else (),
        former=former.pk if former is not None else None,
        is_gone=gone,
        may_restore=may(request),
        fields=frozenset(f.name for f in values.restorable(model)),
    )


def _text(model: type[Model], row: Any, key: Any, names: Names) -> str:
    """Evidence is called after its source; here it is asked for what it stands as well."""
    label = names.label(model, key)
    if model is not Evidence:
        return label
    words = gettext("%(evidence)s, for: %(statement)s")
    return words % {"evidence": label, "statement": names.label(Statement, row.statement_id)}


def _act(act: Act | None, site: Any) -> panels.Link | None:
    if act is None:
        return None
    return panels.Link(
        str(act), panels.page(Act, "change", act.pk) if site.is_registered(Act) else ""
    )
