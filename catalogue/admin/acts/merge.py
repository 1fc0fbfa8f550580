"""Two records side by side, and one made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from catalogue.acts import merging
from catalogue.acts.merging import BOTH, KEEP, OTHER, Choice
from catalogue.admin import panels, refusals, transitions
from catalogue.admin.acts import plan
from catalogue.admin.forms import is_key
from catalogue.models.act import Act
from catalogue.models.fields import validate_characters

WORDS = {KEEP: _("the first"), OTHER: _("the second"), BOTH: _("both")}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    choice: Choice
    options: tuple[Option, ...]


def may_merge(administered: Any, request: HttpRequest) -> bool:
    return bool(
        administered.has_change_permission(request)
        and request.user.has_perm("catalogue.merge_records")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, administered: Any) -> HttpResponse:
    """``?keep=…&merge=…``. What cannot be done is said, and where."""
    if not may_merge(administered, request):
        transitions.deny(request.user, "merge", administered.model)
    keep, other = (_record(administered, request, name) for name in ("keep", "merge"))
    for record in (keep, other):
        if not transitions.may_change(request.user, record):
            transitions.deny(request.user, "merge", record)
    chosen = {
        name.removeprefix("choose-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("choose-")
    }
    if request.method == "POST" and "apply" in request.POST:
        if answer := _merge(request, administered, keep, other, chosen):
            return answer
        keep.refresh_from_db()
        other.refresh_from_db()
    return _side_by_side(request, administered, keep, other, chosen)


def _record(administered: Any, request: HttpRequest, name: str) -> Any:
    key = request.GET.get(name, "")
    record = administered.model._base_manager.filter(pk=key).first() if is_key(key) else None
    if record is None:
        raise Http404
    return record


def _merge(
    request: HttpRequest, administered: Any, keep: Any, other: Any, chosen: dict[str, str]
) -> HttpResponse | None:
    """The way to the act; None where it was refused, which has been said."""
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        validate_characters(reason)
        seen = request.POST.get("seen", "-")
        act = merging.merge(keep, other, chosen, request.user, reason=reason, seen=seen)
    except refusals.REFUSED as error:
        administered.message_user(request, refusals.in_words(error), messages.ERROR)
        return None
    administered.message_user(
        request, gettext("They are one now. It can be taken back here."), messages.SUCCESS
    )
    return HttpResponseRedirect(panels.page(Act, "change", act.pk))


def _side_by_side(
    request: HttpRequest, administered: Any, keep: Any, other: Any, chosen: dict[str, str]
) -> HttpResponse:
    seen = merging.token(keep, other)
    choices = merging.choices(keep, other) if type(keep) is type(other) else []
    refused = merging.refusals(keep, other)
    carried: list[tuple[str, int]] = []
    if not refused:
        try:
            rows = administered.model._base_manager
            tried = rows.get(pk=keep.pk), rows.get(pk=other.pk)
            carried = sorted(merging.rehearse(*tried, chosen, request.user).items())
        except refusals.REFUSED as error:
            refused = [refusals.in_words(error)]
    compared = [_row(choice, chosen) for choice in choices]
    link = plan.address(administered.model, "merge")
    context = {
        **administered.admin_site.each_context(request),
        "title": gettext("Merge two into one"),
        "opts": administered.opts,
        "keep": panels.entry(keep, administered.label(keep)),
        "other": panels.entry(other, administered.label(other)),
        "conflicts": [row for row in compared if row.choice.is_conflict],
        "agreed": [row for row in compared if not row.choice.is_conflict],
        "refused": refused,
        "carried": carried,
        "seen": seen,
        "reason": request.POST.get("reason", ""),
        "turned": f"{link}?keep={other.pk}&merge={keep.pk}",
        "hidden_heir": getattr(other, "is_public", False) and not getattr(keep, "is_public", True),
    }
    return render(request, "admin/catalogue/acts/merge.html", context)


def _row(choice: Choice, chosen: dict[str, str]) -> Row:
    decided = chosen.get(choice.name, choice.default)
    options = (Option(value, str(WORDS[value]), value == decided) for value in choice.options)
    return Row(choice, tuple(options))
