"""Archives: the list, and the page of one under all its names. ISDIAH."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.models import Agent, AgentName, AgentRelation, Repository, Unit, Witness
from catalogue.views import absence
from catalogue.views.agents import described
from catalogue.views.apparatus import Apparatus
from catalogue.views.browse import address
from catalogue.views.connections import by_agent_relation, fetch_names, grouped
from catalogue.views.holdings import SUCCESSIONS, periods_of
from catalogue.views.paging import DATE, NAME, SHELF, turn
from catalogue.views.publications import windows
from catalogue.views.records import date_words, named
from catalogue.views.rows import Row, rows_of

GENERATIONS = 2
"""How far a succession is followed, forwards and backwards."""

AREAS = (
    (_("Contact"), "5.2", ("address", "telephone", "website")),
    (
        _("Description"),
        "5.3",
        (
            "history_note",
            "context",
            "mandates",
            "structure",
            "collecting",
            "buildings",
            "holdings",
            "finding_aids",
        ),
    ),
    (_("Access"), "5.4", ("opening_times", "access", "accessibility")),
    (_("Services"), "5.5", ("services", "reproduction")),
    (_("Control"), "5.6", ("rules", "sources")),
)


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All archives, by name."""
    rows = (
        Repository.objects.public()
        .select_related("agent", "place")
        .prefetch_related("agent__names", "place__labels")
    )
    page = turn(rows, NAME, request.GET.get("cursor", ""))
    context = {
        "rows": tuple(map(_row, page.records)),
        "previous": page.previous and address(request, cursor=page.previous),
        "next": page.next and address(request, cursor=page.next),
    }
    return render(request, "catalogue/repositories.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Names through time, successions, what is known of it, what stands on its shelves."""
    repository = Repository.objects.filter(code=code).select_related("agent", "place").first()
    if repository is None or not repository.is_public:
        identifier = repository.identifier if repository else ""
        return absence.answer(request, Repository, identifier)
    relations = _successions(repository.agent)
    agents = {row.pk: row for relation in relations for row in (relation.source, relation.target)}
    agents[repository.agent_id] = repository.agent
    place = repository.place if repository.place and repository.place.is_public else None
    fonds = turn(
        Unit.objects.public().roots().filter(repository=repository),
        SHELF,
        request.GET.get("fonds", ""),
    )
    loose = turn(_without_unit(repository), DATE, request.GET.get("loose", ""))
    fetch_names(
        [*_ends(relations), *agents.values(), place, *(row.document for row in loose.records)]
    )
    names: list[AgentName] = [form for agent in agents.values() for form in agent.names.all()]
    apparatus = Apparatus.about([*names, *relations])
    own = [row for row in relations if repository.agent_id in (row.source_id, row.target_id)]
    context = {
        "repository": repository,
        "name": named(repository),
        "agent": named(repository.agent),
        "undated": [apparatus.cite(form) for form in repository.agent.names.all() if not form.date],
        "place": named(place) if place else None,
        "periods": periods_of(repository, relations, (), agents, apparatus),
        "successions": grouped(by_agent_relation(own, repository.agent), apparatus),
        "areas": [
            (title, clause, filled)
            for title, clause, fields in AREAS
            if (filled := described(repository, fields))
        ],
        "fonds": rows_of(fonds.records),
        "loose": [(named(row.document), row, named(row).address) for row in loose.records],
        "notes": apparatus.notes,
        **windows(request, fonds=fonds, loose=loose),
    }
    return render(request, "catalogue/repository.html", context)


def _row(repository: Repository) -> Row:
    name = named(repository)
    place = repository.place if repository.place and repository.place.is_public else None
    forms = (form for form in repository.agent.names.all() if form.is_current_form())
    others = tuple(dict.fromkeys(form.form for form in forms if form.form != name.text))
    return Row(
        name=name,
        kind=named(place).text if place else repository.country,
        date=date_words(repository.agent),
        details=others[:4],
    )


def _successions(agent: Agent) -> list[AgentRelation]:
    """Successions to and from an archive, and to and from those, in both directions."""
    reached = {agent.pk}
    found: dict[int, AgentRelation] = {}
    for _generation in range(GENERATIONS):
        rows = (
            AgentRelation.objects.public()
            .filter(Q(source__in=reached) | Q(target__in=reached), relation_kind__in=SUCCESSIONS)
            .select_related("source", "target")
        )
        found.update((row.pk, row) for row in rows)
        reached = reached.union(*({row.source_id, row.target_id} for row in found.values()))
    return list(found.values())


def _ends(relations: Iterable[AgentRelation]) -> Iterable[Agent]:
    for row in relations:
        yield from (row.source, row.target)


def _without_unit(repository: Repository) -> Any:
    """Witnesses that are known to be there, in no unit that is described."""
    rows = Witness.objects.public().filter(repository=repository, unit__isnull=True)
    return rows.select_related("document")
