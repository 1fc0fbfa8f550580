"""A small holding: a record of every kind, tied together as the records of an archive are."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from catalogue.models import (
    AccessPoint,
    Act,
    Agent,
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    Derivation,
    Document,
    Event,
    Evidence,
    FolioImage,
    FolioRange,
    OutsideIdentifier,
    Part,
    Publication,
    Question,
    Reading,
    Relation,
    Repository,
    Term,
    TermLabel,
    Title,
    Tombstone,
    Unit,
    UnitReference,
    Witness,
)
from tests.builders import build

Holding = dict[type[Model], Any]

PARAGRAPHS = "First paragraph.\n\nSecond paragraph."


def build_holding() -> Holding:
    """By model; of several records of one model, the one that has most to it."""
    place = build(Term, kind="place", label="Город")
    genre = build(Term, kind="genre", label="letter")
    archive = build(Agent, kind="corporate", name="Архив", description=PARAGRAPHS, date="1920/..")
    writer = build(Agent, kind="person", name="Писатель")
    name = build(AgentName, agent=archive, form="ЦПА", date="1923/1991")
    repository = build(Repository, agent=archive, place=place)
    fonds = build(Unit, repository=repository, segment="17", title="Фонд")
    opis = build(Unit, parent=fonds, repository=repository, level="series", segment="2")
    unit = build(
        Unit,
        parent=opis,
        repository=repository,
        level="file",
        level_label="дело",
        segment="685",
        title="Дело с письмом",
        languages=("ru", "fr"),
        date="1923",
        scope_content=PARAGRAPHS,
    )
    document = build(
        Document,
        title="Письмо о ценах",
        title_language="ru",
        genre=genre,
        languages=("ru",),
        date="1923-10-08",
        date_written="8 окт. 1923 г.",
    )
    part = build(Part, document=document, heading="О ценах")
    event = build(Event, title="Пленум", place=place)
    publication = build(
        Publication,
        kind="issue",
        title="Известия",
        number="5",
        date="1990-05",
        parent=build(Publication, kind="serial", title="Известия"),
    )
    copy = build(Witness, document=document, unit=unit, parts=[part], label="Машинописная копия")
    printed = build(Witness, document=document, publication=publication, witness_kind="printed")
    question = build(Question, document=document)
    claim = build(
        Claim,
        document=document,
        part=part,
        claim_property="published_in_full",
        mode="denied",
        value="",
        date="../1990-05",
        question=question,
    )
    records = [
        place,
        archive,
        name,
        repository,
        unit,
        document,
        part,
        event,
        publication,
        copy,
        question,
        claim,
        build(AccessPoint, term=place, document=document),
        build(Act),
        build(AgentRelation, source=writer, target=archive, relation_kind="member_of"),
        build(Contribution, contributor=writer, document=document),
        build(CustodyEvent, unit=unit, holder=archive, holder_name=name, place=place),
        build(Dating, document=document, date="1923-10-08"),
        build(
            Derivation, derived=printed, base=copy, derivation_kind="printed", standing="preferred"
        ),
        build(
            Evidence,
            statement=claim,
            publication=publication,
            speaker=writer,
            through_witness=printed,
            staff_note=PARAGRAPHS,
        ),
        build(FolioImage, unit=unit, first="53", last="53v"),
        build(FolioRange, witness=copy, first="53", last="68"),
        build(OutsideIdentifier, document=document),
        build(Reading, document=document, part=part, witness=printed),
        build(Relation, source_document=document, source_part=part, target_event=event),
        build(TermLabel, term=genre, language="ru", label="письмо"),
        build(Title, document=document, title="Letter on prices", language="en"),
        build(Tombstone),
        build(UnitReference, unit=unit, raw="ЦПА, ф. 17, оп. 2, д. 685", repository_name=name),
    ]
    return {type(record): record for record in records}
