"""Leaves and references for property tests."""

from hypothesis import strategies as st

from catalogue.references import Folio, FolioRange, Reference, Side

SIDES: list[Side] = ["", "r", "v"]
SUFFIXES = ["", "", "а", "б", "в", "г", "я", "a", "c", "bis", "бис", "ter"]


NUMBERS = st.integers(min_value=0, max_value=9_999_999)


def folios(numbers: st.SearchStrategy[int] = NUMBERS) -> st.SearchStrategy[Folio]:
    return st.builds(
        Folio,
        numbers,
        st.sampled_from(SUFFIXES),
        st.sampled_from(SIDES),
    )


def folio_ranges(numbers: st.SearchStrategy[int] = NUMBERS) -> st.SearchStrategy[FolioRange]:
    def join(ends: tuple[Folio, Folio]) -> FolioRange:
        first, last = sorted(ends)
        return FolioRange(first, last)

    pairs = st.tuples(folios(numbers), folios(numbers)).map(join)
    return st.one_of(folios(numbers).map(FolioRange), pairs)


def references(numbers: st.SearchStrategy[int] = NUMBERS) -> st.SearchStrategy[Reference]:
    segments = st.sampled_from(["", "1", "17", "Р-627", "059а"])
    return st.builds(
        Reference,
        st.sampled_from(["", "РГАСПИ", "ГАРФ"]),
        segments,
        segments,
        segments,
        st.lists(folio_ranges(numbers), max_size=4).map(tuple),
        st.sampled_from([(), (("papka", "34"),), (("copy_note", "Автограф"),)]),
    )
