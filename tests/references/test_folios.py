import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.references import Folio, FolioError, FolioRange, print_folios, read_folios
from tests.references.strategies import folio_ranges


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("53–68", [FolioRange(Folio(53), Folio(68))]),
        ("53-68", [FolioRange(Folio(53), Folio(68))]),
        ("53 — 68.", [FolioRange(Folio(53), Folio(68))]),
        ("60", [FolioRange(Folio(60))]),
        ("3, 5–7 об.", [FolioRange(Folio(3)), FolioRange(Folio(5), Folio(7, "", "v"))]),
        ("12v-14", [FolioRange(Folio(12, "", "v"), Folio(14))]),
        ("12v°", [FolioRange(Folio(12, "", "v"))]),
        ("12 vo - 14 ro", [FolioRange(Folio(12, "", "v"), Folio(14, "", "r"))]),
        ("108–12", [FolioRange(Folio(108), Folio(112))]),
        ("40–5", [FolioRange(Folio(40), Folio(45))]),
        ("1999–2001", [FolioRange(Folio(1999), Folio(2001))]),
        ("64 зв.", [FolioRange(Folio(64, "", "v"))]),
        (
            "63, 64 зв., 71",
            [FolioRange(Folio(63)), FolioRange(Folio(64, "", "v")), FolioRange(Folio(71))],
        ),
        ("9 rev", [FolioRange(Folio(9, "", "v"))]),
        ("1—1 об.", [FolioRange(Folio(1), Folio(1, "", "v"))]),
        ("143а–184об", [FolioRange(Folio(143, "а"), Folio(184, "", "v"))]),
        ("17аоб.", [FolioRange(Folio(17, "а", "v"))]),
        ("12в", [FolioRange(Folio(12, "в"))]),
        ("12bis v", [FolioRange(Folio(12, "bis", "v"))]),
        ("12ter", [FolioRange(Folio(12, "ter"))]),
        ("л. 53–68", [FolioRange(Folio(53), Folio(68))]),
        ("Лл. 53–68", [FolioRange(Folio(53), Folio(68))]),
        ("ll. 2-3; 5", [FolioRange(Folio(2), Folio(3)), FolioRange(Folio(5))]),
        ("feuillets 53-68", [FolioRange(Folio(53), Folio(68))]),
        ("арк. 64", [FolioRange(Folio(64))]),
        ("Bl.\u00a07", [FolioRange(Folio(7))]),
        ("", []),
        ("  ", []),
    ],
)
def test_leaves_are_read_as_archivists_type_them(typed, read):
    assert read_folios(typed) == tuple(read)


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("abc", 0),
        ("5,", 2),
        ("53–", 3),
        ("л.", 2),
        ("1 2", 1),
        ("33 987", 2),
        ("68-53", 0),
        ("3, 108–7", 3),
        ("5, об.", 3),
        ("12верс", 0),
        ("12!", 2),
        ("5 с об.", 1),
        ("12ъ, 13ñ", 7),
        ("99999999", 0),
        ("стр. 5", 0),
        ("1–2–3", 3),
        ("5об–5", 0),
    ],
)
def test_what_would_have_to_be_guessed_is_refused_with_its_place(typed, position):
    with pytest.raises(FolioError) as refused:
        read_folios(typed)
    assert refused.value.position == position
    assert str(refused.value) == refused.value.sentence % refused.value.values


def place_of_error(text: str) -> int | None:
    """Where reading a text fails, None where it does not."""
    try:
        read_folios(text)
    except FolioError as error:
        return error.position
    return None


@given(st.one_of(st.text(), st.text(alphabet="0159аvобr.,;–- л", max_size=20)))
def test_any_text_is_read_or_refused(text):
    place = place_of_error(text)
    if place is None:
        assert read_folios(print_folios(read_folios(text))) == read_folios(text)
    else:
        assert 0 <= place <= len(text)


@pytest.mark.parametrize(
    ("unit", "place"),
    [("1", 0), ("1,", 100_000), ("л", 0), ("1-", 3), ("а", 0), ("1а", 0), ("1 ", 1), ("1 ", 1)],
)
def test_a_hostile_text_of_any_length_is_refused(unit, place):
    assert place_of_error(unit * 50_000) == place


@given(st.lists(folio_ranges()).map(tuple), st.sampled_from(["en", "fr", "ru", "uk"]))
def test_printed_leaves_read_back(folios, language):
    assert read_folios(print_folios(folios, language)) == folios


def test_each_language_prints_the_verso_in_its_way():
    folios = (FolioRange(Folio(12, "", "v"), Folio(14)), FolioRange(Folio(20, "а")))
    assert print_folios(folios, "ru") == "12 об.–14, 20а"
    assert print_folios(folios, "uk") == "12 зв.–14, 20а"
    assert print_folios(folios, "en") == "12v–14, 20а"
    assert print_folios(folios, "fr") == "12\u00a0vo-14, 20а"
