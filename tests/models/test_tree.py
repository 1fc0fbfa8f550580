"""The tree of units and its visibility, driven against a naive model."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogue.models import Agent, Repository, Unit
from catalogue.models.tree import GAP, arrange
from catalogue.models.visibility import ALWAYS, State

TOMORROW = datetime.date(2999, 1, 1)


def make_repository(code: str = "rgaspi", state: str = State.PUBLISHED) -> Repository:
    agent = Agent.objects.create(kind="corporate", name=code.upper(), state=state)
    return Repository.objects.create(agent=agent, code=code, state=state)


def make_unit(repository: Repository, **values: Any) -> Unit:
    values = {"level": "file", "title": "A unit", "state": State.PUBLISHED} | values
    return Unit.objects.create(repository=repository, **values)


class Naive:
    """Parents and sibling lists in plain Python."""

    def __init__(self) -> None:
        self.parent: dict[int, int | None] = {}
        self.children: dict[int | None, list[int]] = {None: []}
        self.own: dict[int, datetime.date | None] = {}

    def add(self, key: int, parent: int | None) -> None:
        self.parent[key] = parent
        self.children.setdefault(parent, []).append(key)
        self.children.setdefault(key, [])
        self.own[key] = ALWAYS

    def ancestors(self, key: int) -> list[int]:
        parent = self.parent[key]
        return [] if parent is None else [*self.ancestors(parent), parent]

    def descendants(self, key: int) -> set[int]:
        below = set(self.children[key])
        return below.union(*(self.descendants(child) for child in self.children[key]))

    def move(self, key: int, parent: int | None, before: int | None) -> None:
        self.children[self.parent[key]].remove(key)
        self.parent[key] = parent
        row = self.children[parent]
        row.insert(row.index(before) if before is not None else len(row), key)

    def public_from(self, key: int) -> datetime.date | None:
        days = [self.own[step] for step in [*self.ancestors(key), key]]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "move", "before", "state"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=25,
)


class AgainstANaiveTree(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(OPERATIONS)
    def test_paths_orders_and_visibility_agree_with_a_naive_tree(
        self, operations: list[tuple[str, int, int]]
    ) -> None:
        repository = make_repository()
        naive = Naive()
        keys: list[int] = []
        for operation, first, second in operations:
            if operation == "add" or not keys:
                parent = ([None, *keys])[first % (len(keys) + 1)]
                unit = make_unit(repository, parent_id=parent)
                keys.append(unit.pk)
                naive.add(unit.pk, parent)
            elif operation == "state":
                self.change_state(naive, keys[first % len(keys)], second)
            else:
                self.move(naive, keys, operation, first, second)
            self.compare(naive, keys)

    def change_state(self, naive: Naive, key: int, choice: int) -> None:
        state, embargo = [
            (State.PUBLISHED, None),
            (State.DRAFT, None),
            (State.WITHDRAWN, None),
            (State.PUBLISHED, TOMORROW),
        ][choice % 4]
        unit = Unit.objects.get(pk=key)
        unit.state, unit.embargo_until = state, embargo
        unit.save()
        naive.own[key] = (embargo or ALWAYS) if state == State.PUBLISHED else None

    def move(self, naive: Naive, keys: list[int], how: str, first: int, second: int) -> None:
        key = keys[first % len(keys)]
        unit = Unit.objects.get(pk=key)
        if how == "before":
            before = keys[second % len(keys)]
            parent = naive.parent[before]
        else:
            before, parent = None, ([None, *keys])[second % (len(keys) + 1)]
        under_itself = parent is not None and (parent == key or parent in naive.descendants(key))
        target = Unit.objects.get(pk=parent) if parent else None
        neighbour = Unit.objects.get(pk=before) if before else None
        if under_itself:
            with pytest.raises(ValidationError):
                unit.move(target, before=neighbour)
        elif before != key:
            unit.move(target, before=neighbour)
            naive.move(key, parent, before)

    def compare(self, naive: Naive, keys: list[int]) -> None:
        rows = {unit.pk: unit for unit in Unit.objects.all()}
        for key in keys:
            unit = rows[key]
            assert unit.ancestor_ids() == naive.ancestors(key)
            assert unit.depth == len(naive.ancestors(key))
            below = Unit.objects.all().below(unit).values_list("pk", flat=True)
            assert set(below) == naive.descendants(key)
            children = unit.children.all().in_order().values_list("pk", flat=True)
            assert list(children) == naive.children[key]
            assert unit.public_from == naive.public_from(key)
        roots = Unit.objects.all().roots().in_order().values_list("pk", flat=True)
        assert list(roots) == naive.children[None]


@pytest.mark.django_db
def test_a_path_never_takes_in_a_neighbour_whose_number_begins_alike() -> None:
    repository = make_repository()
    units = [make_unit(repository) for _number in range(25)]
    top = units[0]
    child = make_unit(repository, parent=top)
    assert list(Unit.objects.all().below(top)) == [child]


@pytest.mark.django_db
def test_siblings_without_room_between_them_are_renumbered() -> None:
    repository = make_repository()
    first, second = make_unit(repository, position=1), make_unit(repository, position=2)
    third = make_unit(repository)
    third.move(None, before=second)
    assert list(Unit.objects.all().in_order()) == [first, third, second]
    assert second.siblings().get(pk=second.pk).position == 2 * GAP


@pytest.mark.django_db
def test_many_moves_to_the_same_place_keep_the_order() -> None:
    repository = make_repository()
    last = make_unit(repository, title="last")
    moved = [make_unit(repository, title=str(number)) for number in range(30)]
    for unit in moved:
        unit.move(None, before=last)
    assert list(Unit.objects.all().in_order()) == [*moved, last]


@pytest.mark.django_db
@pytest.mark.parametrize("distance", [0, 1, 2])
def test_the_database_itself_refuses_a_unit_under_itself(distance: int) -> None:
    repository = make_repository()
    top = make_unit(repository)
    chain = [top]
    for _step in range(distance):
        chain.append(make_unit(repository, parent=chain[-1]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=top.pk).update(parent=chain[-1])


@pytest.mark.django_db
def test_a_subtree_that_moves_to_another_repository_belongs_to_it() -> None:
    open_house, closed_house = make_repository(), make_repository("tskhdmo", State.DRAFT)
    fond = make_unit(open_house, level="fonds")
    opis = make_unit(open_house, parent=fond, level="series")
    delo = make_unit(open_house, parent=opis)
    hidden = make_unit(closed_house, level="fonds")
    opis.move(hidden)
    delo.refresh_from_db()
    assert delo.repository == closed_house
    assert not delo.is_public
    opis.refresh_from_db()
    opis.move(fond)
    delo.refresh_from_db()
    assert delo.repository == open_house
    assert delo.is_public


@pytest.mark.django_db
def test_withdrawing_a_large_subtree_takes_a_fixed_number_of_queries() -> None:
    repository = make_repository()
    counts = []
    for width in (3, 30):
        fond = make_unit(repository, level="fonds")
        for _number in range(width):
            make_unit(repository, parent=fond)
        fond.refresh_from_db()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            fond.withdraw()
        counts.append(len(queries))
        assert not Unit.objects.public().all().below(fond).exists()
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_the_reference_is_composed_from_the_ancestors() -> None:
    repository = make_repository()
    fond = make_unit(repository, level="fonds", segment="17")
    opis = make_unit(repository, parent=fond, level="series", segment="2")
    delo = make_unit(repository, parent=opis, segment="685")
    reference = Unit.objects.get(pk=delo.pk).reference()
    assert (reference.fond, reference.opis, reference.delo) == ("17", "2", "685")


@pytest.mark.django_db
def test_segments_may_be_empty_or_repeated() -> None:
    repository = make_repository()
    fond = make_unit(repository, level="fonds", segment="17")
    make_unit(repository, parent=fond, level="series", segment="2")
    make_unit(repository, parent=fond, level="series", segment="2")
    nameless = make_unit(repository, parent=fond, level="series", segment="")
    assert nameless.reference().opis == ""
    assert fond.children.count() == 3


@pytest.mark.django_db
def test_siblings_are_put_in_order_and_only_those_that_move_are_written() -> None:
    repository = make_repository()
    first, second, third, fourth = (make_unit(repository, title=str(n)) for n in range(4))
    moved = arrange([first, third, second, fourth], "sorted")
    assert list(Unit.objects.all().in_order()) == [first, third, second, fourth]
    assert moved == [third, second]
    assert [unit.history.count() for unit in (first, second, third, fourth)] == [1, 2, 2, 1]
    assert second.history.latest().history_change_reason == "sorted"


@pytest.mark.django_db
def test_siblings_in_one_place_get_places_of_their_own_when_they_are_put_in_order() -> None:
    repository = make_repository()
    units = [make_unit(repository, position=5) for _number in range(3)]
    arrange(units[::-1])
    assert [unit.position for unit in Unit.objects.all().in_order()] == [GAP, 2 * GAP, 3 * GAP]
    assert list(Unit.objects.all().in_order()) == units[::-1]


@pytest.mark.django_db
def test_what_stands_before_and_after_a_place_follows_sibling_order() -> None:
    repository = make_repository()
    units = [make_unit(repository, position=position) for position in (7, 7, 3)]
    first, last, earliest = units
    rows = Unit.objects.all()
    assert list(rows.after(first.place).in_order()) == [last]
    assert list(rows.before(last.place).in_order()) == [earliest, first]
