"""Numbers as references print them: shelf numbers with letters, and leaves with sides."""

import re
from dataclasses import dataclass

from catalogue.references.lexicon import LABELS, alternation
from catalogue.references.structure import Folio, FolioRange, Side

_LETTER = r"[^\W\d_]"
_AND = alternation("and")
_DIGITS = r"[0-9]{1,3}(?:\ [0-9]{3})+(?![0-9])|[0-9]{1,9}"
_SUFFIX = rf"-?(?!(?:th|st|nd|rd|го|ой|й|е)\b){_LETTER}{{1,4}}(?![\w'])"
_SUFFIX += r"|\ [аАбБвВгГaAbB](?=\s{0,2}(?:[,.;):/]|$))"
_MORE = rf"[\s(]{{0,2}}(?:{alternation('more')})(?!{_LETTER})\.?\)?"
_SHELF = rf"""
    \[?(?P<digits>{_DIGITS})\]?
    (?P<suffix>{_SUFFIX})?
    (?P<part>/(?:[0-9]{{1,4}}{_LETTER}{{0,2}}|{_LETTER}{{1,3}}(?![\w.])))?
    (?:\s?-\s?(?P<last>[0-9]{{1,9}}{_LETTER}{{0,2}}(?![\w/])))?
    (?P<more>{_MORE})?
"""
_NUMBER = re.compile(
    rf"(?P<prefix>(?P<letters>{_LETTER}{{1,3}})-?|)(?:{_SHELF})", re.VERBOSE | re.IGNORECASE
)
_FOND = re.compile(
    rf"(?P<prefix>(?P<letters>{_LETTER}[-.\ ]{{0,2}}|{_LETTER}{{2,4}}-?)|)"
    rf"(?P<digits>{_DIGITS})(?P<suffix>{_SUFFIX})?(?P<last>)"
    rf"(?P<part>/{_LETTER}{{1,2}}(?![\w.]))?(?P<more>)",
    re.VERBOSE | re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVXLC]{1,7}(?![\w'])")
_NEXT_NUMBER = re.compile(r"[.\s]{0,2}[0-9]")
_SIDES = f"(?P<verso>{alternation('verso')})|(?P<recto>{alternation('recto')})"
_LEAF = re.compile(
    rf"""
    \[?(?P<number>[0-9]{{1,7}})
    (?P<suffix>-?{_LETTER}{{1,3}}?)??
    (?:(?:\s{{1,2}}|(?<=[0-9])-?|(?<=[0-9]{_LETTER}))\(?(?:{_SIDES})(?!{_LETTER})\)?\.?)?
    \]?(?:\ ?ff?\.(?!\s?[0-9]))?(?![\w°])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TO = re.compile(r"\s{0,2}-\s{0,2}")
# "5 и об.", "5, об.", "5–об.": a leaf and its back.
_AND_BACK = re.compile(
    rf"\s{{0,2}}(?:,|-|/|\+|(?<=\s)(?:{_AND})\s)\s{{0,2}}(?:{alternation('verso')})(?!\w)\.?",
    re.IGNORECASE,
)
_COMMA = re.compile(rf"\s{{0,2}}(?:[,;]|(?<=\s)(?:{_AND})(?=\s))\s{{0,3}}", re.IGNORECASE)
# A number that goes on as a list: no word, date or other number follows it.
_STANDS_ALONE = re.compile(
    rf"(?!\s?[/:][0-9]|\.[0-9]|\s{{1,3}}[0-9])\s{{0,3}}"
    rf"(?:[^\w\s(]|$|\n|\((?!\w{{2}})|(?:{_AND})(?!\w))",
    re.IGNORECASE,
)
_YEARS = range(1800, 2030)
_FAR = 400
LONGEST_POINTED_OPIS = 4  # digits; in 82.21592.1 a point has dropped out


@dataclass(frozen=True, slots=True)
class Number:
    """A shelf number as printed, without thousands spaces, at text[start:end]."""

    text: str
    start: int
    end: int
    is_range: bool = False


def _keeps_suffix(text: str, found: re.Match[str]) -> bool:
    """Whether letters belong to the number before them, and are not the next label: 5л. 3."""
    suffix = found["suffix"]
    is_label = suffix.strip().lower() in LABELS
    return not (is_label and _NEXT_NUMBER.match(text, found.end("suffix")))


def read_number(text: str, position: int, *, of_fond: bool = False) -> Number | None:
    """Read the number of a fond, opis or delo at a place."""
    found = (_FOND if of_fond else _NUMBER).match(text, position)
    if found is None:
        roman = _ROMAN.match(text, position)
        return Number(roman[0], position, roman.end()) if roman else None
    prefix, digits, suffix = found["prefix"], found["digits"].replace(" ", ""), found["suffix"]
    if suffix and not _keeps_suffix(text, found):
        return Number(prefix + digits, position, found.end("digits"))
    number = prefix + digits + (suffix or "").strip() + (found["part"] or "")
    if found["last"]:
        number += "-" + found["last"]
    if found["more"]:
        number += " " + found["more"].strip()
    return Number(number, position, found.end(), bool(found["last"]))


def _folio(found: re.Match[str], number: int) -> Folio | None:
    side: Side = "v" if found["verso"] else "r" if found["recto"] else ""
    try:
        return Folio(number, (found["suffix"] or "").lstrip("-"), side)
    except ValueError:
        return None


def _last_number(first: str, last: str) -> int:
    """The number that ends a range, an elided one made whole: 108-12 is 108-112."""
    return int(first[: -len(last)] + last) if len(last) < len(first) else int(last)


def read_leaf_range(text: str, position: int) -> tuple[FolioRange, int] | None:
    """Read one leaf or range of leaves and say where it ends; None where there is none."""
    opening = _LEAF.match(text, position)
    first = _folio(opening, int(opening["number"])) if opening else None
    if opening is None or first is None:
        return None
    end = opening.end()
    if dash := _TO.match(text, end):
        closing = _LEAF.match(text, dash.end())
        last = closing and _folio(closing, _last_number(opening["number"], closing["number"]))
        if closing and last and not last < first:
            return FolioRange(first, last), closing.end()
    if not first.side and (back := _AND_BACK.match(text, end)):
        return FolioRange(first, Folio(first.number, first.suffix, "v")), back.end()
    return FolioRange(first), end


def may_be_year_after(leaves: FolioRange, before: FolioRange) -> bool:
    """Whether a leaf after another is rather a year: "l. 5, 1934"."""
    number = leaves.first.number
    is_one = leaves.last is None and not leaves.first.side and not leaves.first.suffix
    return is_one and number in _YEARS and abs(number - before.first.number) > _FAR


def _goes_on(text: str, leaves: FolioRange, before: FolioRange, end: int) -> bool:
    end -= text[end - 1] == "."
    return bool(_STANDS_ALONE.match(text, end)) and not may_be_year_after(leaves, before)


def read_leaves(text: str, position: int) -> tuple[tuple[FolioRange, ...], int] | None:
    """Read a list of leaves, "53–68, 70 об. и 72", and say where it ends."""
    found = read_leaf_range(text, position)
    if found is None:
        return None
    leaves, end = [found[0]], found[1]
    while comma := _COMMA.match(text, end):
        found = read_leaf_range(text, comma.end())
        if found is None or not _goes_on(text, found[0], leaves[-1], found[1]):
            break
        leaves.append(found[0])
        end = found[1]
    return tuple(leaves), end


def stands_alone(text: str, end: int) -> bool:
    """Whether neither a word nor a further number follows a number that ends here."""
    return _STANDS_ALONE.match(text, end) is not None


def is_year(number: str) -> bool:
    """Whether a number may well be a year."""
    return number.isdigit() and len(number) == 4 and int(number) in _YEARS
