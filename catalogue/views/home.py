"""The first page, and what robots are told."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue import dates
from catalogue.models import Claim, Derivation, Document, Question, Repository, Witness
from catalogue.stemma.firsts import Firsts, find
from catalogue.views.records import Named, language_name, named
from catalogue.views.rows import Row, rows_of

MOST_DECADES = 12


@dataclass(frozen=True)
class Remarkable:
    """A record told in short: the best documented one that anybody may see."""

    document: Document
    row: Row
    firsts: Firsts
    witnesses: int
    languages: tuple[str, ...]
    questions: int


@dataclass(frozen=True)
class Decade:
    """Ten years, from the first: 1920."""

    first: int

    @property
    def last(self) -> int:
        return self.first + 9


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a search box, one record, and the ways in."""
    context = {
        "remarkable": _remarkable(),
        "decades": _decades(),
        "repositories": _repositories(),
    }
    return render(request, "catalogue/home.html", context)


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Lists by every filter, citations and downloads are for people; records are for everybody."""
    lines = (
        "User-agent: *",
        "Disallow: /search/",
        "Disallow: /resolve/",
        "Disallow: /*?",
        "Disallow: /*/cite/",
        "Disallow: /*/export/",
    )
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")


def _remarkable() -> Remarkable | None:
    """The public document with most public witnesses; the older record of two."""
    public = Witness.objects.public().order_by().values("document")
    best = public.annotate(count=Count("pk")).order_by("-count", "document").first()
    if best is None:
        return None
    document = Document.objects.public().filter(pk=best["document"]).first()
    if document is None:
        return None
    witnesses = list(
        Witness.objects.public().filter(document=document).select_related("publication")
    )
    claims = Claim.objects.public().filter(document=document)
    derivations = Derivation.objects.public().filter(derived__in=witnesses)
    spoken = sorted({witness.language for witness in witnesses if witness.language})
    return Remarkable(
        document=document,
        row=rows_of([document])[0],
        firsts=find(document, witnesses, derivations, claims),
        witnesses=len(witnesses),
        languages=tuple(map(language_name, spoken)),
        questions=Question.objects.public().concerning(document, witnesses).count(),
    )


def _decades() -> list[Decade]:
    """The decades that documents are dated in, the latest last; one short query for each."""
    rows: Any = Document.objects.public().filter(date_earliest__isnull=False)
    days = rows.order_by("date_earliest").values_list("date_earliest", flat=True)
    found: list[Decade] = []
    day = days.first()
    while day is not None and len(found) < MOST_DECADES:
        first = dates.year_of(day) // 10 * 10
        found.append(Decade(first))
        day = days.filter(date_earliest__gte=dates.day_number(first + 10, 1, 1)).first()
    return found


def _repositories() -> list[Named]:
    rows = Repository.objects.public().select_related("agent").prefetch_related("agent__names")
    return [named(row) for row in rows[:8]]
