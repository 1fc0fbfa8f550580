"""What a citation of a document is made of: public records, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from catalogue.models import Agent, Contribution, Document, Publication, Witness
from catalogue.models.contribution import Role
from catalogue.models.statement import Standing
from catalogue.models.unit import attach_ancestors
from catalogue.models.witness import Survival

# Who stands as the author, if nobody is said to be the author.
AUTHORS = (Role.AUTHOR, Role.SENDER, Role.SIGNATORY, Role.ISSUER, Role.RAPPORTEUR, Role.CREATOR)
EDITORS = (Role.EDITOR, Role.COMPILER)


@dataclass(frozen=True)
class People:
    """Who contributed to one record, by role and in order."""

    contributions: Sequence[Contribution] = ()

    def of(self, *roles: str) -> list[Agent]:
        return [row.contributor for row in self.contributions if row.role in roles]

    def authors(self) -> list[Agent]:
        """Those of the first role of ``AUTHORS`` that anybody has."""
        return next((agents for role in AUTHORS if (agents := self.of(role))), [])


@dataclass(frozen=True)
class Edition:
    """A printed or online witness, with the people of its text and of what it is printed in."""

    witness: Witness
    publication: Publication
    lineage: tuple[Publication, ...]
    people: People
    publishing: People

    @property
    def issued(self) -> str:
        """The date of publication (EDTF) of the innermost that is dated, else of the text."""
        return self.first("date") or self.witness.date

    @property
    def day(self) -> int | None:
        """The earliest day of publication, as a Julian Day Number; None where undated."""
        days = [*(step.date_earliest for step in self.lineage), self.witness.date_earliest]
        return next((day for day in days if day is not None), None)

    def first(self, field: str) -> str:
        """The field of the innermost publication that has it, "" if none has."""
        return next((value for step in self.lineage if (value := getattr(step, field))), "")


@dataclass(frozen=True)
class Rows:
    """Public rows, each with what a citation reads of it at hand.

    Documents with their titles, genre and its labels; witnesses in order of their dates, with
    leaves, the levels of their shelf, its archive with names and place, and the titles of the
    publications that they stand in, one within the other; contributions to all of these, in
    order, with the names of the contributors.
    """

    documents: Sequence[Document]
    witnesses: Sequence[Witness]
    contributions: Sequence[Contribution]


@dataclass(frozen=True)
class Record:
    """A public document with its public witnesses, in order of their dates."""

    document: Document
    people: People
    kept: tuple[Witness, ...]
    editions: tuple[Edition, ...]


def fetch(documents: Iterable[Document]) -> Rows:
    """The rows of the public ones among documents, in their order; the queries do not grow."""
    keys = [document.pk for document in documents]
    titled = (
        Document.objects.public()
        .filter(pk__in=keys)
        .select_related("genre")
        .prefetch_related("titles", "genre__labels")
    )
    found = {document.pk: document for document in titled}
    public = [found[key] for key in keys if key in found]
    witnesses = _witnesses(public)
    return Rows(public, witnesses, _contributions(public, witnesses))


def gather(rows: Rows) -> list[Record]:
    """The records of documents, in their order; without any query."""
    people = _people(rows.contributions)
    of_document: dict[int, list[Witness]] = defaultdict(list)
    for witness in rows.witnesses:
        if witness.survival not in (Survival.LOST, Survival.HYPOTHETICAL):
            of_document[witness.document_id].append(witness)
    return [
        Record(
            document=document,
            people=people["document", document.pk],
            kept=tuple(filter(_is_kept, of_document[document.pk])),
            editions=_editions(of_document[document.pk], people),
        )
        for document in rows.documents
    ]


def _witnesses(documents: Sequence[Document]) -> list[Witness]:
    shelves = ("unit__repository", "repository")
    witnesses = list(
        Witness.objects.public()
        .filter(document__in=documents)
        .select_related(
            *(f"{shelf}__{end}" for shelf in shelves for end in ("agent", "place")),
            "publication__parent__parent__parent",
        )
        .prefetch_related(
            "folio_ranges",
            *(f"{shelf}__agent__names" for shelf in shelves),
            *(f"{shelf}__place__labels" for shelf in shelves),
            *(f"publication{'__parent' * depth}__titles" for depth in range(4)),
        )
        .order_by("date_earliest", "pk")
    )
    attach_ancestors([witness.unit for witness in witnesses if witness.unit])
    return witnesses


def _contributions(
    documents: Sequence[Document], witnesses: Sequence[Witness]
) -> list[Contribution]:
    publications = {
        publication.pk
        for witness in witnesses
        if witness.publication
        for publication in witness.publication.lineage()
    }
    return list(
        Contribution.objects.public()
        .filter(
            Q(document__in=documents) | Q(witness__in=witnesses) | Q(publication__in=publications)
        )
        .select_related("contributor")
        .prefetch_related("contributor__names")
        .order_by("position", "pk")
    )


def _people(rows: Iterable[Contribution]) -> defaultdict[tuple[str, int], People]:
    """Contributions that stand, by kind and key of the record that they are to."""
    grouped: dict[tuple[str, int], list[Contribution]] = defaultdict(list)
    for row in rows:
        if row.standing in (Standing.DEPRECATED, Standing.SUPERSEDED):
            continue
        for kind in ("document", "witness", "publication"):
            key = getattr(row, f"{kind}_id")
            if key is not None:
                grouped[kind, key].append(row)
    people = {key: People(tuple(contributions)) for key, contributions in grouped.items()}
    return defaultdict(People, people)


def _is_kept(witness: Witness) -> bool:
    return witness.is_archival and (witness.unit_id or witness.repository_id) is not None


def _editions(
    witnesses: Sequence[Witness], people: defaultdict[tuple[str, int], People]
) -> tuple[Edition, ...]:
    """The public printed witnesses by their days, undated ones last."""
    editions = [
        _edition(witness, witness.publication, people)
        for witness in witnesses
        if witness.publication and witness.publication.is_public
    ]
    editions.sort(key=lambda edition: (edition.day is None, edition.day or 0))
    return tuple(editions)


def _edition(
    witness: Witness, publication: Publication, people: defaultdict[tuple[str, int], People]
) -> Edition:
    lineage = tuple(publication.lineage())
    publishing = [row for step in lineage for row in people["publication", step.pk].contributions]
    return Edition(
        witness, publication, lineage, people["witness", witness.pk], People(tuple(publishing))
    )
