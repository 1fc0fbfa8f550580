"""Which days an EDTF expression may mean: the earliest and the latest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from catalogue.dates.calendars import (
    GREGORIAN,
    JULIAN,
    Calendar,
    DateError,
    julian_to_gregorian,
)
from catalogue.dates.expressions import (
    LONGEST,
    Choice,
    Component,
    Expression,
    Interval,
    Point,
    parse,
    refusal,
)
from catalogue.text import gettext_noop

HIGHEST_YEAR = 10**12

# ISO 8601-2, 4.8: parts of the year as first and last month; 13 and 14 are in the next year.
# Seasons without a hemisphere are northern, by whole months, and a winter begins in its year.
_SPRING, _SUMMER, _AUTUMN, _WINTER = (3, 5), (6, 8), (9, 11), (12, 14)
_NORTHERN = (_SPRING, _SUMMER, _AUTUMN, _WINTER)
_SOUTHERN = (_AUTUMN, _WINTER, _SPRING, _SUMMER)
_QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
_THIRDS = ((1, 4), (5, 8), (9, 12))
_HALVES = ((1, 6), (7, 12))
_PARTS_OF_YEAR = dict(
    enumerate((*_NORTHERN, *_NORTHERN, *_SOUTHERN, *_QUARTERS, *_THIRDS, *_HALVES), start=21)
)


@dataclass(frozen=True)
class Span:
    """A date kept for sorting and searching.

    `edtf` is Gregorian. `earliest` and `latest` are Julian Day Numbers, both included; None is
    an open or unknown end. They need a 64-bit column: EDTF allows years of many digits.
    """

    edtf: str
    earliest: int | None
    latest: int | None


def _no_such_date(point: Point) -> DateError:
    return DateError(gettext_noop("There is no such date as “%(text)s”."), text=str(point))


def _matching(pattern: str) -> list[int]:
    """The numbers that fit a pattern of digits in which X is any digit, ascending."""
    numbers = [0]
    for mark in pattern:
        digits = range(10) if mark == "X" else (int(mark),)
        numbers = [10 * number + digit for number in numbers for digit in digits]
    return numbers


def _whole_year(digits: str) -> int:
    """The value of a year without X and S: 1923, -0044, Y170000002, Y-17E7."""
    base, _, exponent = digits.removeprefix("Y").partition("E")
    return int(base + "0" * int(exponent or 0))


def _years(point: Point) -> Sequence[int]:
    """The years that a date may fall in, ascending."""
    digits, _, significant = point.year.digits.partition("S")
    if "X" in digits:
        years = _matching(digits.removeprefix("-"))
        return [-year for year in reversed(years)] if digits[0] == "-" else years
    year = _whole_year(digits)
    is_too_short = digits[0] == "Y" and abs(year) < 10_000
    if digits == "-0000" or is_too_short or abs(year) > HIGHEST_YEAR or significant == "0":
        raise _no_such_date(point)
    unknown = len(str(abs(year))) - int(significant or 99)
    step = 10 ** max(unknown, 0)
    lowest = abs(year) // step * step
    return range(lowest, lowest + step) if year >= 0 else range(1 - lowest - step, 1 - lowest)


def _part_of_year_bounds(point: Point, number: int, calendar: Calendar) -> tuple[int, int]:
    first, last = _PARTS_OF_YEAR[number]
    years = _years(point)
    end_year, end_month = years[-1] + (last - 1) // 12, (last - 1) % 12 + 1
    return (
        calendar.day_number(years[0], first, 1),
        calendar.day_number(end_year, end_month, calendar.month_length(end_year, end_month)),
    )


def _first_day(
    years: Sequence[int], months: Sequence[int], days: Sequence[int], calendar: Calendar
) -> int | None:
    """The first day, in the order given, that exists."""
    for year in years:
        for month in months:
            length = calendar.month_length(year, month)
            for day in days:
                if day <= length:
                    return calendar.day_number(year, month, day)
    return None


def _numbers(component: Component | None) -> list[int]:
    return _matching(component.digits if component else "XX")


def _point_bounds(point: Point, calendar: Calendar) -> tuple[int, int]:
    if point.month is not None and point.day is None and point.month.digits.isdecimal():
        number = int(point.month.digits)
        if number in _PARTS_OF_YEAR:
            return _part_of_year_bounds(point, number, calendar)
    years = _years(point)
    months = [month for month in _numbers(point.month) if 1 <= month <= 12]
    days = [day for day in _numbers(point.day) if 1 <= day <= 31]
    earliest = _first_day(years, months, days, calendar)
    latest = _first_day(years[::-1], months[::-1], days[::-1], calendar)
    if earliest is None or latest is None:
        raise _no_such_date(point)
    return earliest, latest


def _interval_bounds(interval: Interval, calendar: Calendar) -> tuple[int | None, int | None]:
    earliest = latest = None
    if isinstance(interval.first, Point):
        earliest = _point_bounds(interval.first, calendar)[0]
    if isinstance(interval.last, Point):
        latest = _point_bounds(interval.last, calendar)[1]
    if earliest is not None and latest is not None and earliest > latest:
        raise DateError(gettext_noop("“%(text)s” runs backwards."), text=str(interval))
    return earliest, latest


def _bounds(expression: Expression, calendar: Calendar) -> tuple[int | None, int | None]:
    if isinstance(expression, Point):
        return _point_bounds(expression, calendar)
    if isinstance(expression, Interval):
        return _interval_bounds(expression, calendar)
    bounds = [_bounds(item, calendar) for item in expression.items]
    firsts = [earliest for earliest, _ in bounds if earliest is not None]
    lasts = [latest for _, latest in bounds if latest is not None]
    return (
        min(firsts) if len(firsts) == len(bounds) else None,
        max(lasts) if len(lasts) == len(bounds) else None,
    )


@lru_cache(maxsize=4096)
def _read(text: str) -> Span:
    expression = parse(text)
    return Span(str(expression), *_bounds(expression, GREGORIAN))


def read(edtf: str) -> Span:
    """Read a Gregorian EDTF date, levels 0 to 2; raises DateError and nothing else.

    A time of day is kept in `edtf` and counts for its own day, whatever its zone.
    """
    text = edtf.strip()
    if len(text) > LONGEST:
        raise refusal(text)  # here, so that the cache never keeps a hostile length
    return _read(text)


def _gregorian_point(point: Point) -> Point:
    """A full day moved from the Julian to the Gregorian calendar; anything less as it is."""
    if point.month is None or point.day is None or not _is_day(point):
        return point
    year, month, day = julian_to_gregorian(
        _whole_year(point.year.digits), int(point.month.digits), int(point.day.digits)
    )
    if year > 9999:
        raise _no_such_date(point)
    return replace(
        point,
        year=replace(point.year, digits=f"{'-' * (year < 0)}{abs(year):04}"),
        month=replace(point.month, digits=f"{month:02}"),
        day=replace(point.day, digits=f"{day:02}"),
    )


def _is_day(point: Point) -> bool:
    return all(part.digits.removeprefix("-").isdecimal() for part in point.components)


def _gregorian_item(item: Point | Interval) -> Point | Interval:
    if isinstance(item, Point):
        return _gregorian_point(item)
    return replace(
        item,
        first=_gregorian_point(item.first) if isinstance(item.first, Point) else item.first,
        last=_gregorian_point(item.last) if isinstance(item.last, Point) else item.last,
    )


def _gregorian(expression: Expression) -> Expression:
    if isinstance(expression, Choice):
        return replace(expression, items=tuple(map(_gregorian_item, expression.items)))
    return _gregorian_item(expression)


def read_julian(edtf: str) -> Span:
    """Read an EDTF date written in the Julian calendar (Old Style); raises DateError.

    Full days are converted. Months, years and less keep their precision in `edtf`, while
    `earliest` and `latest` are the Gregorian days that they cover: the Julian 1917-10 runs from
    14 October to 13 November.
    """
    expression = parse(edtf)
    earliest, latest = _bounds(expression, JULIAN)
    return Span(str(_gregorian(expression)), earliest, latest)
