"""The order among siblings: a step up or down at once, or all of them sorted after a preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.admin.forms import is_key
from catalogue.admin.panels import page
from catalogue.admin.tree import recording
from catalogue.admin.tree.siblings import SHOWN, Siblings, forbidden, read
from catalogue.admin.tree.state import State
from catalogue.models import Act, Unit
from catalogue.models.act import ActKind
from catalogue.models.tree import arrange


@dataclass(frozen=True)
class Sorting:
    slug: str
    label: str | Promise
    key: Callable[[Unit], Any]


def _by_day(unit: Unit) -> Any:
    first, last = unit.date_earliest, unit.date_latest
    return first is None, first or 0, last is None, last or 0


SORTINGS = (
    Sorting("reference", _("by reference"), lambda unit: (not unit.segment, unit.segment_key)),
    Sorting("date", _("by date"), _by_day),
    Sorting("title", _("by title"), lambda unit: unit.sort_key),
)


@require_POST
def step(request: HttpRequest, administered: Any) -> HttpResponse:
    """One place up or down, at once: small, seen, and taken back as easily."""
    direction = "up" if "up" in request.POST else "down"
    key = request.POST.get(direction, "")
    if not is_key(key):
        raise Http404
    with transaction.atomic():
        unit = get_object_or_404(Unit.objects.select_for_update(of=("self",)), pk=key)
        if not administered.has_change_permission(request, unit):
            raise PermissionDenied
        act = _step(request, unit, direction)
    said = act.summary if act else gettext("“%(unit)s” stands at the end already.") % {"unit": unit}
    if request.headers.get("Accept") == "application/json":
        undo = page(Act, "change", act.pk) if act else ""
        return JsonResponse({"said": said, "undo": undo})
    if act:
        recording.tell(request, act)
    state = State(unit.repository).revealing(unit)
    return HttpResponseRedirect(state.address(focus=unit.pk))


def _step(request: HttpRequest, unit: Unit, direction: str) -> Act | None:
    """None where there is nothing to pass."""
    rows = Unit.objects.filter(parent=unit.parent_id, repository=unit.repository_id)
    if direction == "up":
        passed = list(rows.before(unit.place).order_by("-position", "-pk")[:1])
        before = passed[0] if passed else None
        words = gettext("“%(unit)s” moved up, before “%(passed)s”")
    else:
        passed = list(rows.after(unit.place).order_by("position", "pk")[:2])
        before = passed[1] if len(passed) > 1 else None
        words = gettext("“%(unit)s” moved down, after “%(passed)s”")
    if not passed:
        return None
    act = recording.start(request, ActKind.MOVE, words % {"unit": unit, "passed": passed[0]})
    with act.recording():
        unit.move(cast(Unit | None, unit.parent), before=before)
    return act


@dataclass(frozen=True)
class Moved:
    unit: Unit
    before: int  # place among the siblings, from 1
    after: int


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, administered: Any) -> HttpResponse:
    """All children of a unit, or all at the top of a repository, in another order."""
    asked = request.POST if request.method == "POST" else request.GET
    siblings = read(asked)
    sorting = next((found for found in SORTINGS if found.slug == asked.get("by")), SORTINGS[0])
    if request.method == "POST":
        return _confirmed(request, administered, siblings, sorting)
    return _show(request, administered, siblings, sorting)


def _confirmed(
    request: HttpRequest, administered: Any, siblings: Siblings, sorting: Sorting
) -> HttpResponse:
    with transaction.atomic():
        rows = siblings.lock()
        changed = _token(rows, sorting) != request.POST.get("token")
        ordered = sorted(rows, key=sorting.key)
        barred = forbidden(administered, request, [row.unit for row in _moved(rows, ordered)])
        if not (changed or barred):
            words = gettext("The children of “%(parent)s” sorted %(sorting)s")
            names = {"parent": siblings.name, "sorting": sorting.label}
            act = recording.start(request, ActKind.MOVE, words % names)
            with act.recording():
                arrange(ordered, recording.reason(request))
            recording.tell(request, act)
            return HttpResponseRedirect(siblings.address)
    return _show(request, administered, siblings, sorting, changed)


def _moved(rows: list[Unit], ordered: list[Unit]) -> list[Moved]:
    """Whose place is another."""
    places = {row.pk: number for number, row in enumerate(rows, start=1)}
    return [
        Moved(row, places[row.pk], number)
        for number, row in enumerate(ordered, start=1)
        if places[row.pk] != number
    ]


def _token(rows: list[Unit], sorting: Sorting) -> str:
    return recording.token(sorting.slug, [(row.pk, sorting.key(row)) for row in rows])


def _show(
    request: HttpRequest,
    administered: Any,
    siblings: Siblings,
    sorting: Sorting,
    changed: bool = False,
) -> HttpResponse:
    rows = siblings.rows()
    moved = _moved(rows, sorted(rows, key=sorting.key))
    barred = forbidden(administered, request, [row.unit for row in moved])
    context = {
        **administered.admin_site.each_context(request),
        "title": gettext("Sort the children of “%(parent)s”") % {"parent": siblings.name},
        "opts": administered.opts,
        "siblings": siblings,
        "sortings": SORTINGS,
        "sorting": sorting,
        "number": len(rows),
        "moved": moved[:SHOWN],
        "moving": len(moved),
        "unnamed": max(0, len(moved) - SHOWN),
        "barred": barred,
        "changed": recording.changed_meanwhile() if changed else "",
        "token": _token(rows, sorting),
        "reason": recording.reason(request),
    }
    status = 409 if changed or (barred and request.method == "POST") else 200
    return render(request, "admin/catalogue/tree/order.html", context, status=status)
