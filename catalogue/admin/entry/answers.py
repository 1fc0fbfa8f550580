"""What is typed, read while it is typed: answers for entry.js. They read, and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from catalogue import dates
from catalogue.admin.entry import dates as entry_dates
from catalogue.admin.entry import folios as entry_folios
from catalogue.admin.entry.names import Parts, read_name
from catalogue.admin.forms import is_key
from catalogue.admin.unit import composed_reference
from catalogue.models import Repository, Unit
from catalogue.models.unit import Level

# Characters of one value that are looked at; the middleware refuses longer addresses anyhow.
LONGEST = 1500


def _typed(request: HttpRequest, name: str) -> str:
    return str(request.GET.get(name, ""))[:LONGEST]


@require_safe
def read_date(request: HttpRequest) -> JsonResponse:
    """``text`` is a date as written, ``edtf`` one in EDTF; either is answered in words."""
    if "edtf" in request.GET:
        return JsonResponse({"said": _said_of_edtf(_typed(request, "edtf"))})
    written = dates.read_written(_typed(request, "text"), get_language() or "")
    return JsonResponse(
        {
            "said": entry_dates.in_words(written, name_choices=False),
            "fill": {"date": written.reading, "calendar": written.calendar},
            "choices": [
                {
                    "label": gettext("Take %(date)s") % {"date": entry_dates.describe(edtf)},
                    "fill": {"date": edtf, "calendar": written.calendar},
                }
                for edtf in written.readings
            ],
        }
    )


def _said_of_edtf(edtf: str) -> str:
    if not edtf.strip():
        return ""
    try:
        dates.read(edtf)
    except dates.DateError as error:
        return gettext(error.sentence) % dict(error.values)
    words = dates.describe(edtf, get_language() or "en")
    return "" if words == edtf else gettext("That is: %(date)s.") % {"date": words}


@require_safe
def read_folios(request: HttpRequest) -> JsonResponse:
    """``text`` is a line of folios: it is shown back as read, or the wrong place is named."""
    try:
        ranges = entry_folios.read_line(_typed(request, "text"))
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages), "wrong": True})
    if not ranges:
        return JsonResponse({"said": ""})
    shown = entry_folios.print_line(ranges)
    return JsonResponse({"said": gettext("Read as: %(folios)s.") % {"folios": shown}})


@require_safe
def compose_reference(request: HttpRequest) -> JsonResponse:
    """The reference of a unit as it will stand, from what its form says."""
    if not request.user.has_perm("catalogue.view_unit"):
        raise PermissionDenied
    unit = _unit(request)
    shown = composed_reference(unit)
    if not shown:
        return JsonResponse({"said": ""})
    repository = f"{unit.repository.code}: " if unit.repository_id else ""
    words = gettext("It will stand as: %(reference)s")
    return JsonResponse({"said": words % {"reference": repository + shown}})


def _unit(request: HttpRequest) -> Unit:
    """A unit that is not saved, under the parent that the form names."""
    above = _found(Unit.objects.select_related("repository__agent"), _typed(request, "parent"))
    repository = _found(Repository.objects.select_related("agent"), _typed(request, "repository"))
    level = _typed(request, "level")
    unit = Unit(
        parent=above,
        segment=_typed(request, "segment"),
        reference_given=_typed(request, "reference_given"),
        level=level if level in Level.values else Level.OTHER,
    )
    unit.__dict__["_ancestors"] = [*above.ancestors(), above] if above else []
    if above or repository:
        unit.repository = above.repository if above else repository
    return unit


def _found(rows: Any, key: str) -> Any:
    return rows.filter(pk=key).first() if is_key(key) else None


@require_safe
def read_parts(request: HttpRequest) -> JsonResponse:
    """``text`` is a form of a name: its parts and script are offered."""
    parts = read_name(_typed(request, "text"))
    if parts == Parts():
        return JsonResponse({"said": ""})
    words = {
        gettext("family name"): parts.family,
        gettext("given names"): parts.given,
        gettext("patronymic"): parts.patronymic,
        gettext("script"): parts.script,
        gettext("language"): parts.language,
    }
    said = "; ".join(f"{label}: {value}" for label, value in words.items() if value)
    fill = {name: value for name, value in asdict(parts).items() if name != "patronymic" and value}
    label = gettext("Put these into the empty fields")
    return JsonResponse({"said": said, "choices": [{"label": label, "fill": fill}]})


ANSWERS: tuple[tuple[str, str, Callable[..., JsonResponse]], ...] = (
    ("read/date/", "read_date", read_date),
    ("read/folios/", "read_folios", read_folios),
    ("read/reference/", "compose_reference", compose_reference),
    ("read/name/", "read_name", read_parts),
)


def addresses(site: AdminSite) -> list[URLPattern]:
    """For the site of the administration: only its staff is answered."""
    return [path(route, site.admin_view(view), name=name) for route, name, view in ANSWERS]
