"""Related records, by sort and kind of relation, and by the section of the document."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from catalogue.models import Agent, Document, Event, Part, Publication, Unit, Witness
from catalogue.models.relation import Relation, RelationKind
from catalogue.views.apparatus import Apparatus, Cited
from catalogue.views.material import Material
from catalogue.views.records import Named, date_words, named


@dataclass(frozen=True)
class Related:
    """A related record, where in the document the relation stands, and who says so."""

    record: Named
    label: str
    part: Part | None
    cited: Cited


@dataclass(frozen=True)
class Entry:
    """One record that the document is related to in one way, in whatever places."""

    record: Named
    places: tuple[Related, ...]

    @property
    def date(self) -> str:
        """When it was written, held or printed; people have no date here."""
        record = self.record.record
        return "" if isinstance(record, Agent) else date_words(record)


@dataclass(frozen=True)
class RelatedGroup:
    """Related records of one sort (documents, events ...), by kind of relation."""

    sort: str
    kinds: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True)
class PartRow:
    """A section or note, and what is related to it."""

    part: Part
    related: tuple[Related, ...]


@dataclass(frozen=True)
class Edition:
    """The notes that belong to one witness."""

    witness: Witness
    notes: tuple[PartRow, ...]


def related_to(row: Relation, document: Document, apparatus: Apparatus) -> Related:
    if row.source_document_id == document.pk:
        other, part, label = (
            row.target(),
            row.source_part,
            str(RelationKind(row.relation_kind).label),
        )
    else:
        other, part, label = row.source(), row.target_part, row.inverse()
    assert other is not None  # noqa: S101 # the database holds one record at each end
    return Related(named(other), label, part, apparatus.cite(row))


def groups_of(rows: Iterable[Related]) -> tuple[RelatedGroup, ...]:
    """By sort of record and kind of relation, each in the order of the lists of kinds."""
    kinds: dict[type[Model], dict[tuple[int, str], list[Related]]] = defaultdict(
        lambda: defaultdict(list)
    )
    order = {str(kind): place for place, kind in enumerate(RelationKind.values)}
    for row in rows:
        place = order[row.cited.statement.relation_kind]
        kinds[type(row.record.record)][place, row.label].append(row)
    return tuple(
        RelatedGroup(
            sort=model._meta.model_name or "",
            kinds=tuple(
                (label, _entries(found)) for (_place, label), found in sorted(kinds[model].items())
            ),
        )
        for model in (Document, Event, Publication, Agent, Unit)
        if model in kinds
    )


def _entries(rows: Iterable[Related]) -> tuple[Entry, ...]:
    """Each record once, in the order of time; its places in the order of the parts."""
    places: dict[int, list[Related]] = defaultdict(list)
    for row in rows:
        places[row.record.record.pk].append(row)
    entries = [
        Entry(found[0].record, tuple(sorted(found, key=_place))) for found in places.values()
    ]
    return tuple(sorted(entries, key=_moment))


def _place(row: Related) -> tuple[str, int]:
    return (row.part.part_kind, row.part.number) if row.part else ("", 0)


def _moment(entry: Entry) -> tuple[bool, int, str]:
    earliest = getattr(entry.record.record, "date_earliest", None)
    return earliest is None, earliest or 0, entry.record.text


def part_rows(parts: Iterable[Part], related: Iterable[Related]) -> tuple[PartRow, ...]:
    by_part: dict[int, list[Related]] = defaultdict(list)
    for row in related:
        if row.part is not None:
            by_part[row.part.pk].append(row)
    for rows in by_part.values():
        rows.sort(key=lambda row: row.label)  # stable: within a kind, the order of entry
    return tuple(PartRow(part, tuple(by_part[part.pk])) for part in parts)


def editions_of(material: Material, related: Iterable[Related]) -> tuple[Edition, ...]:
    """The notes of each witness that has any."""
    notes: dict[int, list[PartRow]] = defaultdict(list)
    for row in part_rows(material.parts, related):
        if row.part.witness_id is not None:
            notes[row.part.witness_id].append(row)
    return tuple(
        Edition(witness, tuple(notes[witness.pk]))
        for witness in material.witnesses
        if witness.pk in notes
    )
