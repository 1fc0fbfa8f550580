"""Text made plain for reading, with the way back to the places of the text that was given."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_ALIKE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005", " "),
    **dict.fromkeys("\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f", " "),
    **dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bc\u02bb\u02bd\u2032\u00b4`", "'"),
    **dict.fromkeys("\r\u0085\u2028\u2029", "\n"),
    "\u2215": "/",
    "\u2044": "/",
    "\u00ba": "°",
    "\u02da": "°",
}
_ODD = re.compile(f"[{''.join(_ALIKE)}]")
# What is taken out or made one character: soft hyphens with the line end after them, characters
# without width, letters with their marks apart.
_UNEVEN = re.compile(
    "(?P<gone>\u00ad[ \t]{0,8}(?:\r?\n[ \t]{0,8})?|[\u200b-\u200f\u2060\ufeff])"
    "|[^\\W\\d_][\u0300-\u036f]{1,4}"
)


@dataclass(frozen=True)
class Plain:
    """`text` as the grammar reads it: one kind of dash, space, apostrophe and line end.

    `printed` has the same places, and the characters that were given.
    """

    text: str
    printed: str
    _places: tuple[int, ...] = ()  # in `text`, where the difference to the original changes
    _shifts: tuple[int, ...] = ()  # the difference from there on

    def words(self, start: int, end: int) -> str:
        """What is printed between two places, on one line."""
        return " ".join(self.printed[start:end].split())

    def original(self, position: int) -> int:
        """The place in the original of a place in `text`."""
        if not self._places:
            return position
        index = bisect_right(self._places, position)
        return position + (self._shifts[index - 1] if index else 0)


def _alike(text: str) -> str:
    return _ODD.sub(lambda found: _ALIKE[found[0]], text)


def make_plain(text: str) -> Plain:
    """Make text plain, in linear time."""
    pieces, places, shifts = [], [], []
    position = length = 0
    for uneven in _UNEVEN.finditer(text):
        kept = "" if uneven["gone"] else unicodedata.normalize("NFC", uneven[0])
        before = text[position : uneven.start()]
        pieces += [before, kept]
        length += len(before) + len(kept)
        position = uneven.end()
        places.append(length)
        shifts.append(position - length)
    if not pieces:
        return Plain(_alike(text), text)
    pieces.append(text[position:])
    printed = "".join(pieces)
    return Plain(_alike(printed), printed, tuple(places), tuple(shifts))
