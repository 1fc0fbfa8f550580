"""The page of a publication: what a library would say of it, and what documents it prints."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.models import Claim, Dating, Derivation, Publication, Witness
from catalogue.views import absence
from catalogue.views.apparatus import Apparatus
from catalogue.views.browse import address
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
from catalogue.views.records import date_words, language_name, named
from catalogue.views.rows import rows_of
from catalogue.views.sides import side_of


@login_not_required
@require_safe
def detail(request: HttpRequest, identifier: str) -> HttpResponse:
    """The head, the nested parts and the documents printed in them, each in windows."""
    rows = Publication.objects.public().select_related("parent__parent__parent")
    publication = rows.filter(identifier=identifier).first()
    if publication is None:
        return absence.answer(request, Publication, identifier)
    parts = turn(
        Publication.objects.public().filter(parent=publication),
        DATE,
        request.GET.get("parts", ""),
    )
    printed = turn(_witnesses(publication), DATE, request.GET.get("printed", ""))
    _fetch_bases(printed.records)
    contributions = contributions_to(publication=publication)
    datings = statements_about(Dating, publication=publication)
    claims = statements_about(Claim, publication=publication)
    relations = relations_of(publication=publication)
    lineage = publication.lineage()
    fetch_names(
        [
            *lineage,
            *(row.contributor for row in contributions),
            *others(relations),
            *(witness.document for witness in printed.records),
            *(witness.publication for witness in printed.records),
        ]
    )
    derivations = [row for witness in printed.records for row in witness.bases]
    apparatus = Apparatus.about([*contributions, *datings, *claims, *relations, *derivations])
    context = {
        "publication": publication,
        "name": named(publication),
        "lineage": [named(step) for step in lineage[:0:-1]],
        "titles": [row for row in publication.titles.all() if row.title != named(publication).text],
        "date": date_words(publication),
        "language": language_name(publication.language) if publication.language else "",
        "contributors": grouped(by_contributor(contributions), apparatus),
        "datings": [side_of(apparatus.cite(row), publication) for row in datings],
        "parts": [replace(row, within=None) for row in rows_of(parts.records)],
        "printed": [_printed(witness, publication, apparatus) for witness in printed.records],
        "claims": [side_of(apparatus.cite(row), publication) for row in claims],
        "is_cut": len(relations) == MOST,
        "related": grouped(by_relation(relations, publication), apparatus),
        "identifiers": publication.outside_identifiers.all(),
        "notes": apparatus.notes,
        **windows(request, parts=parts, printed=printed),
    }
    return render(request, "catalogue/publication.html", context)


def windows(request: HttpRequest, **pages: Any) -> dict[str, str]:
    """Addresses of the neighbouring windows of several lists on one page: ``parts_next`` ..."""
    return {
        f"{name}_{side}": cursor and address(request, name, **{name: cursor})
        for name, page in pages.items()
        for side, cursor in (("previous", page.previous), ("next", page.next))
    }


def _witnesses(publication: Publication) -> Any:
    """The texts printed in a publication or in its parts."""
    inside = (
        Q(publication=publication)
        | Q(publication__parent=publication)
        | Q(publication__parent__parent=publication)
    )
    return (
        Witness.objects.public()
        .filter(inside, publication__in=Publication.objects.public())
        .select_related("document", "publication")
    )


def _fetch_bases(witnesses: list[Any]) -> None:
    """What each text is said to derive from, as ``bases``."""
    rows = Derivation.objects.public().select_related("base__document")
    if witnesses:
        prefetch_related_objects(witnesses, Prefetch("derivations", rows, to_attr="bases"))


def _printed(witness: Any, publication: Publication, apparatus: Apparatus) -> dict[str, Any]:
    return {
        "document": named(witness.document),
        "witness": witness,
        "address": named(witness).address,
        "within": named(witness.publication) if witness.publication_id != publication.pk else None,
        "language": language_name(witness.language) if witness.language else "",
        "bases": [
            (apparatus.cite(row), named(row.base) if row.base else None) for row in witness.bases
        ],
    }
