"""Two versions of a text, compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
WHOLE = re.compile(r"(?s).+")
# Words in the one passage times words in the other; beyond, lines are compared, or nothing is.
MOST = 1_000_000
CONTEXT = 40  # characters that are left of an unchanged passage, before and after a change


@dataclass(frozen=True)
class Piece:
    """A run of text; ``kind`` is "same", "deleted" or "added"."""

    kind: str
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """What turns ``old`` into ``new``: without the added pieces it is the one, without the
    deleted ones the other."""
    for unit in (WORDS, LINES, WHOLE):
        before, after = unit.findall(old), unit.findall(new)
        start = _alike(before, after)
        end = _alike(before[start:][::-1], after[start:][::-1])
        inner = [texts[start : len(texts) - end] for texts in (before, after)]
        if len(inner[0]) * len(inner[1]) <= MOST:
            break
    same = [
        Piece("same", "".join(texts)) for texts in (before[:start], before[len(before) - end :])
    ]
    return tuple(piece for piece in (same[0], *_pieces(*inner), same[1]) if piece.text)


def _alike(before: list[str], after: list[str]) -> int:
    """How many of the first texts are the same."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        if end > start:
            yield Piece("deleted", "".join(before[start:end]))
        if new_end > new_start:
            yield Piece("added", "".join(after[new_start:new_end]))


def shorten(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Of long passages in which nothing changed, only what stands beside a change."""
    last = len(pieces) - 1
    return tuple(
        replace(piece, text=_middle_out(piece.text, place > 0, place < last))
        if piece.kind == "same"
        else piece
        for place, piece in enumerate(pieces)
    )


def _middle_out(text: str, after_a_change: bool, before_a_change: bool) -> str:
    head = text[:CONTEXT].rpartition(" ")[0] if after_a_change else ""
    tail = text[-CONTEXT:].partition(" ")[2] if before_a_change else ""
    return text if len(text) <= len(head) + len(tail) + 5 else f"{head} … {tail}"
