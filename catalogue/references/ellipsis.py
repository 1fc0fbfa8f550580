"""References that leave out what the one before them has: там же, ibid., or nothing but a leaf."""

import re
from dataclasses import replace

from catalogue.references.lexicon import alternation
from catalogue.references.structure import Reference

_LEVELS = ("repository", "fond", "opis", "delo")
_LETTER = r"[^\W\d_]"
# Keys that belong above a level, and so are taken over with what stands above it.
_ABOVE_DELO = frozenset({"papka", "karton", "sviazka", "reel"})
_ABOVE_LEAF = _ABOVE_DELO | {"volume", "part", "year"}
WORDS = rf"(?:(?P<ibid>{alternation('ibid')})|(?P<tamzhe>{alternation('tamzhe')}))(?!{_LETTER})\.?"
# What may stand between a reference and a bare "ibid." that can only mean that reference.
_NOTHING_BETWEEN = re.compile(r"[\s.,;)\]\[(-]{0,12}(?:[0-9]{1,4}[\s.)\]]{0,4})?")


def is_right_after(text: str, end: int, start: int) -> bool:
    """Whether only the number of a note stands between the end of a reference and a place."""
    return start - end < 24 and _NOTHING_BETWEEN.fullmatch(text, end, start) is not None


def complete(printed: Reference, before: Reference) -> Reference:
    """What is printed under all that stands above it in the reference before.

    A word for "the same" that is followed by nothing means all of the reference before.
    """
    top = next((depth for depth, level in enumerate(_LEVELS) if getattr(printed, level)), 4)
    if top == len(_LEVELS) and not printed.folios and not printed.aux:
        return before
    above = {level: getattr(before, level) for level in _LEVELS[:top]}
    kept = {3: _ABOVE_DELO, 4: _ABOVE_LEAF}.get(top, frozenset())
    named = {key for key, _text in printed.aux}
    shared = tuple(pair for pair in before.aux if pair[0] in kept and pair[0] not in named)
    return replace(printed, **above, aux=shared + printed.aux)
