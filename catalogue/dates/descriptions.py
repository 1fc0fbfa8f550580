"""Dates as readers expect to see them, in English, French and Russian."""

from functools import lru_cache

from catalogue.dates.calendars import DateError
from catalogue.dates.expressions import LONGEST, Choice, End, Interval, Point, parse
from catalogue.dates.spans import read
from catalogue.dates.wordings import WORDINGS, Wording


class _TooUnusual(Exception):
    """What is better shown as EDTF than in words."""


def describe(edtf: str, language: str) -> str:
    """Print an EDTF date in "en", "fr" or "ru" (any other language gets English).

    8 October 1923; about September 1923; 29 June 1923 (?); 26–27 June 1923; until April 1923.
    What has no plain wording, or is not EDTF at all, is given back as it came.
    """
    if len(edtf) > LONGEST:
        return edtf
    return _describe(edtf, language.partition("-")[0].lower())


@lru_cache(maxsize=4096)
def _describe(edtf: str, language: str) -> str:
    try:
        read(edtf)  # refuses days that do not exist
        expression = parse(edtf)
        words = WORDINGS.get(language, WORDINGS["en"])
        if isinstance(expression, Choice):
            return _choice(expression, words)
        if isinstance(expression, Interval):
            return _interval(expression, words)
        return _date(expression, words)
    except (DateError, _TooUnusual):
        return edtf


def _number(digits: str) -> int:
    if not digits.isdecimal():
        raise _TooUnusual
    return int(digits)


def _year(point: Point, words: Wording) -> str:
    digits = point.year.digits
    year = -_number(digits[1:]) if digits[0] == "-" else _number(digits)
    return words.year.format(year) if year > 0 else words.before_christ.format(1 - year)


def _span_of_years(digits: str, words: Wording, governed: bool) -> str:
    """A decade (192X) or a century (19XX)."""
    known = digits.rstrip("X")
    number = _number(known)
    if len(known) == 3:
        return (words.decade_governed if governed else words.decade).format(10 * number)
    if len(known) == 2:
        century = words.century(number + 1)
        return words.century_governed.format(century) if governed else century
    raise _TooUnusual


def _known_parts(point: Point) -> tuple[int, int]:
    """The month (or season) and day of a date, 0 for what is missing or XX."""
    month = point.month.digits if point.month else "XX"
    day = point.day.digits if point.day else "XX"
    if month == "XX" and day != "XX":
        raise _TooUnusual
    return _number(month.replace("XX", "0")), _number(day.replace("XX", "0"))


def _month(month: int, words: Wording, governed: bool) -> str:
    if month > 24:
        raise _TooUnusual
    if month > 20:
        return (words.seasons_governed if governed else words.seasons)[month - 21]
    return (words.months_governed if governed else words.months)[month - 1]


def _day(day: int, words: Wording) -> str:
    return words.first_of_month if day == 1 else str(day)


def _name(point: Point, words: Wording, governed: bool = False) -> str:
    """A date without its qualifier, by itself or as a preposition governs it."""
    month, day = _known_parts(point)
    if "X" in point.year.digits:
        if month:
            raise _TooUnusual
        return _span_of_years(point.year.digits, words, governed)
    year = _year(point, words)
    if not month:
        return year
    if not day:
        return f"{_month(month, words, governed)} {year}"
    name = f"{_day(day, words)} {words.months_of_days[month - 1]} {year}{_time(point)}"
    return words.day_governed.format(name) if governed else name


def _time(point: Point) -> str:
    if len(point.time) > len("T18:30:00"):
        raise _TooUnusual  # a time in a zone
    return f", {point.time[1:6]}" if point.time else ""


def _doubt(point: Point) -> str:
    return " (?)" if point.qualifier in ("?", "%") else ""


def _date(point: Point, words: Wording) -> str:
    """A date with its qualifier."""
    if point.qualifier is None:
        raise _TooUnusual
    if point.qualifier in ("~", "%"):
        return words.about.format(_name(point, words, governed=True)) + _doubt(point)
    return _name(point, words) + _doubt(point)


def _end(end: End, words: Wording) -> str:
    if isinstance(end, Point):
        return _date(end, words)
    return "…" if end == ".." else "?"


def _interval(interval: Interval, words: Wording) -> str:
    first, last = interval.first, interval.last
    if isinstance(first, Point) and isinstance(last, Point):
        return _closed(first, last, words)
    if isinstance(first, Point) and last == ".." and first.qualifier in ("", "?"):
        return words.since(_name(first, words, governed=True)) + _doubt(first)
    if isinstance(last, Point) and first == ".." and last.qualifier in ("", "?"):
        return words.until(_name(last, words, governed=True)) + _doubt(last)
    return f"{_end(first, words)} – {_end(last, words)}"


def _closed(first: Point, last: Point, words: Wording) -> str:
    """From one date to another, nothing said twice where neither is qualified."""
    if first == last:
        return _date(first, words)
    if first.qualifier != "" or last.qualifier != "" or first.time or last.time:
        return f"{_date(first, words)} – {_date(last, words)}"
    if first.year == last.year:
        return _within_year(first, last, words)
    if first.month is None and last.month is None and "X" not in str(first) + str(last):
        years = [_number(point.year.digits.removeprefix("-")) for point in (first, last)]
        if not str(first).startswith("-") and years[0] > 0:
            return words.years.format(*years)
    return f"{_name(first, words)} – {_name(last, words)}"


def _within_year(first: Point, last: Point, words: Wording) -> str:
    year = _year(first, words)
    (first_month, first_day), (last_month, last_day) = _known_parts(first), _known_parts(last)
    if first_day and last_day:
        start = _day(first_day, words)
        end = f"{_day(last_day, words)} {words.months_of_days[last_month - 1]} {year}"
        if first_month == last_month:
            return f"{start}–{end}"
        return f"{start} {words.months_of_days[first_month - 1]} – {end}"
    if first_day or last_day or not (first_month and last_month):
        return f"{_name(first, words)} – {_name(last, words)}"
    names = [_month(month, words, governed=False) for month in (first_month, last_month)]
    join = words.season_range if first_month > 20 else "{}–{}"
    return f"{join.format(*names)} {year}"


def _choice(choice: Choice, words: Wording) -> str:
    """One of several dates, or all of them: 1667, 1668 or 1670–1672."""
    names = [
        _interval(item, words) if isinstance(item, Interval) else _date(item, words)
        for item in choice.items
    ]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {words.both if choice.all_of else words.either} {names[-1]}"
