"""Numbers alone: fond/opis[/delo[/leaves]], joined by slashes, full stops, hyphens or colons."""

import re
from dataclasses import dataclass

from catalogue.references.numbers import read_leaves
from catalogue.references.structure import FolioRange

_LETTER = r"[^\W\d_]"
_FIRST = re.compile(rf"(?:{_LETTER}{{1,3}}-?)?[0-9]{{1,9}}(?:{_LETTER}{{1,2}}(?!\w))?(?![^\W_])")
_PART = re.compile(rf"{_LETTER}?[0-9]{{1,9}}(?:{_LETTER}{{1,2}}(?!\w))?(?![^\W_])")
_JOIN = re.compile(r"\s?(?P<mark>[-./:,])\s?(?=\w)")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Two to four numbers, the last of four being leaves, up to text[end]."""

    parts: tuple[str, ...]
    leaves: tuple[FolioRange, ...]
    end: int


def _join(text: str, place: int, joins: str, *, with_commas: bool) -> re.Match[str] | None:
    """The join at a place, if it fits those before it: elsewhere a hyphen makes a range."""
    found = _JOIN.match(text, place)
    mark = found["mark"] if found else ""
    if mark == ",":
        fits = with_commas and joins in ("", ",", ",,")
    elif mark == "-":
        fits = not joins or "-" in joins
    else:
        fits = "," not in joins
    return found if fits else None


def _read_last(
    text: str, parts: list[str], place: int, join: re.Match[str] | None
) -> tuple[tuple[FolioRange, ...], int]:
    """What follows three numbers: leaves, or the end of a range of dela."""
    if join is not None:
        found = read_leaves(text, join.end())
        if found is not None:
            parts.append(text[join.end() : found[1]])
            return found
        return (), place
    to = _JOIN.match(text, place)
    last = _PART.match(text, to.end()) if to and to["mark"] == "-" else None
    if last is None:
        return (), place
    parts[2] += "-" + last[0]
    return (), last.end()


def read_numbers(text: str, position: int, *, with_commas: bool = False) -> Numbers | None:
    """Read numbers alone; commas join them only where no label has come before."""
    part = _FIRST.match(text, position)
    join: re.Match[str] | None = None
    parts, joins, place = [], "", position
    while part is not None:
        parts.append(part[0])
        place = part.end()
        join = _join(text, place, joins, with_commas=with_commas)
        if join is None or len(parts) == 3:
            break
        joins += join["mark"]
        part = _PART.match(text, join.end())
    if len(parts) < 2:
        return None
    leaves: tuple[FolioRange, ...] = ()
    if len(parts) == 3:
        leaves, place = _read_last(text, parts, place, join)
    return Numbers(tuple(parts), leaves, place)
