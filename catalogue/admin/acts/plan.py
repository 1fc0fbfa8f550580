"""What is about to be done: kept with the session between the pages, never in a form.

A selection may be of thousands. The browser holds a short name of it; the keys of the records, the
versions that were previewed and the values that were typed stay on the server.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from catalogue.acts.changing import MOST, Instruction, May, Survey
from catalogue.acts.editing import Editing, Step
from catalogue.acts.replacing import Replacing
from catalogue.acts.sheets import Sheet
from catalogue.admin import transitions
from catalogue.admin.forms import is_key
from catalogue.models import Unit

SESSION = "acts"
KEPT = 3  # plans of one session: the oldest gives way


@dataclass
class Plan:
    """``kind`` is one of ActKind; the instruction is as JSON holds it."""

    model: str
    selection: list[int]
    scope: str
    kind: str = ""
    instruction: dict[str, Any] = field(default_factory=dict)
    changed: list[list[int]] = field(default_factory=list)
    refused: list[list[int]] = field(default_factory=list)
    untouched: int = 0
    back: str = ""

    def take(self, kind: str, instruction: dict[str, Any], survey: Survey) -> None:
        self.kind, self.instruction = kind, instruction
        self.changed = [list(pair) for pair in survey.changed.items()]
        self.refused = [list(pair) for pair in survey.refused.items()]
        self.untouched = survey.untouched


def address(model: type[Model], name: str) -> str:
    return reverse(f"admin:catalogue_{model._meta.model_name}_{name}")


def may_change_many(administered: Any, request: HttpRequest) -> bool:
    return bool(
        administered.has_change_permission(request)
        and request.user.has_perm("catalogue.change_many_records")
    )


def require(administered: Any, request: HttpRequest) -> None:
    if not may_change_many(administered, request):
        transitions.deny(request.user, "change many of", administered.model)


def may(request: HttpRequest) -> May:
    """Whether this person may change a record."""
    return lambda record: transitions.may_change(request.user, record)


def begin(
    administered: Any, request: HttpRequest, queryset: QuerySet[Any], name: str
) -> HttpResponse:
    """Keep a selection and go to a page with it."""
    require(administered, request)
    keys = list(
        queryset.order_by(*(administered.opts.ordering or ("pk",))).values_list("pk", flat=True)[
            : MOST + 1
        ]
    )
    if len(keys) > MOST:
        words = gettext("At most %(number)d records can be changed at once. Narrow the list.")
        administered.message_user(request, words % {"number": MOST}, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())
    made = _plan(administered.model, list(dict.fromkeys(keys)), "")
    return HttpResponseRedirect(f"{address(administered.model, name)}?plan={keep(request, made)}")


def _plan(model: type[Model], keys: list[int], scope: str) -> Plan:
    if not scope:
        words = ngettext("%(number)d selected record", "%(number)d selected records", len(keys))
        scope = words % {"number": len(keys)}
    return Plan(str(model._meta.model_name), keys, scope)


def keep(request: HttpRequest, made: Plan, name: str = "") -> str:
    """Store a plan; returns the name by which the pages know it."""
    name = name or secrets.token_urlsafe(9)
    plans = dict(request.session.get(SESSION, {}))
    plans.pop(name, None)
    plans[name] = asdict(made)
    request.session[SESSION] = dict(list(plans.items())[-KEPT:])
    return name


def forget(request: HttpRequest, name: str) -> None:
    plans = dict(request.session.get(SESSION, {}))
    plans.pop(name, None)
    request.session[SESSION] = plans


def current(administered: Any, request: HttpRequest) -> tuple[str, Plan]:
    """The plan that the address names: kept earlier, or a whole subtree, or all records.

    Raises Http404 where there is none: another session, or too long ago.
    """
    require(administered, request)
    model = administered.model
    name = request.GET.get("plan", "")
    stored = request.session.get(SESSION, {}).get(name)
    if stored is not None and stored["model"] == model._meta.model_name:
        return name, Plan(**stored)
    if model is Unit and is_key(top := request.GET.get("subtree", "")):
        unit = Unit.objects.filter(pk=top).first()
        if unit is None:
            raise Http404
        rows = Unit.objects.filter(path__gte=unit.path, path__lt=f"{unit.path[:-1]}0")
        words = gettext("“%(unit)s” and all that stands under it")
        made = _bounded(rows.order_by("path"), words % {"unit": unit})
        made.back = reverse("admin:catalogue_unit_change", args=[unit.pk])
        return "", made
    if "all" in request.GET:
        words = gettext("all %(kind)s") % {"kind": model._meta.verbose_name_plural}
        return "", _bounded(model._base_manager.order_by("pk"), words)
    raise Http404


def _bounded(rows: QuerySet[Any], scope: str) -> Plan:
    keys = list(rows.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise PermissionDenied(
            gettext("At most %(number)d records can be changed at once.") % {"number": MOST}
        )
    return _plan(rows.model, keys, scope)


def instruction_of(model: type[Model], made: Plan) -> Instruction:
    """The instruction again, as it was given."""
    given = made.instruction
    if "steps" in given:
        return Editing(tuple(Step(**step) for step in given["steps"]))
    if "found" in given:
        return Replacing(model, **{**given, "names": tuple(given["names"])})
    return Sheet(model, {int(key): values for key, values in given["wanted"].items()})


def show(
    request: HttpRequest, administered: Any, template: str, made: Plan, context: dict[str, Any]
) -> HttpResponse:
    """A page about a plan."""
    form = context.get("form")
    full = {
        **administered.admin_site.each_context(request),
        **context,
        "opts": administered.opts,
        "scope": made.scope,
        "number": len(made.selection),
        "back": made.back or address(administered.model, "changelist"),
        "media": administered.media + form.media if form is not None else administered.media,
    }
    return render(request, f"admin/catalogue/acts/{template}.html", full)
