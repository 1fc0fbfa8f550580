"""RIS, as reference managers exchange it: two letters, two spaces, a hyphen, a space, a text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalogue.citation import Citable
from catalogue.formats.base import Format, citables, one_line
from catalogue.models import Document

TYPES = {
    "manuscript": "MANSCPT",
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "chapter": "CHAP",
    "webpage": "ELEC",
}
# CSL variable → tag, where a text is carried over as it is.
TEXTS = {
    "title": "TI",
    "title-short": "ST",
    "container-title": "T2",
    "volume": "VL",
    "issue": "IS",
    "edition": "ET",
    "publisher": "PB",
    "publisher-place": "CY",
    "URL": "UR",
    "DOI": "DO",
    "ISBN": "SN",
    "ISSN": "SN",
    "language": "LA",
    "genre": "M1",
    "medium": "M3",
    "archive": "DB",
    "archive_location": "CN",
    "note": "N1",
}
NAMES = {
    "author": "AU",
    "editor": "ED",
    "container-author": "A2",
    "translator": "A4",
    "contributor": "A4",
    "recipient": "A3",
}

Line = tuple[str, str]


def write(documents: Iterable[Document]) -> Iterator[bytes]:
    """One record for each item; UTF-8, lines end in CR LF."""
    return map(_record, citables(documents))


def _record(citable: Citable) -> bytes:
    lines = [(tag, one_line(text)) for tag, text in _lines(citable.item)]
    kept = [f"{tag}  - {text}\r\n" for tag, text in lines if text]
    return "".join([*kept, "ER  - \r\n\r\n"]).encode()


def _lines(item: Mapping[str, Any]) -> Iterator[Line]:
    yield "TY", TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    for variable, tag in NAMES.items():
        for name in item.get(variable, ()):
            yield tag, _name(name)
    for variable, tag in TEXTS.items():
        yield tag, item.get(variable, "")
    yield from _date(item.get("issued", {}))
    yield from _pages(item.get("page", ""))
    yield "AV", _archive(item)


def _name(name: Mapping[str, str]) -> str:
    parts = (name.get("family", ""), name.get("given", ""))
    return name.get("literal") or ", ".join(part for part in parts if part)


def _date(date: Mapping[str, Any]) -> Iterator[Line]:
    """Year, and the date as YYYY/MM/DD/other, each part possibly empty."""
    if "date-parts" not in date:
        yield "DA", f"///{date['literal']}" if date else ""
        return
    year, *rest = date["date-parts"][0]
    month, day = (f"{part:02}" for part in (*rest, 0, 0)[:2])
    other = "–".join(_slashes(parts) for parts in date["date-parts"][1:])
    if date.get("circa"):
        other = f"{other}?"
    yield "PY", f"{year}"
    yield "DA", f"{year}/{month.replace('00', '')}/{day.replace('00', '')}/{other}"


def _slashes(parts: Iterable[int]) -> str:
    return "-".join(f"{part:02}" for part in parts)


def _pages(pages: str) -> Iterator[Line]:
    first, _, last = pages.replace("-", "–").partition("–")
    yield "SP", first.strip()
    yield "EP", last.strip()


def _archive(item: Mapping[str, Any]) -> str:
    """The place in an archive, whole."""
    fields = (item.get(field, "") for field in ("archive", "archive-place", "archive_location"))
    return ", ".join(field for field in fields if field)


RIS = Format("ris", "RIS", "application/x-research-info-systems", "ris", write)
