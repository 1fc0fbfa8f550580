"""Which side of which leaf an image shows, guessed from the name of its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

_LABELS = (
    "листы|лист|лл|л|аркуші|аркуш|арк|стр|с|listy|list|blatt|bl|folios?|fols?|fol|leaves|leaf|"
    "feuillets?|feuillet|pages?|pp|p|ll|l"
)
_VERSO = "оборот|об|зворот|зв|oborot|ob|verso|vo|v|rev"
_RECTO = "лицо|лиц|recto|ro|r"
_SIDE = rf"(?:[\s_.]*(?:(?P<verso{{0}}>{_VERSO})|(?P<recto{{0}}>{_RECTO}))(?![^\W\d_])\.?)?"
_LEAF = rf"0*(?P<number{{0}}>[0-9]{{{{1,5}}}})(?P<suffix{{0}}>[абвгдеabcde]?(?![^\W\d_]))?{_SIDE}"
_PAIR = _LEAF.format(1) + r"(?:\s*[-\u2010-\u2015]\s*" + _LEAF.format(2) + r")?"

_LABELLED = re.compile(rf"(?<![^\W_])(?:{_LABELS})[\s._]*{_PAIR}(?![^\W_])", re.IGNORECASE)
# "f." is a fonds where an opis or a delo stands beside it, and a folio elsewhere.
_F = re.compile(rf"(?<![^\W_])(?:ff?|ф)[\s._]*{_PAIR}(?![^\W_])", re.IGNORECASE)
_SHELVED = re.compile(r"(?<![^\W_])(?:op|оп|opis|d|д|delo|дело|ед)[\s._]*[0-9]", re.IGNORECASE)
_BARE = re.compile(rf"(?<![0-9]){_PAIR}\)?$", re.IGNORECASE)
# Cameras and scanners count what they make, whatever it shows.
_COUNTED = re.compile(
    r"^(?:img|dscn?|dscf|pict?|p|image|photo|scan|scanned|screenshot|снимок|скан|фото|pxl|wp)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:19|20)[0-9]{2}[-_. ]?[01][0-9][-_. ]?[0-3][0-9]")
_COVER = re.compile(
    r"(?<![^\W\d_])(?:cover|обложка|обл|couverture|couv|umschlag|deckel)(?![^\W\d_])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Guess:
    """``first`` and ``last`` as leaves are typed: "53v"; ``kind`` is side, opening or cover.

    ``first`` is empty where the name tells no leaf.
    """

    first: str = ""
    last: str = ""
    kind: str = "side"


def guess(name: str) -> Guess:
    """Read "RGASPI_17_2_685_053v.jpg", "л. 53 об.tif", "Bl. 12r", "l53-54.png", "обложка.jpg"."""
    stem = PurePath(unicodedata.normalize("NFC", name[:300]).replace("\\", "/")).name
    stem = re.sub(r"\.[A-Za-z]{3,4}$", "", stem).strip()
    kind = "cover" if _COVER.search(stem) else "side"
    found = _find(stem)
    if found is None:
        return Guess(kind=kind)
    first, last = _leaf(found, 1), ""
    if found["number2"]:
        if not 0 <= int(found["number2"]) - int(found["number1"]) <= 20:
            return Guess(_leaf(found, 2), kind=kind)
        last, kind = _leaf(found, 2), "opening"
    return Guess(first, last, kind)


def _find(stem: str) -> re.Match[str] | None:
    labelled = list(_LABELLED.finditer(stem))
    if not labelled and not _SHELVED.search(stem):
        labelled = list(_F.finditer(stem))
    if labelled:
        return labelled[-1]
    bare = _BARE.search(stem)
    if bare is None or _DATED.search(stem):
        return None
    has_side = bare["verso1"] or bare["recto1"]
    return None if _COUNTED.match(stem) and not has_side else bare


def _leaf(found: re.Match[str], place: int) -> str:
    side = "v" if found[f"verso{place}"] else "r" if found[f"recto{place}"] else ""
    return f"{int(found[f'number{place}'])}{(found[f'suffix{place}'] or '').lower()}{side}"


def following(last: str) -> str:
    """The side after one that was seen: 53 or 53r → 53v, 53v → 54. For names that tell none."""
    found = re.match(r"([0-9]+)[^\W\d_]*?(v?)$", last)
    if found is None:
        return "1"
    return f"{int(found[1]) + 1}" if found[2] else f"{int(found[1])}v"


def in_order(names: Iterable[str]) -> list[int]:
    """The places of names in the order in which a person counts: 9 before 10."""
    numbered = list(enumerate(names))
    numbered.sort(key=lambda pair: [_part(part) for part in re.split(r"([0-9]+)", pair[1])])
    return [place for place, _name in numbered]


def _part(part: str) -> tuple[int, str]:
    return (int(part), "") if part.isdecimal() and part.isascii() else (-1, part.casefold())
