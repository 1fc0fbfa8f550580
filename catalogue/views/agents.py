"""The page of a person, family or corporate body. ISAAR(CPF)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.models import (
    STATEMENTS,
    Agent,
    AgentName,
    Claim,
    Dating,
    Document,
    Event,
    Evidence,
    Publication,
    Unit,
)
from catalogue.views import absence
from catalogue.views.apparatus import Apparatus
from catalogue.views.connections import (
    MOST,
    Connection,
    agent_relations_of,
    by_agent_relation,
    by_relation,
    by_work,
    contributions_of,
    fetch_names,
    grouped,
    others,
    relations_of,
    statements_about,
    subject_of,
)
from catalogue.views.records import date_words, language_name, named
from catalogue.views.sides import side_of

DESCRIPTION = (
    "description",
    "places",
    "legal_status",
    "functions",
    "mandates",
    "internal_structure",
    "general_context",
    "rules",
    "sources",
    "maintenance_note",
)


@login_not_required
@require_safe
def detail(request: HttpRequest, identifier: str) -> HttpResponse:
    """Names, existence, history, relations, and what they wrote, received or are mentioned in."""
    agent = Agent.objects.public().filter(identifier=identifier).first()
    if agent is None:
        return absence.answer(request, Agent, identifier)
    names = list(AgentName.objects.public().filter(agent=agent).order_by("date_earliest", "pk"))
    datings = statements_about(Dating, agent=agent)
    claims = statements_about(Claim, agent=agent)
    contributions = contributions_of(agent)
    between = agent_relations_of(agent)
    relations = relations_of(agent=agent)
    fetch_names(
        [
            agent,
            *(end for row in between for end in (row.source, row.target)),
            *map(subject_of, contributions),
            *others(relations),
        ]
    )
    apparatus = Apparatus.about([*names, *datings, *claims, *contributions, *between, *relations])
    found = [*by_work(contributions), *by_relation(relations, agent)]
    context = {
        "agent": agent,
        "name": named(agent),
        "date": date_words(agent),
        "datings": [side_of(apparatus.cite(row), agent) for row in datings],
        "description": described(agent, DESCRIPTION),
        "names": [
            (apparatus.cite(row), language_name(row.language), date_words(row)) for row in names
        ],
        "claims": [side_of(apparatus.cite(row), agent) for row in claims],
        "between": grouped(by_agent_relation(between, agent), apparatus),
        "documents": grouped(_about(found, Document), apparatus),
        "events": grouped(_about(found, Event), apparatus),
        "others": grouped(_about(found, Agent, Publication, Unit), apparatus),
        "is_cut": max(len(contributions), len(relations)) == MOST,
        "spoken": spoken_by(agent),
        "identifiers": agent.outside_identifiers.all(),
        "repository": getattr(agent, "repository", None),
        "notes": apparatus.notes,
    }
    return render(request, "catalogue/agent.html", context)


def described(record: Any, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    """(label, text) of the fields that are filled in."""
    return [
        (str(record._meta.get_field(name).verbose_name), text)
        for name in fields
        if (text := getattr(record, name))
    ]


def _about(connections: Iterable[Connection], *models: type[Any]) -> list[Connection]:
    return [one for one in connections if isinstance(one.record.record, models)]


def spoken_by(agent: Agent) -> int:
    """How many public statements they are a voice for."""
    public = Q()
    for kind in STATEMENTS:
        public |= Q(Exists(kind.objects.public().filter(pk=OuterRef("statement"))))
    rows = Evidence.objects.public().filter(public, speaker=agent)
    return rows.order_by().values("statement").distinct().count()
