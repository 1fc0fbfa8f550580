"""The page of one document, put in order: what stands in each section and which notes it bears.

Statements are cited in the order of the page, so that its notes count upwards.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue import dates
from catalogue.models import Document, Question, Title
from catalogue.models.contribution import Role
from catalogue.models.relation import Relation
from catalogue.models.statement import Assertion, Standing
from catalogue.stemma.firsts import find
from catalogue.stemma.graph import edges_of, nodes_of, writing_of
from catalogue.stemma.svg import Figure, draw
from catalogue.views.apparatus import Apparatus, Cited, Mark, Note
from catalogue.views.holdings import Holding, holdings_of
from catalogue.views.material import Material
from catalogue.views.records import Named, date_words, language_name, named, reader_language
from catalogue.views.related import (
    Edition,
    PartRow,
    RelatedGroup,
    editions_of,
    groups_of,
    part_rows,
    related_to,
)
from catalogue.views.sides import Side, side_of
from catalogue.views.transmission import (
    Contributor,
    Printing,
    Translation,
    WitnessRow,
    contributors_of,
    is_told_by_the_table,
    printing_of,
    row_of,
    translations_of,
)

WROTE = (Role.AUTHOR, Role.SIGNATORY, Role.SENDER, Role.ISSUER)
READ = (Role.ADDRESSEE, Role.RECIPIENT)


@dataclass(frozen=True)
class QuestionRow:
    """A question with all its sides; ``is_open`` while none of them is preferred."""

    question: Question
    about: Named | None
    sides: tuple[Side, ...]
    is_open: bool


@dataclass(frozen=True)
class Dossier:
    """All that the template shows."""

    document: Document
    title: Named
    titles: tuple[Title, ...]
    genre: Named | None
    languages: tuple[str, ...]
    changed: str
    date: str
    date_marks: tuple[Mark, ...]
    datings: tuple[Side, ...]
    wrote: tuple[Contributor, ...]
    read: tuple[Contributor, ...]
    others: tuple[Contributor, ...]
    holdings: tuple[Holding, ...]
    figure: Figure
    printed: Printing
    printed_in_full: Printing
    in_original: Printing
    translations: tuple[Translation, ...]
    years_unpublished: int | None
    denials: tuple[Side, ...]
    witnesses: tuple[WitnessRow, ...]
    questions: tuple[QuestionRow, ...]
    claims: tuple[Side, ...]
    readings: tuple[tuple[str, tuple[Cited, ...]], ...]
    sections: tuple[PartRow, ...]
    editions: tuple[Edition, ...]
    related: tuple[RelatedGroup, ...]
    subjects: tuple[Named, ...]
    identifiers: Sequence[Any]
    notes: Sequence[Note]

    @property
    def open_questions(self) -> int:
        return sum(row.is_open for row in self.questions)

    @property
    def reading_count(self) -> int:
        return sum(len(rows) for _passage, rows in self.readings)

    @property
    def part_count(self) -> int:
        return len(self.sections) + sum(len(edition.notes) for edition in self.editions)

    @property
    def related_count(self) -> int:
        return sum(len(rows) for group in self.related for _kind, rows in group.kinds)


def assemble(material: Material) -> Dossier:
    """Order the material for the reader's language."""
    document, witnesses = material.document, material.witnesses
    apparatus = Apparatus(material.evidence)
    title = named(document)
    own = [row for row in material.contributions if row.document_id == document.pk]
    dated = [row for row in material.datings if row.document_id == document.pk]
    wrote = contributors_of([row for row in own if row.role in WROTE], apparatus)
    read = contributors_of([row for row in own if row.role in READ], apparatus)
    others = contributors_of([row for row in own if row.role not in (*WROTE, *READ)], apparatus)
    date_marks = apparatus.marks(*(row for row in dated if row.date == document.date))
    datings = tuple(side_of(apparatus.cite(row), document) for row in dated)
    holdings = holdings_of(
        witnesses,
        material.references,
        material.custody,
        material.agent_relations,
        material.agents,
        apparatus,
    )
    firsts = find(document, witnesses, material.derivations, material.claims)
    denials = tuple(side_of(apparatus.cite(row), document) for row in firsts.denials)
    derived = apparatus.inferred(material.derivations)
    figure = draw(
        nodes_of(witnesses, reader_language()),
        edges_of(material.derivations, derived),
        writing_of(document, reader_language()),
    )
    in_order = {drawn.node.key: place for place, drawn in enumerate(figure.nodes)}
    rows = tuple(
        row_of(witness, material, apparatus)
        for witness in sorted(witnesses, key=lambda witness: in_order[witness.pk])
    )
    questions = tuple(_questions(material, apparatus))
    claims = tuple(
        side_of(apparatus.cite(row), document)
        for row in material.claims
        if row.question_id is None and not is_told_by_the_table(row)
    )
    readings = _readings(material, apparatus)
    related = [
        related_to(row, document, apparatus) for row in material.relations if _is_own(row, document)
    ]
    sections = [row for row in material.parts if row.witness_id is None]
    return Dossier(
        document=document,
        title=title,
        titles=tuple(row for row in document.titles.all() if row.title != title.text),
        genre=named(document.genre) if document.genre and document.genre.is_public else None,
        languages=tuple(map(language_name, document.languages)),
        changed=dates.describe(document.modified.date().isoformat(), reader_language()),
        date=date_words(document),
        date_marks=date_marks,
        datings=datings,
        wrote=wrote,
        read=read,
        others=others,
        holdings=holdings,
        figure=figure,
        printed=printing_of(firsts.printed),
        printed_in_full=printing_of(firsts.printed_in_full),
        in_original=printing_of(firsts.in_original_language),
        translations=translations_of(firsts),
        years_unpublished=firsts.years_unpublished,
        denials=denials,
        witnesses=rows,
        questions=questions,
        claims=claims,
        readings=readings,
        sections=part_rows(sections, related),
        editions=editions_of(material, related),
        related=groups_of(related),
        subjects=tuple(map(named, material.subjects)),
        identifiers=material.identifiers,
        notes=apparatus.notes,
    )


def _questions(material: Material, apparatus: Apparatus) -> Iterator[QuestionRow]:
    sides: dict[int, dict[int, Assertion]] = defaultdict(dict)
    for row in material.statements():
        if row.question_id is not None:
            sides[row.question_id][row.pk] = row
    for question in material.questions:
        rows = sides[question.pk].values()
        subject = question.subject()
        yield QuestionRow(
            question=question,
            about=named(subject) if subject and subject != material.document else None,
            sides=tuple(side_of(apparatus.cite(row), subject) for row in rows),
            is_open=not any(row.standing == Standing.PREFERRED for row in rows),
        )


def _readings(
    material: Material, apparatus: Apparatus
) -> tuple[tuple[str, tuple[Cited, ...]], ...]:
    passages: dict[str, list[Cited]] = defaultdict(list)
    for row in material.readings:
        if row.document_id == material.document.pk:
            passages[row.passage].append(apparatus.cite(row))
    return tuple((passage, tuple(rows)) for passage, rows in passages.items())


def _is_own(row: Relation, document: Document) -> bool:
    return document.pk in (row.source_document_id, row.target_document_id)
