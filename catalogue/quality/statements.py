"""Checks of statements, questions, evidence, and of dates that nobody has read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.models import (
    STATEMENTS,
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
    Publication,
    Question,
    Statement,
    Unit,
    UnitReference,
    Witness,
)
from catalogue.models.evidence import Basis
from catalogue.models.publication import PublicationKind
from catalogue.models.statement import Standing
from catalogue.models.visibility import State
from catalogue.quality.check import Check, there_is

# A web page is itself the place.
ONE_PLACE = (PublicationKind.WEB_PAGE, PublicationKind.ARTICLE)
DATED: tuple[type[Any], ...] = (
    Unit,
    Document,
    Witness,
    Publication,
    Event,
    Agent,
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    Derivation,
    Evidence,
    UnitReference,
)


def unresolved() -> QuerySet[Question]:
    """Questions of which no side is preferred."""
    rows: QuerySet[Question] = Question.objects.all()
    for model in STATEMENTS:
        rows = rows.filter(~Q(there_is(model, "question", standing=Standing.PREFERRED)))
    return rows


def without_evidence() -> QuerySet[Statement]:
    """Statements for which nobody says how we know; of names only those that are in dispute."""
    rows = Statement.objects.filter(~Q(there_is(Evidence, "statement")))
    return rows.exclude(kind="agentname", question__isnull=True)


def _unread(model: Any) -> Callable[[], QuerySet[Any]]:
    def rows() -> QuerySet[Any]:
        found: QuerySet[Any] = model._default_manager.filter(date="").exclude(date_written="")
        return found

    return rows


CHECKS = (
    Check(
        "question-unresolved",
        _("Unresolved questions"),
        _("None of the answers is preferred yet: look whether the evidence now decides."),
        unresolved,
    ),
    Check(
        "statement-evidence",
        _("Statements without evidence"),
        _("The catalogue says so, but not how it knows. Plain forms of names are left out."),
        without_evidence,
    ),
    Check(
        "evidence-locator",
        _("Evidence seen in a source, without the place in it"),
        _("Whoever wants to check has to read the whole."),
        lambda: (
            Evidence.objects.filter(
                basis=Basis.SEEN, locator="", part__isnull=True, url="", witness__isnull=True
            )
            .exclude(publication__kind__in=ONE_PLACE)
            .select_related("statement", "publication", "document", "unit")
        ),
    ),
    Check(
        "unit-hidden",
        _("Published units under units that are not public"),
        _("Nobody sees them: publish what they stand under, or withdraw them."),
        lambda: Unit.objects.filter(state=State.PUBLISHED, public_from__isnull=True),
    ),
    *(
        Check(
            f"{model._meta.model_name}-date-unread",
            format_lazy(
                "{}: {}", _("Dates as written that were not read"), model._meta.verbose_name_plural
            ),
            _("The words are kept, but no list or timeline knows when it was."),
            _unread(model),
        )
        for model in DATED
    ),
)
