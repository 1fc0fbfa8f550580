"""Labelled numbers, "ф. 17", "ll. 53–68 об.", with all that their label may stand for."""

import re
from dataclasses import dataclass

from catalogue.references.compressed import read_numbers
from catalogue.references.lexicon import (
    FIRST_WORDS,
    LABELS,
    LEAVES,
    LONGEST_WORD,
    Label,
    Sense,
    alternation,
    label,
)
from catalogue.references.numbers import Number, read_leaves, read_number
from catalogue.references.structure import Folio, FolioRange

_LETTER = r"[^\W\d_]"
WORD = rf"{_LETTER}(?:{_LETTER}|'){{0,{LONGEST_WORD - 1}}}"
SIGN = rf"(?:(?:{alternation('sign')})(?!{_LETTER})[.\s]{{0,2}})?"
# A label, and what may stand between it and its number: "ф. № 17", "op.' 1", "Ф, 17", "fonds n° 5".
_LABEL = re.compile(
    rf"(?P<one>{WORD})(?P<tail>[.,:'°]{{0,3}}\s{{0,3}})(?:(?P<two>{WORD})[.,:'°]{{0,3}}\s{{0,3}})?"
)
_BEFORE_NUMBER = re.compile(rf"{SIGN}[-«\"]?\s?", re.IGNORECASE)
_OF_THE_BOOK = re.compile(r"\s{1,3}of\s{1,3}the\s{1,3}book", re.IGNORECASE)
# Nine labelled numbers in ten are as plain as these, which one match reads whole.
_ORDINARY = re.compile(
    rf"[\s.,;]{{0,4}}(?P<label>{_LETTER}{{1,12}})\.?\s?(?P<first>[0-9]{{1,7}})"
    r"(?:\s?-\s?(?P<last>[0-9]{1,7}))?(?=$|\.(?!\w)|[,;)](?!\s?[0-9]))"
)
_AND_MORE = re.compile(rf"[,;]\s?{_LETTER}{{1,8}}")


@dataclass(slots=True)
class Element:
    """One element at text[start:end]: its senses and what it would be read as in each."""

    start: int
    end: int
    kind: str  # "label", "bare", "numbers", "year", "remark", "extent", "fond_name"
    senses: tuple[Sense, ...] = ()
    label: Label | None = None
    number: Number | None = None
    leaves: tuple[FolioRange, ...] = ()
    inner: tuple[int, int] = (0, 0)  # where the words of a remark, year or extent stand
    parts: tuple[str, ...] = ()
    is_strong: bool = False  # a semicolon, "and" or an empty line stands before it
    has_line_end: bool = False


def _ordinary_leaves(text: str, found: re.Match[str]) -> tuple[FolioRange, ...]:
    """The leaves of an ordinary match; none where a side may follow or they are elided."""
    first, last = found["first"], found["last"]
    after = _AND_MORE.match(text, found.end())
    if after and not label(after[0].lstrip(",; \n")):
        return ()
    if last is None:
        return (FolioRange(Folio(int(first))),)
    if len(last) < len(first) or int(last) < int(first):
        return ()
    return (FolioRange(Folio(int(first)), Folio(int(last))),)


def read_ordinary(text: str, position: int) -> Element | None:
    """A labelled number without anything unusual, and the gap before it; None for all others."""
    found = _ORDINARY.match(text, position)
    known = label(found["label"]) if found else None
    if found is None or known is None or known.form in FIRST_WORDS:
        return None
    leaves: tuple[FolioRange, ...] = ()
    if known.may_be_leaves:
        leaves = _ordinary_leaves(text, found)
        if not leaves:
            return None
    number, start = None, found.start("label")
    if known.may_be_number:
        digits = found["first"]
        if found["last"]:
            digits += "-" + found["last"]
        number = Number(digits, found.start("first"), found.end(), found["last"] is not None)
    element = Element(start, found.end(), "label", known.senses, known, number, leaves)
    if start - position > 1:
        gap = text[position:start]
        element.is_strong = ";" in gap or "\n\n" in gap
        element.has_line_end = "\n" in gap
    return element


def read_label(text: str, position: int) -> tuple[Label, int] | None:
    """The label at a place and where its number may begin."""
    found = _LABEL.match(text, position)
    if found is None:
        return None
    one, two = found["one"], found["two"]
    if two and one.lower() in FIRST_WORDS:
        both = LABELS.get(f"{one} {two}".lower())
        if both is not None:
            return both, found.end()
    known = label(one.rstrip("'")) or label(one)
    return (known, found.end("tail")) if known else None


def _narrow(
    senses: tuple[Sense, ...], number: Number | None, has_leaves: bool
) -> tuple[Sense, ...]:
    return tuple(
        sense for sense in senses if (has_leaves if sense.role in LEAVES else number is not None)
    )


def read_labelled(text: str, position: int) -> Element | None:
    """A label with its number or leaves."""
    found = read_label(text, position)
    if found is None:
        return None
    known, place = found
    if text.startswith("-", place) and text[place - 1].isalpha():
        return None
    sign = _BEFORE_NUMBER.match(text, place)
    place = sign.end() if sign else place
    leaves = read_leaves(text, place) if known.may_be_leaves else None
    number = None
    if known.may_be_number:
        number = read_number(text, place, of_fond=known.role == "fond")
    senses = _narrow(known.senses, number, leaves is not None)
    if not senses:
        return None
    if senses[0].role == "fond":
        numbers = read_alone(text, place)
        if numbers and len(numbers.parts) > 2:
            numbers.start = position
            numbers.label = known
            return numbers
    ends = [leaves[1] if leaves else 0, number.end if number else 0]
    end = ends[1] if senses[0].role not in LEAVES and len(senses) == 1 else max(ends)
    element = Element(position, end, "label", senses, known, number, leaves[0] if leaves else ())
    if leaves and (book := _OF_THE_BOOK.match(text, end)):
        element.senses = (Sense("book_pages", 0, ("en",), False),)
        element.end = book.end()
    return element


def read_alone(text: str, position: int, *, with_commas: bool = False) -> Element | None:
    numbers = read_numbers(text, position, with_commas=with_commas)
    if numbers is None:
        return None
    return Element(position, numbers.end, "numbers", parts=numbers.parts, leaves=numbers.leaves)
