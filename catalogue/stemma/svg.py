"""The stemma as it is drawn: margins, labels broken into lines, room for ink. No colours here.

A template writes what stands here as SVG, and the style sheet gives the ink. Text cannot be
measured on the server, so lines are broken by a count of characters that wide letters still
fit; what had to be cut stands whole in the node's title.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.stemma.layout import (
    RADIUS,
    Branch,
    Edge,
    Gap,
    Layout,
    Node,
    Place,
    Writing,
    arrange,
)

DATES = 114
"""Room for the dates left of the lanes, in user units (one is a CSS pixel at natural size)."""
LANGUAGES = 44
LABELS = 268
LABEL_CHARACTERS = 36
DETAIL_CHARACTERS = 46
LINE = 16
FILL = {"full": 16, "abridged": 11, "extract": 7, "quotation": 3}
"""How high the ink stands in a node of sixteen units; none where the extent is not known."""


@dataclass(frozen=True)
class Line:
    """A line of text on the baseline ``y``."""

    text: str
    y: int


@dataclass(frozen=True)
class Drawn:
    """A node ready to draw; ``ink_y`` is relative to its centre, ``page_x`` to the figure."""

    node: Node
    title: str
    x: int
    y: int
    page_x: int
    first_y: int
    label: tuple[Line, ...]
    detail: Line
    ink_y: int
    ink_height: int
    leader_from: int


@dataclass(frozen=True)
class Figure:
    """Everything the template needs, in user units with the origin at the top left."""

    width: int
    height: int
    axis_x: int
    dates_x: int
    foot: int
    lanes_x: int
    leader_to: int
    languages_x: int
    labels_x: int
    ring_x: int
    ring_width: int
    nodes: tuple[Drawn, ...]
    branches: tuple[Branch, ...]
    gaps: tuple[Gap, ...]
    written: Line | None


def draw(nodes: Iterable[Node], edges: Iterable[Edge], written: Writing | None = None) -> Figure:
    """The figure of a graph; with no nodes its height is 0 and there is nothing to draw."""
    layout = arrange(nodes, edges, written)
    labels_x = DATES + layout.width + LANGUAGES
    return Figure(
        width=labels_x + LABELS,
        height=layout.height,
        axis_x=DATES - 8,
        dates_x=DATES - 18,
        foot=layout.height - 12,
        lanes_x=DATES,
        leader_to=layout.width + 8,
        languages_x=DATES + layout.width + 14,
        labels_x=labels_x,
        ring_x=DATES - 2,
        ring_width=layout.width + LANGUAGES + LABELS,
        nodes=tuple(_drawn(place, layout) for place in layout.places),
        branches=layout.branches,
        gaps=layout.gaps,
        written=Line(written.date, layout.head) if written and layout.head is not None else None,
    )


def _drawn(place: Place, layout: Layout) -> Drawn:
    node = place.node
    texts = textwrap.wrap(node.label, LABEL_CHARACTERS, max_lines=2, placeholder=" …")
    detail = textwrap.shorten(node.detail, DETAIL_CHARACTERS, placeholder=" …")
    first = place.y + 5 - LINE // 2 * (len(texts) - (0 if detail else 1))
    height = FILL.get(node.completeness, 0)
    return Drawn(
        node=node,
        title=". ".join(part for part in (node.label, node.detail, node.date) if part),
        x=place.x,
        y=place.y,
        page_x=DATES + place.x,
        first_y=first,
        label=tuple(Line(text, first + LINE * row) for row, text in enumerate(texts)),
        detail=Line(detail, first + LINE * len(texts)),
        ink_y=RADIUS - height,
        ink_height=height,
        leader_from=place.x + RADIUS + 4,
    )
