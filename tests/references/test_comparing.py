from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.references import Folio, Reference, adjacent, contains, equal, overlaps, read_folios
from tests.references.strategies import SIDES, references

FILE = Reference("РГАСПИ", "17", "2", "685")
FEW = st.integers(min_value=1, max_value=6)


def leaves(typed: str) -> Reference:
    return replace(FILE, folios=read_folios(typed))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("53–68", "60"),
        ("53–68", "68 об."),
        ("53–68", "53–68"),
        ("60", "60v"),
        ("17–18", "17а"),
        ("5–6, 7–8", "5–8"),
        ("5r, 5v", "5"),
    ],
)
def test_leaves_lie_within_others(outer, inner):
    assert contains(leaves(outer), leaves(inner))
    assert overlaps(leaves(outer), leaves(inner))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("53–68", "69"), ("60v", "60"), ("60r", "60v"), ("53–68", "68а"), ("17, 18", "17а"),
     ("5–6, 8–9", "5–9")],
)  # fmt: skip
def test_leaves_do_not_lie_within_others(outer, inner):
    assert not contains(leaves(outer), leaves(inner))


def test_a_whole_file_contains_every_leaf_of_it_and_no_leaf_the_file():
    assert contains(FILE, leaves("60"))
    assert not contains(leaves("60"), FILE)
    assert overlaps(leaves("60"), FILE)


def test_a_fond_contains_what_is_in_it():
    fond = replace(FILE, opis="", delo="")
    assert contains(fond, leaves("60"))
    assert not contains(fond, replace(FILE, fond="18"))
    assert overlaps(FILE, fond)


def test_a_file_without_opis_is_not_in_every_opis():
    assert not contains(replace(FILE, opis=""), FILE)


def test_a_repository_that_is_not_named_is_not_any():
    assert not contains(replace(FILE, repository=""), FILE)


def test_numbers_are_compared_without_regard_to_case_and_kind_of_dash():
    assert equal(replace(FILE, fond="Р-627"), replace(FILE, fond="р–627"))
    assert not equal(replace(FILE, fond="059"), replace(FILE, fond="59"))


def test_another_volume_is_another_thing_but_another_remark_is_not():
    volume = replace(FILE, aux=(("volume", "2"),))
    assert not equal(volume, FILE)
    assert contains(FILE, volume)
    assert equal(replace(FILE, aux=(("copy_note", "Автограф"),)), FILE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("53–68", "69"), ("5r", "5v"), ("5v", "6"), ("17", "17а"), ("17б", "17в"), ("17а", "18"),
     ("1–3, 9", "4")],
)  # fmt: skip
def test_leaves_that_follow_each_other_are_adjacent(one, other):
    assert adjacent(leaves(one), leaves(other))
    assert adjacent(leaves(other), leaves(one))


@pytest.mark.parametrize(
    ("one", "other"), [("53–68", "70"), ("5", "5v"), ("5r", "6"), ("5", "6v"), ("17", "17б")]
)
def test_leaves_with_a_gap_or_in_common_are_not_adjacent(one, other):
    assert not adjacent(leaves(one), leaves(other))


def test_leaves_of_two_files_are_never_adjacent():
    assert not adjacent(leaves("5"), replace(leaves("6"), delo="686"))


@given(references(FEW), references(FEW))
def test_comparisons_agree_with_each_other(one, other):
    assert equal(one, one)
    assert equal(one, other) == equal(other, one)
    assert overlaps(one, other) == overlaps(other, one)
    assert adjacent(one, other) == adjacent(other, one)
    assert not (adjacent(one, other) and overlaps(one, other))
    if equal(one, other):
        assert contains(one, other)
    if contains(one, other):
        assert overlaps(one, other)


def sides(typed: str) -> set[int]:
    """The naive model of leaves: a set of the orders of their sides."""
    every_side = [Folio(number, side=side).order for number in range(1, 8) for side in SIDES]
    return {
        order
        for item in read_folios(typed)
        for order in every_side
        if item.start <= order <= item.end
    }


def typed_range(parts: tuple[int, int, str]) -> str:
    first, more, side = parts
    return f"{first}-{first + more}{side}" if more else f"{first}{side}"


RANGES = st.tuples(st.integers(1, 5), st.integers(0, 2), st.sampled_from(["", "r", "v"]))
PLAIN = st.lists(RANGES.map(typed_range), min_size=1, max_size=3).map(", ".join)


@given(PLAIN, PLAIN)
def test_comparing_leaves_without_suffixes_is_comparing_sets_of_sides(one, other):
    assert contains(leaves(one), leaves(other)) == (sides(other) <= sides(one))
    assert overlaps(leaves(one), leaves(other)) == bool(sides(one) & sides(other))
    assert equal(leaves(one), leaves(other)) == (sides(one) == sides(other))
