"""References as each convention prints them: the conventions are data, and few functions."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from catalogue.references.canonical import write_canonical
from catalogue.references.folios import print_folios
from catalogue.references.labels import (
    ENGLISH,
    ENGLISH_SHORT,
    FRENCH,
    GERMAN,
    LEVELS,
    RUSSIAN,
    UKRAINIAN,
    Labels,
)
from catalogue.references.numbers import LONGEST_POINTED_OPIS, may_be_year_after
from catalogue.references.structure import FolioRange, Reference
from catalogue.text import gettext_noop

# Numbers that are understood without a label.
_ALONE = (
    re.compile(r"(?:[^\W\d_]{1,3}-?)?[0-9]{1,9}[^\W\d_]{0,2}"),
    re.compile(r"[0-9]{1,9}[^\W\d_]{0,2}"),
    re.compile(r"[0-9]{1,9}[^\W\d_]{0,2}"),
)
_NO_BREAK = "\u00a0"


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
    lists = (print_folios(each, labels.language) for each in _apart(reference.folios))
    return [f"{label} {leaves}" for leaves in lists]


def _apart(folios: tuple[FolioRange, ...]) -> list[tuple[FolioRange, ...]]:
    """Leaves in lists in which no reader takes one for a year: "л. 5, л. 1934"."""
    lists = [folios[:1]]
    for item in folios[1:]:
        if may_be_year_after(item, lists[-1][-1]):
            lists.append((item,))
        else:
            lists[-1] += (item,)
    return lists


def _print_aux(reference: Reference, templates: Mapping[str, str]) -> list[str]:
    return [
        template.format(text)
        for key, template in templates.items()
        for printed, text in reference.aux
        if printed == key
    ]


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


def _title(reference: Reference) -> str:
    """The title of the document, which the GOST parts from where it is by two slashes."""
    return "".join(f"{text} // " for key, text in reference.aux if key == "title")


def _gost(reference: Reference, labels: Labels) -> str:
    printed = _sentences(reference.repository, *_print_parts(reference, labels))
    return _title(reference) + printed


def _commas(reference: Reference, labels: Labels) -> str:
    return _join(", ", reference.repository, *_print_parts(reference, labels))


def _titled_commas(reference: Reference, labels: Labels) -> str:
    return _title(reference) + _commas(reference, labels)


def _repository_last(reference: Reference, labels: Labels) -> str:
    return _join(", ", *_print_parts(reference, labels), reference.repository)


def _two_sentences(reference: Reference, labels: Labels) -> str:
    return _sentences(reference.repository, ", ".join(_print_parts(reference, labels)))


def _chicago_item(reference: Reference) -> str:
    return _sentences(", ".join(_print_parts(reference, ENGLISH)), reference.repository)


def _chicago_collection(reference: Reference) -> str:
    collection = Reference(reference.repository, reference.fond, reference.opis)
    return _two_sentences(collection, ENGLISH)


def _ministry(reference: Reference) -> str:
    names = tuple(pair for pair in reference.aux if pair[0] == "fond_name")
    others = tuple(pair for pair in reference.aux if pair[0] != "fond_name")
    collection = replace(reference, repository="", delo="", folios=(), aux=names)
    file = Reference(delo=reference.delo, folios=reference.folios, aux=others)
    return _sentences(
        reference.repository,
        _join(
            f"{_NO_BREAK}: ",
            f"{_NO_BREAK}; ".join(_print_parts(collection, FRENCH)),
            ", ".join(_print_parts(file, FRENCH)),
        ),
    )


def _numbers(reference: Reference, separator: str) -> str:
    """Fond, opis and delo as numbers alone; empty when they would be misread."""
    named = [level for level in (reference.fond, reference.opis, reference.delo) if level]
    levels = (reference.fond, reference.opis, reference.delo)
    is_plain = len(named) > 1 and tuple(named) == levels[: len(named)]
    is_misread = len(named) < 3 or len(reference.opis) > LONGEST_POINTED_OPIS
    if not is_plain or (separator == "." and is_misread):
        return ""
    if not all(pattern.fullmatch(level) for pattern, level in zip(_ALONE, named, strict=False)):
        return ""
    return separator.join(named)


def _compressed(reference: Reference, separator: str) -> str:
    numbers = _numbers(reference, separator)
    has_other_leaves = reference.folios and (
        not reference.delo or len(_apart(reference.folios)) > 1
    )
    if not numbers or has_other_leaves:
        return _commas(reference, ENGLISH_SHORT)
    leaves = print_folios(reference.folios)
    return _join(", ", reference.repository, _join(separator, numbers, leaves))


def _slashes(reference: Reference) -> str:
    return _compressed(reference, "/")


def _points(reference: Reference) -> str:
    return _compressed(reference, ".")


def _french_short(reference: Reference) -> str:
    numbers = _numbers(reference, "/")
    if not numbers:
        return _commas(reference, FRENCH)
    return _join(", ", reference.repository, numbers, *_print_leaves(reference, FRENCH))


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

    titles = {"title"} if write in (_gost, _titled_commas) else set()
    return Convention(slug, label, labels.language, write_labelled, labels.carries | titles)


_GOST = gettext_noop("GOST R 7.0.5-2008")

CONVENTIONS = (
    _labelled("gost_ru", _GOST, RUSSIAN, _gost),
    _labelled("footnote_ru", gettext_noop("Russian footnote"), RUSSIAN, _titled_commas),
    _labelled("dstu_uk", gettext_noop("Ukrainian, DSTU 8302"), UKRAINIAN, _gost),
    _labelled("chicago_note", gettext_noop("Chicago, full note"), ENGLISH, _repository_last),
    _labelled("chicago_short", gettext_noop("Chicago, abbreviated"), ENGLISH_SHORT, _commas),
    Convention(
        "chicago_bib", gettext_noop("Chicago, bibliography"), "en", _chicago_item, ENGLISH.carries
    ),
    Convention(
        "chicago_collection",
        gettext_noop("Chicago, bibliography, whole collection"),
        "en",
        _chicago_collection,
        frozenset({"repository", "fond", "opis"}),
    ),
    _labelled("fr_note", gettext_noop("French note"), FRENCH, _commas),
    Convention("fr_short", gettext_noop("French short note"), "fr", _french_short, LEVELS),
    _labelled("fr_iso690", gettext_noop("French, ISO 690"), FRENCH, _two_sentences),
    Convention(
        "fr_ministry",
        gettext_noop("French, Ministry of Culture"),
        "fr",
        _ministry,
        FRENCH.carries,
    ),
    _labelled("de_note", gettext_noop("German note"), GERMAN, _commas),
    Convention("compressed", gettext_noop("Numbers only"), "en", _slashes, LEVELS),
    Convention(
        "compressed_points",
        gettext_noop("Numbers only, with full stops"),
        "en",
        _points,
        LEVELS,
    ),
    Convention(
        "canonical",
        gettext_noop("Canonical"),
        "",
        write_canonical,
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
