"""The dates that a text speaks of, and what joins them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from catalogue.dates.lexicon import Sense
from catalogue.dates.partial import Partial, Unreadable
from catalogue.dates.tokens import Token


class Joiner(Enum):
    """What stands between two dates."""

    RANGE = auto()
    HYPHEN = auto()  # a range, or the hyphen of "1923-10"
    COMMA = auto()
    AND = auto()
    OR = auto()
    SLASH = auto()
    BOTH_CALENDARS = auto()  # "8 (21) October"


RANGES = (Joiner.RANGE, Joiner.HYPHEN)
_BEGINNINGS, _ENDINGS = (Sense.SINCE, Sense.AFTER), (Sense.UNTIL, Sense.BEFORE)


@dataclass(frozen=True)
class Phrase:
    """`joiners` are one fewer than `dates`. `calendar` is empty where the text names none."""

    dates: tuple[Partial, ...]
    joiners: tuple[Joiner, ...]
    calendar: str
    is_undated: bool
    not_understood: tuple[Token, ...]


class _Reader:
    """Goes through the tokens once, one date at a time."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.dates: list[Partial] = []
        self.joiners: list[Joiner] = []
        self.date = Partial()
        self.calendar = ""
        self.is_undated = False
        self.is_between = False
        self.are_decades = False
        self.not_understood: list[Token] = []

    def read(self) -> Phrase:
        for position, token in enumerate(self.tokens):
            handle = _HANDLERS.get(token.sense) if token.sense else None
            following = self.tokens[position + 1] if position + 1 < len(self.tokens) else None
            if handle is not None:
                handle(self, token, following)
            elif token.sense is None:
                self.not_understood.append(token)
        self._end()
        return Phrase(
            tuple(self.dates),
            tuple(self.joiners),
            self.calendar,
            self.is_undated,
            tuple(self.not_understood),
        )

    def _end(self) -> None:
        if self.date.has_base or self.date.is_present or self.date.part or self.date.portion:
            self.dates.append(self._finished())
        elif self.joiners and self.joiners[-1] in RANGES:
            if self.not_understood and self.not_understood[-1].end == self.tokens[-1].end:
                raise Unreadable
            self.dates.append(Partial(is_present=True))  # "1923–"
        elif self.joiners:
            self.joiners.pop()

    def _finished(self) -> Partial:
        date = self.date
        if date.ordinal and not date.portion:
            if not date.month or date.number or date.ordinal > 4:
                raise Unreadable
            date = replace(date, number=date.ordinal, ordinal=0)  # "premier mai"
        if date.is_before_christ and date.number and not (date.year or date.month or date.century):
            date = replace(date, year=date.number, number=0)
        if self.are_decades and date.is_bare_year:
            date = replace(date, decade=2)
        return date

    def _join(self, joiner: Joiner) -> None:
        date = self._finished()
        self.dates.append(date)
        self.joiners.append(joiner)
        self.date = Partial()

    # --- what each sense does ---

    def number(self, token: Token, following: Token | None) -> None:
        if len(token.text) > 2 and token.sense is Sense.NUMBER:
            if self.date.year or self.date.readings:
                raise Unreadable
            self.date = replace(self.date, year=token.number, digits=token.text)
        elif self.date.number or self.date.readings or not token.number:
            raise Unreadable
        else:
            digits = self.date.digits or token.text
            self.date = replace(self.date, number=token.number, digits=digits)

    def month(self, token: Token, following: Token | None) -> None:
        self._only_once()
        self.date = replace(self.date, month=token.number)

    def season(self, token: Token, following: Token | None) -> None:
        self._only_once()
        self.date = replace(self.date, season=token.number)

    def reading(self, token: Token, following: Token | None) -> None:
        if self.date.has_base:
            raise Unreadable
        self.date = replace(self.date, readings=token.readings)

    def _only_once(self) -> None:
        if self.date.month or self.date.season or self.date.readings:
            raise Unreadable

    def decade(self, token: Token, following: Token | None) -> None:
        if self.date.year or self.date.number:
            self.date = replace(self.date, decade=token.number)
        else:
            self.are_decades = True

    def century(self, token: Token, following: Token | None) -> None:
        self.date = replace(self.date, century=True)

    def part(self, token: Token, following: Token | None) -> None:
        if self.date.has_base or self.date.part:
            raise Unreadable
        self.date = replace(self.date, part=token.number)

    def ordinal(self, token: Token, following: Token | None) -> None:
        self.date = replace(self.date, ordinal=token.number)

    def portion(self, token: Token, following: Token | None) -> None:
        ordinal = self.date.ordinal or self.date.number
        if not ordinal or self.date.month or self.date.year:
            raise Unreadable
        self.date = replace(self.date, ordinal=ordinal, number=0, digits="", portion=token.number)

    def circa(self, token: Token, following: Token | None) -> None:
        self.date = replace(self.date, is_circa=True)

    def doubt(self, token: Token, following: Token | None) -> None:
        self.date = replace(self.date, is_doubtful=True)

    def year_word(self, token: Token, following: Token | None) -> None:
        self.date = replace(self.date, has_year_word=True)

    def before_christ(self, token: Token, following: Token | None) -> None:
        self.date = replace(self.date, is_before_christ=True)

    def present(self, token: Token, following: Token | None) -> None:
        self.date = replace(self.date, is_present=True)

    def bound(self, token: Token, following: Token | None) -> None:
        """ "from" and "not before" begin a date; "to" and "not after" may also join two."""
        sense = token.sense
        if self.date.has_base:
            is_second = self.date.bound in _BEGINNINGS and sense is Sense.BEFORE
            if sense is not Sense.UNTIL and not is_second:
                raise Unreadable
            self._join(Joiner.RANGE)
        elif self.dates and self.dates[-1].bound in _BEGINNINGS and sense in _ENDINGS:
            self.joiners[-1] = Joiner.RANGE
        elif self.date.bound not in (None, sense):
            raise Unreadable
        self.date = replace(self.date, bound=sense)

    def to_or_at(self, token: Token, following: Token | None) -> None:
        """Between two dates it joins them; before the first it says nothing: à l'automne 1921."""
        if self.date.has_base:
            self.bound(replace(token, sense=Sense.UNTIL), following)

    def between(self, token: Token, following: Token | None) -> None:
        self.is_between = True

    def and_(self, token: Token, following: Token | None) -> None:
        if self.date.has_base or self.date.part:
            self._join(Joiner.RANGE if self.is_between else Joiner.AND)
            self.is_between = False

    def or_(self, token: Token, following: Token | None) -> None:
        if not self.date.has_base:
            raise Unreadable
        self._join(Joiner.OR)

    def comma(self, token: Token, following: Token | None) -> None:
        """A list, unless it stands before the year: October 8, 1923."""
        date = self.date
        has_month = date.month or date.season or (self.dates and self.dates[-1].month)
        if has_month and not date.year and following and following.number > 99:
            return
        if date.has_base:
            self._join(Joiner.COMMA)

    def dash(self, token: Token, following: Token | None) -> None:
        if self.date.has_base:
            is_tight = token.text == "-" and token.is_joined and following and following.is_joined
            self._join(Joiner.HYPHEN if is_tight else Joiner.RANGE)
        elif not self.date.part:
            self.not_understood.append(token)

    def slash(self, token: Token, following: Token | None) -> None:
        if not self.date.has_base:
            raise Unreadable
        self._join(Joiner.SLASH)

    def opening(self, token: Token, following: Token | None) -> None:
        """The other calendar stands in brackets after a day: 25 октября (7 ноября) 1917."""
        is_day = following and following.sense is Sense.NUMBER and len(following.text) < 3
        if self.date.number and is_day:
            self._join(Joiner.BOTH_CALENDARS)

    def julian(self, token: Token, following: Token | None) -> None:
        self._calendar("julian")

    def gregorian(self, token: Token, following: Token | None) -> None:
        self._calendar("gregorian")

    def _calendar(self, name: str) -> None:
        if self.calendar not in ("", name):
            raise Unreadable
        self.calendar = name

    def undated(self, token: Token, following: Token | None) -> None:
        self.is_undated = True


_HANDLERS: dict[Sense, Callable[[_Reader, Token, Token | None], None]] = {
    Sense.NUMBER: _Reader.number,
    Sense.ROMAN: _Reader.number,
    Sense.MONTH: _Reader.month,
    Sense.SEASON: _Reader.season,
    Sense.DATE: _Reader.reading,
    Sense.DECADE: _Reader.decade,
    Sense.CENTURY: _Reader.century,
    Sense.PART: _Reader.part,
    Sense.ORDINAL: _Reader.ordinal,
    Sense.PORTION: _Reader.portion,
    Sense.CIRCA: _Reader.circa,
    Sense.DOUBT: _Reader.doubt,
    Sense.YEAR: _Reader.year_word,
    Sense.BEFORE_CHRIST: _Reader.before_christ,
    Sense.PRESENT: _Reader.present,
    Sense.SINCE: _Reader.bound,
    Sense.UNTIL: _Reader.bound,
    Sense.TO_OR_AT: _Reader.to_or_at,
    Sense.BEFORE: _Reader.bound,
    Sense.AFTER: _Reader.bound,
    Sense.BETWEEN: _Reader.between,
    Sense.AND: _Reader.and_,
    Sense.OR: _Reader.or_,
    Sense.COMMA: _Reader.comma,
    Sense.DASH: _Reader.dash,
    Sense.SLASH: _Reader.slash,
    Sense.OPENING: _Reader.opening,
    Sense.JULIAN: _Reader.julian,
    Sense.GREGORIAN: _Reader.gregorian,
    Sense.UNDATED: _Reader.undated,
}


def read_phrase(tokens: list[Token]) -> Phrase:
    """Raises Unreadable where two things are said of one date that cannot both be."""
    return _Reader(tokens).read()
