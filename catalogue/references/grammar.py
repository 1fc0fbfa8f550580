"""The grammar: from a place in plain text, the elements of references that follow one another.

An element is a labelled number, a number without a label, numbers alone ("17/2/685/53"), a year,
a remark in brackets or an extent. What a label stands for is settled in `senses`.
"""

import re

from catalogue.references.elements import (
    SIGN,
    WORD,
    Element,
    read_alone,
    read_label,
    read_labelled,
    read_ordinary,
)
from catalogue.references.lexicon import LEAVES, Sense, alternation, label
from catalogue.references.numbers import (
    Number,
    is_year,
    read_leaves,
    read_number,
    stands_alone,
)

_LETTER = r"[^\W\d_]"
_FURTHEST_LABEL = 100
_AND = alternation("and")
_GAP = re.compile(
    rf"[\s.,;:/·\-]{{0,8}}(?:(?<=[\s\d)])(?:{_AND}|&)(?=[\s]))?\s{{0,3}}", re.IGNORECASE
)
_STRONG = re.compile(rf";|\n\s*\n|(?<!\w)(?:{_AND}|&)(?!\w)", re.IGNORECASE)
_YEAR = re.compile(
    rf"\(?(?P<year>1[6-9][0-9]{{2}}|20[0-2][0-9])(?:\s?-\s?(?:[0-9]{{4}}|[0-9]{{2}}))?"
    rf"(?P<sign>\s?(?:{alternation('year')})(?!{_LETTER})\.?)?\)?"
    rf"(?=\s{{0,2}}[,.;)]|[ ]?\n|\s{{1,2}}{_LETTER}{{1,5}}\.|$)"
)
_REMARK = re.compile(r"\((?P<text>[^()\n]{0,80}(?:\([^()\n]{0,80}\)[^()\n]{0,80})?)\)")
_EXTENT = re.compile(r"(?P<number>[0-9]{1,6})\s{0,2}")
_OPENS_NUMBER = re.compile(r"\s{0,2}\[?[0-9]")
_FOND_WORDS = re.compile(
    rf"[\s,.:«“„\"-]{{1,4}}(?P<name>{_LETTER}[^;/\n\d()]{{1,{_FURTHEST_LABEL}}}?)"
    rf"(?:\.(?!\s*\n)|[ ,:»”“\"-]|(?<=,)\n){{1,4}}"
)
_NEXT_LABEL = re.compile(
    rf"(?<!{_LETTER}){WORD}[.'°]{{0,2}}\s{{0,3}}(?:{SIGN})(?=[0-9])", re.IGNORECASE
)

_LEAFY = (Sense("leaf", 0, (), False), Sense("delo", 1, (), False))
# What may join a number without a label to the one before it.
_JOINS = re.compile(r"\.|(?=[^\n]*[^\s])[^\n.-]+")
_BEFORE_YEAR = frozenset({"fond", "opis", "delo", "papka", "karton", "sviazka"})
_BARE = {
    "fond": (Sense("opis", 0, (), False), Sense("fond", 2, (), False)),
    "opis": (Sense("delo", 1, (), False), Sense("opis", 2, (), False)),
    "delo": (Sense("delo", 0, (), False), Sense("leaf", 1, (), False)),
    "papka": (Sense("delo", 2, (), False), Sense("papka", 1, (), False)),
    "numbers": (Sense("leaf", 0, (), False),),
    "karton": (Sense("delo", 2, (), False), Sense("karton", 1, (), False)),
}


def _read_extent(text: str, position: int) -> Element | None:
    """A number of leaves, "214 л.", which is no leaf's number."""
    digits = _EXTENT.match(text, position)
    named = read_label(text, digits.end()) if digits else None
    if digits is None or named is None or named[0].role not in LEAVES:
        return None
    if _OPENS_NUMBER.match(text, named[1]):
        return None
    word = text[digits.end() : named[1]].rstrip(" \n,;:")
    end = digits.end() + len(word)
    return Element(position, end, "extent", inner=(digits.end(), end), parts=(digits["number"],))


def _bare_senses(before: Element, number: Number, *, has_leaves: bool) -> tuple[Sense, ...]:
    """What a number without a label may be after an element: the like of it, or the next level."""
    role = before.kind if len(before.parts) == 3 else before.senses[0].role if before.senses else ""
    is_many = bool(before.senses) and before.senses[0].is_many
    if is_year(number.text) and not is_many:
        return ()
    senses = _BARE.get(role, ())
    if role == "delo" and is_many:
        senses = senses[:1]
    elif role == "delo" and _is_leafy(before.number, number):
        senses = _LEAFY
    return tuple(sense for sense in senses if has_leaves or sense.role != "leaf")


def _read_bare(text: str, position: int, gap: str, before: Element) -> Element | None:
    """A number without a label, after a labelled one: a list goes on, or a level is not named."""
    if extent := _read_extent(text, position):
        return extent
    if not _JOINS.fullmatch(gap):
        return None
    number = read_number(text, position)
    if number is None or not stands_alone(text, number.end):
        return None
    leaves = read_leaves(text, position)
    senses = _bare_senses(before, number, has_leaves=leaves is not None)
    if not senses:
        return None
    found = leaves[0] if leaves else ()
    return Element(position, number.end, "bare", senses, before.label, number, found)


def _is_leafy(before: Number | None, number: Number) -> bool:
    """Whether a number after that of a delo is rather a leaf: a range, or not a later number."""
    if before is None or before.is_range or not before.text.isdigit():
        return False
    return number.is_range or (number.text.isdigit() and int(number.text) <= int(before.text))


def _read_brackets(text: str, position: int, before: Element) -> Element | None:
    """What stands in brackets: labelled numbers, a year, or a remark."""
    labelled = read_labelled(text, position + 1)
    if labelled is not None:
        labelled.end += text.startswith((")", "]"), labelled.end)
        return labelled
    remark = _REMARK.match(text, position)
    if remark is None:
        return None
    return Element(position, remark.end(), "remark", inner=remark.span("text"))


def _read_year(text: str, position: int, before: Element) -> Element | None:
    role = before.senses[0].role if before.senses else ""
    if role not in _BEFORE_YEAR or before.kind == "bare":
        return None
    year = _YEAR.match(text, position)
    if year is None:
        return None
    if year["sign"] or role not in ("fond", "delo") or _labelled_next(text, year.end()):
        return Element(position, year.end(), "year", inner=year.span("year"))
    return None


def _labelled_next(text: str, position: int) -> bool:
    gap = _GAP.match(text, position)
    found = read_label(text, gap.end()) if gap else None
    return found is not None and found[0].role in ("delo", "leaf", "papka")


def _read_fond_name(text: str, position: int) -> Element | None:
    """Words after the number of a fond, before its opis: "ф. 17 ЦК КПСС, оп. 2"."""
    ahead = _NEXT_LABEL.search(text, position, position + _FURTHEST_LABEL)
    found = label(ahead[0].rstrip(" .'°\n").partition(" ")[0]) if ahead else None
    if ahead is None or found is None or found.role != "opis":
        return None
    words = _FOND_WORDS.fullmatch(text, position, ahead.start())
    if words is None:
        return None
    return Element(position, words.end("name"), "fond_name", inner=words.span("name"))


def read_elements(text: str, position: int) -> list[Element]:
    """The elements from a place on, as far as they go; linear in what is read."""
    elements: list[Element] = []
    while True:
        element = read_ordinary(text, position) or _read_next(text, position, elements)
        if element is None:
            return elements
        elements.append(element)
        position = element.end


def _read_next(text: str, position: int, elements: list[Element]) -> Element | None:
    gap = _GAP.match(text, position)
    place = gap.end() if gap else position
    if place == len(text):
        return None
    between = text[position:place]
    element = _read_element(text, place, between, elements)
    if element is None and elements and elements[-1].label and elements[-1].label.role == "fond":
        element = _read_fond_name(text, position)
    if element is not None:
        element.is_strong = _is_strong(between)
        element.has_line_end = "\n" in between
    return element


def _is_strong(between: str) -> bool:
    return len(between) > 1 and _STRONG.search(between) is not None


def _read_element(text: str, place: int, between: str, elements: list[Element]) -> Element | None:
    labelled = read_labelled(text, place)
    if labelled is not None:
        return labelled
    if not elements:
        return read_alone(text, place, with_commas=True)
    before = elements[-1]
    character = text[place : place + 1]
    if character in ("(", "["):
        return _read_brackets(text, place, before)
    if not character.isalnum():
        return None
    is_joined = "," in between or _is_strong(between)
    if is_joined:
        numbers = read_alone(text, place)
        if numbers is not None and len(numbers.parts) > 2 and before.kind in ("numbers", "label"):
            return numbers
    if not (character.isdigit() or is_joined):
        return None
    return _read_year(text, place, before) or _read_bare(text, place, between, before)
