"""One box for everything: titles and names of all kinds of record that have every word."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from catalogue import references
from catalogue.resolve import known_archives
from catalogue.views import words
from catalogue.views.browse import AGENTS, DOCUMENTS, EVENTS, PUBLICATIONS, UNITS, Section
from catalogue.views.paging import turn
from catalogue.views.rows import Row, rows_of

SIZE = 20
"""Records shown of each kind; a link leads to all of them."""

SECTIONS = {
    "documents": DOCUMENTS,
    "units": UNITS,
    "agents": AGENTS,
    "publications": PUBLICATIONS,
    "events": EVENTS,
}


@dataclass(frozen=True)
class Found:
    """What was found of one kind; ``more`` is the address of the whole list, if it is longer."""

    slug: str
    section: Section
    rows: tuple[Row, ...]
    more: str


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Any text is a query; what is too long is cut, and the page says so.

    A reference goes to its answer, unless `words` asks for the words that it consists of.
    """
    query = words.read(request.GET.get("q", ""))
    if is_reference(query.typed) and "words" not in request.GET:
        asked = urlencode({"ref": query.typed, "format": "html"})
        return HttpResponseRedirect(f"{reverse('catalogue:resolve')}?{asked}")
    found = [_found(slug, query) for slug in SECTIONS] if query.folded else []
    context = {
        "query": query,
        "found": [one for one in found if one.rows],
        "most": {"words": words.MOST, "characters": words.LONGEST},
    }
    return render(request, "catalogue/search.html", context)


def is_reference(typed: str) -> bool:
    """Whether a query is nothing but a reference: numbers alone are none, they may be a date."""
    if not any(map(str.isdigit, typed)):
        return False
    try:
        found = references.parse(typed, repositories=known_archives())
    except references.Unreadable:
        return False
    whole = found.whole
    if whole is None or not whole.fond:
        return False
    return bool(whole.repository or (whole.opis and found.scheme == "fond-opis"))


def _found(slug: str, query: words.Words) -> Found:
    section = SECTIONS[slug]
    rows = words.matching(section.model.objects.public(), query)
    page = turn(rows, section.sort, size=SIZE)
    more = ""
    if page.next:
        more = f"{reverse(f'catalogue:{slug}')}?{urlencode({'q': ' '.join(query.folded)})}"
    return Found(slug, section, rows_of(page.records), more)
