import pytest
from hypothesis import given

from catalogue.references import Folio, FolioRange
from tests.references.strategies import folios


def test_leaves_sort_by_number_then_suffix_then_side():
    ordered = [
        Folio(5, side="r"),
        Folio(5, side="v"),
        Folio(5, "а"),
        Folio(5, "а", "v"),
        Folio(5, "б"),
        Folio(5, "бис"),
        Folio(5, "в"),
        Folio(6),
        Folio(10),
    ]
    shuffled = ordered[1::2] + ordered[::2]
    assert sorted(shuffled) == ordered
    assert sorted(folio.order for folio in ordered) == [folio.order for folio in ordered]


def test_an_unmarked_leaf_sorts_as_its_recto():
    assert Folio(5).order == Folio(5, side="r").order < Folio(5, side="v").order


def test_a_transliterated_suffix_is_the_same_leaf():
    assert Folio(143, "a").order == Folio(143, "а").order == Folio(143, "А").order


@given(folios(), folios())
def test_the_order_of_leaves_is_the_order_of_their_keys(one, other):
    assert (one < other) == (one.order < other.order)
    assert (one <= other) == (one.order <= other.order)
    assert 0 <= one.order < 2**63


def test_an_unmarked_leaf_has_both_sides():
    leaf = FolioRange(Folio(60))
    assert (leaf.start, leaf.end) == (Folio(60).order, Folio(60, side="v").order)
    recto = FolioRange(Folio(60, side="r"))
    assert recto.start == recto.end == Folio(60).order


def test_a_range_ends_with_the_verso_of_its_last_leaf():
    assert FolioRange(Folio(53), Folio(68)).end == Folio(68, side="v").order
    assert FolioRange(Folio(53), Folio(68, side="r")).end == Folio(68).order


@pytest.mark.parametrize(
    ("first", "last"), [(Folio(68), Folio(53)), (Folio(5, side="v"), Folio(5))]
)
def test_leaves_do_not_run_backwards(first, last):
    with pytest.raises(ValueError, match="backwards"):
        FolioRange(first, last)


@pytest.mark.parametrize(
    ("number", "suffix"), [(-1, ""), (10_000_000, ""), (5, "абвг"), (5, "1"), (5, "v"), (5, "об")]
)
def test_a_number_that_could_not_be_printed_and_read_again_is_refused(number, suffix):
    with pytest.raises(ValueError, match="of a leaf"):
        Folio(number, suffix)
