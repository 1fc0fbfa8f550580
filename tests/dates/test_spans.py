import json
import re
from collections.abc import Iterator

import pytest
import yaml
from edtf import EDTFParseException, parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from catalogue.dates import DateError, Span, describe, from_day_number, read, read_julian


@pytest.fixture
def cases(shared):
    """Expressions with what edtf.js, another library, makes of them."""
    return json.loads((shared / "data/samples/edtf/edtf_cases.json").read_text("utf-8"))


def bounds(span: Span) -> tuple[tuple[int, int, int] | None, ...]:
    """Both ends as (year, month, day), None where open."""
    return tuple(
        None if end is None else from_day_number(end) for end in (span.earliest, span.latest)
    )


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1923", (1923, 1, 1), (1923, 12, 31)),
        ("1923-02", (1923, 2, 1), (1923, 2, 28)),
        ("1924-02~", (1924, 2, 1), (1924, 2, 29)),
        ("1923-10-08", (1923, 10, 8), (1923, 10, 8)),
        ("1923-06-29?", (1923, 6, 29), (1923, 6, 29)),
        ("1921-03-08/1921-03-16", (1921, 3, 8), (1921, 3, 16)),
        ("1923-04/..", (1923, 4, 1), None),
        ("../1923-04", None, (1923, 4, 30)),
        ("/1795", None, (1795, 12, 31)),
        ("1795/", (1795, 1, 1), None),
        ("1923-21/1923-22", (1923, 3, 1), (1923, 8, 31)),
        ("1922-23", (1922, 9, 1), (1922, 11, 30)),
        ("1923-24", (1923, 12, 1), (1924, 2, 29)),
        ("1923-34", (1923, 4, 1), (1923, 6, 30)),
        ("192X", (1920, 1, 1), (1929, 12, 31)),
        ("18XX~", (1800, 1, 1), (1899, 12, 31)),
        ("-01XX", (-199, 1, 1), (-100, 12, 31)),
        ("1923-XX-XX", (1923, 1, 1), (1923, 12, 31)),
        ("1923-1X", (1923, 10, 1), (1923, 12, 31)),
        ("1923-XX-31", (1923, 1, 31), (1923, 12, 31)),
        ("19XX-02-29", (1904, 2, 29), (1996, 2, 29)),
        ("1950S2", (1900, 1, 1), (1999, 12, 31)),
        ("Y170000002", (170000002, 1, 1), (170000002, 12, 31)),
        ("Y-17E7", (-170000000, 1, 1), (-170000000, 12, 31)),
        ("Y3388E2S3", (338000, 1, 1), (338999, 12, 31)),
        ("0000", (0, 1, 1), (0, 12, 31)),
        ("-0999", (-999, 1, 1), (-999, 12, 31)),
        ("[1667,1668-12,1670..1672]", (1667, 1, 1), (1672, 12, 31)),
        ("[..1760-12-03]", None, (1760, 12, 3)),
        ("{1760,1770..}", (1760, 1, 1), None),
        ("2004-06-~11", (2004, 6, 11), (2004, 6, 11)),
        ("2004-01-01T10:10:10+05:00", (2004, 1, 1), (2004, 1, 1)),
    ],
)
def test_a_date_spans_the_days_that_it_may_mean(edtf, earliest, latest):
    assert bounds(read(edtf)) == (earliest, latest)
    assert read(edtf).edtf == edtf


def test_space_around_a_date_is_not_kept():
    assert read(" 1923 ") == read("1923")
    assert read("[1667, 1668]").edtf == "[1667,1668]"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "/", "..", "../..", "[]", "{}", "[,]", "[..]", "[1667", "1923-", "23", "1923-1",
        "1923-13", "1923-00", "1923-02-30", "1700-02-29", "1923-21-01", "1923-42", "XXXX-02-30",
        "1923/1922", "1923/1924/1925", "[1670..1667]", "-0000", "Y1923", "Y1E99", "1950S0",
        "1923-10-08T25:00:00", "1923-10-08T10:00:00/1924", "8 October 1923", "1923u", "٢٠٠١",
        "\ud800", "1923\x00", "Y17E7-12-26", "2004-(06)?-11", "9" * 5000, "X" * 100_000,
        "[" * 5000, "1923" + " " * 300 + "x", "[" + "1923," * 50_000 + "1924]",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(text):
    with pytest.raises(DateError) as refused:
        read(text)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 250
    assert str(refused.value) == refused.value.sentence % refused.value.values


@given(st.one_of(st.text(), st.text(alphabet="0129X-/.~?%Y[]{},ES:TZ", max_size=30)))
def test_any_text_is_read_or_refused_and_always_shown(text):
    try:
        span = read(text)
    except DateError:
        assert describe(text, "ru") == text
    else:
        assert read(span.edtf) == span
        if span.earliest is not None and span.latest is not None:
            assert span.earliest <= span.latest


# ISO 8601-2, 8.3: an unspecified digit and a qualifier may meet; edtf.js does not know it.
BEYOND_EDTFJS = {"16XX~", "16XX%", "1XXX~", "156X~", "-01XX~"}


def is_read(edtf: str) -> bool:
    try:
        return bool(read(edtf))
    except DateError:
        return False


def is_read_by_the_edtf_package(edtf: str) -> bool:
    try:
        return bool(parse_edtf(edtf))
    except EDTFParseException:
        return False


def test_we_accept_what_two_other_libraries_accept(cases):
    for case in cases:
        edtf = case["edtf"]
        assert is_read(edtf) == is_read_by_the_edtf_package(edtf), edtf
        assert is_read(edtf) == (case["edtfjs_accepts"] or edtf in BEYOND_EDTFJS), edtf


def test_plain_dates_and_intervals_span_the_days_that_edtfjs_gives(cases):
    """Not its seasons and sets: it takes quarters for seasons, and the first of a range."""
    compared = [case for case in cases if case["type"] in ("Date", "Interval")]
    assert len(compared) > 50
    for case in compared:
        expected = (case["edtfjs_min"], case["edtfjs_max"])
        for end, other in zip(bounds(read(case["edtf"])), expected, strict=True):
            if end is None:
                assert other in ("null", "-Infinity", "Infinity"), case["edtf"]
            else:
                sign = "-00" if end[0] < 0 else ""
                assert other.startswith(f"{sign}{abs(end[0]):04}-{end[1]:02}-{end[2]:02}")


DATE_KEYS = {"date", "as_of", "created", "formed", "active_from", "received_by_cc",
             "abolished_as_stated", "exact_day_in_source"}  # fmt: skip

# Not "null", nor a date that is said in words.
DATE = re.compile(r"[0-9]|\.\.")


def dates_in(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from dates_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from dates_in(inner, key)
    elif key in DATE_KEYS and isinstance(value, str) and DATE.match(value):
        yield value


def test_every_date_of_the_letter_can_be_read_and_printed(shared):
    text = (shared / "letter/facts.yaml").read_text("utf-8")
    facts = yaml.load(text, yaml.BaseLoader)  # noqa: S506  it builds nothing but text
    dates = set(dates_in(facts))
    assert len(dates) > 25
    for date in dates:
        assert read(date).edtf == date
        assert describe(date, "en") != date or date.isdecimal()


@pytest.mark.parametrize(
    ("julian", "gregorian", "earliest", "latest"),
    [
        ("1917-10-25", "1917-11-07", (1917, 11, 7), (1917, 11, 7)),
        ("1917-10-25~", "1917-11-07~", (1917, 11, 7), (1917, 11, 7)),
        ("1700-02-29", "1700-03-11", (1700, 3, 11), (1700, 3, 11)),
        ("1916-12-20", "1917-01-02", (1917, 1, 2), (1917, 1, 2)),
        ("1917-10", "1917-10", (1917, 10, 14), (1917, 11, 13)),
        ("1917", "1917", (1917, 1, 14), (1918, 1, 13)),
        ("1917-02-23/1917-03", "1917-03-08/1917-03", (1917, 3, 8), (1917, 4, 13)),
        ("1917-02-23/..", "1917-03-08/..", (1917, 3, 8), None),
        ("[1700-02-28,1701..]", "[1700-03-10,1701..]", (1700, 3, 10), None),
        ("1917-10-2X", "1917-10-2X", (1917, 11, 2), (1917, 11, 11)),
    ],
)
def test_old_style_dates_are_converted_and_keep_their_precision(
    julian, gregorian, earliest, latest
):
    span = read_julian(julian)
    assert (span.edtf, *bounds(span)) == (gregorian, earliest, latest)


@given(st.one_of(st.text(), st.text(alphabet="0129X-/.~?%Y[]{},ES:TZ", max_size=30)))
def test_any_text_is_read_as_old_style_or_refused(text):
    try:
        span = read_julian(text)
    except DateError:
        return
    assert isinstance(span.edtf, str)


def test_the_last_old_style_days_before_the_year_10000_are_refused():
    with pytest.raises(DateError):
        read_julian("9999-12-31")
