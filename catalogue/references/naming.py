"""The repository of a reference: where its name stands, whether a table knows it or not."""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalogue.references.lexicon import alternation, words
from catalogue.references.names import NameFound
from catalogue.references.plain import Plain
from catalogue.references.repositories import Repositories

_LETTER = r"[^\W\d_]"
_FURTHEST = 220  # characters before a reference in which its repository is looked for
_AFTER = 160  # and after it
_WIDEST = 40  # characters before a known name that may belong to it
_LONGEST_TITLE = 400

# What ends the stretch in which a repository is looked for, and what may part it from the fond.
_BOUNDARIES = ("//", ";", "\n\n")
_GLUE = " \n.,:;-/[("
_PLACE = re.compile(rf"[,(]\s{{0,2}}(?:{alternation('place')})[\s.,):]{{0,3}}$", re.IGNORECASE)
_BRACKETS = re.compile(r"[\s,]{0,2}[(\[](?P<text>[^()\[\]]{1,160})[)\]]$")
_GAP_AFTER = re.compile(r"[\s,.]{1,4}(?:in\s(?:the\s)?|at\s(?:the\s)?|\()?")
_BRACKETS_AFTER = re.compile(r"\s?\((?P<text>[^()\n]{1,80})\)")
_PHRASE_AFTER = re.compile(r"[^.;\n()]{3,120}?(?=[.;\n(]|,\s|$)")
_NAME_BEFORE = re.compile(
    rf"(?:[^\n]{{1,{_LONGEST_TITLE}}}//)?\s*(?P<name>{_LETTER}[^\n;/]{{0,{_FURTHEST}}}?)[\s.,:;]*"
)
_NAME_AFTER = re.compile(rf"[\s.,]{{1,4}}(?P<name>{_LETTER}[^\n;/]{{0,{_FURTHEST}}}?)[\s.,]*")
_ABBREVIATION = re.compile(rf"(?:{_LETTER}|[-'.])*{_LETTER}$")
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|['-])*")
_POINTED = re.compile(rf"(?<!{_LETTER})(?:{alternation('pointed')})$", re.IGNORECASE)
_ARCHIVE = re.compile(rf"(?<!{_LETTER})(?:{alternation('archive')})(?!{_LETTER})", re.IGNORECASE)
_SMALL = frozenset(words("link"))
_NO_ARCHIVE = frozenset(words("no-archive"))
_ADJECTIVE = re.compile("(?:[ыио]й|ая|sky|skii|nyi)$", re.IGNORECASE)
# What a name does not go on across: the end of a sentence, a quotation, "see", "in".
_BREAK = re.compile(
    rf"(?<={_LETTER}{_LETTER}{_LETTER})(?<![Aa]rch)\.\s|(?<=[0-9])[.)]\s|[«»\"]"
    rf"|(?<!{_LETTER})(?:{alternation('see')})(?!{_LETTER})\.?(?:\s(?:also|по|також)(?!{_LETTER}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Repository:
    """A repository at text[start:end], with what was said beside its name."""

    start: int
    end: int
    name: str = ""
    keys: tuple[str, ...] = ()
    aux: tuple[tuple[str, str], ...] = ()
    is_known: bool = False
    is_weak: bool = False


def _window(text: str, floor: int, end: int) -> int:
    """Where the stretch before a place begins in which its repository may stand."""
    start = max(floor, end - _FURTHEST)
    for boundary in _BOUNDARIES:
        place = text.rfind(boundary, start, end)
        if place >= 0:
            start = place + len(boundary)
    return start


def _with_point(text: str, start: int, end: int) -> int:
    """The end of a name with the full stop of an abbreviation: "ГА Энской обл."."""
    if not text.startswith(".", end):
        return end
    is_abbreviated = _POINTED.search(text, max(start, end - 8), end) or text.startswith(".,", end)
    return end + bool(is_abbreviated)


def _strip_aside(plain: Plain, start: int, end: int) -> tuple[int, list[tuple[str, str]]]:
    """Take places and brackets off the end of a stretch; they are the aux of the name."""
    text = plain.text
    aside: list[tuple[str, str]] = []
    for _ in range(3):
        while end > start and text[end - 1] in _GLUE:
            end -= 1
        if place := _PLACE.search(text, max(start, end - 40), end):
            aside.append(("place", plain.words(*place.span()).strip(" ,.():-")))
            end = place.start()
        elif brackets := _BRACKETS.search(text, max(start, end - 170), end):
            aside.append(("repository_gloss", plain.words(*brackets.span("text"))))
            end = brackets.start()
        else:
            break
    return _with_point(text, start, end), aside[::-1]


def _abbreviation_start(text: str, start: int, end: int) -> int:
    """Where abbreviations in capitals, one after another, begin that end a stretch; else `end`."""
    begin = end
    is_archival = False
    while found := _ABBREVIATION.search(text, max(start, begin - 24), begin):
        word = found[0].strip("-'.")
        capitals = sum(letter.isupper() for letter in word)
        if capitals < 2 or capitals * 2 < len(word) - 1:
            break
        is_archival = is_archival or word not in _NO_ARCHIVE
        begin = found.start() + found[0].index(word[0])
        if begin == start or text[begin - 1] != " ":
            break
        begin -= 1
    return begin + (text[begin] == " ") if is_archival else end


def _phrase_start(text: str, start: int, end: int) -> int:
    """Where a phrase with a word for an archive begins that ends a stretch; else `end`."""
    for found in _BREAK.finditer(text, start, end):
        start = found.end()
    archive = _ARCHIVE.search(text, start, end)
    if archive is None:
        return end
    first = archive.start()
    for word in reversed(list(_WORD.finditer(text, start, first))):
        if word[0][0].isupper():
            first = word.start()
        elif word[0].lower() not in _SMALL and not _ADJECTIVE.search(word[0]):
            break
    return first


def _unknown(text: str, start: int, end: int) -> int:
    """Where a repository that no table knows begins, if one ends a stretch; else `end`."""
    return min(_abbreviation_start(text, start, end), _phrase_start(text, start, end))


@lru_cache(maxsize=1 << 12)
def _names(table: Repositories, stretch: str) -> tuple[NameFound, ...]:
    """The names in a stretch before a reference, of which a book has the same a thousand times."""
    return tuple(table.find(stretch))


def find_repository(plain: Plain, floor: int, end: int, table: Repositories) -> Repository | None:
    """The repository that stands right before a place, and not before `floor`."""
    text = plain.text
    start = _window(text, floor, end)
    stop, aside = _strip_aside(plain, start, end)
    if start >= stop and not aside:
        return None
    names = _names(table, text[start:stop])
    if names and start + names[-1].end >= stop - 1:
        name = names[-1]
        begin, keys, weak = start + name.start, name.keys, name.weak
        if text[begin - 1 : begin] == " " and text[begin - 2 : begin - 1].isalnum():
            wider = _unknown(text, start, stop)
            if begin - _WIDEST < wider < begin:
                begin = wider
        return Repository(
            begin, stop, plain.words(begin, stop), keys, tuple(aside), bool(keys), weak
        )
    begin = _unknown(text, start, stop)
    if begin < stop:
        return Repository(begin, stop, plain.words(begin, stop), (), tuple(aside))
    return _from_brackets(text, start, stop, end, aside, table)


def _from_brackets(
    text: str, start: int, stop: int, end: int, aside: list[tuple[str, str]], table: Repositories
) -> Repository | None:
    """A repository that is named in brackets only: "the party archive's copy (RGASPI), f. 17"."""
    for key, gloss in aside:
        if key == "repository_gloss" and (names := list(table.find(gloss))):
            name = names[-1]
            begin = text.find("(", stop, end) + 1
            return Repository(
                max(begin, start), end, name.name, name.keys, (), bool(name.keys), name.weak
            )
    return None


def find_repository_after(plain: Plain, position: int, table: Repositories) -> Repository | None:
    """The repository that follows a reference: "f. 17, op. 2, d. 685, RGASPI"."""
    text = plain.text
    gap = _GAP_AFTER.match(text, position)
    if gap is None:
        return None
    start = gap.end()
    name = next(table.find(text[start : start + _AFTER]), None)
    if name and name.start == 0 and not name.weak:
        end = start + name.end
        gloss = _BRACKETS_AFTER.match(text, end)
        aux = (("repository_gloss", plain.words(*gloss.span("text"))),) if gloss else ()
        printed = plain.words(start, end)
        end = gloss.end() if gloss else end
        return Repository(start, end, printed, name.keys, aux, bool(name.keys))
    phrase = _PHRASE_AFTER.match(text, start)
    if phrase and phrase[0][0].isupper() and _ARCHIVE.search(phrase[0]):
        return Repository(start, phrase.end(), plain.words(start, phrase.end()))
    return None


def find_any_repository(plain: Plain, start: int, end: int) -> Repository | None:
    """Whatever stands before a reference, or else after it, as the name of a repository."""
    before = _NAME_BEFORE.fullmatch(plain.text, 0, start)
    found = before or _NAME_AFTER.fullmatch(plain.text, end)
    if found is None or not found["name"]:
        return None
    first, last = found.span("name")
    last = _with_point(plain.text, first, last)
    return Repository(first, last, plain.words(first, last))
