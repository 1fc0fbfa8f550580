"""Leaves as archivists type them in a form field, and as they are printed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.references.structure import (
    HIGHEST_NUMBER,
    LONGEST_SUFFIX,
    Folio,
    FolioRange,
    Side,
)
from catalogue.text import Misread, gettext_noop


class FolioError(Misread):
    """Leaves that cannot be read; `position` counts characters from 0."""

    def __init__(self, sentence: str, position: int, **values: object) -> None:
        self.position = position
        super().__init__(sentence, place=position + 1, **values)


# Abbreviations with or without their full stop; longest first where one begins another.
_LABEL = re.compile(
    r"\s*(?:листы|лист|лл|л|аркуші|аркуш|арк|listy|list|leaves|leaf|sheets?|folios?|fols?|fol|"
    r"feuillets?|ff|ll|f|l|bl|blatt)(?![^\W\d_])\.?\s*",
    re.IGNORECASE,
)
_VERSO = "оборот|об|зворот|зв|verso|vo|v°|v|rev"
_RECTO = "лиц|recto|ro|r°|r"
_LEAF = re.compile(
    rf"""
    (?P<number>[0-9]+)
    (?P<suffix>[^\W\d_]{{0,{LONGEST_SUFFIX}}}?)  # lazily, so that a side is not taken for one
    (?:(?:\s+|(?<=[0-9])|(?<=[0-9][^\W\d_]))(?:(?P<verso>{_VERSO})|(?P<recto>{_RECTO}))(?![^\W\d_])\.?)?
    (?![\w°])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_COMMA = re.compile(r"\s*[,;]\s*")


def _refuse(text: str, position: int) -> FolioError:
    if position >= len(text):
        return FolioError(gettext_noop("A leaf is missing at the end."), position)
    return FolioError(
        gettext_noop(
            "Leaves cannot be read from character %(place)s on: “%(rest)s”. "
            "Write for example 53–68, 12v–14 or 3, 5–7 об."
        ),
        position,
        rest=text[position : position + 20],
    )


def _read_leaf(text: str, position: int) -> re.Match[str]:
    found = _LEAF.match(text, position)
    if found is None or len(found["number"]) > len(str(HIGHEST_NUMBER)):
        raise _refuse(text, position)
    return found


def _folio(found: re.Match[str], number: int) -> Folio:
    side: Side = "v" if found["verso"] else "r" if found["recto"] else ""
    try:
        return Folio(number, found["suffix"], side)
    except ValueError:
        raise _refuse(found.string, found.start("suffix")) from None


def _last_number(first: str, last: str) -> int:
    """The number that ends a range, an elided one made whole: 108–12 is 108–112."""
    if len(last) < len(first):
        return int(first[: -len(last)] + last)
    return int(last)


def _read_range(text: str, position: int) -> tuple[FolioRange, int]:
    opening = _read_leaf(text, position)
    first = _folio(opening, int(opening["number"]))
    dash = _DASH.match(text, opening.end())
    if dash is None:
        return FolioRange(first), opening.end()
    closing = _read_leaf(text, dash.end())
    last = _folio(closing, _last_number(opening["number"], closing["number"]))
    if last < first:
        raise FolioError(
            gettext_noop("The leaves “%(range)s”, at character %(place)s, run backwards."),
            position,
            range=text[position : closing.end()],
        )
    return FolioRange(first, last), closing.end()


def read_folios(text: str) -> tuple[FolioRange, ...]:
    """Read leaves: "53–68", "3, 5–7 об.", "12v-14", "108–12" (108–112), "л. 64 зв.".

    A label before them is allowed; an empty text is no leaves. After a number, v and r are
    sides, any other letters belong to the number. Raises FolioError where it would have to guess.
    """
    text = text.rstrip()
    label = _LABEL.match(text)
    position = label.end() if label else len(text) - len(text.lstrip())
    if not text:
        return ()
    ranges = []
    while True:
        folios, position = _read_range(text, position)
        ranges.append(folios)
        if text[position:] in ("", "."):
            return tuple(ranges)
        comma = _COMMA.match(text, position)
        if comma is None:
            raise _refuse(text, position)
        position = comma.end()


@dataclass(frozen=True)
class FolioStyle:
    """How a language prints sides and ranges."""

    recto: str
    verso: str
    dash: str = "–"


FOLIO_STYLES = {
    "de": FolioStyle(" Vs.", " Rs."),
    "en": FolioStyle("r", "v"),
    "fr": FolioStyle("\u00a0ro", "\u00a0vo", dash="-"),
    "ru": FolioStyle(" лиц.", " об."),
    "uk": FolioStyle(" лиц.", " зв."),
}


def _print_folio(folio: Folio, style: FolioStyle) -> str:
    side = {"": "", "r": style.recto, "v": style.verso}[folio.side]
    if side.isalpha() and len(folio.suffix) > 1:
        side = " " + side  # 12bis v
    return f"{folio.number}{folio.suffix}{side}"


def print_folios(folios: Iterable[FolioRange], language: str = "en") -> str:
    """Print leaves without a label, in the manner of "en", "fr", "ru" or "uk"."""
    style = FOLIO_STYLES.get(language, FOLIO_STYLES["en"])
    return ", ".join(
        style.dash.join(
            _print_folio(end, style) for end in (item.first, item.last) if end is not None
        )
        for item in folios
    )
