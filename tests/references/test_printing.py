from dataclasses import replace

import pytest
from hypothesis import given

from catalogue.references import CONVENTIONS, Reference, for_reader, read_folios, write
from tests.references.strategies import references

LETTER = Reference("RGASPI", "17", "2", "685", read_folios("53–68"))
ARCHIVE = "Russian State Archive of Socio-Political History"


@pytest.mark.parametrize(
    ("convention", "repository", "printed"),
    [
        ("gost_ru", "РГАСПИ", "РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 53–68."),
        (
            "gost_ru",
            "ЦПА ИМЛ при ЦК КПСС",
            "ЦПА ИМЛ при ЦК КПСС. Ф. 17. Оп. 2. Д. 685. Л. 53–68.",
        ),
        ("footnote_ru", "РГАСПИ", "РГАСПИ, ф. 17, оп. 2, д. 685, л. 53–68"),
        ("dstu_uk", "РДАСПІ", "РДАСПІ. Ф. 17. Оп. 2. Спр. 685. Арк. 53–68."),
        (
            "chicago_note",
            f"{ARCHIVE} (hereafter cited as RGASPI), Moscow",
            "fond 17, opis 2, delo 685, listy 53–68, "
            f"{ARCHIVE} (hereafter cited as RGASPI), Moscow",
        ),
        ("chicago_short", "RGASPI", "RGASPI, f. 17, op. 2, d. 685, ll. 53–68"),
        (
            "chicago_bib",
            f"{ARCHIVE} (RGASPI), Moscow",
            f"Fond 17, opis 2, delo 685, listy 53–68. {ARCHIVE} (RGASPI), Moscow.",
        ),
        (
            "chicago_collection",
            f"{ARCHIVE} (RGASPI), Moscow",
            f"{ARCHIVE} (RGASPI), Moscow. Fond 17, opis 2.",
        ),
        (
            "fr_note",
            "RGASPI (Moscou)",
            "RGASPI (Moscou), fonds 17, inventaire 2, dossier 685, fol. 53-68",
        ),
        (
            "fr_iso690",
            "RGASPI, Moscou",
            "RGASPI, Moscou. Fonds 17, inventaire 2, dossier 685, fol. 53-68.",
        ),
        (
            "fr_ministry",
            "RGASPI",
            "RGASPI. Fonds 17\u00a0; inventaire 2\u00a0: dossier 685, fol. 53-68.",
        ),
        ("fr_short", "RGASPI", "RGASPI, 17/2/685, fol. 53-68"),
        ("compressed", "", "17/2/685/53–68"),
        ("compressed", "RGASPI", "RGASPI, 17/2/685/53–68"),
        ("canonical", "RGASPI", "RGASPI; fond 17; opis 2; delo 685; folios 53–68"),
    ],
)
def test_the_letter_is_printed_as_each_convention_asks(convention, repository, printed):
    assert write(replace(LETTER, repository=repository), convention) == printed


@pytest.mark.parametrize(
    ("convention", "printed"),
    [
        ("gost_ru", "Л. 60 об."),
        ("footnote_ru", "л. 60 об."),
        ("dstu_uk", "Арк. 60 зв."),
        ("chicago_note", "list 60v"),
        ("chicago_short", "l. 60v"),
        ("fr_note", "fol. 60\u00a0vo"),
        ("canonical", "folios 60v"),
    ],
)
def test_a_single_side_is_printed_alone(convention, printed):
    assert write(Reference(folios=read_folios("60v")), convention) == printed


def test_a_repeated_reference_has_the_word_for_it_in_place_of_a_repository():
    assert write(Reference("Там же", folios=read_folios("60")), "gost_ru") == "Там же. Л. 60."


def test_a_ukrainian_list_of_leaves_is_printed_as_its_standard_shows():
    reference = Reference("", "1", "32", "2612", read_folios("63, 64 зв., 71"))
    assert write(reference, "dstu_uk") == "Ф. 1. Оп. 32. Спр. 2612. Арк. 63, 64 зв., 71."


def test_two_sides_of_one_leaf_are_one_leaf():
    assert write(Reference(folios=read_folios("5r–5v")), "chicago_short") == "l. 5r–5v"


def test_numbers_alone_are_never_printed_with_a_level_missing_between():
    reference = Reference("РГБ", "223", "", "122", read_folios("5"))
    assert write(reference, "compressed") == "РГБ, f. 223, d. 122, l. 5"
    assert write(reference, "gost_ru") == "РГБ. Ф. 223. Д. 122. Л. 5."
    assert write(replace(LETTER, delo="", folios=()), "compressed") == "RGASPI, 17/2"


def test_what_else_was_printed_stands_where_russian_footnotes_have_it():
    reference = Reference(
        "АВП РФ",
        "056",
        "16",
        "14",
        read_folios("92"),
        (
            ("fond_name", "Секретариат"),
            ("papka", "34"),
            ("volume", "2"),
            ("copy_note", "Автограф."),
        ),
    )
    assert write(reference, "gost_ru") == (
        "АВП РФ. Ф. 056 (Секретариат). Оп. 16. П. 34. Д. 14. Т. 2. Л. 92. Автограф."
    )


def test_the_canonical_form_keeps_everything_apart():
    reference = Reference("A; B", "17", aux=(("title", "back\\slash; end"), ("unheard_of", "x")))
    assert write(reference, "canonical") == (
        "A\\; B; fond 17; title back\\\\slash\\; end; unheard_of x"
    )


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("ru", "RGASPI. Ф. 17. Оп. 2. Д. 685. Л. 53–68."),
        ("en-GB", "RGASPI, f. 17, op. 2, d. 685, ll. 53–68"),
        ("fr", "RGASPI, fonds 17, inventaire 2, dossier 685, fol. 53-68"),
        ("de", "RGASPI, f. 17, op. 2, d. 685, ll. 53–68"),
    ],
)
def test_readers_get_the_notation_of_their_language(language, printed):
    assert for_reader(LETTER, language) == printed


def test_a_convention_that_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        write(LETTER, "bluebook")


def test_conventions_have_names_of_their_own():
    assert len({convention.slug for convention in CONVENTIONS}) == len(CONVENTIONS)
    assert len({convention.label for convention in CONVENTIONS}) == len(CONVENTIONS)


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda convention: convention.slug)
@given(reference=references())
def test_a_print_keeps_each_level_that_its_convention_carries(convention, reference):
    printed = write(reference, convention)
    for level in {"repository", "fond", "opis", "delo"} & convention.carries:
        assert getattr(reference, level) in printed
    if "folios" in convention.carries:
        for item in reference.folios:
            assert f"{item.first.number}{item.first.suffix}" in printed
    assert ".." not in printed
    assert "  " not in printed


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda convention: convention.slug)
def test_nothing_prints_as_nothing(convention):
    assert write(Reference(), convention) == ""
