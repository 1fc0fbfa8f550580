"""Citations of documents: a record → CSL-JSON → any style, in English, French and Russian.

For a page::

    offers = citables(document, get_language())  # tuple[Citable, ...]; a fixed number of queries
                             # (none, if the page passes the Rows and Provenance that it has)
    citable = offers[0]      # slug, label, kind, item (CSL-JSON), caution
    citable.at("60")         # the same, one folio; FolioError says which folios there are
    composed(citable)        # our own reference as text, at once, without the processor
    kept(citable)            # tuple[Citation, ...] from the store; None if not rendered yet
    cite(citable)            # tuple[Citation, ...]; may take seconds; CitationError
    cite(citable, [style])   # some styles only: ``by_slug("gost-r-7-0-5-2008")``

A ``Citation`` has ``style`` and ``form`` (each with slug and label), ``html`` (safe) and ``plain``.
"""

from catalogue.citation.citable import Citable, Kind
from catalogue.citation.citing import Citation, cite, kept
from catalogue.citation.composing import composed
from catalogue.citation.engine import CitationError
from catalogue.citation.former_names import Provenance
from catalogue.citation.holding import FolioError
from catalogue.citation.record import Rows
from catalogue.citation.selection import citables, exported
from catalogue.citation.style import STYLES, Form, Style, by_slug

__all__ = [
    "STYLES",
    "Citable",
    "Citation",
    "CitationError",
    "FolioError",
    "Form",
    "Kind",
    "Provenance",
    "Rows",
    "Style",
    "by_slug",
    "citables",
    "cite",
    "composed",
    "exported",
    "kept",
]
