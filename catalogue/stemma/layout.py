"""Where everything of a stemma stands: one row for each witness, time running down the page.

The figure is read like a railway timetable. Each witness has a row of its own, so that neither
nodes nor labels can ever overlap; rows follow the dates, and a long silence between two rows
opens a gap that says how long it lasted. A witness that others derive from is a line running
down its lane to the last of them; each descendant branches off in its own row. Branches are the
only horizontal strokes and meet nothing but vertical lines, at right angles.

Everything here is a pure function of the graph: the same graph gives the same figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, log2

DAYS_IN_YEAR = 365.2425
ROW = 56
LANE = 26
RADIUS = 8
BEND = 10
TOP = 34
HEAD = 40
"""From the writing of the document, at the head of the axis, to the first row."""
SILENCE = 5
"""Years without a witness from which the gap is drawn wider and its length is written in it."""
WIDEST_GAP = 70


@dataclass(frozen=True)
class Node:
    """One witness as the figure needs it.

    ``moment`` is the earliest possible day as a day number (any epoch), or None when nobody says.
    ``shape`` is "archival", "printed" or "online"; ``completeness`` is "full", "abridged",
    "extract", "quotation" or "unknown"; ``survival`` is "extant", "lost", "unknown" or
    "hypothetical".
    """

    key: int
    label: str
    detail: str = ""
    date: str = ""
    moment: int | None = None
    shape: str = "printed"
    completeness: str = "unknown"
    survival: str = "extant"
    language: str = ""
    href: str = ""


@dataclass(frozen=True)
class Writing:
    """When the document was written, in words and as a day number; it stands above every row."""

    date: str
    moment: int | None = None


@dataclass(frozen=True)
class Edge:
    """``child`` derives from ``parent``; ``certainty`` is "certain", "probable" or "possible"."""

    parent: int
    child: int
    kind: str = "other"
    certainty: str = "certain"
    disputed: bool = False


@dataclass(frozen=True)
class Place:
    """A node with its row and lane counted from 0, and its centre in user units."""

    node: Node
    row: int
    lane: int
    x: int
    y: int


@dataclass(frozen=True)
class Branch:
    """An edge with its paths (SVG path data) and the point where a mark goes.

    ``trunk`` is what the parent's lane shares among its descendants, ``path`` the edge's own end.
    """

    edge: Edge
    trunk: str
    path: str
    mark_x: int
    mark_y: int


@dataclass(frozen=True)
class Gap:
    """A silence of whole ``years`` between two rows, from ``top`` to ``bottom``."""

    years: int
    top: int
    bottom: int

    @property
    def y(self) -> int:
        return (self.top + self.bottom) // 2


@dataclass(frozen=True)
class Layout:
    """All that is needed to draw: lanes run from x = 0 to ``width``, rows from 0 to ``height``.

    ``head`` is the height of the writing of the document, None where it is not drawn.
    """

    places: tuple[Place, ...]
    branches: tuple[Branch, ...]
    gaps: tuple[Gap, ...]
    width: int
    height: int
    head: int | None = None


def arrange(nodes: Iterable[Node], edges: Iterable[Edge], written: Writing | None = None) -> Layout:
    """Place every node and route every edge.

    Edges whose ends are missing, and edges from a node to itself, are left out. Cycles (which
    statements in dispute can make) are drawn like anything else.
    """
    by_key = {node.key: node for node in nodes}
    kept = sorted(
        {e for e in edges if e.parent in by_key and e.child in by_key and e.parent != e.child},
        key=lambda e: (e.parent, e.child, e.kind, e.certainty, e.disputed),
    )
    rows = _order(by_key, kept)
    lanes = _lanes(rows, kept)
    ordinates, gaps = _descend([by_key[key] for key in rows], written)
    places = {
        key: Place(by_key[key], row, lanes[key], lanes[key] * LANE + LANE // 2, ordinates[row])
        for row, key in enumerate(rows)
    }
    return Layout(
        places=tuple(places.values()),
        branches=tuple(_branches(places, kept)),
        gaps=gaps,
        width=(max(lanes.values(), default=0) + 1) * LANE,
        height=(ordinates[-1] + ROW // 2 + 6) if ordinates else 0,
        head=TOP if written and ordinates else None,
    )


def _order(nodes: Mapping[int, Node], edges: Iterable[Edge]) -> list[int]:
    """Keys by date.

    An undated witness follows its latest parent; without a dated ancestor it precedes its earliest
    child; without either it comes after everything that is dated. Only an archival one without
    ancestors stands at the head: nothing printed can be older than the paper.
    """
    parents = _parents(edges)
    order = list(_parents_first(nodes, parents))
    settled: dict[int, tuple[bool, float, int]] = {}  # adrift, moment, steps from a dated witness
    for key in order:
        before = [settled[parent] for parent in parents[key] if parent in settled]
        moment = nodes[key].moment
        if moment is not None:
            same_day = [steps for _, day, steps in before if day == moment]
            settled[key] = (False, float(moment), 1 + max(same_day, default=0))
        elif before:
            adrift, latest, steps = max(before, key=lambda found: (not found[0], found[1:]))
            settled[key] = (adrift, latest, steps + 1)
        elif nodes[key].shape == "archival":
            settled[key] = (False, -inf, 0)
        else:
            settled[key] = (True, 0.0, 0)
    for key in reversed(order):
        adrift, day, steps = settled[key]
        for parent in parents[key]:
            if not adrift and nodes[parent].moment is None:
                earliest = (False, day, steps - 1)
                settled[parent] = earliest if settled[parent][0] else settled[parent]
    return sorted(nodes, key=lambda key: (*settled[key], nodes[key].label, key))


def _parents(edges: Iterable[Edge]) -> dict[int, list[int]]:
    parents: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        parents[edge.child].append(edge.parent)
    return parents


def _parents_first(nodes: Iterable[int], parents: Mapping[int, list[int]]) -> Iterable[int]:
    """Every key once, after its parents where that can be; a cycle is cut at its lowest key."""
    waiting = {key: set(parents.get(key, ())) for key in sorted(nodes)}
    while waiting:
        ready = [key for key, before in waiting.items() if not before] or [next(iter(waiting))]
        for key in ready:
            del waiting[key]
            yield key
        for before in waiting.values():
            before.difference_update(ready)


def _lanes(rows: list[int], edges: list[Edge]) -> dict[int, int]:
    """A lane for each key, free from its row to the row of the last witness derived from it."""
    row_of = {key: row for row, key in enumerate(rows)}
    children: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        children[edge.parent].append(edge.child)
    parents = _parents(edges)

    lanes: dict[int, int] = {}
    taken: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for key in rows:
        reach = [row_of[key], *(row_of[child] for child in children[key])]
        first, last = min(reach), max(reach)
        home = max((lanes[p] for p in parents.get(key, ()) if p in lanes), default=-1)

        def free(lane: int, key: int = key, first: int = first, last: int = last) -> bool:
            return all(
                end < first or start > last or (end == first and owner in parents.get(key, ()))
                for start, end, owner in taken[lane]
            )

        choices = sorted(range(len(rows) + 1), key=lambda lane: (abs(lane - home), -lane))
        lane = next(lane for lane in choices if free(lane))
        lanes[key] = lane
        taken[lane].append((first, last, key))
    return lanes


def _descend(nodes: list[Node], written: Writing | None) -> tuple[list[int], tuple[Gap, ...]]:
    """The height of each row, and the silences between rows, the first after the writing."""
    ordinates: list[int] = []
    gaps: list[Gap] = []
    y, previous = (TOP + HEAD, written.moment) if written else (TOP, None)
    for row, node in enumerate(nodes):
        if row:
            y += ROW
        if node.moment is not None:
            years = 0 if previous is None else int((node.moment - previous) / DAYS_IN_YEAR)
            if years >= SILENCE:
                extra = min(WIDEST_GAP, int(11 * log2(1 + years)))
                above = ROW if row else HEAD
                gaps.append(Gap(years, y - above + 16, y + extra - 16))
                y += extra
            previous = node.moment if previous is None else max(previous, node.moment)
        ordinates.append(y)
    return ordinates, tuple(gaps)


def _branches(places: Mapping[int, Place], edges: Iterable[Edge]) -> Iterable[Branch]:
    arriving: dict[tuple[int, int], int] = defaultdict(int)
    for edge in edges:
        parent, child = places[edge.parent], places[edge.child]
        side = (child.x > parent.x) - (child.x < parent.x)
        order = arriving[edge.child, side]
        arriving[edge.child, side] += 1
        down = 1 if child.y > parent.y else -1
        foot = parent.y + down * RADIUS
        if side == 0:
            end = child.y - down * RADIUS
            yield Branch(edge, "", f"M{parent.x} {foot}V{end}", child.x, end - down * 10)
            continue
        y = child.y + (0, -5, 5)[order % 3]
        turn = f"{parent.x} {y - down * BEND}"
        path = f"M{turn}Q{parent.x} {y} {parent.x + side * BEND} {y}H{child.x - side * RADIUS}"
        mark_x = child.x - side * (RADIUS + 6)
        yield Branch(edge, f"M{parent.x} {foot}L{turn}", path, mark_x, y)
