"""References as each convention prints them: the conventions are data, and few functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from catalogue.references.folios import print_folios
from catalogue.references.structure import FolioRange, Reference
from catalogue.text import gettext_noop

LEVELS = frozenset({"repository", "fond", "opis", "delo", "folios"})
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Labels:
    """What one notation calls the levels, and how it prints the keys of `Reference.aux`."""

    fond: str
    opis: str
    delo: str
    leaf: str
    leaves: str
    language: str
    before_delo: Mapping[str, str]
    after_delo: Mapping[str, str]
    at_end: Mapping[str, str]

    @property
    def carries(self) -> frozenset[str]:
        return LEVELS.union({"fond_name"}, self.before_delo, self.after_delo, self.at_end)


_AT_END = {"extent": "{}", "title": "({})", "copy_note": "{}"}
_RUSSIAN = Labels(
    fond="ф.", opis="оп.", delo="д.", leaf="л.", leaves="л.", language="ru",
    before_delo={"sviazka": "св. {}", "papka": "п. {}", "karton": "картон {}", "year": "{} г."},
    after_delo={"volume": "т. {}", "part": "ч. {}"},
    at_end=_AT_END,
)  # fmt: skip
_UKRAINIAN = Labels(
    fond="ф.", opis="оп.", delo="спр.", leaf="арк.", leaves="арк.", language="uk",
    before_delo={
        "sviazka": "зв’язка {}", "papka": "папка {}", "karton": "картон {}", "year": "{} р.",
    },
    after_delo={"volume": "т. {}", "part": "ч. {}"},
    at_end=_AT_END,
)  # fmt: skip
_ENGLISH_BEFORE = {
    "sviazka": "sviazka {}",
    "papka": "papka {}",
    "karton": "karton {}",
    "year": "{}",
}
_ENGLISH_AFTER = {"volume": "vol. {}", "part": "pt. {}"}
_ENGLISH = Labels(
    fond="fond", opis="opis", delo="delo", leaf="list", leaves="listy", language="en",
    before_delo=_ENGLISH_BEFORE, after_delo=_ENGLISH_AFTER, at_end=_AT_END,
)  # fmt: skip
_ENGLISH_SHORT = Labels(
    fond="f.", opis="op.", delo="d.", leaf="l.", leaves="ll.", language="en",
    before_delo=_ENGLISH_BEFORE, after_delo=_ENGLISH_AFTER, at_end=_AT_END,
)  # fmt: skip
_FRENCH = Labels(
    fond="fonds", opis="inventaire", delo="dossier", leaf="fol.", leaves="fol.", language="fr",
    before_delo={
        "sviazka": "liasse {}", "papka": "chemise {}", "karton": "carton {}", "year": "{}",
    },
    after_delo={"volume": "vol. {}", "part": "partie {}"},
    at_end=_AT_END,
)  # fmt: skip


def _is_one_leaf(folios: tuple[FolioRange, ...]) -> bool:
    leaves = {
        (leaf.number, leaf.suffix)
        for item in folios
        for leaf in (item.first, item.last)
        if leaf is not None
    }
    return len(leaves) == 1


def _print_leaves(reference: Reference, labels: Labels) -> list[str]:
    if not reference.folios:
        return []
    label = labels.leaf if _is_one_leaf(reference.folios) else labels.leaves
    return [f"{label} {print_folios(reference.folios, labels.language)}"]


def _print_aux(reference: Reference, templates: Mapping[str, str]) -> list[str]:
    return [templates[key].format(text) for key, text in reference.aux if key in templates]


def _print_fond(reference: Reference, labels: Labels) -> list[str]:
    names = "".join(f" ({text})" for key, text in reference.aux if key == "fond_name")
    return [f"{labels.fond} {reference.fond}{names}"] if reference.fond else []


def _print_delo(reference: Reference, labels: Labels) -> list[str]:
    delo = [f"{labels.delo} {reference.delo}"] if reference.delo else []
    return delo + _print_aux(reference, labels.after_delo)


def _print_parts(reference: Reference, labels: Labels) -> list[str]:
    """The reference below its repository, one string for each level that is cited."""
    opis = [f"{labels.opis} {reference.opis}"] if reference.opis else []
    return [
        *_print_fond(reference, labels),
        *opis,
        *_print_aux(reference, labels.before_delo),
        *_print_delo(reference, labels),
        *_print_leaves(reference, labels),
        *_print_aux(reference, labels.at_end),
    ]


def _join(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


def _sentences(*parts: str) -> str:
    """Parts as sentences, each with one full stop however it ends."""
    return " ".join(part[0].upper() + part[1:].removesuffix(".") + "." for part in parts if part)


def _gost(reference: Reference, labels: Labels) -> str:
    return _sentences(reference.repository, *_print_parts(reference, labels))


def _commas(reference: Reference, labels: Labels) -> str:
    return _join(", ", reference.repository, *_print_parts(reference, labels))


def _repository_last(reference: Reference, labels: Labels) -> str:
    return _join(", ", *_print_parts(reference, labels), reference.repository)


def _two_sentences(reference: Reference, labels: Labels) -> str:
    return _sentences(reference.repository, ", ".join(_print_parts(reference, labels)))


def _chicago_item(reference: Reference) -> str:
    return _sentences(", ".join(_print_parts(reference, _ENGLISH)), reference.repository)


def _chicago_collection(reference: Reference) -> str:
    collection = Reference(reference.repository, reference.fond, reference.opis)
    return _two_sentences(collection, _ENGLISH)


def _ministry(reference: Reference) -> str:
    names = tuple(pair for pair in reference.aux if pair[0] == "fond_name")
    others = tuple(pair for pair in reference.aux if pair[0] != "fond_name")
    collection = replace(reference, repository="", delo="", folios=(), aux=names)
    file = Reference(delo=reference.delo, folios=reference.folios, aux=others)
    return _sentences(
        reference.repository,
        _join(
            f"{_NO_BREAK}: ",
            f"{_NO_BREAK}; ".join(_print_parts(collection, _FRENCH)),
            ", ".join(_print_parts(file, _FRENCH)),
        ),
    )


def _numbers(reference: Reference) -> str:
    """Fond, opis and delo by slashes, as far as they go; empty when one would be misread."""
    levels = (reference.fond, reference.opis, reference.delo)
    named = [level for level in levels if level]
    is_plain = tuple(named) == levels[: len(named)] and not any("/" in level for level in named)
    return "/".join(named) if is_plain else ""


def _compressed(reference: Reference) -> str:
    numbers = _numbers(reference)
    if not numbers or (reference.folios and not reference.delo):
        return _commas(reference, _ENGLISH_SHORT)
    return _join(", ", reference.repository, _join("/", numbers, print_folios(reference.folios)))


def _french_short(reference: Reference) -> str:
    numbers = _numbers(reference)
    if not numbers:
        return _commas(reference, _FRENCH)
    return _join(", ", reference.repository, numbers, *_print_leaves(reference, _FRENCH))


def _canonical(reference: Reference) -> str:
    """Every field under its own name: "РГАСПИ; fond 17; opis 2; delo 685; folios 53–68v"."""
    fields = (
        ("fond", reference.fond),
        ("opis", reference.opis),
        ("delo", reference.delo),
        ("folios", print_folios(reference.folios)),
        *reference.aux,
    )
    parts = [reference.repository, *(f"{name} {text}" for name, text in fields if text)]
    return _join("; ", *(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts))


@dataclass(frozen=True)
class Convention:
    """A way of printing references.

    `carries` names the fields of Reference and the keys of its `aux` that the print keeps.
    """

    slug: str
    label: str
    language: str
    write: Callable[[Reference], str]
    carries: frozenset[str]


def _labelled(
    slug: str, label: str, labels: Labels, write: Callable[[Reference, Labels], str]
) -> Convention:
    def write_labelled(reference: Reference) -> str:
        return write(reference, labels)

    return Convention(slug, label, labels.language, write_labelled, labels.carries)


_GOST = gettext_noop("GOST R 7.0.5-2008")

CONVENTIONS = (
    _labelled("gost_ru", _GOST, _RUSSIAN, _gost),
    _labelled("footnote_ru", gettext_noop("Russian footnote"), _RUSSIAN, _commas),
    _labelled("dstu_uk", gettext_noop("Ukrainian, DSTU 8302"), _UKRAINIAN, _gost),
    _labelled("chicago_note", gettext_noop("Chicago, full note"), _ENGLISH, _repository_last),
    _labelled("chicago_short", gettext_noop("Chicago, abbreviated"), _ENGLISH_SHORT, _commas),
    Convention(
        "chicago_bib", gettext_noop("Chicago, bibliography"), "en", _chicago_item, _ENGLISH.carries
    ),
    Convention(
        "chicago_collection",
        gettext_noop("Chicago, bibliography, whole collection"),
        "en",
        _chicago_collection,
        frozenset({"repository", "fond", "opis"}),
    ),
    _labelled("fr_note", gettext_noop("French note"), _FRENCH, _commas),
    Convention("fr_short", gettext_noop("French short note"), "fr", _french_short, LEVELS),
    _labelled("fr_iso690", gettext_noop("French, ISO 690"), _FRENCH, _two_sentences),
    Convention(
        "fr_ministry",
        gettext_noop("French, Ministry of Culture"),
        "fr",
        _ministry,
        _FRENCH.carries,
    ),
    Convention("compressed", gettext_noop("Numbers only"), "en", _compressed, LEVELS),
    Convention(
        "canonical",
        gettext_noop("Canonical"),
        "",
        _canonical,
        LEVELS.union({"aux"}),
    ),
)
_BY_SLUG = {convention.slug: convention for convention in CONVENTIONS}
_FOR_READERS = {"en": "chicago_short", "fr": "fr_note", "ru": "gost_ru", "uk": "dstu_uk"}


def write(reference: Reference, convention: Convention | str) -> str:
    """Print a reference in a convention or its slug; KeyError for a slug that there is not."""
    if isinstance(convention, str):
        convention = _BY_SLUG[convention]
    return convention.write(reference)


def for_reader(reference: Reference, language: str) -> str:
    """Print a reference as readers of a language expect it: GOST in Russian, a note in French."""
    return write(reference, _FOR_READERS.get(language.partition("-")[0].lower(), "chicago_short"))
