"""EDTF dates as CSL-JSON dates."""

import re
from typing import Any

from catalogue import dates

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)")
_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}  # EDTF level 1 → CSL


def csl_date(edtf: str, language: str) -> dict[str, Any] | None:
    """A CSL-JSON date: parts where CSL has parts, else the date in words of the language.

    1923-10-08, 1923-10/1923-11, 1923-21 (season); "~", "?" and "%" become CSL's ``circa``, which
    has one kind of doubt only. Open spans and sets of dates are ``literal``. None for no date.
    """
    if not edtf:
        return None
    points = [_DAY.fullmatch(point) for point in edtf.split("/")]
    if len(points) > 2 or not all(points):
        return {"literal": dates.describe(edtf, language)}
    parts = [[int(part) for part in point.groups()[:3] if part] for point in points if point]
    date: dict[str, Any] = {"date-parts": parts}
    months = {part[1] for part in parts if len(part) > 1}
    if months - set(range(1, 13)):
        if len(parts) > 1 or not months <= set(_SEASONS):
            return {"literal": dates.describe(edtf, language)}
        date = {"date-parts": [parts[0][:1]], "season": _SEASONS[parts[0][1]]}
    if any(point.group(4) for point in points if point):
        date["circa"] = True
    return date


def has_day(date: object) -> bool:
    """Whether a CSL date names a day (in Russian, its month then stands in the genitive)."""
    return isinstance(date, dict) and any(len(part) > 2 for part in date.get("date-parts", ()))
