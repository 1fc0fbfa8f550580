"""Lists of what belongs to a record, shown on its page: links to the rows, and to add one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from catalogue.admin import visibility
from catalogue.models import STATEMENTS, Statement
from catalogue.models.statement import Assertion, Certainty, Standing

LONGEST = 50  # rows of one panel; the rest is a list of its own
NAMED_OBSTACLES = 100  # to a deletion; the others are counted


@dataclass(frozen=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One row: a link, and what there is to know of it at a glance."""

    link: Link
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Rows of one kind. ``more``: there are more of them than are shown."""

    title: str
    entries: tuple[Entry, ...] = ()
    add: tuple[Link, ...] = ()
    lists: tuple[Link, ...] = ()
    more: bool = False


def page(model: type[Model], action: str, *arguments: Any, **query: Any) -> str:
    """The address of a page of the administration."""
    address = reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=arguments
    )
    return f"{address}?{urlencode(query)}" if query else address


def entry(row: Any, text: str) -> Entry:
    return Entry(Link(text, page(type(row), "change", row.pk)), tuple(_notes(row)))


def wording(statement: Assertion, beside: Model | None = None) -> str:
    """A statement with the records that it speaks of, where its own words do not name them.

    On the page of one of them, ``beside``, that one need not be named.
    """
    text = str(statement)
    ends = [getattr(statement, name) for name in statement.ends]
    others = [str(end) for end in ends if end is not None and end != beside]
    unnamed = [other for other in dict.fromkeys(others) if other not in text]
    return " – ".join([text, *unnamed])


def _notes(row: Any) -> Iterable[str]:
    if isinstance(row, Assertion):
        if row.standing != Standing.NORMAL:
            yield str(row.get_standing_display())
        if row.certainty != Certainty.CERTAIN:
            yield str(row.get_certainty_display())
        yield _evidence(len(row.evidence.all()))
    if hasattr(row, "state"):
        yield visibility.in_brief(row)


def _evidence(number: int) -> str:
    if number == 0:
        return gettext("no evidence")
    return gettext("evidence: %(number)d") % {"number": number}


def ends_at(model: type[Model], target: type[Model]) -> list[str]:
    """The foreign keys of ``model`` that point to ``target``."""
    return [
        field.name
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model is target
    ]


def owned(record: Model, names: Sequence[str], administered: Any, request: Any) -> Panel:
    """The rows of a model, ``administered`` by its own admin, that point to ``record``.

    ``names`` are the foreign keys by which they do.
    """
    model = administered.model
    matching = reduce(or_, (Q((name, record.pk)) for name in names))
    found = list(administered.rows_below(request, record).filter(matching)[: LONGEST + 1])

    def links(words: str, action: str, suffix: str = "") -> tuple[Link, ...]:
        return tuple(
            Link(
                words if len(names) == 1 else f"{words} ({_end(model, name)})",
                page(model, action, **{f"{name}{suffix}": record.pk}),
            )
            for name in names
        )

    return Panel(
        title=capfirst(str(model._meta.verbose_name_plural)),
        entries=tuple(entry(row, administered.line(row, record)) for row in found[:LONGEST]),
        add=(
            *administered.ways_to_add_many(record),
            *links(gettext("Add %(kind)s") % {"kind": model._meta.verbose_name}, "add"),
        ),
        lists=links(gettext("Show all"), "changelist", "__id__exact"),
        more=len(found) > LONGEST,
    )


def _end(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def statements_about(record: Model, site: Any, request: Any) -> list[Panel]:
    """All statements in which a record is an end, kind by kind, each with its evidence counted."""
    panels = []
    for model in STATEMENTS:
        names = [name for name in ends_at(model, type(record)) if name in model.ends]
        if names and not _is_inline(model, names, record):
            panels.append(owned(record, names, site.get_model_admin(model), request))
    return panels


def _is_inline(model: type[Model], names: list[str], record: Model) -> bool:
    """The names of an agent are rows of its own form."""
    return model._meta.model_name == "agentname" and record._meta.model_name == "agent"


def obstacles(records: Any, site: Any) -> list[str]:
    """What refers to records that should be deleted: links, and how many more there are."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=records)
    collector.collect(records)
    found = sorted(collector.protected, key=lambda row: (str(row._meta.verbose_name), row.pk))
    named = [_obstacle(row, site) for row in found[:NAMED_OBSTACLES]]
    hidden = len(found) - len(named)
    if hidden:
        words = ngettext("… and %(number)d more", "… and %(number)d more", hidden)
        named.append(words % {"number": hidden})
    return named


def _obstacle(row: Any, site: Any) -> str:
    row = row.concrete() if type(row) is Statement else row
    kind = capfirst(str(row._meta.verbose_name))
    label = site.get_model_admin(type(row)).label(row)
    return format_html('{}: <a href="{}">{}</a>', kind, page(type(row), "change", row.pk), label)
