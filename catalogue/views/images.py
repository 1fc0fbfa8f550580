"""Images of folios: laid out in order, one on a page, and their files.

The originals are never sent from here. What is sent are copies, to whoever may see the image
today: a copy is asked for anew after a minute, so that what is withdrawn is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from catalogue import imaging, links
from catalogue.models import FolioImage, FolioRange, Unit, Witness
from catalogue.models.folio_image import ImageKind
from catalogue.models.image_files import copy_of
from catalogue.models.unit import attach_ancestors
from catalogue.references import print_folios
from catalogue.views import absence
from catalogue.views.connections import fetch_names
from catalogue.views.paging import SHELF, turn
from catalogue.views.publications import windows
from catalogue.views.records import Named, address_of, language_name, named, reader_language
from catalogue.views.rows import unit_level, unit_name, unit_reference

SHEET = 60
"""Images laid out on one page."""
NEIGHBOURS = 4
"""Images before and after one, from which to leap."""
FRESH = 60
"""Seconds for which a copy may be shown without asking."""
# What leaves are called beside their numbers: one of them, and several.
LEAF = {
    "en": ("f.", "ff."),
    "fr": ("fol.", "fol."),
    "ru": ("л.", "л."),
    "uk": ("арк.", "арк."),
}
GLIMPSES = 6
"""Images shown on the page of what they belong to."""
SIZES = {size.slug: size for size in imaging.SIZES}


@dataclass(frozen=True)
class Shown:
    """An image as a page shows it: ``width`` and ``height`` are those of its copy for reading."""

    image: FolioImage
    label: str
    address: str
    width: int | None
    height: int | None

    def source(self, size: str) -> str:
        return reverse("catalogue:image-file", args=[self.image.identifier, size])

    @property
    def thumbnail(self) -> str:
        return self.source("thumbnail")

    @property
    def reading(self) -> str:
        return self.source("reading")

    @property
    def large(self) -> str:
        """Empty where the copy for reading is as large as the original."""
        longest = max(self.image.width or 0, self.image.height or 0)
        return self.source("large") if longest > SIZES["reading"].longest else ""


def label(image: FolioImage) -> str:
    """'л. 53 об.': the leaves as the reader's language writes them."""
    language = reader_language()
    leaves = image.range()
    one, several = LEAF.get(language, LEAF["en"])
    is_one = leaves.last is None or leaves.last.number == leaves.first.number
    words = f"{one if is_one else several}\u00a0{print_folios((leaves,), language)}"
    kind = image.image_kind
    return words if kind == ImageKind.SIDE else f"{words}, {image.get_image_kind_display()}"


def shown(image: FolioImage) -> Shown:
    width, height = image.width, image.height
    if width and height:
        share = min(1.0, SIZES["reading"].longest / max(width, height))
        width, height = max(1, round(width * share)), max(1, round(height * share))
    return Shown(image, label(image), address_of(image), width, height)


@dataclass(frozen=True)
class Glimpse:
    """The first images of something, and where all of them are. ``label``: of what."""

    label: str
    images: tuple[Shown, ...]
    address: str


def glimpse(unit: Unit) -> Glimpse | None:
    """The first public images of a unit, for its own page."""
    rows = FolioImage.objects.public().of(unit).order_by("position", "pk")[:GLIMPSES]
    return _glimpse(unit, unit_level(unit), list(rows))


def glimpses(witnesses: Iterable[Witness]) -> tuple[Glimpse, ...]:
    """The first public images of each witness that has any, in two queries at most."""
    archival = [row for row in witnesses if row.is_archival]
    images = FolioImage.objects.public().order_by("position", "pk")
    prefetch_related_objects(archival, Prefetch("images", images[:GLIMPSES], to_attr="own"))
    units = {row.unit_id: row.unit for row in archival if row.unit is not None and row.folios()}
    on_leaves = FolioImage.objects.none()
    for row in archival:
        on_leaves |= (
            images.of(row).filter(unit__isnull=False) if row.unit_id in units else on_leaves
        )
    if units:
        prefetch_related_objects(
            list(units.values()), Prefetch("images", on_leaves[:SHEET], to_attr="covered")
        )
    found = (_glimpse(row, row.label, _seen_in(row, units)) for row in archival)
    return tuple(one for one in found if one is not None)


def _seen_in(witness: Any, units: Mapping[int | None, Any]) -> list[FolioImage]:
    """Its own images, or those of the leaves that it takes up in its unit."""
    covered = getattr(units.get(witness.unit_id), "covered", ())
    return witness.own or [
        image
        for image in covered
        if any(
            image.first_order <= leaves.end and image.last_order >= leaves.start
            for leaves in witness.folios()
        )
    ]


def _glimpse(owner: Unit | Witness, label: str, images: list[FolioImage]) -> Glimpse | None:
    first = tuple(map(shown, images[:GLIMPSES]))
    return Glimpse(label, first, _here(links.images(owner))) if first else None


def _here(address: str) -> str:
    """A permanent address, in the language that is fixed."""
    return get_script_prefix() + address.removeprefix("/")


# --- all images of a unit or of a witness ---


@login_not_required
@require_safe
def of_unit(request: HttpRequest, identifier: str) -> HttpResponse:
    """The images of a unit, in order."""
    rows = Unit.objects.public().select_related("repository__agent")
    unit = rows.filter(identifier=identifier).first()
    return _sheet(request, unit) if unit else absence.answer(request, Unit, identifier)


@login_not_required
@require_safe
def of_witness(request: HttpRequest, identifier: str) -> HttpResponse:
    """The images of a witness, and those of the leaves that it takes up in its unit."""
    rows = Witness.objects.public().select_related("document", "unit__repository__agent")
    witness = rows.filter(identifier=identifier).first()
    return _sheet(request, witness) if witness else absence.answer(request, Witness, identifier)


def _sheet(request: HttpRequest, owner: Any) -> HttpResponse:
    page = turn(FolioImage.objects.public().of(owner), SHELF, request.GET.get("images", ""), SHEET)
    context = {
        **_surroundings(owner),
        "images": tuple(map(shown, page.records)),
        "permanent": links.images(owner),
        **windows(request, images=page),
    }
    return render(request, "catalogue/images.html", context)


# --- one image ---


@login_not_required
@require_safe
def detail(request: HttpRequest, identifier: str) -> HttpResponse:
    """One image with its label, what is written there, its rights, and its neighbours."""
    image = _find(identifier)
    if image is None:
        return absence.answer(request, FolioImage, identifier)
    owner = image.owner
    before, after = _neighbours(image, backwards=True), _neighbours(image)
    context = {
        **_surroundings(owner),
        "shown": shown(image),
        "strip": tuple(map(shown, [*before[::-1], image, *after])),
        "previous": address_of(before[0]) if before else "",
        "next": address_of(after[0]) if after else "",
        "sheet": _here(links.images(owner)),
        "written": _written_on(image),
    }
    return render(request, "catalogue/image.html", context)


def _find(identifier: str) -> FolioImage | None:
    rows = FolioImage.objects.public().select_related(
        "unit__repository__agent", "witness__document", "witness__unit__repository__agent"
    )
    found: FolioImage | None = rows.filter(identifier=identifier).first()
    return found


def _neighbours(image: FolioImage, *, backwards: bool = False) -> list[FolioImage]:
    """The public images next to one, the nearest first."""
    (segment,) = SHELF.segments
    rows = FolioImage.objects.public().filter(unit=image.unit_id, witness=image.witness_id)
    beyond = segment.beyond(segment.key(image), backwards)
    return list(segment.ordered(rows.filter(beyond), backwards)[:NEIGHBOURS])


def _written_on(image: FolioImage) -> list[tuple[Named, Named, str]]:
    """Documents with public witnesses on these leaves of the unit: (document, witness, leaves)."""
    if image.unit_id is None:
        return []
    on_it = FolioRange.objects.filter(
        Q(witness__unit=image.unit_id)
        & Q(first_order__lte=image.last_order, last_order__gte=image.first_order),
        witness__in=Witness.objects.public(),
    ).select_related("witness__document")[:SHEET]
    rows = list(on_it)
    fetch_names([row.witness.document for row in rows])
    language = reader_language()
    return [
        (named(row.witness.document), named(row.witness), print_folios((row.range(),), language))
        for row in rows
    ]


def _surroundings(owner: Unit | Witness) -> dict[str, Any]:
    """What the images belong to. A witness's unit shows only where it is public itself."""
    unit = owner if isinstance(owner, Unit) else owner.unit
    unit = unit if unit is not None and unit.is_public else None
    witness = owner if isinstance(owner, Witness) else None
    ancestors: Sequence[Unit] = ()
    if unit is not None:
        attach_ancestors([unit])
        ancestors = unit.public_ancestors()
        fetch_names([unit.repository.agent])
    if witness is not None:
        fetch_names([witness.document])
    return {
        "unit": unit,
        "unit_name": unit_name(unit) if unit else None,
        "level": unit_level(unit) if unit else "",
        "reference": unit_reference(unit) if unit else "",
        "repository": named(unit.repository) if unit else None,
        "ancestors": [(named(row), unit_level(row), row) for row in ancestors],
        "witness": named(witness) if witness else None,
        "witness_language": language_name(witness.language) if witness else "",
        "document": named(witness.document) if witness else None,
    }


# --- the files ---


@login_not_required
@require_safe
def file(request: HttpRequest, identifier: str, size: str) -> HttpResponseBase:
    """A copy of a public image, as JPEG."""
    image = FolioImage.objects.public().filter(identifier=identifier).first()
    if size not in SIZES:
        raise Http404
    if image is None:
        return absence.answer(request, FolioImage, identifier)
    path = copy_of(image, SIZES[size])
    if path is None:
        raise Http404
    tag = f'"{image.identifier}-{size}-{int(image.modified.timestamp() * 1000):x}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(path.read_bytes(), content_type="image/jpeg")
        # Its name here is not that in the store, which is the digest of the original.
        name = f"{image.identifier}-{size}.jpg"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={FRESH}, must-revalidate"
    return response
