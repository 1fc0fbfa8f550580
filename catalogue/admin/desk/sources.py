"""Sources: what the last statement was taken from, and all that was taken from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model, Q
from django.http import HttpRequest
from django.utils.text import capfirst

from catalogue import text
from catalogue.admin import panels
from catalogue.admin.desk.lines import JOINED, Ground, ground
from catalogue.admin.history.names import Names
from catalogue.models import (
    STATEMENTS,
    Agent,
    Document,
    Evidence,
    Publication,
    Statement,
    Unit,
    Witness,
)
from catalogue.models.evidence import SOURCES, THROUGH

# What is the same for two statements that are taken from one source. The reading is not.
COPIED = (
    "basis",
    *SOURCES,
    "part",
    "locator",
    "speaker",
    "attribution",
    "date_written",
    "date",
    "calendar",
    *THROUGH,
    "accessed",
    "url",
)
SIZE = 100  # pieces of evidence on a page

# How a record may be named by evidence.
USES: dict[type[Model], tuple[str, ...]] = {
    Publication: ("publication", "through_publication"),
    Document: ("document",),
    Witness: ("witness", "through_witness"),
    Unit: ("unit",),
    Agent: ("speaker",),
}


def last(user: Any) -> Any:
    """The evidence that somebody entered or changed last, as it was then; None if there is none."""
    rows = Evidence.history.filter(history_user=user).exclude(history_type="-")
    return rows.order_by("-history_id").first()


def copied(evidence: Any) -> dict[str, Any]:
    """Its source, as values for a form: of a relation the key."""
    fields = [Evidence._meta.get_field(name) for name in COPIED]
    values = {field.name: getattr(evidence, field.attname) for field in fields}  # type: ignore[union-attr]  # columns
    return {name: value for name, value in values.items() if value not in (None, "")}


def in_fields(evidence: Any, site: Any, request: HttpRequest) -> dict[str, dict[str, str]]:
    """Its source for the fields of a page: by name, the value and what it is called."""
    values = copied(evidence)
    keys = {}
    for name, value in values.items():
        field = Evidence._meta.get_field(name)
        if isinstance(field, ForeignKey):
            keys[name] = (field.related_model, value)
    names = Names(site, request)
    names.fetch(keys.values())
    gone = {name for name, key in keys.items() if names.is_deleted(*key)}
    return {
        name: {
            "value": str(value),
            "text": names.label(*keys[name]) if name in keys else str(value),
        }
        for name, value in values.items()
        if name not in gone
    }


@dataclass(frozen=True)
class Use:
    """A statement that rests on the source, with the place in it."""

    kind: str
    statement: panels.Link
    locator: str
    ground: Ground
    order: str


@dataclass(frozen=True)
class Uses:
    """Those that speak of one record."""

    record: panels.Link
    kind: str
    uses: tuple[Use, ...]


def used(
    source: Model, after: Any, site: Any, request: HttpRequest, size: int = SIZE
) -> tuple[list[Uses], int | None]:
    """A page of what rests on a source, by record, each in the order of the source; and the key
    after which the next page begins.

    Pages follow the locators as the database sorts them; ``after`` is the last evidence of the
    page before. On a page 9 comes before 10.
    """
    condition = Q()
    for name in USES[type(source)]:
        condition |= Q(**{name: source.pk})
    rows = Evidence._base_manager.filter(condition).select_related("statement", *JOINED)
    if after is not None:
        beyond = Q(locator__gt=after.locator) | Q(locator=after.locator, pk__gt=after.pk)
        rows = rows.filter(beyond)
    found = list(rows.order_by("locator", "pk")[: size + 1])
    page = found[:size]
    following = page[-1].pk if len(found) > size else None
    return _grouped(page, _concrete(page, site, request)), following


def _concrete(evidence: Sequence[Any], site: Any, request: HttpRequest) -> dict[int, Any]:
    """The statements as what they are of their kinds, a query for each kind that there is."""
    found: dict[int, Any] = {}
    for kind in STATEMENTS:
        name = str(kind._meta.model_name)
        keys = {row.statement_id for row in evidence if row.statement.kind == name}
        if keys and site.get_model_admin(kind).has_view_permission(request):
            found |= kind._base_manager.select_related(*kind.ends).in_bulk(list(keys))
    return found


def _grouped(evidence: Sequence[Any], statements: dict[int, Any]) -> list[Uses]:
    groups: dict[tuple[type[Model], Any], tuple[Model, list[Use]]] = {}
    for row in evidence:
        statement = statements.get(row.statement_id)
        record = spoken_of(statement) if statement is not None else None
        if record is not None:
            _record, uses = groups.setdefault((type(record), record.pk), (record, []))
            uses.append(_use(row, statement, record))
    ordered = sorted(groups.values(), key=lambda group: min(use.order for use in group[1]))
    return [
        Uses(
            panels.Link(str(record), panels.page(type(record), "change", record.pk)),
            capfirst(str(record._meta.verbose_name)),
            tuple(sorted(uses, key=lambda use: use.order)),
        )
        for record, uses in ordered
    ]


def _use(row: Any, statement: Any, record: Model) -> Use:
    link = panels.Link(
        panels.wording(statement, record), panels.page(type(statement), "change", statement.pk)
    )
    kind = capfirst(str(statement._meta.verbose_name))
    return Use(kind, link, row.locator, ground(row), text.natural_key(row.locator))


def spoken_of(statement: Any) -> Model | None:
    """The record that a statement is filed under: the first of its ends."""
    ends = (getattr(statement, name) for name in FILED.get(type(statement), statement.ends))
    found: Model | None = next((end for end in ends if end is not None), None)
    return found


# Where the first end is not what the statement is about: a contribution is to a record.
FILED: dict[type[Statement], tuple[str, ...]] = {
    kind: (*kind.ends[1:], kind.ends[0])
    for kind in STATEMENTS
    if kind._meta.model_name == "contribution"
}
