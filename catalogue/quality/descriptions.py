"""Checks of units, agents, terms and of titles in the languages of the readers."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalogue.models import (
    Agent,
    AgentName,
    AgentRelation,
    Document,
    Event,
    Publication,
    Term,
    TermLabel,
    Title,
    Unit,
)
from catalogue.models.agent_relation import AgentRelationKind
from catalogue.models.unit import Level
from catalogue.quality.check import Check, there_is, undated

READERS = ("en", "fr", "ru")
NUMBERED = (Level.FONDS, Level.SERIES, Level.FILE)
SUCCESSIONS = (AgentRelationKind.SUCCESSOR, AgentRelationKind.MERGER)


def _untranslated(model: Any, end: str) -> QuerySet[Any]:
    """Without a title in one of the languages of the readers, of its own or in a row."""
    lacking = Q()
    for language in READERS:
        lacking |= ~Q(title_language=language) & ~_there_is(Title, end, language=language)
    rows: QuerySet[Any] = model.objects.filter(lacking)
    return rows


def _there_is(model: Any, end: str, **conditions: Any) -> Q:
    return Q(there_is(model, end, **conditions))


def _unlabelled() -> QuerySet[Term]:
    lacking = Q()
    for language in READERS[1:]:  # the label of a term is English
        lacking |= ~_there_is(TermLabel, "term", language=language)
    return Term.objects.filter(lacking)


def _repeated() -> QuerySet[Unit]:
    """By the index of repository and segment key: never all siblings."""
    twin = Unit.objects.filter(
        repository=OuterRef("repository"), segment_key=OuterRef("segment_key")
    ).exclude(pk=OuterRef("pk"))
    root = Exists(twin.filter(parent__isnull=True))
    under = Exists(twin.filter(parent=OuterRef("parent")))
    rows = Unit.objects.exclude(segment_key="")
    return rows.filter(Q(parent__isnull=True) & Q(root) | Q(parent__isnull=False) & Q(under))


def _successions() -> QuerySet[AgentRelation]:
    return AgentRelation.objects.filter(relation_kind__in=SUCCESSIONS).select_related(
        "source", "target"
    )


def _overlapping() -> QuerySet[AgentRelation]:
    """The successor begins a year or more before its predecessor ends, or after.

    Where only years are known, both stand in the year of the change.
    """
    gap = Q(source__date_earliest__gt=F("target__date_latest") + 366)
    overlap = Q(source__date_earliest__lt=F("target__date_latest") - 366)
    return _successions().filter(gap | overlap)


def _circular() -> QuerySet[AgentRelation]:
    """Each the successor of the other."""
    back = AgentRelation.objects.filter(
        relation_kind__in=SUCCESSIONS, source=OuterRef("target"), target=OuterRef("source")
    )
    return _successions().filter(Exists(back))


CHECKS = (
    Check(
        "unit-undated",
        _("Units without a date"),
        _("A date is one of the five elements that every description needs (ISAD(G) 3.1.3)."),
        lambda: Unit.objects.filter(undated()),
    ),
    Check(
        "unit-reference",
        _("Units whose reference cannot be composed"),
        _("Nobody can order what has no number (ISAD(G) 3.1.1)."),
        lambda: Unit.objects.filter(segment="", reference_given="", level__in=NUMBERED),
    ),
    Check(
        "unit-repeated",
        _("Units with the same reference at the same place"),
        _("Two things under one number: the reader gets the wrong one."),
        _repeated,
    ),
    Check(
        "succession-dates",
        _("Successions with a gap or an overlap of more than a year"),
        _("A body that succeeds another begins when that one ends."),
        _overlapping,
    ),
    Check(
        "succession-undated",
        _("Successions whose bodies have no dates"),
        _("Without dates a name of the archive cannot be chosen for a year."),
        lambda: _successions().filter(
            Q(source__date_earliest__isnull=True) | Q(target__date_latest__isnull=True)
        ),
    ),
    Check(
        "succession-circle",
        _("Successions in a circle"),
        _("Two bodies cannot each have followed the other."),
        _circular,
    ),
    Check(
        "agent-nameless",
        _("Agents without any form of the name"),
        _("Without forms of the name nobody finds it in another language or script."),
        lambda: Agent.objects.filter(unnamed=False).exclude(Q(there_is(AgentName, "agent"))),
    ),
    Check(
        "agent-undated",
        _("Persons and bodies without dates"),
        _("Dates tell namesakes apart (ISAAR(CPF) 5.2.1)."),
        lambda: Agent.objects.filter(undated(unnamed=False)),
    ),
    Check(
        "document-title",
        _("Documents without a title in English, French and Russian"),
        _("Readers of those languages see a title that they cannot read."),
        lambda: _untranslated(Document, "document"),
    ),
    Check(
        "event-title",
        _("Events without a title in English, French and Russian"),
        _("Readers of those languages see a title that they cannot read."),
        lambda: _untranslated(Event, "event"),
    ),
    Check(
        "term-label",
        _("Terms without a label in French and Russian"),
        _("Readers of those languages see the English word."),
        _unlabelled,
    ),
    Check(
        "event-undated",
        _("Events without a date"),
        _("An event is found by its day."),
        lambda: Event.objects.filter(undated()),
    ),
    Check(
        "publication-undated",
        _("Issues, books and volumes without a date"),
        _("A citation without a year leads nowhere; what was first printed cannot be told."),
        lambda: Publication.objects.filter(undated(kind__in=("issue", "book", "volume"))),
    ),
)
