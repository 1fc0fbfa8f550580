"""Where witnesses and lines stand, checked on graphs that nobody would draw by hand."""

import re
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.stemma.layout import DAYS_IN_YEAR, RADIUS, Edge, Layout, Node, Writing, arrange

# A busy machine draws slowly; that says nothing about the layout.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
YEAR = int(DAYS_IN_YEAR) + 1


def nodes_of(moments: Any) -> Any:
    return [
        Node(key, f"witness {key}", moment=moment) for key, moment in enumerate(moments, start=1)
    ]


@st.composite
def graphs(draw: Any) -> Any:
    moments = draw(
        st.lists(st.none() | st.integers(min_value=0, max_value=40_000), max_size=60, min_size=1)
    )
    keys = st.integers(min_value=1, max_value=len(moments))
    edges = draw(st.lists(st.builds(Edge, parent=keys, child=keys), max_size=90))
    return nodes_of(moments), edges


def strokes(path: Any) -> Any:
    """The points that a path of M, V, L, Q and H commands goes through."""
    x = y = 0
    points = []
    for command, numbers in re.findall(r"([MVLQH])([^MVLQH]*)", path):
        values = [int(number) for number in numbers.split()]
        if command == "V":
            y = values[0]
        elif command == "H":
            x = values[0]
        else:
            x, y = values[-2:]
        points.append((x, y))
    return points


@PATIENT
@given(graphs())
def test_every_witness_has_a_row_of_its_own(graph: Any) -> None:
    layout = arrange(*graph)
    assert sorted(place.row for place in layout.places) == list(range(len(graph[0])))
    heights = [place.y for place in layout.places]
    assert all(later - earlier >= 40 for earlier, later in pairwise(heights))


@PATIENT
@given(graphs(), st.randoms(use_true_random=False))
def test_the_same_graph_gives_the_same_figure_in_any_order(graph: Any, chance: Any) -> None:
    nodes, edges = list(graph[0]), list(graph[1])
    first = arrange(nodes, edges)
    chance.shuffle(nodes)
    chance.shuffle(edges)
    assert arrange(nodes, edges) == first


@PATIENT
@given(graphs())
def test_no_line_runs_through_a_witness_that_it_does_not_join(graph: Any) -> None:
    layout = arrange(*graph)
    for branch in layout.branches:
        points = strokes(branch.trunk) + strokes(branch.path)
        for place in layout.places:
            if place.node.key in (branch.edge.parent, branch.edge.child):
                continue
            for (x1, y1), (x2, y2) in pairwise(points):
                beside = (
                    max(x1, x2) < place.x - RADIUS
                    or min(x1, x2) > place.x + RADIUS
                    or max(y1, y2) < place.y - RADIUS
                    or min(y1, y2) > place.y + RADIUS
                )
                assert beside, (branch, place)


@PATIENT
@given(graphs())
def test_everything_lies_inside_the_figure(graph: Any) -> None:
    layout = arrange(*graph)
    for place in layout.places:
        assert RADIUS <= place.x <= layout.width - RADIUS
        assert RADIUS <= place.y <= layout.height - RADIUS


@PATIENT
@given(graphs())
def test_dated_witnesses_stand_in_the_order_of_their_dates(graph: Any) -> None:
    moments = [p.node.moment for p in arrange(*graph).places if p.node.moment is not None]
    assert moments == sorted(moments)


def labels(layout: Layout) -> Any:
    return [place.node.key for place in layout.places]


def test_an_undated_witness_follows_its_parent() -> None:
    nodes = nodes_of([0, 10, None])
    assert labels(arrange(nodes, [Edge(1, 3)])) == [1, 3, 2]
    assert labels(arrange(nodes, [Edge(1, 3), Edge(2, 3)])) == [1, 2, 3]


def test_an_undated_witness_without_parents_precedes_its_child() -> None:
    assert labels(arrange(nodes_of([50, None, 10]), [Edge(2, 1)])) == [3, 2, 1]


def test_an_undated_copy_in_an_archive_stands_at_the_head() -> None:
    nodes = [*nodes_of([50, 10]), Node(3, "typed copy", shape="archival")]
    assert labels(arrange(nodes, [Edge(3, 1)])) == [3, 2, 1]


def test_an_undated_witness_that_nothing_joins_comes_last() -> None:
    assert labels(arrange(nodes_of([None, 10, 0]), [])) == [3, 2, 1]


def test_a_chain_is_one_straight_line() -> None:
    layout = arrange(nodes_of([0, 10, 20]), [Edge(1, 2), Edge(2, 3)])
    assert {place.lane for place in layout.places} == {0}
    assert all(not branch.trunk and "Q" not in branch.path for branch in layout.branches)


def test_a_tradition_of_sixty_from_one_source_needs_two_lanes() -> None:
    layout = arrange(nodes_of(range(0, 60_000, 1000)), [Edge(1, child) for child in range(2, 61)])
    assert {place.lane for place in layout.places} == {0, 1}


def test_a_long_silence_opens_a_gap_that_tells_its_length() -> None:
    layout = arrange(nodes_of([0, YEAR, 66 * YEAR]), [])
    assert [gap.years for gap in layout.gaps] == [65]
    first, second, third = (place.y for place in layout.places)
    assert third - second > second - first
    assert second < layout.gaps[0].top < layout.gaps[0].bottom < third


def test_the_silence_after_the_writing_is_a_gap_above_the_first_row() -> None:
    written = Writing("8 October 1923", 0)
    layout = arrange(nodes_of([67 * YEAR, 67 * YEAR]), [], written)
    (gap,) = layout.gaps
    assert gap.years == 67
    assert layout.head is not None
    assert layout.head < gap.top < gap.bottom < layout.places[0].y


def test_an_undated_copy_stands_between_the_writing_and_the_first_printing() -> None:
    nodes = [*nodes_of([67 * YEAR]), Node(2, "typed copy", shape="archival")]
    layout = arrange(nodes, [Edge(2, 1)], Writing("1923", 0))
    assert layout.head is not None
    assert layout.head < layout.places[0].y < layout.gaps[0].top < layout.places[1].y
    assert labels(layout) == [2, 1]


def test_the_writing_alone_draws_nothing() -> None:
    assert arrange([], [], Writing("1923", 0)).head is None


def test_a_cycle_of_disputed_statements_is_drawn_whole() -> None:
    layout = arrange(nodes_of([None, None]), [Edge(1, 2, disputed=True), Edge(2, 1)])
    assert len(layout.branches) == 2
    assert len({branch.path for branch in layout.branches}) == 2


def test_an_edge_to_a_witness_that_is_not_shown_is_left_out() -> None:
    assert arrange(nodes_of([0]), [Edge(1, 9), Edge(9, 1), Edge(1, 1)]).branches == ()


def test_nothing_and_one_witness_are_fine() -> None:
    assert arrange([], []).places == ()
    assert arrange([], []).height == 0
    assert labels(arrange(nodes_of([None]), [])) == [1]


def test_a_thousand_copies_of_copies_do_not_exhaust_the_stack() -> None:
    nodes = nodes_of([None] * 1000)[::-1]
    layout = arrange(nodes, [Edge(key, key + 1) for key in range(1, 1000)])
    assert labels(layout) == list(range(1, 1001))
