"""A date as written, taken apart into what each word, number and sign says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.dates.lexicon import LONGEST_PHRASE, Meaning, Sense, senses
from catalogue.text import fold

# Every alternative is bounded or takes one run of one class of characters: linear time.
_SCAN = re.compile(
    r"""
    (?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?![\d-]))
    |(?P<packed>(?<!\d)\d{8}(?!\d))
    |(?P<numeric>(?<!\d)\d{1,2}\s?(?P<sign>[./-])\s?\d{1,2}\s?(?P=sign)\s?\d{4}(?!\d))
    |(?P<roman>(?<!\d)\d{1,2}[./ -]\s?[IVXХІ]{1,4}[./ -]\s?\d{4}(?!\d))
    |(?P<month>(?<!\d)\d{1,2}[./]\d{4}(?!\d))
    |(?P<blank>(?<!\d)(?:\d{3}[-_?]|\d{2}(?:--|__|\?\?))(?!\s?[\d-]))
    |(?P<number>[0-9]+)
    |(?P<word>[^\W\d_]+)
    |(?P<mark>\S)
    """,
    re.VERBOSE,
)
_SIGNS = {
    **dict.fromkeys("-‐‑‒–—―−", Sense.DASH),
    **dict.fromkeys(",;", Sense.COMMA),
    **dict.fromkeys("([{<", Sense.OPENING),
    **dict.fromkeys(")]}>", Sense.CLOSING),
    **dict.fromkeys("~≈±", Sense.CIRCA),
    **dict.fromkeys("&+", Sense.AND),
    "/": Sense.SLASH,
    "?": Sense.DOUBT,
}
_WITHOUT_MEANING = frozenset(".'’ʼ‘`\"“”„«»:")
# Cyrillic letters typed for Roman numerals.
_LATIN_NUMERALS = str.maketrans("ХІСМ", "XICM")
_ROMAN = re.compile(r"([IVX]{1,6})(?:e|ème|er|го)?")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class Token:
    """What stands from `start` to `end` says; None is what nobody understands.

    `readings` are the EDTF dates that digits and signs alone can mean. `is_joined`: nothing stands
    between it and what comes before.
    """

    sense: Sense | None
    number: int
    text: str
    start: int
    end: int
    readings: tuple[str, ...] = ()
    is_joined: bool = False


def roman(text: str) -> int:
    """The value of a Roman numeral below 40, capital letters, an ordinal ending allowed; else 0."""
    found = _ROMAN.fullmatch(text.translate(_LATIN_NUMERALS))
    if found is None:
        return 0
    values = [_ROMAN_DIGITS[letter] for letter in found[1]]
    following = [*values[1:], 0]
    return sum(
        -one if one < next_one else one for one, next_one in zip(values, following, strict=True)
    )


def _day(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _numeric(text: str) -> tuple[str, ...]:
    """8.10.1923 is a day and a month; 03/04/1923 and 03-04-1923 may be a month and a day."""
    first, second, year = map(int, re.findall("[0-9]+", text))
    found = [_day(year, second, first)]
    if "." not in text:
        found.append(_day(year, first, second))
    return tuple(dict.fromkeys(date for date in found if date))


def _with_roman_month(text: str) -> tuple[str, ...]:
    day, month, year = re.findall(r"[^\W_]+", text)
    date = _day(int(year), roman(month), int(day))
    return (date,) if date else ()


def _month(text: str) -> tuple[str, ...]:
    month, year = map(int, re.findall("[0-9]+", text))
    return (f"{year:04}-{month:02}",) if 1 <= month <= 12 else ()


def _packed(text: str) -> tuple[str, ...]:
    date = _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    return (date,) if date else ()


def _blank(text: str) -> tuple[str, ...]:
    digits = "".join(filter(str.isdecimal, text))
    return (digits.ljust(4, "X"),)


_READERS = {
    "iso": lambda text: (text,),
    "packed": _packed,
    "numeric": _numeric,
    "roman": _with_roman_month,
    "month": _month,
    "blank": _blank,
}


def _sign(mark: str) -> Sense | None:
    return _SIGNS.get(mark)


def _scan(text: str) -> Iterator[Token]:
    end = 0
    for found in _SCAN.finditer(text):
        kind, piece = str(found.lastgroup if found.lastgroup != "sign" else "numeric"), found[0]
        if piece in _WITHOUT_MEANING:
            # 1920’s is one word, 1-я too; after a full stop something new begins.
            end = found.end() if piece != "." else -1
            continue
        joined = found.start() == end
        end = found.end()
        place = (piece, found.start(), found.end())
        if kind in _READERS:
            readings = _READERS[kind](piece)
            yield Token(Sense.DATE if readings else None, 0, *place, readings, joined)
        elif kind == "number":
            is_year_or_less = len(piece) <= 4 and piece.isascii()
            sense = Sense.NUMBER if is_year_or_less else None
            yield Token(sense, int(piece) if sense else 0, *place, is_joined=joined)
        else:
            sense = None if kind == "word" else _sign(piece)
            yield Token(sense, 0, *place, is_joined=joined)


def _is_word(token: Token) -> bool:
    return token.sense is None and token.text[0].isalpha()


def _words(raw: list[Token], position: int) -> list[tuple[str, int]]:
    """The folded phrases that begin at a word, and where each ends, the longest first."""
    phrases: list[tuple[str, int]] = []
    phrase = ""
    for place in range(position, min(len(raw), position + 2 * LONGEST_PHRASE)):
        token = raw[place]
        if _is_word(token):
            phrase = f"{phrase} {fold(token.text)}".strip()
            phrases.append((phrase, place + 1))
        elif token.sense not in (Sense.SLASH, Sense.DASH):
            break
    return phrases[LONGEST_PHRASE - 1 :: -1]


_NUMBERS = (Sense.NUMBER, Sense.ROMAN)


def _ending(found: frozenset[Meaning], kept: list[Token]) -> Meaning | None:
    """What a word says that is written together with the number before it: 8th, 1-я, 1920-х."""
    is_decade = len(kept[-1].text) == 4 or (len(kept[-1].text) == 2 and kept[-1].number % 10 == 0)
    senses_here = {sense for sense, _ in found}
    if is_decade and senses_here & {Sense.DECADE, Sense.CENTURY_OR_DECADE}:
        # What "1900s" says is not certain; "1900-е" and "1900er" are decades.
        return Sense.DECADE, 2 if Sense.DECADE in senses_here else 1
    if senses_here & {Sense.DECADE, Sense.ORDINAL_ENDING}:
        return Sense.ORDINAL_ENDING, 1
    return None


def _meaning(found: frozenset[Meaning], kept: list[Token]) -> Meaning | None:
    """The one thing that a phrase says after what comes before it."""
    if len(found) > 1:
        found = frozenset(
            item for item in found if item[0] not in (Sense.ORDINAL_ENDING, Sense.DECADE)
        )
    if len(found) != 1:
        return None
    (sense, number) = next(iter(found))
    last = kept[-1] if kept else None
    follows_number = last is not None and (
        last.sense in (Sense.ROMAN, Sense.ORDINAL_ENDING)
        or (last.sense is Sense.NUMBER and len(last.text) < 3)
    )
    if sense is Sense.CENTURY_OR_IN:
        return (Sense.CENTURY, 1) if follows_number else (Sense.SILENT, 1)
    if sense is Sense.CENTURY_OR_DECADE:
        return (Sense.CENTURY, 1) if follows_number else None
    if sense is Sense.DECADE:
        return sense, 2
    return None if sense is Sense.ORDINAL_ENDING else (sense, number)


def _after_number(kept: list[Token], raw: Token) -> bool:
    """Whether a word is written together with a number, a hyphen between them or not."""
    if kept and kept[-1].sense is Sense.DASH and kept[-1].is_joined:
        return len(kept) > 1 and kept[-2].sense in _NUMBERS and raw.is_joined
    return bool(kept) and kept[-1].sense in _NUMBERS and raw.is_joined


def _read_ending(raw: list[Token], position: int, kept: list[Token], language: str) -> int:
    """Read the ending of a number, and return the place after it; 0 where there is none."""
    if not _after_number(kept, raw[position]):
        return 0
    without_dash = kept[:-1] if kept[-1].sense is Sense.DASH else kept
    for phrase, end in _words(raw, position):
        meaning = _ending(senses(phrase, language), without_dash)
        if meaning is not None:
            kept[:] = without_dash
            first, last = raw[position], raw[end - 1]
            kept.append(Token(*meaning, first.text, first.start, last.end, is_joined=True))
            return end
    return 0


def _read_phrase(raw: list[Token], position: int, kept: list[Token], language: str) -> int:
    first = raw[position]
    for phrase, end in _words(raw, position):
        meaning = _meaning(senses(phrase, language), kept)
        if meaning is not None:
            kept.append(Token(*meaning, first.text, first.start, raw[end - 1].end))
            return end
    number = roman(first.text)
    kept.append(Token(Sense.ROMAN if number else None, number, first.text, first.start, first.end))
    return position + 1


def read_tokens(text: str, language: str = "") -> list[Token]:
    """Take a text apart; words of `language` go before those of the others."""
    raw = list(_scan(text))
    kept: list[Token] = []
    position = 0
    while position < len(raw):
        if not _is_word(raw[position]):
            kept.append(raw[position])
            position += 1
            continue
        position = _read_ending(raw, position, kept, language) or _read_phrase(
            raw, position, kept, language
        )
    return kept
