"""Archival references: their structure, their leaves, printing and comparing them."""

from catalogue.references.comparing import adjacent, contains, equal, overlaps
from catalogue.references.folios import FolioError, print_folios, read_folios
from catalogue.references.printing import CONVENTIONS, Convention, for_reader, write
from catalogue.references.structure import Folio, FolioRange, Reference, Side

__all__ = [
    "CONVENTIONS",
    "Convention",
    "Folio",
    "FolioError",
    "FolioRange",
    "Reference",
    "Side",
    "adjacent",
    "contains",
    "equal",
    "for_reader",
    "overlaps",
    "print_folios",
    "read_folios",
    "write",
]
