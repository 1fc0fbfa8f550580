"""New segments for siblings, by a pattern: what each is called now and then, and one act."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from catalogue import text
from catalogue.admin.tree import consequences, recording
from catalogue.admin.tree.consequences import Consequences
from catalogue.admin.tree.siblings import NAMED, SHOWN, Siblings, forbidden, read
from catalogue.models import Unit
from catalogue.models.act import ActKind
from catalogue.models.history import change_together
from catalogue.models.unit import attach_ancestors


class Pattern(forms.Form):
    """Prefix, number, suffix: 17, 18, 19 … or Р-1, Р-2 … or 17а."""

    front = forms.CharField(label=_("Prefix"), max_length=40, required=False, strip=False)
    start = forms.IntegerField(label=_("First number"), min_value=0, max_value=9_999_999, initial=1)
    step = forms.IntegerField(label=_("Step"), min_value=1, max_value=1000, initial=1)
    suffix = forms.CharField(
        label=_("Suffix"),
        max_length=20,
        required=False,
        help_text=_("After each number: а gives 17а, 18а."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        # What the column would refuse, it refuses here.
        for name in ("front", "suffix"):
            if cleaned.get(name):
                cleaned[name] = Unit._meta.get_field("segment").clean(cleaned[name], None)
        return cleaned

    def segment(self, place: int) -> str:
        """Of the sibling at a place, counted from 0."""
        values = self.cleaned_data
        number = values["start"] + place * values["step"]
        return f"{values['front']}{number}{values['suffix']}"


@dataclass(frozen=True)
class Change:
    unit: Unit
    segment: str

    @property
    def is_real(self) -> bool:
        return self.unit.segment != self.segment


@dataclass(frozen=True)
class Plan:
    rows: list[Unit]
    changes: list[Change]
    collisions: list[str]

    @property
    def token(self) -> str:
        return recording.token(
            [(row.pk, row.segment) for row in self.rows],
            [(change.unit.pk, change.segment) for change in self.changes],
        )


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, administered: Any) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    siblings = read(asked)
    pattern = Pattern(asked if "start" in asked else None)
    if request.method == "POST" and pattern.is_valid():
        return _confirmed(request, administered, siblings, pattern)
    return _show(request, administered, siblings, pattern)


def plan(siblings: Siblings, pattern: Pattern, rows: list[Unit]) -> Plan:
    """``rows``: all siblings, in their order."""
    chosen = [row for row in rows if not siblings.chosen or row.pk in siblings.chosen]
    changes = [Change(row, pattern.segment(place)) for place, row in enumerate(chosen)]
    return Plan(rows, [change for change in changes if change.is_real], _collisions(rows, changes))


def _collisions(rows: list[Unit], changes: list[Change]) -> list[str]:
    """Siblings that would be called alike: a warning, for an archive may have them so."""
    renamed = {change.unit.pk: change.segment for change in changes}
    called = [(row, renamed.get(row.pk, row.segment)) for row in rows]
    keys = Counter(text.natural_key(segment) for _row, segment in called if segment)
    alike = [
        (row, segment) for row, segment in called if segment and keys[text.natural_key(segment)] > 1
    ]
    return [f"{segment}: {row.title}" for row, segment in alike]


def _confirmed(
    request: HttpRequest, administered: Any, siblings: Siblings, pattern: Pattern
) -> HttpResponse:
    with transaction.atomic():
        planned = plan(siblings, pattern, siblings.lock())
        units = [change.unit for change in planned.changes]
        changed = planned.token != request.POST.get("token")
        if not (changed or forbidden(administered, request, units)):
            act = recording.start(request, ActKind.RENUMBER, _summary(siblings, planned))
            with act.recording():
                apply(planned, recording.reason(request))
            recording.tell(request, act)
            return HttpResponseRedirect(siblings.address)
    return _show(request, administered, siblings, pattern, changed)


def apply(planned: Plan, reason: str) -> None:
    for change in planned.changes:
        change.unit.segment = change.segment
        change.unit.segment_key = text.natural_key(change.segment)[:200]
    units = [change.unit for change in planned.changes]
    change_together(units, ["segment", "segment_key"], reason)


def _summary(siblings: Siblings, planned: Plan) -> str:
    first, last = planned.changes[0], planned.changes[-1]
    words = gettext("%(number)d units under “%(parent)s” renumbered, %(first)s to %(last)s")
    return words % {
        "number": len(planned.changes),
        "parent": siblings.name,
        "first": first.segment,
        "last": last.segment,
    }


def _traced(siblings: Siblings, planned: Plan) -> Consequences:
    if siblings.parent is not None:
        attach_ancestors([siblings.parent])
    above = consequences.above_of(siblings.parent, siblings.repository)
    segments = {change.unit.pk: change.segment for change in planned.changes}
    return consequences.trace(siblings.scope, dict.fromkeys(segments, (above, above)), segments)


def _show(
    request: HttpRequest,
    administered: Any,
    siblings: Siblings,
    pattern: Pattern,
    changed: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        **administered.admin_site.each_context(request),
        "title": gettext("Renumber the children of “%(parent)s”") % {"parent": siblings.name},
        "opts": administered.opts,
        "siblings": siblings,
        "pattern": pattern,
        "changed": recording.changed_meanwhile() if changed else "",
        "reason": recording.reason(request),
    }
    if pattern.is_bound and pattern.is_valid():
        context |= _preview(request, administered, siblings, pattern)
    status = 409 if request.method == "POST" and pattern.is_valid() else 200
    return render(request, "admin/catalogue/tree/renumber.html", context, status=status)


def _preview(
    request: HttpRequest, administered: Any, siblings: Siblings, pattern: Pattern
) -> dict[str, Any]:
    planned = plan(siblings, pattern, siblings.rows())
    traced = _traced(siblings, planned)
    witnesses = [
        row for row in consequences.witnesses_in(siblings.scope) if row.unit_id in traced.references
    ]
    units = [change.unit for change in planned.changes]
    return {
        "plan": planned,
        "shown": planned.changes[:SHOWN],
        "unnamed": max(0, len(planned.changes) - SHOWN),
        "collisions": planned.collisions[:NAMED],
        "more_collisions": max(0, len(planned.collisions) - NAMED),
        "changes": traced,
        "named": witnesses[: consequences.NAMED],
        "unnamed_witnesses": max(0, len(witnesses) - consequences.NAMED),
        "barred": forbidden(administered, request, units),
    }
