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
from catalogue.dates.written import NotUnderstood, Written, read_written

__all__ = [
    "DateError",
    "NotUnderstood",
    "Span",
    "Written",
    "day_number",
    "describe",
    "from_day_number",
    "julian_to_gregorian",
    "read",
    "read_julian",
    "read_written",
    "republican_to_gregorian",
    "year_of",
]
