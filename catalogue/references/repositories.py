"""The archives that references name: their names at each time, and what became of them.

The tables are in `data`, one line for each fact; docs/references.md says how to add one. Keys
are our own, made of the main name, and mean nothing outside this catalogue.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Literal

from catalogue.references.names import ANY, NameFound, NameTree
from catalogue.references.tables import rows
from catalogue.references.words import is_abbreviation, is_weak

_FOR_PEOPLE = re.compile(r"[{}*]+")  # signs of a template
_CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "kk", "ky", "tg"})
_SCRIPTS = {"CYRILLIC": "Cyrl", "LATIN": "Latn", "GEORGIAN": "Geor", "ARMENIAN": "Armn"}


@dataclass(frozen=True)
class Name:
    """A name that an archive bears or bore, in `language`, a tag of BCP 47: "ru", "ru-Latn".

    `first` and `last` are years, both included, None where not known; a name still borne has no
    last year. A `weak` one is so short that only the numbers after it tell what it is.
    """

    text: str
    language: str
    kind: Literal["full", "abbreviation"]
    first: int | None = None
    last: int | None = None
    weak: bool = False

    @property
    def script(self) -> str:
        """The code of ISO 15924."""
        letter = next(character for character in self.text if character.isalpha())
        return _SCRIPTS[unicodedata.name(letter).partition(" ")[0]]


@dataclass(frozen=True)
class Archive:
    """An archive under one or several successive names, the main one first in each language."""

    key: str
    names: tuple[Name, ...]
    place: str = ""
    country: str = ""

    def name(self, language: str = "", kind: str = "") -> str:
        """The main name of a kind in a language; else in its letters; else in any.

        "abbreviation" for English readers is the transliterated one: RGASPI.
        """
        of_kind = [name for name in self.names if kind in ("", name.kind)] or self.names
        script = "Cyrl" if language in _CYRILLIC_LANGUAGES else "Latn"

        def distance(name: Name) -> int:
            if name.language == language or not language:
                return 0
            return 1 if name.script == script else 2

        return min(of_kind, key=distance).text


@dataclass(frozen=True)
class Succession:
    """That holdings of `earlier` passed to `later`.

    `kind` is "succeeded", "merged" (with others) or "divided" (among several); `numbering` of
    fonds is "kept", "prefixed", "changed", or "" where that is not known.
    """

    earlier: str
    later: str
    year: int | None
    kind: str
    numbering: str


class Repositories:
    """Archives with their names and successions; not changed once made."""

    def __init__(
        self, archives: Mapping[str, Archive], successions: Iterable[Succession], tree: NameTree
    ) -> None:
        self._archives = archives
        self._successions = tuple(successions)
        self._tree = tree
        self._before: dict[str, list[Succession]] = defaultdict(list)
        self._after: dict[str, list[Succession]] = defaultdict(list)
        for succession in self._successions:
            self._before[succession.later].append(succession)
            self._after[succession.earlier].append(succession)

    def find(self, text: str) -> Iterator[NameFound]:
        """Names in running text, in order, the longest at each place; linear in the text."""
        return self._tree.find(text)

    def exact(self, name: str) -> tuple[str, ...]:
        """The keys of all archives that bear a name, which is the whole string, in any case."""
        return self._tree.exact(name)

    @property
    def archives(self) -> tuple[Archive, ...]:
        return tuple(self._archives.values())

    @property
    def successions(self) -> tuple[Succession, ...]:
        return self._successions

    def get(self, key: str) -> Archive:
        """KeyError for a key that there is not."""
        return self._archives[key]

    def with_names(self, pairs: Iterable[tuple[str, str]]) -> "Repositories":
        """A new table with more names, as (key, name); a new key makes a new archive.

        A name of one word that is no abbreviation is weak, and one without letters left out.
        """
        written = ((key, _FOR_PEOPLE.sub(" ", text).strip()) for key, text in pairs)
        names = [
            (key, Name(text, "", _kind(text), weak=_is_weak_addition(text)))
            for key, text in written
            if any(map(str.isalpha, text))
        ]
        archives = dict(self._archives)
        for key, name in names:
            archive = archives.get(key, Archive(key, ()))
            archives[key] = replace(archive, names=(*archive.names, name))
        tree = self._tree.with_names((name.text, (key,), name.weak) for key, name in names)
        return Repositories(archives, self._successions, tree)

    def before(self, key: str) -> tuple[Succession, ...]:
        """The successions by which an archive came to its holdings."""
        return tuple(self._before.get(key, ()))

    def after(self, key: str) -> tuple[Succession, ...]:
        """The successions by which the holdings of an archive passed on."""
        return tuple(self._after.get(key, ()))

    def earlier(self, key: str) -> tuple[str, ...]:
        """All archives whose holdings passed to this one, the nearest first."""
        return _reached(key, lambda each: [found.earlier for found in self.before(each)])

    def later(self, key: str) -> tuple[str, ...]:
        """All archives to which the holdings of this one passed, the nearest first."""
        return _reached(key, lambda each: [found.later for found in self.after(each)])

    def lineage(self, key: str) -> tuple[str, ...]:
        """The archive, those that its holdings passed to, and those that they came from."""
        return (key, *self.later(key), *self.earlier(key))

    def today(self, key: str) -> tuple[Archive, ...]:
        """Where the holdings of an archive are now: itself if it exists, several if divided."""
        ends = [each for each in (key, *self.later(key)) if not self.after(each)]
        return tuple(self.get(each) for each in ends)


def _reached(key: str, onward: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    reached = [key]
    for each in reached:
        reached += [further for further in dict.fromkeys(onward(each)) if further not in reached]
    return tuple(reached[1:])


def _is_weak_addition(text: str) -> bool:
    return is_weak(text) or (" " not in text and _kind(text) == "full")


def _kind(text: str) -> Literal["full", "abbreviation"]:
    """ЦПА ИМЛ при ЦК КПСС is an abbreviation, Архив РАН is not."""
    return "abbreviation" if is_abbreviation(text.split()[0]) else "full"


# --- the tables ---


def _year(text: str) -> int | None:
    return int(text) if text else None


def _read_name(row: Mapping[str, str]) -> Name:
    text = row["name"]
    return Name(
        text,
        row["language"],
        _kind(text),
        _year(row["from"]),
        _year(row["to"]),
        weak=bool(row["weak"]) or is_weak(text),
    )


@dataclass(frozen=True)
class _Region:
    """A region that has archives of its own; its names are by column, "ru" or "name"."""

    key: str
    country: str
    place: str
    type: str
    names: Mapping[str, tuple[str, ...]]


_REGION_NAMES = ("ru", "local", "name", "committee")


def _read_regions() -> Iterator[_Region]:
    for row in rows("regions"):
        names = {slot: tuple(filter(None, row[slot].split("|"))) for slot in _REGION_NAMES}
        yield _Region(row["region"], row["country"], row["place"], row["type"], names)


def _fill(template: str, region: _Region) -> Iterator[str]:
    """A template in all forms of the names of a region: "ГА {ru}", of "Томской области"."""
    slots = [slot for slot in _REGION_NAMES if f"{{{slot}}}" in template]
    for forms in product(*(region.names[slot] for slot in slots)):
        yield template.format(type=region.type, **dict(zip(slots, forms, strict=True)))


def _read_archives(regions: Iterable[_Region]) -> dict[str, Archive]:
    """All archives: those of the table, and those that there is one of in each region."""
    names: dict[str, list[Name]] = defaultdict(list)
    places = {row["archive"]: (row["place"], row["country"]) for row in rows("archives")}
    for row in rows("names"):
        if row["archive"]:  # else it is only the form of a name
            names[row["archive"]].append(_read_name(row))
    templates = [
        (row["archive"], row["country"], _read_name(row)) for row in rows("regional_names")
    ]
    for region, (archive, country, name) in product(regions, templates):
        if country == region.country and (forms := list(_fill(name.text, region))):
            key = f"{archive}-{region.key}"
            places[key] = region.place, region.country
            names[key] += [replace(name, text=form) for form in forms]
    return {
        key: Archive(key, tuple(names[key]), place, country)
        for key, (place, country) in places.items()
    }


def _shapes(row: Mapping[str, str], regions: Iterable[_Region]) -> Iterator[str]:
    """A template as it stands in the tree of names: "ГА {ru_BY}"."""
    country = row["country"]
    shape = row["name"]
    for slot in _REGION_NAMES:
        shape = shape.replace(f"{{{slot}}}", f"{{{slot}_{country}}}")
    for type_ in sorted({region.type for region in regions if region.country == country}):
        yield shape.replace("{type}", type_)
        if "{type}" not in shape:
            return


def _read_tree(regions: Sequence[_Region]) -> NameTree:
    """Names as they are found. A template is in it once, for all regions of its country."""
    forms: dict[str, list[tuple[str, tuple[str, ...], bool]]] = defaultdict(list)
    for region in regions:
        keys = () if region.key == ANY else (region.key,)
        for slot, names in region.names.items():
            forms[f"{slot}_{region.country}"] += [(name, keys, False) for name in names]
    tree = NameTree()
    for slot, own in forms.items():
        tree = tree.with_names(own, slot)
    named = [(row["name"], row) for row in rows("names")]
    for row in rows("regional_names"):
        named += [(shape, row) for shape in _shapes(row, regions)]
    return tree.with_names(
        (text, (row["archive"],) if row["archive"] else (), bool(row["weak"]) or is_weak(text))
        for text, row in named
    )


@cache
def _table() -> Repositories:
    regions = list(_read_regions())
    successions = [
        Succession(row["earlier"], row["later"], _year(row["year"]), row["kind"], row["numbering"])
        for row in rows("successions")
    ]
    known = [region for region in regions if region.key != ANY]
    return Repositories(_read_archives(known), successions, _read_tree(regions))


def __getattr__(name: str) -> Repositories:
    if name == "TABLE":
        return _table()
    raise AttributeError(name)
