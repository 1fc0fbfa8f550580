"""The page of a unit of description. ISAD(G)."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, F, OuterRef, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.models import (
    AccessPoint,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    FolioImage,
    OutsideIdentifier,
    Relation,
    Unit,
    UnitReference,
    Witness,
)
from catalogue.models.tree import within
from catalogue.models.unit import attach_ancestors
from catalogue.models.visibility import today
from catalogue.views import absence, images
from catalogue.views.apparatus import Apparatus
from catalogue.views.areas import areas_of
from catalogue.views.connections import (
    by_contributor,
    by_relation,
    contributions_to,
    fetch_names,
    grouped,
    others,
    relations_of,
    statements_about,
)
from catalogue.views.paging import DATE, SHELF, turn
from catalogue.views.publications import windows
from catalogue.views.records import date_words, named
from catalogue.views.rows import rows_of, unit_level, unit_name, unit_reference
from catalogue.views.sides import side_of

# Most units of an imported tree have none of these: one query tells which need to be fetched.
_HAS: dict[str, QuerySet[Any]] = {
    "children": Unit._base_manager.filter(parent=OuterRef("pk")),
    "references": UnitReference._base_manager.filter(unit=OuterRef("pk")),
    "custody": CustodyEvent._base_manager.filter(unit=OuterRef("pk")),
    "contributions": Contribution._base_manager.filter(unit=OuterRef("pk")),
    "datings": Dating._base_manager.filter(unit=OuterRef("pk")),
    "claims": Claim._base_manager.filter(unit=OuterRef("pk")),
    "relations": Relation._base_manager.filter(
        Q(source_unit=OuterRef("pk")) | Q(target_unit=OuterRef("pk"))
    ),
    "access_points": AccessPoint._base_manager.filter(unit=OuterRef("pk")),
    "images": FolioImage._base_manager.filter(unit=OuterRef("pk")),
    "outside": OutsideIdentifier._base_manager.filter(unit=OuterRef("pk")),
}


@login_not_required
@require_safe
def detail(request: HttpRequest, identifier: str) -> HttpResponse:
    """The description by areas, what stands under it, and the documents that it holds."""
    unit = (
        Unit.objects.public()
        .filter(identifier=identifier)
        .select_related("repository__agent")
        .annotate(**{f"has_{name}": Exists(rows) for name, rows in _HAS.items()})
        .first()
    )
    if unit is None:
        return absence.answer(request, Unit, identifier)
    children = turn(_children(unit), SHELF, request.GET.get("children", ""))
    documents = turn(_witnesses(unit), DATE, request.GET.get("documents", ""))
    elsewhere = _witnesses_elsewhere(unit, documents.records)
    contributions = contributions_to(unit=unit) if unit.has_contributions else []
    relations = relations_of(unit=unit) if unit.has_relations else []
    datings = statements_about(Dating, unit=unit) if unit.has_datings else []
    claims = statements_about(Claim, unit=unit) if unit.has_claims else []
    references = list(_references(unit)) if unit.has_references else []
    custody = list(_custody(unit)) if unit.has_custody else []
    points = list(unit.access_points.select_related("term")) if unit.has_access_points else []
    terms = [point.term for point in points if point.term.is_public]
    attach_ancestors([unit])
    prefetch_related_objects([unit, *children.records], "titles")
    if documents.records:
        prefetch_related_objects(documents.records, "folio_ranges")
    for child in children.records:
        child.repository = unit.repository
    fetch_names(
        [
            unit.repository.agent,
            *(row.contributor for row in contributions),
            *(end for row in custody for end in (row.holder, row.from_agent, row.place)),
            *others(relations),
            *terms,
            *(witness.document for witness in documents.records),
        ]
    )
    apparatus = Apparatus.about(
        [*datings, *references, *custody, *contributions, *relations, *claims]
    )
    context = {
        "unit": unit,
        "name": unit_name(unit),
        "repository": named(unit.repository),
        "ancestors": [(named(row), unit_level(row), row) for row in unit.public_ancestors()],
        "level": unit_level(unit),
        "reference": unit_reference(unit),
        "titles": [row for row in unit.titles.all() if row.title != unit_name(unit).text],
        "date": date_words(unit),
        "datings": [side_of(apparatus.cite(row), unit) for row in datings],
        "references": [(apparatus.cite(row), date_words(row)) for row in references],
        "custody": [(apparatus.cite(row), named(row.holder), date_words(row)) for row in custody],
        "areas": areas_of(
            unit,
            grouped(by_contributor(contributions), apparatus),
            grouped(by_relation(relations, unit), apparatus),
            elsewhere,
        ),
        "claims": [side_of(apparatus.cite(row), unit) for row in claims],
        "terms": [named(term) for term in terms],
        "identifiers": list(unit.outside_identifiers.all()) if unit.has_outside else [],
        "images": images.glimpse(unit) if unit.has_images else None,
        "children": [replace(row, details=()) for row in rows_of(children.records)],
        "documents": [(named(row.document), row, named(row).address) for row in documents.records],
        "notes": apparatus.notes,
        **windows(request, children=children, documents=documents),
    }
    return render(request, "catalogue/unit.html", context)


def _children(unit: Any) -> QuerySet[Any]:
    """What stands directly under it, each with the repository that it shares."""
    rows = Unit.objects.public().filter(parent=unit)
    return rows if unit.has_children else rows.none()


def _witnesses(unit: Unit) -> QuerySet[Any]:
    """Witnesses in the unit or anywhere under it."""
    inside = Unit.objects.filter(within(unit.path), public_from__lte=today()).values("pk")
    return Witness.objects.public().filter(unit__in=inside).select_related("document", "unit")


def _witnesses_elsewhere(unit: Unit, held: list[Witness]) -> list[Witness]:
    """Other public witnesses of the documents that the unit itself holds."""
    documents = {witness.document_id for witness in held if witness.unit_id == unit.pk}
    if not documents:
        return []
    rows = Witness.objects.public().filter(document__in=documents)
    return list(
        rows.filter(Q(unit__isnull=True) | ~Q(unit=unit))
        .select_related("document", "publication")
        .order_by(F("date_earliest").asc(nulls_last=True), "pk")
    )


def _references(unit: Unit) -> QuerySet[Any]:
    rows = UnitReference.objects.public().filter(unit=unit)
    return rows.select_related("repository_name", "witness__document")


def _custody(unit: Unit) -> QuerySet[Any]:
    rows = CustodyEvent.objects.public().filter(unit=unit)
    return rows.select_related("holder", "holder_name", "from_agent", "place")
