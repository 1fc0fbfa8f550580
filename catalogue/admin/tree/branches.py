"""The open branches of a tree, each a window of its rows.

However many branches are open and however long they are, the number of queries is the same: the
windows are ranges of the index over parent, position and key, and are asked for all at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language

from catalogue import dates
from catalogue.admin.panels import page
from catalogue.admin.tree.state import Anchor, State
from catalogue.admin.visibility import in_brief
from catalogue.models import Unit
from catalogue.models.tree import Place

SIZE = 100  # rows of a window
BEFORE = 10  # of them before the unit that it is laid around

# What a row says, and what its links need.
COLUMNS = (
    "pk", "parent_id", "position", "path", "depth", "segment", "title", "level", "level_label",
    "date", "date_written", "state", "public_from", "reference_given", "repository_id",
)  # fmt: skip


@dataclass(frozen=True)
class Window:
    """A range of one branch, laid at a place: so many rows before it, so many from it on."""

    parent: int | None
    place: Place | None = None
    side: str = ""

    def ranges(self, rows: QuerySet[Any]) -> list[Any]:
        """One row more than is shown, on each side where there may be more."""
        rows = rows.filter(parent=self.parent)
        if self.place is None:
            return [rows.order_by("position", "pk")[: SIZE + 1]]
        position, key = self.place
        after = rows.after((position, key - 1 if self.side == "" else key))  # type: ignore[attr-defined]  # TreeQuerySet
        before = rows.before(self.place)  # type: ignore[attr-defined]  # TreeQuerySet
        number = {"": BEFORE, "after": 0, "before": SIZE}[self.side]
        return [
            before.order_by("-position", "-pk")[: number + 1],
            after.order_by("position", "pk")[: SIZE - number + 1],
        ]

    def cut(self, rows: list[Unit]) -> tuple[list[Unit], bool, bool]:
        """The rows that are shown, and whether there are more above and below."""
        if self.place is None:
            return rows[:SIZE], False, len(rows) > SIZE
        before = [row for row in rows if row.place < self.place]
        after = [row for row in rows if row.place >= self.place]
        if self.side == "after":
            after = [row for row in after if row.place > self.place]
            return after[:SIZE], True, len(after) > SIZE
        if self.side == "before":
            return before[-SIZE:], len(before) > SIZE, True
        return (
            before[-BEFORE:] + after[: SIZE - BEFORE],
            len(before) > BEFORE,
            len(after) > SIZE - BEFORE,
        )


@dataclass(frozen=True)
class Row:
    """A unit in the tree, with its links. ``level`` counts from 1, as ``aria-level`` does.

    ``is_place``: what is moving may be put beside or under it.
    """

    state: State
    unit: Unit
    level: int
    has_children: bool
    branch: Branch | None = None
    is_moving: bool = False
    is_place: bool = True

    @property
    def when(self) -> str:
        return self.unit.date_written or dates.describe(self.unit.date, get_language() or "en")

    @property
    def name_of_level(self) -> str:
        return self.unit.level_label or self.unit.get_level_display()

    @property
    def called(self) -> str:
        """Short: delo 685."""
        return f"{self.name_of_level} {self.unit.segment or self.unit.title[:60]}"

    @property
    def visibility(self) -> str:
        return in_brief(self.unit)

    @property
    def form(self) -> str:
        return page(Unit, "change", self.unit.pk)

    @property
    def toggle(self) -> str:
        """This page with the branch closed or open."""
        turned = self.state.closing if self.branch else self.state.opening
        return turned(self.unit).address(focus=self.unit.pk)

    @property
    def add_under(self) -> str:
        return page(Unit, "add", parent=self.unit.pk)

    @property
    def add_after(self) -> str:
        above = {"parent": self.unit.parent_id} if self.unit.parent_id else {}
        above = above or {"repository": self.unit.repository_id}
        return page(Unit, "add", **above, after=self.unit.pk)

    @property
    def move(self) -> str:
        return self.state.address(focus=self.unit.pk, moving=(self.unit.pk,))

    @property
    def alone(self) -> str:
        state = State(self.state.repository, self.unit, (self.unit.pk,), (), self.state.moving)
        return state.address()

    @property
    def order(self) -> str:
        return page(Unit, "order", parent=self.unit.pk)

    @property
    def renumber(self) -> str:
        return page(Unit, "renumber", parent=self.unit.pk)

    def put(self, side: str) -> str:
        moving = ",".join(map(str, self.state.moving))
        return page(Unit, "move", units=moving, place=side, at=self.unit.pk)

    @property
    def put_before(self) -> str:
        return self.put("before")

    @property
    def put_after(self) -> str:
        return self.put("after")

    @property
    def put_under(self) -> str:
        return self.put("under")


@dataclass(frozen=True)
class Branch:
    """The rows of a window; ``above`` and ``below`` lead to the windows next to it."""

    state: State
    parent: int | None
    rows: tuple[Row, ...]
    above: Anchor | None = None
    below: Anchor | None = None

    @property
    def level(self) -> int:
        return self.rows[0].level if self.rows else 1

    @property
    def address_above(self) -> str:
        return self.state.turning(self.above).address() if self.above else ""

    @property
    def address_below(self) -> str:
        return self.state.turning(self.below).address() if self.below else ""

    @property
    def is_whole(self) -> bool:
        return self.above is None and self.below is None


def read(state: State) -> Branch:
    """The tree of a page, in four queries at most."""
    anchored = _anchored(state.anchors)
    parents: list[int | None] = [None] if state.top is None else []
    windows = [anchored.get(key, Window(key)) for key in (*parents, *state.opened)]
    found = _rows(state, windows)
    if state.top is None:
        return _branch(state, None, found)
    has = Unit._base_manager.filter(parent=state.top.pk).exists()
    row = _row(state, state.top, found, has, frozenset(state.moving))
    return Branch(state, state.top.parent_id, (row,))


def read_one(state: State, parent: int | None) -> Branch:
    """One window of one branch, to be put into a page."""
    window = _anchored(state.anchors).get(parent, Window(parent))
    return _branch(state, parent, _rows(state, [window]))


def _anchored(anchors: Sequence[Anchor]) -> dict[int | None, Window]:
    """The windows by parent; of two that are laid in one branch, the later."""
    if not anchors:
        return {}
    columns = Unit._base_manager.filter(pk__in=[anchor.unit for anchor in anchors])
    places = {row[0]: row for row in columns.values_list("pk", "parent_id", "position")}
    windows: dict[int | None, Window] = {}
    for anchor in anchors:
        if anchor.unit in places:
            key, parent, position = places[anchor.unit]
            windows[parent] = Window(parent, (position, key), anchor.side)
    return windows


def _rows(state: State, windows: Iterable[Window]) -> dict[int | None, Any]:
    """By parent: what ``Window.cut`` returns."""
    windows = list(windows)
    base = Unit.objects.filter(repository=state.repository)
    ranges = [found for window in windows for found in window.ranges(base)]
    # A range with a limit may stand in a union only as the subquery of one without.
    arms = [Unit._base_manager.filter(pk__in=rows.values("pk")).order_by() for rows in ranges]
    if not arms:
        return {}
    first, *others = (arm.values_list("pk", flat=True) for arm in arms)
    keys = first.union(*others, all=True) if others else first
    children = Unit._base_manager.filter(parent=OuterRef("pk"))
    rows = Unit._base_manager.filter(pk__in=list(keys))
    rows = rows.only(*COLUMNS).annotate(has_children=Exists(children))
    by_parent: dict[int | None, list[Unit]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.place):
        by_parent[row.parent_id].append(row)
    return {window.parent: window.cut(by_parent[window.parent]) for window in windows}


def _branch(
    state: State, parent: int | None, found: Any, moving: frozenset[int] | None = None
) -> Branch:
    moving = frozenset(state.moving) if moving is None else moving
    units, above, below = found.get(parent, ([], False, False))
    rows = tuple(
        _row(state, unit, found, getattr(unit, "has_children", False), moving) for unit in units
    )
    return Branch(
        state,
        parent,
        rows,
        above=Anchor(units[0].pk, "before") if above and units else None,
        below=Anchor(units[-1].pk, "after") if below and units else None,
    )


def _row(state: State, unit: Unit, found: Any, has: bool, moving: frozenset[int]) -> Row:
    is_open = has and unit.pk in found
    return Row(
        state,
        unit,
        level=unit.depth - state.base + 1,
        has_children=has,
        branch=_branch(state, unit.pk, found, moving) if is_open else None,
        is_moving=unit.pk in moving,
        is_place=not moving.intersection([*unit.ancestor_ids(), unit.pk]),
    )
