"""Dates of archives: EDTF (ISO 8601-2:2019), read, converted, and printed for readers."""

from catalogue.dates.calendars import (
    DateError,
    day_number,
    from_day_number,
    julian_to_gregorian,
    republican_to_gregorian,
    year_of,
)
from catalogue.dates.descriptions import describe
from catalogue.dates.spans import Span, read, read_julian

__all__ = [
    "DateError",
    "Span",
    "day_number",
    "describe",
    "from_day_number",
    "julian_to_gregorian",
    "read",
    "read_julian",
    "republican_to_gregorian",
    "year_of",
]
