"""References on record: how units and witnesses were cited, and which numbers they once had."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from catalogue.models import UnitReference
from catalogue.models.statement import Standing
from catalogue.references import FolioError, FolioRange, Reference, read_folios
from catalogue.resolve.shelves import chunks
from catalogue.resolve.spelling import cased, keys

REJECTED = (Standing.DEPRECATED, Standing.SUPERSEDED)
Numbers = tuple[str, str, str]
"""Fond, opis and delo."""


def on_record(references: Iterable[Reference]) -> dict[Numbers, list[UnitReference]]:
    """The public statements with the same numbers, by the numbers asked for."""
    asked = {numbers(reference) for reference in references if reference.fond}
    shelves: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fond, opis, delo in asked:
        shelves[fond, opis].add(delo)
    found: dict[tuple[str, ...], list[UnitReference]] = defaultdict(list)
    for chunk in chunks(shelves.items()):
        conditions = Q()
        for (fond, opis), files in chunk:
            conditions |= Q(
                fond__in=cased(fond),
                opis__in=cased(opis),
                delo__in=[form for delo in files for form in cased(delo)],
            )
        same = UnitReference.objects.filter(conditions).exclude(standing__in=REJECTED).order_by()
        held = list(same.values_list("pk", flat=True))
        for row in _public(held) if held else ():
            found[tuple(keys(part)[0] for part in (row.fond, row.opis, row.delo))].append(row)
    return {each: list(_all_spelt(each, found)) for each in asked}


def _public(held: list[int]) -> Iterator[UnitReference]:
    """The rows that anybody may see, each asked by itself: public() looks at all names first."""
    rows = UnitReference.objects.filter(pk__in=held).order_by("pk")
    for row in rows.select_related("unit", "witness__document", "repository_name__agent"):
        if row.is_public:
            yield row


def numbers(reference: Reference) -> Numbers:
    return reference.fond, reference.opis, reference.delo


def leaves(row: UnitReference) -> tuple[FolioRange, ...]:
    """The leaves that a statement gives; none where it gives none that can be read."""
    try:
        return read_folios(row.folios)
    except FolioError:
        return ()


def _all_spelt(
    asked: Numbers, found: dict[tuple[str, ...], list[UnitReference]]
) -> Iterable[UnitReference]:
    fond, opis, delo = map(keys, asked)
    for key in [(a, b, c) for a in fond for b in opis for c in delo]:
        yield from found.get(key, ())
