"""One date of those in a text, perhaps only a part of one, and the EDTF that it comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalogue.dates.calendars import GREGORIAN, from_day_number
from catalogue.dates.lexicon import Sense
from catalogue.dates.spans import read

Ends = tuple[str, str]  # the first and the last EDTF date of a stretch; alike for one date

_WINTER = 4
_FIRST_SEASON = 21
_LAST = 5  # the ordinal of "the last quarter"
# Early, middle and late, as archivists use them: the limits within are approximate.
_PARTS_OF_CENTURY = ((0, 30), (30, 70), (70, 99))
_PARTS_OF_DECADE = ((0, 3), (4, 6), (7, 9))
_PARTS_OF_YEAR = ((1, 4), (5, 8), (9, 12))
_PARTS_OF_MONTH = ((1, 10), (11, 20), (21, 31))


class Unreadable(Exception):
    """What does not come to a date."""


@dataclass(frozen=True)
class Partial:
    """What is said of one date. Zero or empty is what is not said.

    `number` is a number of one or two digits, a day until something else is known. `bound` is one
    of SINCE, UNTIL, BEFORE, AFTER. `decade` and `century` say what the numbers count; a decade of
    1 may be a century as well ("1900s"), one of 2 is a decade.
    """

    number: int = 0
    digits: str = ""
    month: int = 0
    season: int = 0
    year: int = 0
    decade: int = 0
    century: bool = False
    part: int = 0
    ordinal: int = 0
    portion: int = 0
    readings: tuple[str, ...] = ()
    bound: Sense | None = None
    is_circa: bool = False
    is_doubtful: bool = False
    is_before_christ: bool = False
    is_present: bool = False
    has_year_word: bool = False

    @property
    def has_base(self) -> bool:
        """Whether anything is said that a date could be made of."""
        return bool(self.number or self.month or self.season or self.year or self.readings)

    @property
    def is_bare_number(self) -> bool:
        return bool(self.number) and not (
            self.month or self.season or self.year or self.century or self.decade
        )

    @property
    def lacks_month(self) -> bool:
        """Whether the number may be a day of a month that is said elsewhere."""
        is_year = self.has_year_word and not self.year
        return bool(self.number) and not (
            self.month or self.season or self.century or self.decade or is_year
        )

    @property
    def is_bare_year(self) -> bool:
        return bool(self.year) and not (
            self.number or self.month or self.season or self.decade or self.century
        )

    @property
    def mark(self) -> str:
        return {(1, 0): "~", (0, 1): "?", (1, 1): "%"}.get((self.is_circa, self.is_doubtful), "")

    def completed_by(self, other: Partial) -> Partial:
        """With what is said only once for both: "26–27 June 1923", "1978 July–December"."""
        if self.readings or self.is_present:
            return self
        if not self.has_base:
            return self._on_the_base_of(other) if self.part or self.portion else self
        if self.lacks_month:
            return self._number_completed_by(other)
        if (self.month or self.season) and not self.year:
            return replace(self, year=other.year, is_before_christ=other.is_before_christ)
        if self.number and self.decade and not self.year and other.year:
            year = other.year // 100 * 100 + self.number  # "1960s–70s"
            return replace(self, year=year, number=0, decade=2)
        return self

    def _on_the_base_of(self, other: Partial) -> Partial:
        return replace(
            self,
            number=other.number,
            month=other.month,
            season=other.season,
            year=other.year,
            decade=other.decade,
            century=other.century,
        )

    def _number_completed_by(self, other: Partial) -> Partial:
        if other.century:
            return replace(self, century=True, is_before_christ=other.is_before_christ)
        if other.month:
            return replace(self, month=other.month, year=self.year or other.year)
        return self

    # --- what it comes to ---

    def readings_as_ends(self) -> list[Ends]:
        """Each possible reading, with its qualifier. Raises Unreadable."""
        return [(self._mark(first), self._mark(last)) for first, last in self._unmarked()]

    def _mark(self, date: str) -> str:
        if date.endswith("~"):
            return date[:-1] + ("%" if self.is_doubtful else "~")
        return date + self.mark

    def _unmarked(self) -> list[Ends]:
        if self.readings:
            return self._only_readings()
        if self.century:
            return [self._century()]
        if self.decade:
            return self._decade()
        if not self.year:
            raise Unreadable
        if self.is_before_christ:
            return [self._before_christ()]
        if self.season:
            return [self._season()]
        if self.month:
            return [self._month()]
        return [self._year()]

    def _only_readings(self) -> list[Ends]:
        if self.number or self.month or self.season or self.year or self.part or self.portion:
            raise Unreadable
        return [(date, date) for date in self.readings]

    def _years(self, first: int, length: int, parts: tuple[tuple[int, int], ...]) -> Ends:
        """A part or a portion of so many years."""
        if self.portion:
            start, end = self._portion(length)
            return f"{first + start:04}", f"{first + end - 1:04}"
        start, end = parts[self.part - 1]
        return _inexact(f"{first + start:04}", f"{first + end:04}", self.part)

    def _portion(self, length: int) -> tuple[int, int]:
        """Where a half, third or quarter of so many units begins and ends."""
        count = self.portion + 1
        ordinal = count if self.ordinal == _LAST else self.ordinal
        if not 1 <= ordinal <= count:
            raise Unreadable
        return length * (ordinal - 1) // count, length * ordinal // count

    def _century(self) -> Ends:
        if not 1 <= self.number <= 21 or self.year or self.month or self.is_before_christ:
            raise Unreadable
        if self.part or self.portion:
            return self._years(100 * (self.number - 1), 100, _PARTS_OF_CENTURY)
        date = f"{self.number - 1:02}XX"
        return date, date

    def _decade(self) -> list[Ends]:
        if self.number or self.month or self.season or self.year % 10 or not self.year:
            raise Unreadable
        if self.part or self.portion:
            found = [self._years(self.year, 10, _PARTS_OF_DECADE)]
        else:
            found = [(f"{self.year // 10:03}X",) * 2]
        if self.year % 100 == 0 and self.decade == 1:
            century = replace(self, year=0, decade=0, century=True, number=self.year // 100 + 1)
            found.append(century._century())
        return found

    def _before_christ(self) -> Ends:
        if self.month or self.season or self.number or self.part or self.portion:
            raise Unreadable
        date = f"-{self.year - 1:04}" if self.year > 1 else "0000"
        return date, date

    def _season(self) -> Ends:
        if self.number or self.portion:
            raise Unreadable
        date = f"{self.year:04}-{_FIRST_SEASON + self.season - 1}" + ("~" if self.part else "")
        return date, date

    def _month(self) -> Ends:
        month = f"{self.year:04}-{self.month:02}"
        if self.number:
            if self.part or self.portion:
                raise Unreadable
            return (f"{month}-{self.number:02}",) * 2
        if not (self.part or self.portion):
            return month, month
        length = GREGORIAN.month_length(self.year, self.month)
        if self.portion:
            start, end = self._portion(length)
            return f"{month}-{start + 1:02}", f"{month}-{end:02}"
        first, last = _PARTS_OF_MONTH[self.part - 1]
        return _inexact(f"{month}-{first:02}", f"{month}-{min(last, length):02}", self.part)

    def _year(self) -> Ends:
        if self.number:
            raise Unreadable
        year = f"{self.year:04}"
        if self.portion:
            start, end = self._portion(12)
            return f"{year}-{start + 1:02}", f"{year}-{end:02}"
        if self.part:
            first, last = _PARTS_OF_YEAR[self.part - 1]
            return _inexact(f"{year}-{first:02}", f"{year}-{last:02}", self.part)
        return year, year

    def winter_to(self, other: Partial) -> Partial | None:
        """The winter "1922/23": EDTF counts it to the year in which it begins; else None."""
        if self.season != _WINTER or other.month or other.season:
            return None
        following = self.year + 1
        if other.year == following or other.digits == f"{following % 100:02}":
            return self
        return None


def _inexact(first: str, last: str, part: int) -> Ends:
    """Early ends about then, late begins about then, the middle does both."""
    return first + ("~" if part > 1 else ""), last + ("~" if part < 3 else "")


def _beside(edtf: str, days: int) -> str:
    """The date of the same precision on the other side of a limit: 1923 → 1924 or 1922."""
    bare = edtf.rstrip("?~%")
    span = read(bare)
    edge = span.latest if days > 0 else span.earliest
    if edge is None or edge < 1_721_426:  # before the year 1: not written by archivists
        raise Unreadable
    year, month, day = from_day_number(edge + days)
    precision = 1 if "X" in bare else bare.count("-") + 1
    parts = (f"{year:04}", f"{month:02}", f"{day:02}")[:precision]
    return "-".join(parts) + edtf[len(bare) :]


def first_date(ends: Ends, bound: Sense | None) -> str:
    """Where what begins so begins."""
    return _beside(ends[1], 1) if bound is Sense.AFTER else ends[0]


def last_date(ends: Ends, bound: Sense | None) -> str:
    """Where what ends so ends."""
    return _beside(ends[0], -1) if bound is Sense.BEFORE else ends[1]


def as_edtf(ends: Ends, bound: Sense | None) -> str:
    """One date or stretch, or what lies on one side of it."""
    if bound in (Sense.SINCE, Sense.AFTER):
        return f"{first_date(ends, bound)}/.."
    if bound in (Sense.UNTIL, Sense.BEFORE):
        return f"../{last_date(ends, bound)}"
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}/{ends[1]}"
