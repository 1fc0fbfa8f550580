"""From elements and what their labels stand for to references, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from catalogue.references.elements import Element
from catalogue.references.folios import print_folios
from catalogue.references.numbers import LONGEST_POINTED_OPIS, is_year
from catalogue.references.plain import Plain
from catalogue.references.senses import DEPTH
from catalogue.references.structure import FolioRange, Reference

_LEVELS = ("fond", "opis", "delo")
# How deep what stands beside the levels belongs; it is shared by references to deeper levels.
# 9 is never shared.
_KEY_DEPTH = {"papka": 2, "karton": 2, "sviazka": 2, "reel": 2, "volume": 3, "part": 3, "issue": 3}
_NEVER_SHARED = 9


@dataclass(slots=True)
class Part:
    """A reference in the making, at text[start:end]; `depth` is that of the level read last."""

    start: int
    end: int
    levels: list[str] = field(default_factory=lambda: ["", "", ""])
    leaves: list[FolioRange] = field(default_factory=list)
    aux: list[tuple[str, str, int]] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    depth: int = 0
    is_compressed: bool = False
    is_perechen: bool = False

    @property
    def keys(self) -> set[str]:
        return {key for key, _text, _depth in self.aux}

    def opened_again(self, depth: int, start: int) -> "Part":
        """A further reference that differs from this one at a level and below."""
        part = Part(start, start, is_perechen=self.is_perechen)
        part.levels = [text if index + 1 < depth else "" for index, text in enumerate(self.levels)]
        part.aux = [each for each in self.aux if each[2] < depth]
        part.depth = depth - 1
        return part

    def reference(self, repository: str, extra: Sequence[tuple[str, str]] = ()) -> Reference:
        """What was read, under a repository; `extra` is what stood around it."""
        fond, opis, delo = self.levels
        return Reference(
            repository,
            fond,
            opis,
            delo,
            tuple(self.leaves),
            tuple((key, text) for key, text, _depth in self.aux) + tuple(extra),
        )


def _add_numbers(part: Part, element: Element, plain: Plain) -> None:
    """Numbers alone; where a point seems to have dropped out, the rest is kept unread."""
    names = element.parts
    part.is_compressed = True
    if (
        len(names) == 3
        and len(names[1]) > LONGEST_POINTED_OPIS
        and "." in plain.text[element.start : element.end]
    ):
        part.levels[0] = names[0]
        part.aux.append(("unparsed", ".".join(names[1:]), _NEVER_SHARED))
        part.depth = 1
        return
    part.levels[: min(len(names), 3)] = names[:3]
    part.leaves = list(element.leaves)
    part.depth = len(names)


def _add_beside(part: Part, role: str, element: Element) -> None:
    number = element.number.text if element.number else ""
    if role == "document" and part.is_perechen and not part.levels[2]:
        part.levels[2] = number
        part.depth = 3
        return
    part.aux.append((role, number, _KEY_DEPTH.get(role, _NEVER_SHARED)))


def _add_labelled(part: Part, role: str, element: Element) -> None:
    depth = DEPTH.get(role)
    if role == "book_pages":
        part.aux.append((role, print_folios(element.leaves, "fr"), _NEVER_SHARED))
    elif depth == 4:
        part.leaves += element.leaves
    elif depth is not None and element.number is not None:
        part.levels[depth - 1] = element.number.text
        part.is_perechen = part.is_perechen or role == "perechen"
    else:
        _add_beside(part, role, element)
        return
    part.depth = depth or part.depth


def _add_remark(part: Part, element: Element, plain: Plain) -> None:
    """A remark: a name of the fond, a year or a gloss by where it stands."""
    text = plain.words(*element.inner)
    if element.kind == "extent":
        part.aux.append(("extent", f"{element.parts[0]} {text}", _NEVER_SHARED))
    elif element.kind == "year":
        part.aux.append(("year", text, 2 if part.depth <= 2 else _NEVER_SHARED))
    elif element.kind == "fond_name" or (part.depth == 1 and not is_year(text)):
        part.aux.append(("fond_name", text, _NEVER_SHARED))
    elif is_year(text.rstrip(" г.р")):
        part.aux.append(("year", text.rstrip(" г.р"), _NEVER_SHARED))
    elif len(text) > 1 and not part.leaves and "gloss" not in part.keys:
        part.aux.append(("gloss", text, _NEVER_SHARED))
    else:
        part.unread.append((element.start, element.end))


def _opens(part: Part, role: str, element: Element) -> int:
    """The level at which an element begins a further reference; 0 where it does not."""
    if element.kind == "numbers":
        return 1 if part.depth else 0
    depth = DEPTH.get(role)
    if depth is not None:
        return depth if depth <= part.depth and not _goes_on(part, depth, element) else 0
    if role == "document" and part.is_perechen and part.levels[2]:
        return 3
    if role in _KEY_DEPTH and (role in part.keys or part.leaves):
        return _KEY_DEPTH[role] + 1
    return 0


def _goes_on(part: Part, depth: int, element: Element) -> bool:
    """Whether further leaves, "л. 5, л. 7" or after a comma without a label, are of the same."""
    return depth == 4 and part.depth == 4 and not element.has_line_end


def build(elements: Sequence[Element], roles: Sequence[str], plain: Plain) -> list[Part]:
    """The references of a row of elements, in order."""
    part = Part(elements[0].start, elements[0].end)
    parts = [part]
    for element, role in zip(elements, roles, strict=True):
        opens = _opens(part, role, element)
        if opens:
            part = part.opened_again(opens, element.start)
            part.aux = [each for each in part.aux if each[0] != role]
            parts.append(part)
        if element.kind == "numbers":
            _add_numbers(part, element, plain)
        elif role:
            _add_labelled(part, role, element)
        else:
            _add_remark(part, element, plain)
        part.end = max(part.end, element.end)
    for earlier, later in pairwise(parts):
        earlier.end = min(earlier.end, later.start)
    return parts
