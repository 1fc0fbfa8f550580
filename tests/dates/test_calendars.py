import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.dates import (
    DateError,
    day_number,
    from_day_number,
    julian_to_gregorian,
    republican_to_gregorian,
    year_of,
)


@given(st.dates())
def test_days_are_counted_as_python_counts_them(date):
    assert day_number(date.year, date.month, date.day) == date.toordinal() + 1_721_425


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_every_day_number_has_one_date(number):
    assert day_number(*from_day_number(number)) == number
    assert year_of(number) == from_day_number(number)[0]


def test_day_zero_is_in_the_year_4714_before_christ():
    assert from_day_number(0) == (-4713, 11, 24)


@pytest.mark.parametrize(
    ("old_style", "new_style"),
    [
        ((1917, 10, 25), (1917, 11, 7)),
        ((1700, 2, 29), (1700, 3, 11)),
        ((1582, 10, 5), (1582, 10, 15)),
        ((1779, 3, 3), (1779, 3, 14)),
        ((1, 1, 1), (0, 12, 30)),
    ],
)
def test_old_style_days_become_new_style_ones(old_style, new_style):
    assert julian_to_gregorian(*old_style) == new_style


@pytest.mark.parametrize(
    ("republican", "gregorian"),
    [
        ((1, 1, 1), (1792, 9, 22)),
        ((2, 11, 9), (1794, 7, 27)),
        ((3, 13, 6), (1795, 9, 22)),
        ((4, 1, 1), (1795, 9, 23)),
        ((8, 2, 18), (1799, 11, 9)),
        ((14, 4, 10), (1805, 12, 31)),
    ],
)
def test_republican_days_become_gregorian_ones(republican, gregorian):
    assert republican_to_gregorian(*republican) == gregorian


@pytest.mark.parametrize(
    "day", [(1923, 2, 29), (1900, 2, 29), (1923, 13, 1), (1923, 0, 1), (1923, 1, 0)]
)
def test_a_day_that_does_not_exist_is_refused(day):
    with pytest.raises(DateError, match="There is no day"):
        day_number(*day)


@pytest.mark.parametrize("day", [(1, 13, 6), (15, 1, 1), (0, 1, 1), (1, 14, 1), (1, 1, 31)])
def test_a_republican_day_that_does_not_exist_is_refused(day):
    with pytest.raises(DateError):
        republican_to_gregorian(*day)


def test_the_leap_day_of_1700_exists_in_the_julian_calendar_only():
    with pytest.raises(DateError):
        day_number(1700, 2, 29)
    assert datetime.date(*julian_to_gregorian(1700, 2, 29)) == datetime.date(1700, 3, 11)
