"""Whether what was read is a reference at all: prose is full of single letters before numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from catalogue.references.elements import Element
from catalogue.references.lexicon import LABELS, LEVELS
from catalogue.references.naming import Repository
from catalogue.references.numbers import is_year
from catalogue.references.parts import Part

_LEAF = 3
_LEVELS = frozenset(LEVELS)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_BELARUSIAN = re.compile("[ўЎ]")
# Beside a reference of its own, a leaf alone stands at the beginning of a sentence or bracket.
_OPENING = re.compile(r"(?:^|[.;:(\[\n])\s{0,3}(?:[0-9]{1,4}[.)]?\s)?$")
_TOUCHES = re.compile(r"[\w/@=&%?#]")
_ARCHIVAL = re.compile("[AА]")
_OTHER_NUMBERS = re.compile(r"(?:№|[Nn]o\.?|тел\.?|tel\.?|http\S{0,200}|p\.|С\.)\s?$")


def _named(part: Part) -> set[str]:
    fond, opis, delo = part.levels
    levels = (("fond", fond), ("opis", opis), ("delo", delo), ("leaf", part.leaves))
    return {level for level, printed in levels if printed}


def _is_date(parts: Sequence[str]) -> bool:
    if len(parts) != _LEAF or not all(part.isdigit() for part in parts):
        return False
    first, second, last = (int(part) for part in parts)
    return (first < 32 and second < 13 and (is_year(parts[2]) or len(parts[2]) == 2)) or (
        is_year(parts[0]) and second < 13 and last < 32
    )


def _are_numbers_a_reference(
    text: str, element: Element, following: Element | None, repository: Repository | None
) -> bool:
    """Whether numbers alone are one: dates, telephone numbers and versions are not."""
    parts = element.parts
    slashes = "/" in text[element.start : element.end]
    before = text[max(0, element.start - 12) : element.start]
    if _TOUCHES.match(text, element.end) or (before and _TOUCHES.match(before[-1])):
        return False
    has_leaf_label = following is not None and following.senses and following.kind == "label"
    if repository is None:
        if _OTHER_NUMBERS.search(before) or not slashes or _is_date(parts):
            return False
        return len(parts) == 4 or (len(parts) == 3 and bool(has_leaf_label))
    commas = "," in text[element.start : element.end]
    if (_is_date(parts) and not slashes) or (commas and not repository.is_known):
        return False
    if not repository.is_known:
        is_archival = len(repository.name) > 2 and bool(_ARCHIVAL.search(repository.name))
        return len(parts) > 2 and is_archival and not _is_date(parts)
    return len(parts) > 2 or (slashes and not repository.is_weak)


def _is_labelled_reference(
    text: str, part: Part, elements: Sequence[Element], repository: Repository | None
) -> bool:
    named = _named(part)
    shelf = named - {"leaf"}
    has_name = "fond_name" in part.keys
    if repository is not None and repository.is_known and not repository.is_weak:
        return bool(shelf)
    if repository is not None and shelf:
        return len(named) > 1 or has_name
    return _is_one_by_itself(text, part, elements, named)


def _is_one_by_itself(text: str, part: Part, elements: Sequence[Element], named: set[str]) -> bool:
    """Whether labels alone make a reference, with no repository before them."""
    is_cyrillic = all(each.label.is_cyrillic for each in elements[:4] if each.label)
    if "fond" in named and len(named) > 1:
        return bool(named & {"opis", "delo"})
    if not is_cyrillic:
        return "fond_name" in part.keys and len(named) > 1
    if len(named) > 1:
        return True
    roles = {sense.role for each in elements if each.label for sense in each.label.senses[:1]}
    is_leaf_only = named == {"leaf"} and "page" not in roles
    return (
        is_leaf_only
        and _OPENING.search(text[max(0, elements[0].start - 12) : elements[0].start]) is not None
    )


def may_be_reference(elements: Sequence[Element]) -> bool:
    """Whether anything in a row is of a level at all: "т. 2, с. 5" is not."""
    return any(
        element.kind == "numbers"
        or (element.label is not None and _LEVELS.intersection(element.label.roles))
        for element in elements
    )


def is_reference(
    text: str, part: Part, elements: Sequence[Element], repository: Repository | None
) -> bool:
    """Whether the first reference of a row, which no word for "the same" opens, is one."""
    first = elements[0]
    following = elements[1] if len(elements) > 1 else None
    if first.kind == "numbers" and first.label is None:
        return _are_numbers_a_reference(text, first, following, repository)
    if first.kind == "numbers":
        return True
    return _is_labelled_reference(text, part, elements, repository)


def is_repetition(part: Part, elements: Sequence[Element], *, is_right_after: bool) -> bool:
    """Whether what follows a word for "the same" is of an archival reference, not of a book."""
    if part.levels != ["", "", ""]:
        return elements[0].kind != "numbers" or is_right_after
    roles = {sense.role for each in elements if each.label for sense in each.label.senses[:1]}
    is_certain = bool(part.leaves) and not roles & {"page", "fond"}
    return is_certain or (is_right_after and bool(part.leaves or part.aux))


def language_of(elements: Sequence[Element], repository: str) -> str:
    """The language of the labels; where there are none, that which the repository suggests."""
    forms = tuple([each.label.form for each in elements[:12] if each.label])
    return _language(forms, repository)


@lru_cache(maxsize=1 << 10)
def _language(forms: tuple[str, ...], repository: str) -> str:
    votes: Counter[str] = Counter()
    for form in forms:
        votes.update(LABELS[form].senses[0].languages)
    if _UKRAINIAN.search(repository):
        votes["uk"] += 1
    if _BELARUSIAN.search(repository):
        votes["be"] += 2
    if votes:
        return votes.most_common(1)[0][0]
    if not repository:
        return ""
    return "ru" if _CYRILLIC.search(repository) else "en"
