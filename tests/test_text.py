import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.text import (
    collation_key,
    fold,
    illegal_characters,
    natural_key,
    normalise,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("дѣло", "дело"),
        ("Съѣздъ", "съезд"),
        ("исторія Ѳедора", "история Федора"),
        ("Ёлка", "елка"),
        ("CAFÉ", "Cafe\u0301"),
        ("Київ", unicodedata.normalize("NFD", "КИЇВ")),
        ("п’ять", "п'ять"),
        ("Pisʹmo", "Pis'mo"),
        ("L'vov", "Lvov"),
        ("17–68", "17-68"),
        ("53\u201168", "53−68"),
        ("«Правда»,  1923", "правда 1923"),
        ("Троц\u00adкий", "троцкий"),
        ("за\u0301мок", "замок"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Москва — столица", "Москва: столица"),
        ("\ufb01n", "FIN"),
    ],
)
def test_texts_that_a_reader_takes_for_one_fold_alike(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("мой", "мои"), ("Р-627", "Р 627"), ("съезд", "сезд")])
def test_texts_that_differ_stay_different(one, other):
    assert fold(one) != fold(other)


def test_only_a_final_hard_sign_is_dropped():
    assert fold("съ объѣздомъ-") == "с объездом"


def test_a_hard_sign_by_itself_stays():
    assert fold("Ъ") == "ъ"


@given(st.text())
def test_folding_is_stable_and_does_not_care_for_the_normal_form(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(unicodedata.normalize("NFC", text)) == folded


@pytest.mark.parametrize(
    "unit", ["ъ", "-", "а-", "'", "\u0301", "\u0344", "\ufdfa", " ъ", "и\u0306"]
)
def test_a_hostile_text_of_any_length_folds(unit):
    """A step that looked back over the text at each character would not end here."""
    text = unit * 50_000
    assert fold(text + "я") == fold(fold(text + "я"))
    assert fold(text + "я").endswith("я")


def test_reference_segments_sort_in_archival_order():
    ordered = ["", "1", "9", "10", "17", "17а", "17б", "18", "059а", "100", "Р-627", "Р-1172"]
    shuffled = ordered[1::2] + ordered[::2]
    assert sorted(shuffled, key=natural_key) == ordered


@given(st.integers(min_value=0), st.integers(min_value=0), st.sampled_from(["", "Р-", "оп. "]))
def test_numbers_of_any_size_sort_by_value(one, other, prefix):
    keys = [natural_key(f"{prefix}{number}") for number in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)


@given(st.integers(min_value=0, max_value=10**30), st.sampled_from("абвгд"))
def test_a_lettered_number_stands_between_its_number_and_the_next(number, letter):
    assert (
        natural_key(f"{number}") < natural_key(f"{number}{letter}") < natural_key(f"{number + 1}")
    )


@pytest.mark.parametrize(
    ("title", "language", "first_word"),
    [
        ("The Interregnum", "en", "interregnum"),
        ("A Letter", "en", "letter"),
        ("Theses", "en", "theses"),
        ("« L’Été »", "fr", "ete"),
        ("Les Thèses", "fr", "theses"),
        ("Le", "fr", "le"),
        ("A Letter", "ru", "a letter"),
        ("Ёлка", "ru", "елка"),
    ],
)
def test_titles_sort_without_their_leading_article(title, language, first_word):
    assert collation_key(title, language) == first_word


def test_volumes_sort_by_number():
    assert collation_key("Vol. 9", "en") < collation_key("Vol. 10", "en")


def test_each_illegal_character_is_named_with_its_place():
    assert illegal_characters("a\x0bб\ud800\t\r\n\ufffe") == (
        (1, "U+000B (control character)"),
        (3, "U+D800 (half of a surrogate pair)"),
        (7, "U+FFFE (not a character)"),
    )


@pytest.mark.parametrize(
    "code",
    [
        *range(0x21), 0x7F, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF,
        0x10000, 0x1FFFE, 0x10FFFF,
    ],
)  # fmt: skip
def test_exactly_what_xml_cannot_carry_is_illegal(code):
    """Against the production Char of XML 1.0, section 2.2, written out."""
    allowed = (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
    assert (illegal_characters(chr(code)) == ()) == allowed


def test_normalising_composes_and_changes_nothing_else():
    assert normalise(" Cafe\u0301 – «№ 1» ") == " Café – «№ 1» "
