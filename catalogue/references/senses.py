"""What each label of a row of elements stands for: the likeliest choices, by their costs.

Choices are followed side by side from left to right, and only the few cheapest are kept, so that
the work is linear. A cost says how unusual a step is: a level left out, a level opened again.
"""

from collections.abc import Sequence
from typing import NamedTuple

from catalogue.references.elements import Element
from catalogue.references.lexicon import UNLIKELY, Sense

DEPTH = {"fond": 1, "opis": 2, "perechen": 2, "delo": 3, "leaf": 4, "page": 4, "book_pages": 4}
_MOST_CHOICES = 4
# How much dearer than the best a choice may be and still be offered.
_MARGIN = 3
_LEAF_DEPTH = 4
_NO_KEYS: frozenset[str] = frozenset()
# What a step from one level to a deeper one costs that leaves levels out.
_LEFT_OUT = {(1, 3): 1, (2, 4): 2, (1, 4): 3}
# What a key beside the levels costs by how deep it stands: papka belongs between opis and delo.
_BESIDE = {
    "papka": (2, 1, 0, 0, 2),
    "karton": (1, 0, 0, 1, 2),
    "sviazka": (1, 0, 0, 1, 2),
    "volume": (0, 1, 1, 0, 2),
    "part": (0, 1, 1, 0, 2),
    "issue": (0, 1, 1, 0, 2),
}


class Choice(NamedTuple):
    """One way to understand a row of elements, as a chain back from the last one."""

    cost: int = 0
    sense: Sense | None = None  # of the last element; None for one that has no label
    before: "Choice | None" = None
    depth: int = 0
    keys: frozenset[str] = _NO_KEYS

    @property
    def roles(self) -> list[str]:
        """The role of each element, "" for one that has no label."""
        roles = []
        choice = self
        while choice.before is not None:
            roles.append(choice.sense.role if choice.sense else "")
            choice = choice.before
        return roles[::-1]


def _reopening(role: str, depth: int, element: Element) -> int:
    if element.is_strong:
        return 1 if role == "leaf" and depth == 4 else 0
    if role in ("leaf", "page") and depth == 4:
        return 3
    return 2 if role == "fond" else 1


def _is_opis_next(following: Sequence[Element]) -> bool:
    return any(sense.role == "opis" for each in following for sense in each.senses)


def _doubt(choice: Choice, element: Element, role: str, following: Element | None) -> int:
    """What a label that may be a fond or a leaf costs by what follows it."""
    if len(element.senses) == 1 or role not in ("fond", "leaf", "page"):
        return 0
    if role == "fond":
        return 2 if choice.depth and not _is_opis_next([following] if following else []) else 0
    return 6 if choice.depth == 0 and following is not None and following.senses else 0


def _step(choice: Choice, element: Element, sense: Sense, following: Element | None) -> Choice:
    role, depth, keys = sense.role, choice.depth, choice.keys
    cost = choice.cost + sense.cost + _doubt(choice, element, role, following)
    level = DEPTH.get(role)
    if level is None:
        cost += _BESIDE[role][depth] if role in _BESIDE else 0
        if role in keys:
            cost += 0 if element.is_strong else 1
        keys = keys | {role}
    else:
        if level > depth:
            cost += _LEFT_OUT.get((depth, level), 0)
        else:
            cost += _reopening(role, depth, element)
            keys = _NO_KEYS
        if role == "page":
            cost += 1
        if role == "leaf" and element.is_strong and element.kind == "label" and depth == 3:
            cost += 1
        depth = level
    return Choice(cost, sense, choice, depth, keys)


def _senses(element: Element, ceiling: int) -> Sequence[Sense]:
    cheap = [sense for sense in element.senses if sense.cost <= ceiling]
    return cheap or element.senses[:1]


def _choose(elements: Sequence[Element], ceiling: int) -> list[Choice]:
    choices = [Choice()]
    for index, element in enumerate(elements):
        following = elements[index + 1] if index + 1 < len(elements) else None
        if element.kind == "numbers":
            choices = [Choice(each.cost, None, each, len(element.parts)) for each in choices]
        elif not element.senses:
            choices = [Choice(each.cost, None, each, each.depth, each.keys) for each in choices]
        else:
            choices = [
                _step(each, element, sense, following)
                for each in choices
                for sense in _senses(element, ceiling)
            ]
            if len(choices) > 1:
                choices = sorted(choices, key=lambda each: each.cost)[:_MOST_CHOICES]
    return choices


def _plain(elements: Sequence[Element]) -> list[str] | None:
    """The roles of a row of levels from fond to leaf that leaves nothing to choose."""
    roles: list[str] = []
    depth = 0
    for index, element in enumerate(elements):
        likely = element.label.likely if element.label else ()
        if element.kind != "label" or not likely or len(element.senses) < len(likely):
            return None
        role = likely[0].role
        if len(likely) > 1 and not (
            role == "fond" and not depth and _is_opis_next(elements[index + 1 : index + 2])
        ):
            return None
        level = DEPTH.get(role, 0)
        is_reopened = element.is_strong and level < _LEAF_DEPTH
        if not (level > depth or is_reopened) or (depth, level) in _LEFT_OUT or role == "page":
            return None
        roles.append(role)
        depth = level
    return roles


def choose(elements: Sequence[Element]) -> list[list[str]]:
    """The roles of the elements, "" for those without a label: the likeliest way first.

    Unlikely senses of labels are tried only where the likely ones give nothing plain.
    """
    if plain := _plain(elements):
        return [plain]
    choices = _choose(elements, UNLIKELY - 1)
    if choices[0].cost > UNLIKELY:
        choices = _choose(elements, 9)
    best = choices[0].cost
    return [each.roles for each in choices if each.cost <= best + _MARGIN]
