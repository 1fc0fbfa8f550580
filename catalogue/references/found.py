"""What reading gives: the references found, their candidate readings, what was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.references.structure import Folio, Reference
from catalogue.text import Misread, gettext_noop

FOND_SCHEMES = frozenset({"fond-opis", "fond-opis-compressed", "fond-perechen"})

# Why a reading is offered, by its code.
REASONS: Mapping[str, str] = {
    "only": gettext_noop("There is only one way to read it."),
    "likeliest": gettext_noop("The likeliest of several readings."),
    "fond-or-leaf": gettext_noop("The label “f.” may stand for a fond or for a leaf."),
    "page-or-papka": gettext_noop("The label “p.” may stand for a page or for a papka."),
    "label": gettext_noop("A label may stand for something else."),
    "list-or-leaf": gettext_noop(
        "A number without a label may be a further file or a leaf of the file."
    ),
    "point": gettext_noop("A point may have been dropped between two of the numbers."),
}


@dataclass(frozen=True)
class Reading:
    """One way to read a reference; `reason` is a code of REASONS."""

    reference: Reference
    reason: str = "only"


@dataclass(frozen=True)
class Unread:
    """A piece that was not understood."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Found:
    """A reference at text[start:end].

    `readings` hold what is printed (inside one string, also what it shares with the reference
    before it); `whole` is the first of them with what *ibid.* leaves out taken from what came
    before, or None where there was nothing to take it from. `elliptical` is "ibid", "tamzhe",
    "norepo" or "". `repositories` are keys of the table, several where a name is ambiguous.
    """

    raw: str
    start: int
    end: int
    scheme: str
    language: str = ""
    readings: tuple[Reading, ...] = ()
    elliptical: str = ""
    whole: Reference | None = None
    repositories: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def is_fond_scheme(self) -> bool:
        return self.scheme in FOND_SCHEMES


class Unreadable(Misread):
    """A string that is not one reference; `code` says why, `start` and `end` where."""

    def __init__(self, code: str, sentence: str, start: int, end: int, **values: object) -> None:
        self.code = code
        self.start = start
        self.end = end
        super().__init__(sentence, place=start + 1, **values)


def _end(folio: Folio | None) -> tuple[str | None, str | None]:
    if folio is None:
        return None, None
    return f"{folio.number}{folio.suffix}", "v" if folio.side == "v" else None


def as_cited(reference: Reference) -> dict[str, Any]:
    """A reference as plain data: None where a level is not printed, a recto not marked."""
    folios = []
    for item in reference.folios:
        first, first_side = _end(item.first)
        last, last_side = _end(item.last)
        folios.append({"from": first, "from_side": first_side, "to": last, "to_side": last_side})
    return {
        "repository": reference.repository or None,
        "fond": reference.fond or None,
        "opis": reference.opis or None,
        "delo": reference.delo or None,
        "folios": folios,
        "aux": dict(reference.aux),
    }
