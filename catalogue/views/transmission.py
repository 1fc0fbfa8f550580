"""The table of witnesses: what, where, how complete, from what, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalogue import dates, references
from catalogue.models import Part, Witness
from catalogue.models.claim import Property
from catalogue.models.contribution import Contribution, Role
from catalogue.models.statement import Assertion
from catalogue.stemma.firsts import First, Firsts
from catalogue.stemma.graph import dated_by, public_publication
from catalogue.views.apparatus import Apparatus, Cited, Mark, Voice
from catalogue.views.material import Material
from catalogue.views.records import Named, language_name, named, reader_language

OF_EXISTENCE = frozenset(
    {
        Property.PUBLISHED,
        Property.PUBLISHED_IN_FULL,
        Property.QUOTED,
        Property.TRANSLATED,
        Property.CONTAINS,
        Property.EXISTENCE,
        Property.PLACE,
    }
)


@dataclass(frozen=True)
class Contributor:
    """Somebody with all the roles that statements give them."""

    agent: Named
    roles: tuple[str, ...]
    marks: tuple[Mark, ...]
    statement: Contribution


@dataclass(frozen=True)
class WitnessRow:
    """A line of the table of witnesses, with what vouches for each cell."""

    witness: Witness
    place: Named | None
    date: str
    folios: str
    parts: tuple[Part, ...]
    language: str
    bases: tuple[Cited, ...]
    contributors: tuple[Contributor, ...]
    marks: tuple[Mark, ...]
    page_marks: tuple[Mark, ...]
    completeness_marks: tuple[Mark, ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Printing:
    """The first witness of some sort, when it was, and what may be earlier."""

    witness: Witness | None
    date: str
    rivals: tuple[Witness, ...]


@dataclass(frozen=True)
class Translation:
    """The first witness in a language, and the first full one."""

    language: str
    first: Printing
    in_full: Printing


def printing_of(first: First) -> Printing:
    """A first with its date in words."""
    date = dated_by(first.witness)[0] if first.witness else ""
    return Printing(
        first.witness, dates.describe(date, reader_language()) if date else "", first.rivals
    )


def translations_of(firsts: Firsts) -> tuple[Translation, ...]:
    """The first witness in each language that is not the document's own."""
    return tuple(
        Translation(
            language_name(code), printing_of(first), printing_of(firsts.translated_in_full[code])
        )
        for code, first in firsts.translated.items()
    )


def contributors_of(rows: Iterable[Contribution], apparatus: Apparatus) -> tuple[Contributor, ...]:
    """Agents in the order of their contributions, each once."""
    by_agent: dict[int, list[Contribution]] = {}
    for row in rows:
        by_agent.setdefault(row.contributor_id, []).append(row)
    return tuple(
        Contributor(
            agent=named(own[0].contributor),
            roles=tuple(dict.fromkeys(str(Role(row.role).label) for row in own)),
            marks=apparatus.marks(*own),
            statement=own[0],
        )
        for own in by_agent.values()
    )


def row_of(witness: Witness, material: Material, apparatus: Apparatus) -> WitnessRow:
    """The line of one public witness."""
    publication = public_publication(witness)
    claims = [row for row in material.claims if row.witness_id == witness.pk]
    cited = [row for row in material.references if row.witness_id == witness.pk]
    derivations = [row for row in material.derivations if row.derived_id == witness.pk]
    vouching: list[Assertion] = [row for row in claims if row.claim_property in OF_EXISTENCE]
    vouching += cited
    if not vouching:
        vouching = [*derivations, *(r for r in material.datings if r.witness_id == witness.pk)]
    date = dated_by(witness)[0]
    return WitnessRow(
        witness=witness,
        place=named(publication) if publication else None,
        date=dates.describe(date, reader_language()) if date else witness.date_written,
        folios=references.print_folios(witness.folios(), reader_language()),
        parts=tuple(witness.parts.all()),
        language=language_name(witness.language) if witness.language else "",
        bases=tuple(map(apparatus.cite, derivations)),
        contributors=contributors_of(
            [
                row
                for row in material.contributions
                if row.witness_id == witness.pk
                or (publication is not None and row.publication_id == publication.pk)
            ],
            apparatus,
        ),
        marks=apparatus.marks(*vouching),
        page_marks=_marks_of(claims, Property.PAGES, apparatus),
        completeness_marks=_marks_of(claims, Property.COMPLETENESS, apparatus),
        voices=apparatus.voices(*vouching),
    )


def _marks_of(claims: Iterable[Any], about: Property, apparatus: Apparatus) -> tuple[Mark, ...]:
    return apparatus.marks(*(row for row in claims if row.claim_property == about))


def is_told_by_the_table(claim: Any) -> bool:
    """Whether a claim about a witness shows as a cell of its line."""
    return claim.witness_id is not None and (
        claim.claim_property in OF_EXISTENCE
        or claim.claim_property in (Property.PAGES, Property.COMPLETENESS)
    )
