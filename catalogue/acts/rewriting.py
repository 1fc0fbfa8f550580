"""What spreadsheets do to cells by themselves: zeros dropped, dates renumbered, letters lost."""

from __future__ import annotations

import datetime
import re

from catalogue.acts.tables import Cell, as_text

EPOCH = datetime.date(1899, 12, 30)  # day 0 of Excel, for days after February 1900


def is_rewritten(now: str, cell: Cell, encoding: str) -> bool:
    """Whether a cell shows what is stored as a spreadsheet would have rewritten it unasked."""
    if isinstance(cell, bool) or cell in (None, ""):
        return False
    if isinstance(cell, datetime.date):
        return now == as_text(cell)
    given = as_text(cell)
    return (
        _same_number(now, given)
        or _same_day(now, given)
        or (bool(encoding) and _lost_letters(now, given, encoding))
    )


NUMBER = re.compile(r"[+-]?\d{1,300}(?:[.,]\d{1,300})?(?:E[+-]?\d{1,3})?", re.IGNORECASE)


# As a spreadsheet writes one: without zeros that do not count. A person may write 007 for 7.
SHOWN = re.compile(
    r"-?(?:0|[1-9]\d{0,300})(?:[.,]\d{0,299}[1-9])?(?:E[+-]?\d{1,3})?", re.IGNORECASE
)


def _same_number(now: str, given: str) -> bool:
    """007 and 7, 8.10 and 8.1, 123456789012 and 1.23457E+11."""
    if not (NUMBER.fullmatch(now) and SHOWN.fullmatch(given)):
        return False
    stored, shown = (float(value.replace(",", ".")) for value in (now, given))
    if "e" in given.lower():
        return stored == shown or f"{stored:.5E}" == f"{shown:.5E}"
    return stored == shown


def _same_day(now: str, given: str) -> bool:
    """1923-10-08 and 08.10.1923, 10/8/1923, or day 8682 of Excel's calendar."""
    try:
        day = datetime.date.fromisoformat(now)
    except ValueError:
        return False
    if given.isdecimal() and len(given) < 8:
        return day == EPOCH + datetime.timedelta(days=int(given))
    parts = re.fullmatch(r"(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})", given.strip())
    if parts is None:
        return False
    numbers = [int(part) for part in parts.groups()]
    short = day.year % 100
    forms = [(day.day, day.month), (day.month, day.day)]
    return any([*form, year] == numbers for form in forms for year in (day.year, short)) or (
        numbers == [day.year, day.month, day.day]
    )


def _lost_letters(now: str, given: str, encoding: str) -> bool:
    """Letters that the encoding of the file does not have became question marks."""
    if encoding.startswith("utf") or "?" not in given:
        return False
    return now.encode(encoding, errors="replace").decode(encoding) == given
