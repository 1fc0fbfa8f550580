"""BibTeX and BibLaTeX: two dialects of one format.

Neither has fields for a place in an archive that styles print. So ``note`` carries it whole, as we
compose it, and ``archive``, ``archiveplace`` and ``archivelocation`` keep its parts for those who
read the file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from catalogue.citation import Citable
from catalogue.formats.base import Format, citables, one_line
from catalogue.models import Document

Item = Mapping[str, Any]  # CSL-JSON
Fields = dict[str, str]  # name → value as it stands in the file

# Braces are counted even behind a backslash, so they have to be spelt out.
ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&$#_"},
    }
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LANGUAGES = {"de": "german", "en": "english", "fr": "french", "ru": "russian", "uk": "ukrainian"}
TEXTS = {
    "title-short": "shorttitle",
    "volume": "volume",
    "issue": "number",
    "edition": "edition",
    "publisher": "publisher",
    "genre": "type",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "archive": "archive",
    "archive-place": "archiveplace",
    "archive_location": "archivelocation",
}
NAMES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
}


@dataclass(frozen=True)
class Dialect:
    """What the two dialects call differently, by type of CSL item or for all."""

    types: Mapping[str, str]
    container: Mapping[str, str]
    place: str
    date: Callable[[Item], Fields]


def write(documents: Iterable[Document], dialect: Dialect) -> Iterator[bytes]:
    """One entry for each item; UTF-8."""
    return (_entry(citable, dialect) for citable in citables(documents))


def _entry(citable: Citable, dialect: Dialect) -> bytes:
    item = citable.item
    lines = [f"@{dialect.types.get(item['type'], 'misc')}{{{item['id']}"]
    lines += [f"  {name} = {value}" for name, value in _fields(item, dialect).items() if value]
    return (",\n".join(lines) + "\n}\n\n").encode()


def _fields(item: Item, dialect: Dialect) -> Fields:
    container = dialect.container.get(item["type"], "howpublished")
    fields = {field: _names(item.get(variable, ())) for variable, field in NAMES.items()}
    fields["title"] = f"{{{_braced(item.get('title', ''))}}}"  # twice: its capitals are to stay
    fields |= dialect.date(item.get("issued", {}))
    fields |= {field: _braced(item.get(variable, "")) for variable, field in TEXTS.items()}
    fields[container] = _braced(item.get("container-title", ""))
    fields[dialect.place] = _braced(item.get("publisher-place", ""))
    fields["pages"] = _braced(item.get("page", "").replace("–", "--"))
    fields["url"] = _verbatim(item.get("URL", ""))
    language: str = item.get("language", "")
    fields["language"] = _braced(LANGUAGES.get(language, language))
    fields["note"] = _braced(_note(item))
    return fields


def _braced(text: str) -> str:
    return f"{{{_escaped(text)}}}" if text else ""


def _escaped(text: str) -> str:
    return one_line(text).translate(ESCAPES)


def _verbatim(url: str) -> str:
    """An address, in which only braces and backslashes would be misread."""
    for character, code in (("\\", "%5C"), ("{", "%7B"), ("}", "%7D")):
        url = one_line(url).replace(character, code)
    return f"{{{url}}}" if url else ""


def _names(names: Iterable[Mapping[str, str]]) -> str:
    written = " and ".join(_name(name) for name in names)
    return f"{{{written}}}" if written else ""


def _name(name: Mapping[str, str]) -> str:
    """Family, Given; a name that is one whole, or holds what parts names, in braces of its own."""
    if "literal" in name:
        return _braced(name["literal"])
    parts = [_escaped(part) for part in (name["family"], name.get("given", "")) if part]
    risky = [f"{{{part}}}" if "," in part or " and " in part else part for part in parts]
    return ", ".join(risky)


def _note(item: Item) -> str:
    """What styles have no field for: the kind of copy, the place in an archive, the chain."""
    fields = ("medium", "archive_location", "archive", "archive-place", "note")
    parts = [item.get(field, "") for field in fields]
    parts += [name["literal"] for name in item.get("contributor", ())]
    return ", ".join(part for part in parts if part)


def _year_month_day(date: Item) -> Fields:
    """BibTeX: a year, a month by its macro; ``day`` is kept for those who read it."""
    if "literal" in date:
        return {"year": _braced(date["literal"])}
    year, *rest = (*date.get("date-parts", [()])[0], 0)[:3]
    month, day = (*rest, 0, 0)[:2]
    return {
        "year": _braced(str(year or "")),
        "month": MONTHS[month - 1] if month else "",
        "day": _braced(str(day or "")),
    }


def _edtf(date: Item) -> Fields:
    """BibLaTeX: EDTF, level 1; a text where there are no parts."""
    if "literal" in date:
        return {"year": _braced(date["literal"])}
    doubt = "~" if date.get("circa") else ""
    season = [20 + date["season"]] if "season" in date else []
    points = [
        "-".join((f"{year:04}", *(f"{part:02}" for part in [*parts, *season]))) + doubt
        for year, *parts in date.get("date-parts", ())
    ]
    return {"date": f"{{{'/'.join(points)}}}" if points else ""}


BIBTEX_DIALECT = Dialect(
    types={
        "manuscript": "unpublished",
        "article-journal": "article",
        "article-newspaper": "article",
        "chapter": "incollection",
    },
    container={
        "article-journal": "journal",
        "article-newspaper": "journal",
        "chapter": "booktitle",
    },
    place="address",
    date=_year_month_day,
)
BIBLATEX_DIALECT = Dialect(
    types={**BIBTEX_DIALECT.types, "webpage": "online"},
    container={
        "article-journal": "journaltitle",
        "article-newspaper": "journaltitle",
        "chapter": "booktitle",
        "webpage": "organization",
    },
    place="location",
    date=_edtf,
)

BIBTEX = Format(
    "bibtex", "BibTeX", "application/x-bibtex", "bib", partial(write, dialect=BIBTEX_DIALECT)
)
BIBLATEX = Format(
    "biblatex", "BibLaTeX", "application/x-bibtex", "bib", partial(write, dialect=BIBLATEX_DIALECT)
)
