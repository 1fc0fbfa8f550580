"""What else stands around a reference: a title, the name of a fond, a note on the copy."""

import re
from dataclasses import dataclass

from catalogue.references.lexicon import alternation
from catalogue.references.plain import Plain

_LETTER = r"[^\W\d_]"
_LONGEST_TITLE = 400

_FOND_NAME = re.compile(
    rf"(?<!{_LETTER})(?P<label>{alternation('named')})"
    rf"\s{{1,2}}(?:of\s|de\s|des\s|du\s)?(?P<name>[^;:/\n]{{2,80}}?)"
    rf"(?:\s?\((?P<number>[0-9]{{1,6}}{_LETTER}?)\))?[\s,.]{{0,3}}$",
    re.IGNORECASE,
)
_TITLE_END = re.compile(r"\s{0,3}//\s{0,3}$")
_TITLE_OPENING = re.compile(
    r"(?:\[?[0-9]{1,4}[\].)]?\s{1,3})?(?:(?:См|Цит|Подробнее)\.?\s?(?:по|также|:)?:?\s{1,2})?"
)
_COPY_WORD = re.compile(rf"(?:{alternation('copy')})(?!{_LETTER})", re.IGNORECASE)
_BEFORE_COPY = re.compile(r"[\s.,;(]{1,4}")
# The rest of a sentence, in which initials have their full stop.
_COPY_REST = re.compile(
    rf"(?:[^.;,()\n]|(?<=\W{_LETTER})\.|(?<=^{_LETTER})\.){{0,60}}(?=[.;)\n,]|$)"
)
_NEXT_SENTENCE = re.compile(r"\.\s{1,2}")


def find_title(plain: Plain, floor: int, start: int) -> str:
    """The title that a double slash parts from the reference."""
    text = plain.text
    slashes = _TITLE_END.search(text, max(floor, start - 8), start)
    if slashes is None:
        return ""
    begin = max(floor, slashes.start() - _LONGEST_TITLE)
    begin = max(begin, text.rfind("\n", begin, slashes.start()) + 1)
    opening = _TITLE_OPENING.match(text, begin, slashes.start())
    return plain.words(opening.end() if opening else begin, slashes.start()).strip(" ,;")


@dataclass(frozen=True)
class NamedFond:
    """A fond that is named, with its number where that stands in brackets, and where it begins."""

    name: str
    number: str
    start: int


def find_fond_name(plain: Plain, floor: int, start: int) -> NamedFond | None:
    """The name of a fond right before a place: "Fund of 19th Army", "fonds Staline (558)"."""
    found = _FOND_NAME.search(plain.text, max(floor, start - 100), start)
    if found is None:
        return None
    name = plain.words(*found.span("name")).strip(" ,.\"«»“”'")
    return NamedFond(name, found["number"] or "", found.start("label"))


def find_copy_note(plain: Plain, position: int) -> tuple[str, int] | None:
    """What is said of the copy after a reference: "Копия. Рукопись", and where it ends."""
    text = plain.text
    gap = _BEFORE_COPY.match(text, position)
    begin = end = gap.end() if gap else len(text)
    while word := _COPY_WORD.match(text, gap.end() if gap else len(text)):
        rest = _COPY_REST.match(text, word.end())
        if rest is None:
            break
        end = rest.end()
        gap = _NEXT_SENTENCE.match(text, end)
    return (plain.words(begin, end), end) if end > begin else None
