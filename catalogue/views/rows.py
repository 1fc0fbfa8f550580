"""Records as rows of a list: a name, a date, and what tells one from another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, Prefetch, prefetch_related_objects

from catalogue.models import Agent, Contribution, Document, Event, Publication, Unit
from catalogue.models.contribution import Role
from catalogue.models.unit import attach_ancestors
from catalogue.references import printing
from catalogue.views.records import Named, date_words, language_name, named, reader_language

WRITERS = (Role.AUTHOR, Role.SIGNATORY, Role.SENDER, Role.ISSUER)


@dataclass(frozen=True)
class Row:
    """``people`` stand before the title, ``within`` is what the record is part of."""

    name: Named
    kind: str = ""
    date: str = ""
    people: tuple[Named, ...] = ()
    within: Named | None = None
    details: tuple[str, ...] = ()


def rows_of(records: Sequence[Model]) -> tuple[Row, ...]:
    """The rows of public records of one kind; what they show is fetched for all of them at once."""
    if not records:
        return ()
    lookups, row = _KINDS[type(records[0])]
    prefetch_related_objects(records, *lookups())
    attach_ancestors([record for record in records if isinstance(record, Unit)])
    return tuple(map(row, records))


def unit_name(unit: Unit) -> Named:
    """The title of a unit in the reader's language; prefetch ``titles``."""
    language = reader_language()
    translated = next((t for t in unit.titles.all() if t.language == language), None)
    if translated is not None and unit.title_language != language:
        return replace(named(unit), text=translated.title, language="")
    spoken = "" if unit.title_language == language else unit.title_language
    return replace(named(unit), text=unit.title, language=spoken)


def unit_level(unit: Unit) -> str:
    """What the institution calls the level, with its number: 'opis 2'."""
    label = unit.level_label or str(unit.get_level_display())
    return f"{label} {unit.segment}" if unit.segment else label


def unit_reference(unit: Unit) -> str:
    """Its reference in the reader's notation, under the repository's name of today.

    A reference that the source gives whole stands as given. Needs the ancestors ready.
    """
    repository = named(unit.repository.agent).text
    if unit.reference_given:
        return f"{repository}, {unit.reference_given}"
    return printing.for_reader(replace(unit.reference(), repository=repository), reader_language())


def document_row(document: Document) -> Row:
    genre = document.genre if document.genre is not None and document.genre.is_public else None
    writers = {row.contributor_id: named(row.contributor) for row in document.writers}  # type: ignore[attr-defined] # see _of_documents
    return Row(
        name=named(document),
        kind=named(genre).text if genre else "",
        date=date_words(document),
        people=tuple(writers.values()),
        details=tuple(language_name(code) for code in document.languages),
    )


def unit_row(unit: Unit) -> Row:
    return Row(
        name=unit_name(unit),
        kind=unit_level(unit),
        date=date_words(unit),
        details=(unit_reference(unit),),
    )


def agent_row(agent: Agent) -> Row:
    name = named(agent)
    forms = (form for form in agent.names.all() if form.is_current_form())
    others = dict.fromkeys(form.form for form in forms if form.form != name.text)
    return Row(
        name=name,
        kind=str(agent.get_kind_display()),
        date=date_words(agent),
        details=tuple(others)[:2],
    )


def publication_row(publication: Publication) -> Row:
    imprint = ": ".join(part for part in (publication.place, publication.publisher) if part)
    return Row(
        name=named(publication),
        kind=str(publication.get_kind_display()),
        date=date_words(publication),
        within=named(publication.parent) if publication.parent else None,
        details=(imprint,) if imprint else (),
    )


def event_row(event: Event) -> Row:
    parent = event.parent if event.parent is not None and event.parent.is_public else None
    place = event.place if event.place is not None and event.place.is_public else None
    return Row(
        name=named(event),
        kind=str(event.get_kind_display()),
        date=date_words(event),
        within=named(parent) if parent else None,
        details=(named(place).text,) if place else (),
    )


def _of_documents() -> tuple[Any, ...]:
    writers = Contribution.objects.public().filter(role__in=WRITERS).select_related("contributor")
    named_writers = writers.prefetch_related("contributor__names")
    contributions = Prefetch("contributions", named_writers, to_attr="writers")
    return ("titles", "genre__labels", contributions)


def _of_units() -> tuple[Any, ...]:
    return ("titles", "repository__agent__names")


def _of_agents() -> tuple[Any, ...]:
    return ("names",)


def _of_publications() -> tuple[Any, ...]:
    return ("titles", "parent__titles")


def _of_events() -> tuple[Any, ...]:
    return ("titles", "parent__titles", "place__labels")


_KINDS: Mapping[type[Any], tuple[Callable[[], tuple[Any, ...]], Callable[[Any], Row]]] = {
    Agent: (_of_agents, agent_row),
    Document: (_of_documents, document_row),
    Event: (_of_events, event_row),
    Publication: (_of_publications, publication_row),
    Unit: (_of_units, unit_row),
}
