"""The citation styles on offer, listed by hand, and which CSL file prints which form of them.

``styles/opis-*.csl`` are our own. They print archival documents whole, which the published styles
do not; ``chicago-*.csl`` are the published ones, unchanged, for what is in print (see
styles/NOTICE.md).
"""

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.citation.citable import UNPUBLISHED, Citable, Kind
from catalogue.citation.holding import Naming, Notation
from catalogue.citation.wording import LANGUAGES

FOLDER = Path(__file__).parent
INFO_END = "</info>"

Position = Literal["first", "ibid", "subsequent", "bibliography"]
NOT_SHORT = ("first", "bibliography")
Label = str | Promise


@dataclass(frozen=True)
class Form:
    """One form of a style: the full note, the short one, the entry in a bibliography ...

    ``kept`` and ``printed`` name the CSL files for what is in an archive and for what is in print
    ("" where the form is not for such things). ``naming`` and ``notation`` say how the archive
    and the reference are written; ``leaves`` that of the reference only the leaves are; ``brief``
    that the short title stands for the title; ``described`` that a supplied description stands
    for author, title and date; ``medium`` whether the kind of copy is told; ``whole`` that
    nothing of the archival reference may be missing; ``collections`` that it is made of a whole
    fond or opis too.
    """

    slug: str
    label: Label
    position: Position
    kept: str = ""
    printed: str = ""
    naming: Naming = "both"
    notation: Notation = "labels"
    leaves: bool = False
    brief: Literal["", "title", "genre-and-date"] = ""
    described: bool = False
    medium: bool = True
    whole: bool = True
    collections: bool = False
    languages: tuple[str, ...] = LANGUAGES

    def suits(self, citable: Citable) -> bool:
        """Whether the form can be made of what is to be cited."""
        if citable.language not in self.languages or (self.described and not citable.description):
            return False
        if citable.kind == Kind.COLLECTION:
            return self.collections
        if citable.kind == Kind.CHAIN and not (self.whole and self.position in NOT_SHORT):
            return False
        return bool(self.file(citable))

    def file(self, citable: Citable) -> str:
        return self.kept if citable.kind in UNPUBLISHED else self.printed


@dataclass(frozen=True)
class Style:
    """A citation style; ``kind`` tells where readers meet it: in notes or in the running text."""

    slug: str
    label: Label
    kind: Literal["note", "author-date"]
    forms: tuple[Form, ...]
    languages: tuple[str, ...] = LANGUAGES

    @property
    def files(self) -> frozenset[str]:
        return frozenset(file for form in self.forms for file in (form.kept, form.printed) if file)


NOTE = _("Full note")
SHORT = _("Short note")
ABBREVIATED = _("Abbreviated note")
BIBLIOGRAPHY = _("Bibliography")
REFERENCE = _("Reference")
IN_TEXT = _("In the text")

# What the forms of one style have in common.
_CHICAGO = partial(
    Form,
    kept="opis-chicago-notes",
    printed="chicago-notes-bibliography",
    languages=("en", "ru"),
)
_CHICAGO_FRENCH = partial(
    Form,
    kept="opis-chicago-notes-fr",
    printed="chicago-notes-bibliography-fr",
    languages=("fr",),
)
_ISO = partial(Form, kept="opis-iso-690", printed="opis-iso-690", naming="acronym")
_GOST_FILE = "opis-gost-r-7-0-5-2008"
_GOST = partial(Form, kept=_GOST_FILE, naming="acronym", notation="gost")


def _author_date(slug: str, label: Label, kept: str, printed: str, naming: Naming) -> Style:
    form = partial(Form, kept=kept, printed=printed, naming=naming)
    forms = (
        form("bibliography", BIBLIOGRAPHY, "bibliography"),
        form("in-text", IN_TEXT, "first", whole=False),
    )
    return Style(slug, label, "author-date", forms)


CHICAGO_NOTES = Style(
    "chicago-notes",
    _("Chicago, notes and bibliography"),
    "note",
    (
        _CHICAGO("note", NOTE, "first", naming="hereafter"),
        _CHICAGO_FRENCH("note", NOTE, "first", naming="acronym"),
        Form(
            "abbreviated",
            ABBREVIATED,
            "first",
            kept="opis-chicago-notes-abbreviated",
            naming="acronym",
            notation="abbreviated",
            brief="title",
        ),
        _CHICAGO(
            "short",
            SHORT,
            "subsequent",
            notation="abbreviated",
            leaves=True,
            brief="title",
            whole=False,
        ),
        _CHICAGO_FRENCH(
            "short",
            SHORT,
            "subsequent",
            naming="acronym",
            notation="numbers",
            brief="genre-and-date",
            whole=False,
        ),
        _CHICAGO("bibliography", BIBLIOGRAPHY, "bibliography", collections=True),
        _CHICAGO_FRENCH("bibliography", BIBLIOGRAPHY, "bibliography", collections=True),
    ),
)
CHICAGO_AUTHOR_DATE = _author_date(
    "chicago-author-date",
    _("Chicago, author-date"),
    "opis-chicago-author-date",
    "chicago-author-date",
    "both",
)
ISO_690 = Style(
    "iso-690",
    _("ISO 690"),
    "note",
    (
        _ISO("reference", REFERENCE, "bibliography", collections=True),
        _ISO("short", SHORT, "subsequent", whole=False),
    ),
)
GOST = Style(
    "gost-r-7-0-5-2008",
    _("GOST R 7.0.5–2008"),
    "note",
    (
        _GOST("reference", REFERENCE, "first", printed=_GOST_FILE, medium=False, collections=True),
        _GOST("annotated", _("With the kind of copy"), "first"),
        _GOST("described", _("With a supplied title"), "first", described=True, medium=False),
        _GOST("search-data", _("Search data alone, described in the text"), "subsequent"),
        Form("short", SHORT, "subsequent", printed=_GOST_FILE, whole=False),
        _GOST(
            "repeated",
            _("Repeated at once"),
            "ibid",
            printed=_GOST_FILE,
            leaves=True,
            whole=False,
        ),
    ),
)
FRANCE_ARCHIVES = Style(
    "france-archives",
    _("French archives (Ministry of Culture)"),
    "note",
    (
        Form(
            "reference",
            REFERENCE,
            "first",
            kept="opis-france-archives",
            naming="acronym",
            notation="ministry",
        ),
    ),
)

STYLES = (
    CHICAGO_NOTES,
    CHICAGO_AUTHOR_DATE,
    _author_date("mla", _("MLA"), "opis-mla", "opis-mla", "name"),
    _author_date("apa", _("APA"), "opis-apa", "opis-apa", "name"),
    ISO_690,
    GOST,
    _author_date("harvard", _("Harvard"), "opis-harvard", "opis-harvard", "name"),
    FRANCE_ARCHIVES,
)


def by_slug(slug: str) -> Style | None:
    return next((style for style in STYLES if style.slug == slug), None)


def text(file: str, language: str, *, with_day: bool) -> str:
    """The CSL of a file, with our corrections of the language's CSL locale put into it."""
    return _text(file, language, with_day)


@cache
def _text(file: str, language: str, with_day: bool) -> str:
    csl = (FOLDER / "styles" / f"{file}.csl").read_text(encoding="utf-8")
    names = [language, f"{language}-day"] if with_day else [language]
    paths = [FOLDER / "locales" / f"{name}.xml" for name in names]
    additions = [path.read_text(encoding="utf-8") for path in paths if path.exists()]
    before, end, after = csl.partition(INFO_END)
    return "\n".join((before + end, *additions, after.lstrip("\n")))
