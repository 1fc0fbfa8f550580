"""The five lists: narrowed by a form, in an order of the reader's choice, window by window."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.models import Agent, Document, Event, Publication, Unit
from catalogue.views import filters
from catalogue.views.paging import DATE, SORTS, TITLE, Sort, turn
from catalogue.views.rows import rows_of


@dataclass(frozen=True)
class Section:
    """A list of one kind of record; ``sort`` is its order if the reader chooses none."""

    title: str | Promise
    about: str | Promise
    model: type[Any]
    filters: type[filters.Section]
    sort: Sort


DOCUMENTS = Section(
    _("Documents"),
    _("Letters, resolutions and reports: each text itself, whether or not a copy survives."),
    Document,
    filters.Documents,
    DATE,
)
UNITS = Section(
    _("Holdings"),
    _("What stands on the shelves: fonds, opisi, files and items, at every level."),
    Unit,
    filters.Units,
    TITLE,
)
AGENTS = Section(
    _("People and bodies"),
    _("Persons, families and corporate bodies, under every name that is on record."),
    Agent,
    filters.Agents,
    TITLE,
)
PUBLICATIONS = Section(
    _("Publications"),
    _("Where documents were printed or put online: serials and issues, books, web pages."),
    Publication,
    filters.Publications,
    TITLE,
)
EVENTS = Section(
    _("Events"),
    _("Congresses, plenums, meetings and decisions that documents refer to."),
    Event,
    filters.Events,
    DATE,
)


@login_not_required
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    return _list(request, DOCUMENTS)


@login_not_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    return _list(request, UNITS)


@login_not_required
@require_safe
def agents(request: HttpRequest) -> HttpResponse:
    return _list(request, AGENTS)


@login_not_required
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    return _list(request, PUBLICATIONS)


@login_not_required
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    return _list(request, EVENTS)


def _list(request: HttpRequest, section: Section) -> HttpResponse:
    filtered = section.filters(
        request.GET, queryset=section.model.objects.public(), request=request
    )
    chosen = request.GET.get("sort", "")
    sort = next((known for known in SORTS if known.slug == chosen), section.sort)
    page = turn(filtered.qs, sort, request.GET.get("cursor", ""))
    context = {
        "section": section,
        "filter": filtered,
        "rows": rows_of(page.records),
        "sorts": SORTS,
        "sort": sort,
        "previous": page.previous and address(request, cursor=page.previous),
        "next": page.next and address(request, cursor=page.next),
    }
    return render(request, "catalogue/list.html", context)


def address(request: HttpRequest, without: str = "cursor", **changes: str) -> str:
    """The query of this page with something changed, and never the cursor of another window."""
    query = request.GET.copy()
    query.pop(without, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
