"""Which title of a document a citation prints."""

import re

from catalogue import dates
from catalogue.models import Document
from catalogue.models.title import TitleKind

# A heading that stands over one edition or translation only comes last: it is not the document's.
_ORDER = (
    TitleKind.SUPPLIED,
    TitleKind.TRANSLATED,
    TitleKind.TRANSLITERATED,
    TitleKind.WRITTEN,
)
_LETTER = re.compile(r"letter (?=to\b)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def title_in(document: Document, language: str) -> str:
    """The title for readers of a language; the heading where there is none. Reads ``titles``."""
    if document.title_language == language:
        return document.title
    own = (TitleKind.WRITTEN,) if language in document.languages else ()
    return _first(document, language, *own, *_ORDER) or document.title


def short_title_in(document: Document, language: str) -> str:
    """The short form of the title, "" where none is on record."""
    return _first(document, language, TitleKind.SHORT)


def description_in(document: Document, language: str) -> str:
    """A whole description in place of author, title and date (GOST R 7.0.5-2008, 11: a document
    without a title), on record as a title of another kind; "" where none is.
    """
    return _first(document, language, TitleKind.OTHER).removeprefix("[").removesuffix("]")


def recipient(title: str) -> str:
    """Whom a letter is to, of a title "Letter to the members of ...": the members of ..."""
    found = _LETTER.match(title)
    return title[found.end() + len("to ") :] if found else ""


def french_kind_and_date(document: Document) -> str:
    """How a French short note names a document: lettre du 8 octobre 1923. "" without a genre."""
    genre = document.genre
    labels = genre.labels.all() if genre and genre.is_public else ()
    name = next((row.label for row in labels if row.language == "fr"), "")
    if not name:
        return ""
    name = name[0].lower() + name[1:]
    if not document.date:
        return name
    date = dates.describe(document.date, "fr")
    return f"{name} du {date}" if _DAY.fullmatch(document.date) else f"{name}, {date}"


def _first(document: Document, language: str, *kinds: str) -> str:
    rows = [row for row in document.titles.all() if row.language == language]
    return next((row.title for kind in kinds for row in rows if row.title_kind == kind), "")
