"""Windows of long lists: every row once, in both directions, whatever the cursor says."""

import pytest
from django.core.signing import Signer
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogue.models import Document, Unit
from catalogue.views.paging import ADDED, DATE, NAME, SHELF, SORTS, TITLE, Page, Sort, turn
from tests.builders import build

pytestmark = pytest.mark.django_db


def walk(sort: Sort, size: int) -> tuple[list[list[int]], list[list[int]]]:
    """The windows seen going forwards to the end, and those seen coming back."""
    rows = Document.objects.public()
    forwards, backwards = [], []
    page = turn(rows, sort, size=size)
    while True:
        forwards.append([record.pk for record in page.records])
        if not page.next:
            break
        page = turn(rows, sort, page.next, size)
    while True:
        backwards.append([record.pk for record in page.records])
        if not page.previous:
            break
        page = turn(rows, sort, page.previous, size)
    return forwards, backwards


def expected(sort: Sort) -> list[int]:
    """The same order, by plain sorting in Python."""
    rows = list(Document.objects.public())
    if sort is ADDED:
        return sorted((row.pk for row in rows), reverse=True)
    if sort is DATE:
        rows.sort(key=lambda row: (row.date_earliest is None, row.date_earliest or 0, row.pk))
    else:
        rows.sort(key=lambda row: (row.sort_key, row.pk))
    return [row.pk for row in rows]


DATES = ["", "1923", "1924-05", "../1900"]


class PagingShowsEveryRowOnce(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        records=st.lists(
            st.tuples(st.sampled_from("abдё9"), st.sampled_from(DATES)),
            max_size=9,
        ),
        size=st.integers(1, 4),
        sort=st.sampled_from(SORTS),
    )
    def test_forwards_and_backwards(
        self, records: list[tuple[str, str]], size: int, sort: Sort
    ) -> None:
        for title, date in records:
            build(Document, title=title, date=date)
        forwards, backwards = walk(sort, size)
        assert [key for window in forwards for key in window] == expected(sort)
        assert backwards == forwards[::-1]


def test_a_first_window_has_nothing_before_it_and_a_last_one_nothing_after_it() -> None:
    for title in "abc":
        build(Document, title=title)
    first = turn(Document.objects.public(), TITLE, size=2)
    last = turn(Document.objects.public(), TITLE, first.next, size=2)
    assert (first.previous, bool(first.next)) == ("", True)
    assert (bool(last.previous), last.next) == (True, "")


@pytest.mark.parametrize(
    "cursor",
    ["x", "'; DROP TABLE", "a:b:c", "🙂", "null", "W10:abc", Signer().sign_object(["title"])],
)
def test_a_cursor_of_another_hand_leads_to_the_first_window(cursor: str) -> None:
    build(Document, title="a")
    build(Document, title="b")
    assert turn(Document.objects.public(), TITLE, cursor, 1) == turn(
        Document.objects.public(), TITLE, size=1
    )


def test_a_cursor_of_another_order_leads_to_the_first_window() -> None:
    for title in "abc":
        build(Document, title=title)
    by_date = turn(Document.objects.public(), DATE, size=1).next
    page = turn(Document.objects.public(), TITLE, by_date, 1)
    assert [record.title for record in page.records] == ["a"]


def test_a_cursor_whose_rows_are_gone_leads_to_the_first_window() -> None:
    first, second = build(Document, title="a"), build(Document, title="b")
    cursor = turn(Document.objects.public(), TITLE, size=1).next
    second.withdraw()
    page = turn(Document.objects.public(), TITLE, cursor, 1)
    assert page == Page([first])


def test_a_cursor_fits_into_an_address_whatever_the_title() -> None:
    for character in ("ж", "語", "🙂"):
        for number in range(2):
            build(Document, title=character * 400 + str(number))
    page = turn(Document.objects.public(), TITLE, size=1)
    while page.next:
        assert len(page.next) < 1500
        page = turn(Document.objects.public(), TITLE, page.next, 1)


def test_units_stand_in_the_order_of_the_shelf() -> None:
    fonds = build(Unit)
    files = [build(Unit, parent=fonds, level="file", title=title) for title in "cab"]
    files[0].move(fonds)
    page = turn(Unit.objects.public().filter(parent=fonds), SHELF)
    assert [unit.title for unit in page.records] == ["a", "b", "c"]


def test_an_order_may_follow_a_relation() -> None:
    from catalogue.models import Agent, Repository

    for name in ("Second", "First"):
        build(Repository, agent=build(Agent, kind="corporate", name=name))
    rows = Repository.objects.public().select_related("agent")
    first = turn(rows, NAME, size=1)
    second = turn(rows, NAME, first.next, 1)
    assert [str(first.records[0]), str(second.records[0])] == ["First", "Second"]
