"""Dates as archivists write them. Most are from finding aids and from the letter's editions."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.dates import DateError, describe, read, read_written
from catalogue.dates.lexicon import LANGUAGES, Sense, senses
from catalogue.dates.written import LONGEST_WRITTEN

CERTAIN = {
    # English
    "8 October 1923": "1923-10-08",
    "October 8th, 1923": "1923-10-08",
    "1984 October 30": "1984-10-30",
    "autumn 1922": "1922-23",
    "winter 1922/23": "1922-24",
    "early 1920s": "1920/1923~",
    "mid-1920s": "1924~/1926~",
    "1960s-70s": "196X/197X",
    "late 19th century-early 20th century": "1870~/1930~",
    "first half of the 19th century": "1800/1849",
    "ca. 1890-1910": "1890~/1910~",
    "1890-91": "1890/1891",
    "1923-10": "1923-10",
    "1978 July-December": "1978-07/1978-12",
    "6 & 9 Mar. 1997": "{1997-03-06,1997-03-09}",
    "1864, 1937, 1960-2003": "{1864,1937,1960..2003}",
    "1923 or 1924": "[1923,1924]",
    "not before May 1924": "1924-05/..",
    "before 1923": "../1922",
    "after May 1923": "1923-06/..",
    "between 1921 and 1923": "1921/1923",
    "from 1921 to 1923": "1921/1923",
    "1986-present": "1986/..",
    "[1984?]": "1984?",
    "192-?": "192X?",
    "Feb. 1-16, 1978": "1978-02-01/1978-02-16",
    "1950-1980, undated": "1950/1980",
    "44 BC": "-0043",
    # French
    "8 oct. 1923": "1923-10-08",
    "1er mai 1918": "1918-05-01",
    "mars-avril 1918": "1918-03/1918-04",
    "9 décembre - 30 décembre 1882": "1882-12-09/1882-12-30",
    "du 8 au 12 octobre 1923": "1923-10-08/1923-10-12",
    "entre 1921 et 1923": "1921/1923",
    "à l’automne 1921": "1921-23",
    "au 3 mai 1923": "1923-05-03",
    "3 à 5 mai 1923": "1923-05-03/1923-05-05",
    "vers 1920": "1920~",
    "années 1920": "192X",
    "XVIIe-XVIIIe siècles": "16XX/17XX",
    "2e moitié du XIXe s.": "1850/1899",
    "depuis la fin de l’été 1923": "1923-22~/..",
    # German
    "8. Oktober 1923": "1923-10-08",
    "um 1900": "1900~",
    "19. Jh.": "18XX",
    "17.-18. Jh.": "16XX/17XX",
    "Anfang 1920er Jahre": "1920/1923~",
    "nicht vor Mai 1924": "1924-05/..",
    # Russian
    "8 окт. 1923 г.": "1923-10-08",
    "8-го октября 1923 года": "1923-10-08",
    "[не ранее мая 1924]": "1924-05/..",
    "не позднее 8 октября 1923 г.": "../1923-10-08",
    "не ранее мая 1924 г. – не позднее июня 1925 г.": "1924-05/1925-06",
    "конец XIX в.": "1870~/1899",
    "ХІХ в.": "18XX",
    "1920–1930-е гг.": "192X/193X",
    "1900-е гг.": "190X",
    "1905-06 гг.": "1905/1906",
    "ок. 1923–1925 гг.": "1923~/1925~",
    "1923 г., 8 октября": "1923-10-08",
    "08.10.1923": "1923-10-08",
    "8.X.1923": "1923-10-08",
    # Ukrainian
    "8 жовтня 1923 р.": "1923-10-08",
    "не раніше травня 1924 р.": "1924-05/..",
    "початок XX ст.": "1900/1930~",
    "1920-ті рр.": "192X",
    # Two calendars
    "8/21 October 1917": "1917-10-21",
    "25 октября (7 ноября) 1917 г.": "1917-11-07",
    "20 декабря 1917 (2 января 1918)": "1918-01-02",
}


@pytest.mark.parametrize(("text", "edtf"), CERTAIN.items())
def test_what_is_certain_is_read(text: str, edtf: str) -> None:
    assert read_written(text).reading == edtf
    assert read(edtf).edtf == edtf


AMBIGUOUS = {
    "03/04/1923": ("1923-04-03", "1923-03-04"),
    "1905-06": ("1905/1906", "1905-06"),
    "1900s": ("190X", "19XX"),
    "1920-1930s": ("1920/193X", "192X/193X"),
    "Oct/Nov 1923": ("1923-10/1923-11", "[1923-10,1923-11]"),
}


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS.items())
def test_what_may_be_two_things_comes_back_as_both(text: str, readings: tuple[str, ...]) -> None:
    written = read_written(text)
    assert written.readings == readings
    assert not written.is_certain
    assert written.reading == ""


@pytest.mark.parametrize("text", ["03/03/1923", "13/04/1923", "04/13/1923"])
def test_numbers_that_can_only_be_one_date_are_certain(text: str) -> None:
    assert read_written(text).is_certain


@pytest.mark.parametrize(
    "text",
    [
        "31 February 1923",
        "8.10.23",
        "le 19 septembre",
        "1925-1923",
        "April or June 1991 – October 1991",
        "1992 March-Aprll",
        "8/22 October 1917 (7)",
        "27 October",
        "1923 1924",
    ],
)
def test_what_does_not_come_to_a_date_is_not_read(text: str) -> None:
    written = read_written(text)
    assert not written.readings
    assert written.not_understood[0].text == text


def test_what_is_not_understood_is_named_with_its_place() -> None:
    written = read_written("8 October 1923 (on the postmark), copy")
    assert [(piece.text, piece.start) for piece in written.not_understood] == [
        ("postmark", 23),
        ("copy", 34),
    ]
    assert written.readings == ("1923-10-08",)
    assert not written.is_certain


@pytest.mark.parametrize(
    "text", ["s.d.", "s. d.", "б.д.", "б/д", "undated", "o. D.", "n.d.", "без дати"]
)
def test_undated_is_understood_and_is_no_date(text: str) -> None:
    written = read_written(text)
    assert written.is_undated
    assert not written.readings
    assert not written.not_understood


@pytest.mark.parametrize(
    "text", ["8 октября 1917 г. (ст. ст.)", "8 October 1917 O.S.", "8 octobre 1917 (ancien style)"]
)
def test_old_style_is_converted_and_said(text: str) -> None:
    written = read_written(text)
    assert (written.reading, written.calendar) == ("1917-10-21", "julian")


def test_a_month_of_the_old_style_keeps_its_name() -> None:
    written = read_written("октябрь 1917 г. ст. ст.")
    assert (written.reading, written.calendar) == ("1917-10", "julian")


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize(
    "edtf",
    [
        "1923-10-08", "1923-10", "1923", "1923-22", "192X", "18XX", "1923-09~", "1923-06-29?",
        "1923-06-26/1923-06-27", "1923-04/..", "../1990-05", "1921/1923", "1923-03/1923-04",
        "1921-03-08/1921-03-16", "[1923,1924]", "{1978,1985}", "-0043",
    ],
)  # fmt: skip
def test_what_is_printed_for_readers_is_read_back(edtf: str, language: str) -> None:
    assert read_written(describe(edtf, language), language).reading == edtf


def test_no_word_says_two_things_but_after_a_number() -> None:
    """A word of one language must not turn the meaning of a word of another."""
    endings = {Sense.DECADE, Sense.ORDINAL_ENDING, Sense.UNDATED}
    phrases = {
        phrase.replace("_", " ")
        for table in LANGUAGES.values()
        for groups in table.values()
        for group in groups
        for phrase in group.split()
    }
    several = {phrase for phrase in phrases if len(senses(phrase)) > 1}
    assert all({sense for sense, _ in senses(phrase)} <= endings for phrase in several)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1923-" * 20_000,
        "[" * 100_000,
        "8 октября " * 10_000,
        " \t" * 50_000,
        "\0\ud800\ufffe" * 30,
        "не " * 160,
        "1,2/" * 120,
        "г. " * 160,
        "²³ ٣٤ 192٣",
    ],
)
def test_hostile_text_is_answered(text: str) -> None:
    assert not read_written(text).is_certain


PIECES = (
    *("8", "1923", "19", "1920", "0", "99", "XIX", "03/04/1923", "192-"),
    *("окт.", "May", "в.", "s", "'s", "-е", "гг.", "first", "early", "half", "ca.", "O.S.", "BC"),
    *("-", "–", "/", ",", "(", ")", "?", "[", "]", "~", "или", "and", "undated", "present"),
    *("between", "to", "до", "не", "ранее", "before"),
)


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=9,
    ).map(" ".join)
)
def test_every_reading_is_edtf(text: str) -> None:
    written = read_written(text)
    for reading in written.readings:
        read(reading)


def test_longer_texts_are_prose() -> None:
    assert read_written("1923" + " " * LONGEST_WRITTEN).not_understood


def _span(normal: str) -> tuple[int | None, int | None] | None:
    try:
        ends = [read(part.strip()) for part in normal.replace(",", "/").split("/") if part.strip()]
    except DateError:
        return None
    return (ends[0].earliest, ends[-1].latest) if ends else None


@pytest.mark.parametrize(("name", "least"), [("princeton", 0.98), ("fr-rico", 0.97)])
def test_finding_aids_of_others_agree(shared: Path, name: str, least: float) -> None:
    """Every tenth date of real finding aids, against what their own cataloguers made of it."""
    folder = shared / "data/samples/derived-dates-citations"
    with (folder / f"{name}.unitdates.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[::10]
    pairs = [
        (written.reading, span)
        for row in rows
        if (written := read_written(row["text"] or "")).is_certain
        and (span := _span(row["normal"])) is not None
    ]
    agreed = [(read(edtf).earliest, read(edtf).latest) == span for edtf, span in pairs]
    assert len(pairs) > 50
    assert sum(agreed) / len(agreed) >= least
