"""Our own reference to a citable, as text: what a page shows before the processor has run."""

from collections.abc import Mapping
from typing import Any

from catalogue.citation.citable import Citable
from catalogue.citation.naming import spoken


def composed(citable: Citable) -> str:
    """Author, title and date with the whole archival reference, or with the publication.

    In Russian in the order of GOST R 7.0.5-2008, section 11; in English and French as a note.
    """
    authors = ", ".join(spoken(name) for name in citable.item.get("author", ()))
    described = [authors, citable.item.get("title", ""), citable.date]
    if citable.holding is None:
        return _sentence(", ", *described, citable.source)
    if citable.language == "ru":
        return _sentence(" // ", _join(", ", *described), _search_data(citable))
    return _sentence(", ", *described, *_location(citable))


def _location(citable: Citable) -> tuple[str, ...]:
    item: Mapping[str, Any] = citable.item
    fields = ("medium", "archive_location", "archive", "archive-place", "note")
    return tuple(item.get(field, "") for field in fields)


def _search_data(citable: Citable) -> str:
    here = citable.holding
    found = (here.repository("acronym"), here.location("gost")) if here else ()
    note: str = citable.item.get("note", "")
    return _join(". ", *found, note[:1].upper() + note[1:])


def _join(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


def _sentence(separator: str, *parts: str) -> str:
    return _join(separator, *parts).removesuffix(".") + "."
