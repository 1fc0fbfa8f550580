"""What an archival reference is: repository, fond, opis, delo, leaves.

Numbers are strings, because archives number "17а", "Р-627" and "059". What the levels are
called (opis, inventaire, ед. хр.) is a matter of printing.
"""

import re
from dataclasses import dataclass
from typing import Literal

Side = Literal["", "r", "v"]

HIGHEST_NUMBER = 9_999_999
LONGEST_SUFFIX = 3
# Ranks of suffix letters: Latin, then Cyrillic; the two alphabets' а and б are the same letters,
# since a transliterated "143a" is leaf 143а.
_LETTERS = "abcdefghijklmnopqrstuvwxyzвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя"
_SAME_LETTERS = str.maketrans("абё", "abе")
_LETTER_BITS = 6
_SUFFIX_BITS = _LETTER_BITS * LONGEST_SUFFIX
# Letters that would be read as a side, with or without a letter of the number before them.
_READ_AS_SIDE = re.compile(r"\w?(?:v|r|vo|ro|об|зв)|rev|лиц", re.IGNORECASE)


def suffix_rank(suffix: str) -> int:
    """The place of a suffix among suffixes: none is 0, a and а 1; raises ValueError."""
    if not suffix:
        return 0
    letters = suffix.lower().translate(_SAME_LETTERS)
    is_kept = len(letters) <= LONGEST_SUFFIX and all(letter in _LETTERS for letter in letters)
    if not is_kept or _READ_AS_SIDE.fullmatch(suffix):
        raise ValueError(f"not the suffix of a leaf's number: {suffix[:20]!r}")
    rank = 0
    for letter in letters.ljust(LONGEST_SUFFIX):
        rank = (rank << _LETTER_BITS) + _LETTERS.find(letter) + 1
    return rank


@dataclass(frozen=True)
class Folio:
    """A leaf, or one side of it: 53, 143а, 12v.

    The side is "" where it is not marked, which is how whole leaves and rectos are cited.
    Raises ValueError for a number or suffix that cannot be kept.
    """

    number: int
    suffix: str = ""
    side: Side = ""

    def __post_init__(self) -> None:
        if not 0 <= self.number <= HIGHEST_NUMBER:
            raise ValueError(f"not the number of a leaf: {self.number}")
        suffix_rank(self.suffix)

    @property
    def order(self) -> int:
        """A sortable key for a 64-bit column: number, then suffix, then recto before verso.

        The lowest bit is the side (1 for verso), the next 18 the suffix, the rest the number.
        An unmarked leaf sorts as its recto.
        """
        leaf = (self.number << _SUFFIX_BITS) + suffix_rank(self.suffix)
        return (leaf << 1) + (self.side == "v")

    def __lt__(self, other: "Folio") -> bool:
        return self.order < other.order

    def __le__(self, other: "Folio") -> bool:
        return self.order <= other.order


@dataclass(frozen=True)
class FolioRange:
    """Leaves from `first` to `last`, both included; `last` is None for a single leaf.

    Raises ValueError when the range runs backwards.
    """

    first: Folio
    last: Folio | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError("the leaves run backwards")

    @property
    def start(self) -> int:
        """The `order` of the first side in the range."""
        return self.first.order

    @property
    def end(self) -> int:
        """The `order` of the last side in the range: an unmarked leaf has both its sides."""
        last = self.last or self.first
        return last.order if last.side == "r" else last.order | 1


@dataclass(frozen=True)
class Reference:
    """An archival reference as it is cited; what is not cited is empty.

    `aux` holds what else was printed, as pairs of a key and text: papka, karton, sviazka,
    volume, part, year, fond_name, title, extent, copy_note, ...
    """

    repository: str = ""
    fond: str = ""
    opis: str = ""
    delo: str = ""
    folios: tuple[FolioRange, ...] = ()
    aux: tuple[tuple[str, str], ...] = ()
