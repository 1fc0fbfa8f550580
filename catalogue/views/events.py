"""The page of an event: when and where it took place, who says so, and what refers to it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.models import Claim, Dating, Event
from catalogue.views import absence
from catalogue.views.apparatus import Apparatus
from catalogue.views.connections import (
    MOST,
    by_contributor,
    by_relation,
    contributions_to,
    fetch_names,
    grouped,
    others,
    relations_of,
    statements_about,
)
from catalogue.views.paging import DATE, turn
from catalogue.views.publications import windows
from catalogue.views.records import Named, date_words, named
from catalogue.views.rows import rows_of
from catalogue.views.sides import side_of


@login_not_required
@require_safe
def detail(request: HttpRequest, identifier: str) -> HttpResponse:
    """Dates with who says so, place, what it is part of, who took part, related records."""
    rows = Event.objects.public().select_related("place", "parent")
    event = rows.filter(identifier=identifier).first()
    if event is None:
        return absence.answer(request, Event, identifier)
    parts = turn(Event.objects.public().filter(parent=event), DATE, request.GET.get("parts", ""))
    contributions = contributions_to(event=event)
    datings = statements_about(Dating, event=event)
    claims = statements_about(Claim, event=event)
    relations = relations_of(event=event)
    place = event.place if event.place is not None and event.place.is_public else None
    fetch_names(
        [
            event,
            event.parent,
            place,
            *(row.contributor for row in contributions),
            *others(relations),
        ]
    )
    apparatus = Apparatus.about([*datings, *contributions, *claims, *relations])
    context = {
        "event": event,
        "name": named(event),
        "within": _within(event),
        "titles": [row for row in event.titles.all() if row.title != named(event).text],
        "date": date_words(event),
        "place": named(place) if place else None,
        "datings": [side_of(apparatus.cite(row), event) for row in datings],
        "contributors": grouped(by_contributor(contributions), apparatus),
        "claims": [side_of(apparatus.cite(row), event) for row in claims],
        "parts": rows_of(parts.records),
        "is_cut": len(relations) == MOST,
        "related": grouped(by_relation(relations, event), apparatus),
        "identifiers": event.outside_identifiers.all(),
        "notes": apparatus.notes,
        **windows(request, parts=parts),
    }
    return render(request, "catalogue/event.html", context)


def _within(event: Event) -> Named | None:
    """What it is part of, if anybody may know."""
    parent = event.parent
    return named(parent) if parent is not None and parent.is_public else None
