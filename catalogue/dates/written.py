"""Dates as archivists write them, read into EDTF: never by guessing.

What may mean two things comes back as two readings; what is not understood is named. Early, middle
and late are read with approximate limits: "early 1920s" is 1920/1923~. Square brackets (supplied by
the archivist) are no doubt; a question mark is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalogue.dates.calendars import DateError, julian_to_gregorian
from catalogue.dates.lexicon import Sense
from catalogue.dates.partial import Ends, Partial, Unreadable, as_edtf, first_date, last_date
from catalogue.dates.phrases import RANGES, Joiner, Phrase, read_phrase
from catalogue.dates.spans import read, read_julian
from catalogue.dates.tokens import Token, read_tokens

# Characters of the longest text that is read as a date; what is longer is prose.
LONGEST_WRITTEN = 500


@dataclass(frozen=True)
class NotUnderstood:
    """A piece of the text; `start` counts characters from 0."""

    text: str
    start: int


@dataclass(frozen=True)
class Written:
    """What a date as written says.

    `readings` are EDTF, Gregorian: one, or several where the text may mean several. `calendar` is
    "julian" or "gregorian" where the text says so. `is_undated`: it says that there is no date.
    """

    readings: tuple[str, ...] = ()
    calendar: str = ""
    is_undated: bool = False
    not_understood: tuple[NotUnderstood, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether the whole text was understood, and in one way."""
        return len(self.readings) == 1 and not self.not_understood

    @property
    def reading(self) -> str:
        """The one EDTF reading, or nothing."""
        return self.readings[0] if self.is_certain else ""


def read_written(text: str, language_hint: str = "") -> Written:
    """Read a date as written in any language of `lexicon`; raises nothing, in linear time.

    `language_hint` (ISO 639, or a tag such as "ru-RU") decides between languages where they differ.
    """
    if not text.strip():
        return Written()
    if len(text) > LONGEST_WRITTEN:
        return Written(not_understood=(NotUnderstood(text, 0),))
    tokens = read_tokens(text, language_hint.partition("-")[0].lower())
    try:
        phrase = read_phrase(tokens)
        readings = _readings(phrase) if phrase.dates else []
        if phrase.calendar == "julian":
            readings = [read_julian(reading).edtf for reading in readings]
        for reading in readings:
            read(reading)
    except (DateError, Unreadable):
        return Written(not_understood=(NotUnderstood(text.strip(), text.find(text.strip())),))
    return Written(
        tuple(dict.fromkeys(readings)),
        phrase.calendar,
        phrase.is_undated,
        _pieces(text, phrase.not_understood),
    )


def _pieces(text: str, tokens: Sequence[Token]) -> tuple[NotUnderstood, ...]:
    """What was not understood, neighbours as one piece."""
    pieces: list[tuple[int, int]] = []
    for token in tokens:
        if pieces and not text[pieces[-1][1] : token.start].strip():
            pieces[-1] = (pieces[-1][0], token.end)
        else:
            pieces.append((token.start, token.end))
    return tuple(NotUnderstood(text[start:end], start) for start, end in pieces)


def _readings(phrase: Phrase) -> list[str]:
    dates, joiners = _with_years_first(phrase)
    dates, joiners = _without_elisions(dates, joiners)
    if {Joiner.AND, Joiner.OR} & set(joiners) and set(RANGES) & set(joiners):
        _refuse_shared_parts(dates)  # "April or June 1991 – October 1991"
    dates = _completed(dates)
    if joiners == [Joiner.BOTH_CALENDARS]:
        return [_in_both_calendars(*dates)]
    if joiners == [Joiner.SLASH]:
        return _on_both_sides(*dates)
    dates = [
        replace(date, is_circa=True)
        if joiner in RANGES and before.is_circa and not (date.is_doubtful or date.bound)
        else date
        for before, joiner, date in zip(
            [Partial(), *dates], [Joiner.COMMA, *joiners], dates, strict=False
        )
    ]
    options = [[] if date.is_present else date.readings_as_ends() for date in dates]
    count = max(map(len, options))
    if not count:
        raise Unreadable
    return [
        _combined(
            dates,
            joiners,
            [each[min(choice, len(each) - 1)] if each else ("..", "..") for each in options],
        )
        for choice in range(count)
    ]


def _refuse_shared_parts(dates: list[Partial]) -> None:
    if not all(date.year or date.readings or date.is_present for date in dates):
        raise Unreadable


def _with_years_first(phrase: Phrase) -> tuple[list[Partial], list[Joiner]]:
    """A comma after the year does not end the date: "1923 г., 8 октября"."""
    dates, joiners = [phrase.dates[0]], []
    for joiner, date in zip(phrase.joiners, phrase.dates[1:], strict=True):
        is_rest = (date.month or date.season) and not date.year
        if joiner is Joiner.COMMA and dates[-1].is_bare_year and is_rest:
            dates[-1] = replace(date, year=dates[-1].year)
        else:
            dates.append(date)
            joiners.append(joiner)
    return dates, joiners


def _without_elisions(
    dates: list[Partial], joiners: list[Joiner]
) -> tuple[list[Partial], list[Joiner]]:
    """Second numbers made whole: 1890–91, 1923/24, winter 1922/23."""
    for place, joiner in enumerate(joiners):
        left, right = dates[place], dates[place + 1]
        if joiner not in (*RANGES, Joiner.SLASH):
            continue
        if len(dates) == 2 and (winter := left.winter_to(right)) is not None:
            return [winter], []
        if left.is_bare_year and right.is_bare_number:
            dates[place], dates[place + 1] = _elided(left, right, joiner)
            joiners[place] = Joiner.RANGE
        elif joiner is Joiner.SLASH and left.is_bare_year and right.is_bare_year:
            joiners[place] = Joiner.RANGE
        elif left.is_bare_year and right.decade and not left.year % 10:
            dates[place] = _before_a_decade(left, right)
    return dates, joiners


def _elided(left: Partial, right: Partial, joiner: Joiner) -> tuple[Partial, Partial]:
    """1890-91 is a range, 1923-10 a month; 1905-06 may be both."""
    step = 10 ** len(right.digits)
    year = left.year - left.year % step + right.number
    month = f"{left.year:04}-{right.number:02}"
    pairs = [(f"{left.year:04}", f"{year:04}")] if year > left.year else []
    if joiner is Joiner.HYPHEN and len(right.digits) == 2 and not right.has_year_word:
        pairs += [(month, month)] if right.number <= 12 else []
    if not pairs:
        raise Unreadable
    firsts, lasts = zip(*pairs, strict=True)
    return (
        replace(left, year=0, readings=firsts),
        replace(right, number=0, readings=lasts),
    )


def _before_a_decade(left: Partial, right: Partial) -> Partial:
    """In "1920–1930s" the first may be a year; "1920–1930-е" are decades."""
    if right.decade == 2:
        return replace(left, decade=2)
    return replace(left, year=0, readings=(f"{left.year:04}", f"{left.year // 10:03}X"))


def _completed(dates: list[Partial]) -> list[Partial]:
    """What is said once for several dates: first from those that follow, then from the others."""
    for place in range(len(dates) - 2, -1, -1):
        dates[place] = dates[place].completed_by(dates[place + 1])
    for place in range(1, len(dates)):
        dates[place] = dates[place].completed_by(dates[place - 1])
    return dates


def _combined(dates: list[Partial], joiners: list[Joiner], ends: list[Ends]) -> str:
    """One EDTF expression: a date, a stretch of time, or a set of both."""
    groups: list[list[int]] = [[0]]
    for place, joiner in enumerate(joiners, start=1):
        if joiner in RANGES:
            groups[-1].append(place)
        elif joiner in (Joiner.SLASH, Joiner.BOTH_CALENDARS):
            raise Unreadable
        else:
            groups.append([place])
    stretches = [_stretch(dates, ends, group) for group in groups]
    if len(stretches) == 1:
        return stretches[0]
    if any(".." in stretch for stretch in stretches):
        raise Unreadable
    inside = ",".join(stretch.replace("/", "..") for stretch in stretches)
    is_choice = Joiner.OR in joiners
    if is_choice and Joiner.AND in joiners:
        raise Unreadable
    return f"[{inside}]" if is_choice else f"{{{inside}}}"


def _stretch(dates: list[Partial], ends: list[Ends], group: list[int]) -> str:
    if len(group) == 1:
        return as_edtf(ends[group[0]], dates[group[0]].bound)
    if len(group) > 2:
        raise Unreadable
    one, other = group
    first = first_date(ends[one], dates[one].bound)
    last = last_date(ends[other], dates[other].bound)
    if dates[one].bound in (Sense.UNTIL, Sense.BEFORE) or first == "..":
        raise Unreadable
    return first if first == last else f"{first}/{last}"


def _in_both_calendars(one: Partial, other: Partial) -> str:
    """The Gregorian one of two days that are the same, whichever stands first."""
    pair = _days(one), _days(other)
    for julian, gregorian in (pair, pair[::-1]):
        if julian_to_gregorian(*julian) == gregorian:
            year, month, day = gregorian
            return f"{year:04}-{month:02}-{day:02}" + (one.mark or other.mark)
    raise Unreadable


def _days(date: Partial) -> tuple[int, int, int]:
    if not (date.year and date.month and date.number):
        raise Unreadable
    return date.year, date.month, date.number


def _on_both_sides(one: Partial, other: Partial) -> list[str]:
    """A day of both calendars; else a slash says "to" or "or", nobody knows which."""
    try:
        return [_in_both_calendars(one, other)]
    except (Unreadable, DateError):
        pair = [one, other]
        first, last = (date.readings_as_ends()[0] for date in pair)
        return [_combined(pair, [joiner], [first, last]) for joiner in (Joiner.RANGE, Joiner.OR)]
