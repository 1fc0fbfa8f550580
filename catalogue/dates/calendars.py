"""Calendars and day counts.

A day is a Julian Day Number: whole days since 1 January 4713 BC (Julian), the same in every
calendar. Years are astronomical, as in EDTF: 0 is 1 BC, -1 is 2 BC. The Gregorian calendar is
extended backwards before 1582, as ISO 8601 asks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from catalogue.text import Misread, gettext_noop

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DateError(Misread):
    """A date that does not exist or is not EDTF."""


@dataclass(frozen=True)
class Calendar:
    """A calendar with the Roman months: which years are leap, and the days since day 0."""

    is_leap: Callable[[int], bool]
    century_days: Callable[[int], int]

    def month_length(self, year: int, month: int) -> int:
        return _LENGTHS[month - 1] + (month == 2 and self.is_leap(year))

    def day_number(self, year: int, month: int, day: int) -> int:
        """The Julian Day Number of a day; raises DateError when there is no such day."""
        if not (1 <= month <= 12 and 1 <= day <= self.month_length(year, month)):
            raise DateError(
                gettext_noop("There is no day %(day)s of month %(month)s in the year %(year)s."),
                year=year,
                month=month,
                day=day,
            )
        # Years begin in March here, so that the leap day comes last; 4800 keeps the usual form.
        january = (14 - month) // 12
        years = year + 4800 - january
        months = month + 12 * january - 3
        days = day + (153 * months + 2) // 5 + 365 * years + years // 4
        return days + self.century_days(years)


GREGORIAN = Calendar(
    is_leap=lambda year: year % 4 == 0 and (year % 100 != 0 or year % 400 == 0),
    century_days=lambda years: years // 400 - years // 100 - 32045,
)
JULIAN = Calendar(is_leap=lambda year: year % 4 == 0, century_days=lambda years: -32083)


def day_number(year: int, month: int, day: int) -> int:
    """The Julian Day Number of a Gregorian day; raises DateError when there is no such day."""
    return GREGORIAN.day_number(year, month, day)


def from_day_number(number: int) -> tuple[int, int, int]:
    """The Gregorian (year, month, day) of a Julian Day Number."""
    # E. G. Richards, "Calendars", in the Explanatory Supplement to the Astronomical Almanac (2013).
    shifted = number + 1363 + (4 * number + 274277) // 146097 * 3 // 4
    years, rest = divmod(4 * shifted + 3, 1461)
    months, days = divmod(5 * (rest // 4) + 2, 153)
    month = (months + 2) % 12 + 1
    return years - 4716 + (14 - month) // 12, month, days // 5 + 1


def year_of(number: int) -> int:
    """The Gregorian year of a Julian Day Number."""
    return from_day_number(number)[0]


def julian_to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """A day of the Julian calendar (Old Style) in the Gregorian; raises DateError."""
    return from_day_number(JULIAN.day_number(year, month, day))


_REPUBLICAN_EVE = 2375839  # 21 September 1792, the day before 1 Vendémiaire I


def republican_to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """A day of the French Republican calendar, years 1 to 14, in the Gregorian.

    Month 13 holds the complementary days. Raises DateError.
    """
    length = 30 if month < 13 else 5 + (year % 4 == 3)
    if not (1 <= year <= 14 and 1 <= month <= 13 and 1 <= day <= length):
        raise DateError(
            gettext_noop("There is no day %(day)s of month %(month)s in the Republican %(year)s."),
            year=year,
            month=month,
            day=day,
        )
    return from_day_number(_REPUBLICAN_EVE + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day)
