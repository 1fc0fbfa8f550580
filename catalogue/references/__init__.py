"""Archival references: reading them in any notation, printing and comparing them."""

from catalogue.references.comparing import adjacent, contains, equal, overlaps
from catalogue.references.folios import FolioError, print_folios, read_folios
from catalogue.references.found import (
    FOND_SCHEMES,
    REASONS,
    Found,
    Reading,
    Unread,
    Unreadable,
    as_cited,
)
from catalogue.references.printing import CONVENTIONS, Convention, for_reader, write
from catalogue.references.reading import find, parse
from catalogue.references.structure import Folio, FolioRange, Reference, Side

__all__ = [
    "CONVENTIONS",
    "FOND_SCHEMES",
    "REASONS",
    "Convention",
    "Folio",
    "FolioError",
    "FolioRange",
    "Found",
    "Reading",
    "Reference",
    "Side",
    "Unread",
    "Unreadable",
    "adjacent",
    "as_cited",
    "contains",
    "equal",
    "find",
    "for_reader",
    "overlaps",
    "parse",
    "print_folios",
    "read_folios",
    "write",
]
