"""The pages: images of one unit or witness, and the report on all files."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from catalogue import imaging, links
from catalogue.admin import panels, refusals
from catalogue.admin.images import table
from catalogue.admin.images.owner import (
    Owner,
    OwnerForm,
    RightsForm,
    images_of,
    name_of,
    page_of,
    read_owner,
)
from catalogue.admin.images.receiving import extra, reasons, receive, storable
from catalogue.admin.lists import Pages
from catalogue.models import Act, FolioImage
from catalogue.models.act import ActKind
from catalogue.models.folio_image import MEGABYTES
from catalogue.models.image_files import disagreements

LONGEST = 500
"""Findings on the page of the report; the command names all."""
AT_ONCE = 20
"""Files of one form without JavaScript: DATA_UPLOAD_MAX_NUMBER_FILES."""


def upload(request: HttpRequest, administered: Any) -> HttpResponse:
    """The images of a unit or witness, and a place to drop more. POST sends files: to a script it
    answers in JSON, one file at a time."""
    owner = read_owner(request.GET)
    if owner is None:
        return _choose(request, administered)
    if not administered.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        if not administered.has_add_permission(request):
            raise PermissionDenied
        return _receive(request, administered, owner)
    return _page(request, administered, owner)


def _choose(request: HttpRequest, administered: Any) -> HttpResponse:
    """Ask for the unit or the witness."""
    if not administered.has_add_permission(request):
        raise PermissionDenied
    form = OwnerForm(administered.admin_site, request.GET or None)
    context = {"form": form, "title": gettext("Send images"), "media": form.media}
    return _render(request, administered, "choose.html", context)


def _receive(request: HttpRequest, administered: Any, owner: Owner) -> HttpResponse:
    form = RightsForm(request.POST)
    uploads = request.FILES.getlist("images")
    taken: list[FolioImage] = []
    refused: list[tuple[str, str]] = []
    if not form.is_valid():
        refused = [("", str(error)) for errors in form.errors.values() for error in errors]
    elif not uploads:
        refused = [("", gettext("No file was chosen."))]
    else:
        taken, refused = _receive_each(uploads, owner, form.cleaned_data)
    if request.headers.get("Accept", "").startswith("application/json"):
        return _in_json(taken, refused)
    if taken:
        words = ngettext(
            "%(number)d image was stored.", "%(number)d images were stored.", len(taken)
        )
        messages.success(request, words % {"number": len(taken)})
    if refused:
        return _page(request, administered, owner, rights=form, refused=refused)
    return HttpResponseRedirect(page_of(owner))


def _receive_each(
    uploads: list[Any], owner: Owner, values: dict[str, str]
) -> tuple[list[FolioImage], list[tuple[str, str]]]:
    """The images, and the names that were refused with the reason; in the order of the names."""
    taken, refused = [], []
    for place in imaging.in_order([file.name or "" for file in uploads]):
        one = uploads[place]
        try:
            taken.append(receive(one, owner, values))
        except ValidationError as error:
            refused.append((storable(one.name or ""), reasons(error)))
        except refusals.REFUSED as error:
            refused.append((storable(one.name or ""), refusals.in_words(error)))
    return taken, refused


def _in_json(taken: list[FolioImage], refused: list[tuple[str, str]]) -> JsonResponse:
    """For a script, which sends one file at a time."""
    if refused:
        return JsonResponse({"name": refused[0][0], "error": refused[0][1]}, status=400)
    thumbnail = panels.page(FolioImage, "copy", taken[0].pk, "thumbnail")
    return JsonResponse(extra(taken[0], thumbnail=thumbnail))


@require_POST
def arrange(request: HttpRequest, administered: Any) -> HttpResponse:
    """Save the table; or put all images in the order of the folios; or give all the same rights."""
    owner = read_owner(request.GET)
    if owner is None or not administered.has_change_permission(request):
        raise PermissionDenied
    if "_order" in request.POST:
        return _in_order_of_folios(request, administered, owner)
    if "_rights" in request.POST:
        return _same_rights(request, administered, owner)
    sent, gone = table.sent_table(request.POST, images_of(owner))
    if gone:
        words = ngettext(
            "%(number)d row is no longer there: somebody removed its image.",
            "%(number)d rows are no longer there: somebody removed their images.",
            gone,
        )
        messages.warning(request, words % {"number": gone})
    if not sent.is_valid():
        return _page(request, administered, owner, rows=table.again(sent))
    changed = [row.instance for row in sent.forms if row.has_changed()]
    _require(request, administered, changed)
    with transaction.atomic():
        number = table.save(sent)
    _say_changed(request, number)
    return HttpResponseRedirect(page_of(owner, p=request.GET.get("p", "1")))


def _in_order_of_folios(request: HttpRequest, administered: Any, owner: Owner) -> HttpResponse:
    images = list(images_of(owner).order_by("first_order", "last_order", "position", "pk"))
    changes = {
        image: {"position": place}
        for place, image in enumerate(images, start=1)
        if image.position != place
    }
    summary = gettext("Images of %(owner)s put in the order of their folios")
    return _change_all(request, administered, owner, changes, summary)


def _same_rights(request: HttpRequest, administered: Any, owner: Owner) -> HttpResponse:
    form = RightsForm(request.POST)
    if not form.is_valid():
        return _page(request, administered, owner, rights=form)
    values = {name: text for name, text in form.cleaned_data.items() if text}
    if not values:
        messages.warning(request, gettext("Type the rights or the credit that all images have."))
        return HttpResponseRedirect(page_of(owner))
    changes = {
        image: values
        for image in images_of(owner)
        if any(getattr(image, name) != text for name, text in values.items())
    }
    summary = gettext("Rights and credit of all images of %(owner)s")
    return _change_all(request, administered, owner, changes, summary)


def _change_all(
    request: Any,
    administered: Any,
    owner: Owner,
    changes: dict[FolioImage, dict[str, Any]],
    summary: str,
) -> HttpResponse:
    """Change images, as one act that can be taken back."""
    _require(request, administered, list(changes))
    if changes:
        with transaction.atomic():
            act = Act(kind=ActKind.EDIT, summary=summary % {"owner": owner}, user=request.user)
            act.save()
            with act.recording():
                for image, values in changes.items():
                    for name, value in values.items():
                        setattr(image, name, value)
                    image._change_reason = act.summary  # type: ignore[attr-defined]  # read by the history
                    image.save()
    _say_changed(request, len(changes))
    return HttpResponseRedirect(page_of(owner))


def _require(request: HttpRequest, administered: Any, images: list[FolioImage]) -> None:
    if not all(administered.has_change_permission(request, image) for image in images):
        raise PermissionDenied


def _say_changed(request: HttpRequest, number: int) -> None:
    words = ngettext("%(number)d image was changed.", "%(number)d images were changed.", number)
    messages.success(request, words % {"number": number})


def _page(
    request: HttpRequest,
    administered: Any,
    owner: Owner,
    *,
    rights: RightsForm | None = None,
    rows: Any = None,
    refused: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    pages = Pages(images_of(owner), table.ROWS)
    page = pages.get_page(request.GET.get("p"))
    context = {
        "title": gettext("Images of %(owner)s")
        % {"owner": administered.admin_site.get_model_admin(type(owner)).label(owner)},
        "owner": owner,
        "owner_page": panels.page(type(owner), "change", owner.pk),
        "public_page": links.images(owner) if owner.is_public else "",
        "list_page": panels.page(
            FolioImage, "changelist", **{f"{name_of(owner)}__id__exact": owner.pk}
        ),
        "page": page,
        "previous": page_of(owner, p=page.previous_page_number()) if page.has_previous() else "",
        "next": page_of(owner, p=page.next_page_number()) if page.has_next() else "",
        "table": rows or table.shown_table(page.object_list),
        "rights": rights or RightsForm(initial=_usual_rights(page.object_list)),
        "refused": refused or [],
        "upload": page_of(owner),
        "arrange": page_of(owner, "arrange", p=page.number),
        "megabytes": MEGABYTES,
        "at_once": AT_ONCE,
        "may_add": administered.has_add_permission(request),
        "may_change": administered.has_change_permission(request),
    }
    return _render(request, administered, "upload.html", context)


def _usual_rights(images: Any) -> dict[str, str]:
    """What the image before had, so that it need not be typed again."""
    last = list(images)[-1:]
    return {"rights": last[0].rights, "credit": last[0].credit} if last else {}


@require_safe
def report(request: HttpRequest, administered: Any) -> HttpResponse:
    """Which images have lost their file, and which files nothing names."""
    if not administered.has_view_permission(request):
        raise PermissionDenied
    findings = list(islice(disagreements(), LONGEST + 1))
    context = {
        "title": gettext("Files of images"),
        "lost": [
            (found, panels.page(FolioImage, "change", found.image.pk))
            for found in findings[:LONGEST]
            if found.image is not None
        ],
        "orphans": [found for found in findings[:LONGEST] if found.image is None],
        "is_cut": len(findings) > LONGEST,
    }
    return _render(request, administered, "report.html", context)


def _render(
    request: HttpRequest, administered: Any, template: str, context: dict[str, Any]
) -> HttpResponse:
    whole = {
        **administered.admin_site.each_context(request),
        "opts": administered.opts,
        **context,
    }
    return TemplateResponse(request, f"admin/catalogue/images/{template}", whole)
