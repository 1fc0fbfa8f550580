"""The grammar of EDTF (ISO 8601-2:2019, levels 0 to 2) and the tree that it is read into.

Our own reading rather than the edtf package's: that one imports Django, takes milliseconds for
each date, and accepts days that it then cannot place. The tests compare the two.
"""

import re
from dataclasses import dataclass
from typing import Literal

from catalogue.dates.calendars import DateError
from catalogue.text import gettext_noop

LONGEST = 255

_POINT = re.compile(
    r"""
    (?P<year_before>[?~%]?)
    (?P<year>-?[0-9X]{4}(?:S[0-9])?|Y-?[1-9][0-9]{0,12}(?:E[0-9]{1,2})?(?:S[0-9]{1,2})?)
    (?P<year_after>[?~%]?)
    (?:-(?P<month_before>[?~%]?)(?P<month>[0-9X]{2})(?P<month_after>[?~%]?)
    (?:-(?P<day_before>[?~%]?)(?P<day>[0-9X]{2})(?P<day_after>[?~%]?)
    (?P<time>T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-][01][0-9](?::[0-5][0-9])?)?)?
    )?)?
    """,
    re.VERBOSE,
)
# Years of more digits, or of fewer significant ones, have no months.
_CALENDAR_YEAR = re.compile(r"-?[0-9X]{4}")


@dataclass(frozen=True)
class Component:
    """A year, month or day as written, with the qualifiers (? ~ %) on either side of it."""

    before: str
    digits: str
    after: str

    def __str__(self) -> str:
        return self.before + self.digits + self.after


@dataclass(frozen=True)
class Point:
    """A date of any precision. A month from 21 to 41 is a season or another part of the year."""

    year: Component
    month: Component | None = None
    day: Component | None = None
    time: str = ""

    @property
    def components(self) -> tuple[Component, ...]:
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)

    @property
    def qualifier(self) -> str | None:
        """What qualifies the whole date: "", "?", "~" or "%"; None when it qualifies a part."""
        marks = [mark for part in self.components for mark in (part.before, part.after)]
        return None if any(marks[:-1]) else marks[-1]

    def __str__(self) -> str:
        return "-".join(map(str, self.components)) + self.time


End = Point | Literal["", ".."]


@dataclass(frozen=True)
class Interval:
    """From one date to another; an end is "" when unknown and ".." when open.

    The sign is "/", or ".." for consecutive dates within a set.
    """

    first: End
    last: End
    sign: Literal["/", ".."] = "/"

    def __str__(self) -> str:
        if self.sign == "/":
            return f"{self.first}/{self.last}"
        return "..".join("" if end == ".." else str(end) for end in (self.first, self.last))


@dataclass(frozen=True)
class Choice:
    """A set: all of its dates in {braces}, one of them in [brackets]."""

    items: tuple[Point | Interval, ...]
    all_of: bool

    def __str__(self) -> str:
        inside = ",".join(map(str, self.items))
        return f"{{{inside}}}" if self.all_of else f"[{inside}]"


Expression = Point | Interval | Choice


def refusal(text: str) -> DateError:
    """The error for what has not the form of EDTF; it quotes no more than the beginning."""
    shown = text if len(text) <= 40 else text[:40] + "…"
    return DateError(
        gettext_noop(
            "“%(text)s” is not an EDTF date. "
            "Write for example 1923-10-08, 1923-09~, 1923-06-29? or 1921-03-08/1921-03-16."
        ),
        text=shown,
    )


def _component(found: re.Match[str], name: str) -> Component | None:
    if found[name] is None:
        return None
    return Component(found[name + "_before"], found[name], found[name + "_after"])


def _read_point(text: str) -> Point:
    found = _POINT.fullmatch(text)
    if found is None or (found["month"] and not _CALENDAR_YEAR.fullmatch(found["year"])):
        raise refusal(text)
    year = Component(found["year_before"], found["year"], found["year_after"])
    return Point(year, _component(found, "month"), _component(found, "day"), found["time"] or "")


def _read_end(text: str) -> End:
    if text == "":
        return ""
    if text == "..":
        return ".."
    end = _read_point(text)
    if end.time:
        raise refusal(text)
    return end


def _read_interval(text: str) -> Interval:
    first, _, last = text.partition("/")
    interval = Interval(_read_end(first), _read_end(last))
    if not (isinstance(interval.first, Point) or isinstance(interval.last, Point)):
        raise refusal(text)
    return interval


def _read_item(text: str) -> Point | Interval:
    if ".." not in text:
        return _read_point(text)
    first, _, last = text.partition("..")
    if not first and not last:
        raise refusal(text)
    return Interval(
        _read_point(first) if first else "..", _read_point(last) if last else "..", sign=".."
    )


def _read_choice(text: str) -> Choice:
    items = tuple(_read_item(item.strip()) for item in text[1:-1].split(","))
    return Choice(items, all_of=text[0] == "{")


def parse(text: str) -> Expression:
    """Read the form of an EDTF expression, not whether its days exist; raises DateError."""
    text = text.strip()
    if len(text) > LONGEST:
        raise refusal(text)
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _read_choice(text)
    if "/" in text:
        return _read_interval(text)
    return _read_point(text)
