"""The words of references: what each label may stand for, in which languages, how likely.

They are lines of data/lexicon.tsv. A form stands there in small letters and without its full
stop; "cost" is how unlikely the role is for that form (0 is usual), "many" marks plurals.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalogue.references.tables import rows

LEVELS = ("fond", "opis", "delo", "leaf")
# Roles that a labelled number can have, besides the levels.
BESIDE = frozenset(
    {
        "page",
        "papka",
        "karton",
        "sviazka",
        "volume",
        "part",
        "issue",
        "document",
        "perechen",
        "reel",
    }
)
LEAVES = frozenset({"leaf", "page"})
NUMBERED = BESIDE.union(LEVELS)
LONGEST_WORD = 16
UNLIKELY = 2  # the cost from which on a sense is tried only where the others do not fit

_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_LOOKS_CYRILLIC = str.maketrans("aceiopxy", "асеіорху")
_LOOKS_LATIN = str.maketrans("асеіорху", "aceiopxy")


@dataclass(frozen=True)
class Sense:
    """One thing that a label may stand for."""

    role: str
    cost: int
    languages: tuple[str, ...]
    is_many: bool


@dataclass(frozen=True)
class Label:
    """A label as the lexicon has it, with all its senses, the likeliest first."""

    form: str
    senses: tuple[Sense, ...]
    is_cyrillic: bool
    role: str  # the likeliest
    may_be_leaves: bool
    may_be_number: bool
    likely: tuple[Sense, ...]
    roles: frozenset[str]  # the likely ones


def _label(form: str, lines: list[dict[str, str]]) -> Label:
    by_role: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines:
        by_role[line["role"]].append(line)
    senses = [
        Sense(
            role,
            min(int(line["cost"] or 0) for line in same),
            tuple(dict.fromkeys(" ".join(line["languages"] for line in same).split())),
            all(line["many"] == "many" for line in same),
        )
        for role, same in by_role.items()
    ]
    senses.sort(key=lambda sense: sense.cost)
    roles = {sense.role for sense in senses}
    likely = tuple(sense for sense in senses if sense.cost < UNLIKELY)
    return Label(
        form,
        tuple(senses),
        bool(_CYRILLIC_LETTER.search(form)),
        senses[0].role,
        bool(roles & LEAVES),
        bool(roles - LEAVES),
        likely,
        frozenset(sense.role for sense in likely),
    )


_LINES = tuple(rows("lexicon"))


def _gather() -> Mapping[str, Label]:
    by_form: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in _LINES:
        if line["role"] in NUMBERED:
            by_form[line["form"]].append(line)
    return {form: _label(form, lines) for form, lines in by_form.items()}


LABELS = _gather()
# First words of labels of two words, so that a second word is looked for only after these.
FIRST_WORDS = frozenset(form.split()[0] for form in LABELS if " " in form)


def words(role: str) -> Mapping[str, str]:
    """The forms of a role that is not numbered, such as "and" or "verso", and their language."""
    return {line["form"]: line["languages"] for line in _LINES if line["role"] == role}


def alternation(role: str) -> str:
    """The forms of a role as a pattern, the longest first; spaces in them match any spacing."""
    forms = sorted(words(role), key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"\.?\s{1,4}") for form in forms)


@lru_cache(maxsize=1 << 12)
def label(word: str) -> Label | None:
    """The label that a word is, in any case, also with look-alike letters of the other script."""
    form = word.lower()
    if found := LABELS.get(form):
        return found
    if form.isascii() or len(form) < 2:
        return None
    for letters in (_LOOKS_CYRILLIC, _LOOKS_LATIN):
        if found := LABELS.get(form.translate(letters)):
            return found
    return None
