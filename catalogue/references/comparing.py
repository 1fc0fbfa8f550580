"""Whether two references speak of the same thing, by shelf, leaf and side.

Repositories are compared by name as written, folded; that РЦХИДНИ became РГАСПИ is known to
the catalogue, not here.
"""

from collections.abc import Iterable

from catalogue.references.structure import Folio, FolioRange, Reference, suffix_rank
from catalogue.text import fold

# What, besides fond, opis and delo, says which thing on the shelf is meant.
SHELF_KEYS = frozenset({"papka", "karton", "sviazka", "volume", "part", "year"})
_ALPHABETS = "abcdefghijklmnopqrstuvwxyz абвгдежзийклмнопрстуфхцчшщъыьэюя"


def _levels(reference: Reference) -> tuple[str, str, str, str]:
    return (
        fold(reference.repository),
        fold(reference.fond),
        fold(reference.opis),
        fold(reference.delo),
    )


def _shelf_aux(reference: Reference) -> dict[str, str]:
    return {key: fold(value) for key, value in reference.aux if key in SHELF_KEYS}


def _same_shelf(a: Reference, b: Reference) -> bool:
    return _levels(a) == _levels(b) and _shelf_aux(a) == _shelf_aux(b)


def _holds_shelf(outer: Reference, inner: Reference) -> bool:
    """Whether the levels that `outer` names, from the top down, are those of `inner`."""
    levels = _levels(outer)
    depth = max((index for index, level in enumerate(levels, 1) if level), default=0)
    named = levels[:depth] == _levels(inner)[:depth]
    return named and _shelf_aux(outer).items() <= _shelf_aux(inner).items()


def _follows(last: Folio, first: Folio) -> bool:
    """Whether `first` begins where `last` ends, nothing between: 12r 12v, 12 13, 17 17а."""
    if (last.number, suffix_rank(last.suffix)) == (first.number, suffix_rank(first.suffix)):
        return last.side == "r" and first.side == "v"
    if last.side == "r" or first.side == "v":
        return False
    if not first.suffix:
        return first.number == last.number + 1
    return first.number == last.number and _is_next_suffix(last.suffix, first.suffix)


def _is_next_suffix(earlier: str, later: str) -> bool:
    """Whether one letter follows another; what follows a suffix of more letters is not known."""
    if not earlier:
        return later.lower() in ("a", "а")
    return len(earlier) == len(later) == 1 and (earlier + later).lower() in _ALPHABETS


def _end(item: FolioRange) -> Folio:
    return item.last or item.first


def _merge(folios: Iterable[FolioRange]) -> list[tuple[int, int]]:
    """The leaves as sorted, separate stretches of `Folio.order`."""
    ordered = sorted(folios, key=lambda item: (item.start, item.end))
    stretches: list[tuple[int, int]] = []
    reach: FolioRange | None = None
    for item in ordered:
        if reach is not None and (item.start <= reach.end or _follows(_end(reach), item.first)):
            start, end = stretches[-1]
            stretches[-1] = (start, max(end, item.end))
        else:
            stretches.append((item.start, item.end))
        if reach is None or item.end >= reach.end:
            reach = item
    return stretches


def _covers(outer: Iterable[FolioRange], inner: FolioRange) -> bool:
    """Whether leaves lie within others; 17а lies in 17–18, but not in 17, 18."""
    outer = tuple(outer)
    ends_lie_within = all(
        any(item.start <= edge <= item.end for item in outer) for edge in (inner.start, inner.end)
    )
    return ends_lie_within and any(
        start <= inner.start and inner.end <= end for start, end in _merge(outer)
    )


def equal(a: Reference, b: Reference) -> bool:
    """Whether both cite the same leaves of the same file, however they are written."""
    return _same_shelf(a, b) and contains(a, b) and contains(b, a)


def contains(outer: Reference, inner: Reference) -> bool:
    """Whether all that `inner` cites lies within what `outer` cites.

    A reference without leaves is to the whole file, one without a delo to the whole opis or fond.
    A repository that is not named is not any repository.
    """
    if not outer.folios:
        return _holds_shelf(outer, inner)
    return (
        _same_shelf(outer, inner)
        and bool(inner.folios)
        and all(_covers(outer.folios, item) for item in inner.folios)
    )


def overlaps(a: Reference, b: Reference) -> bool:
    """Whether anything is cited by both, be it one side of one leaf."""
    if a.folios and b.folios:
        return _same_shelf(a, b) and any(
            one.start <= other.end and other.start <= one.end
            for one in a.folios
            for other in b.folios
        )
    return contains(a, b) or contains(b, a)


def adjacent(a: Reference, b: Reference) -> bool:
    """Whether leaves of one begin where leaves of the other end, without overlapping."""
    return (
        _same_shelf(a, b)
        and not overlaps(a, b)
        and any(
            _follows(_end(one), other.first) or _follows(_end(other), one.first)
            for one in a.folios
            for other in b.folios
        )
    )
