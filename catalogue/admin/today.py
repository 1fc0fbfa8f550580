"""What colleagues changed on a day: by person, grouped by record, the latest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import CASCADE, Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.admin import panels, transitions
from catalogue.models import Act, Statement
from catalogue.models.visibility import Publishable

PAGE = 50
FARTHEST = 1000  # changes of one kind that are looked through
COUNTED = 100  # the first page counts no further


@dataclass
class Worked:
    """What one person did to one record on one day, its rows included."""

    who: str
    model: type[Model]
    key: int
    latest: Any  # a row of history
    changes: int = 0
    added: bool = False
    deleted: bool = False
    reasons: list[str] = field(default_factory=list)
    label: str = ""

    @property
    def kind(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def url(self) -> str:
        return "" if self.deleted else panels.page(self.model, "change", self.key)

    @property
    def history(self) -> str:
        return panels.page(self.model, "history", self.key)


def kinds(site: admin.AdminSite, request: HttpRequest) -> list[type[Model]]:
    """The models with a history that a person may see."""
    return [
        model
        for model in apps.get_app_config("catalogue").get_models()
        if hasattr(model, "history")
        and site.is_registered(model)
        and site.get_model_admin(model).has_view_permission(request)
    ]


def bounds(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The beginning of a day, and its end, in the time of the site."""
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
    return start, start + datetime.timedelta(days=1)


def changes_on(model: Any, day: datetime.date, who: str = "") -> Any:
    start, end = bounds(day)
    rows = model.history.filter(history_date__gte=start, history_date__lt=end)
    return rows.filter(history_user_name=who) if who else rows


def how_many(site: admin.AdminSite, request: HttpRequest) -> int:
    """Today's changes, counted no further than one more than ``COUNTED``, in one query."""
    day = timezone.localdate()
    rows = [changes_on(m, day).order_by().values_list("pk") for m in kinds(site, request)]
    return len(rows[0].union(*rows[1:], all=True)[: COUNTED + 1]) if rows else 0


def today(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """Records, and acts on many of them; of today, or of the day that the address names."""
    found = kinds(site, request)
    if not found:
        transitions.deny(request.user, "see what was changed in", Publishable)
    day = _day(request)
    who = request.GET.get("who", "")[:250]
    worked = sorted(_worked(found, day, who), key=lambda one: one.latest.history_date, reverse=True)
    first = {one.who: place for place, one in reversed(list(enumerate(worked)))}
    worked.sort(key=lambda one: first[one.who])
    page: Any = Paginator(worked, PAGE).get_page(request.GET.get("p"))
    _name(page.object_list, site, request)
    start, end = bounds(day)
    acts = Act.objects.filter(made__gte=start, made__lt=end)
    people = list(dict.fromkeys(one.who for one in worked))
    context = {
        **site.each_context(request),
        "title": gettext("What was changed"),
        "page": page,
        "day": day,
        "before": day - datetime.timedelta(days=1),
        "after": day + datetime.timedelta(days=1) if day < timezone.localdate() else None,
        "who": who,
        "people": people,
        "acts": acts.filter(user_name=who)[:PAGE] if who else acts[:PAGE],
    }
    return TemplateResponse(request, "admin/catalogue/together/today.html", context)


def _day(request: HttpRequest) -> datetime.date:
    try:
        given = parse_date(request.GET.get("day", ""))
    except ValueError:  # 31 February
        given = None
    last = timezone.localdate()
    return given if given and datetime.date(1900, 1, 1) < given <= last else last


def _worked(found: Iterable[Any], day: datetime.date, who: str) -> list[Worked]:
    """Each record that somebody worked on, without what an act did to many at once."""
    done: dict[tuple[str, Any, int], Worked] = {}
    for row, model, key in _changes(found, day, who):
        name = row.history_user_name
        one = done.setdefault((name, model, key), Worked(name, model, key, row))
        one.changes += 1
        if row.history_date > one.latest.history_date:
            one.latest = row
        if row._meta.model is model.history.model:
            one.added = one.added or row.history_type == "+"
            one.deleted = one.deleted or row.history_type == "-"
        reason = row.history_change_reason
        if reason and reason not in one.reasons:
            one.reasons.append(reason)
    return list(done.values())


def _changes(found: Iterable[Any], day: datetime.date, who: str) -> Iterator[tuple[Any, Any, int]]:
    """Rows of history, each with the record that it belongs to: a title to its document."""
    for model in found:
        rows = changes_on(model, day, who).filter(history_act=None).order_by("-history_id")
        rows = list(rows[:FARTHEST])
        owners = _owners(model)
        concrete = _concrete(rows) if Statement in {owner for _name, owner in owners} else {}
        for row in rows:
            above = [(owner, key) for name, owner in owners if (key := getattr(row, name))]
            if not above:
                yield row, model, getattr(row, model._meta.pk.attname)
            elif above[0][0] is Statement:
                yield row, concrete.get(above[0][1], model), above[0][1]
            else:
                yield row, *above[0]


def _owners(model: Any) -> list[tuple[str, Any]]:
    """The columns by which a row belongs to a record, with the models of those."""
    if issubclass(model, Publishable):
        return []
    fields = model._meta.concrete_fields
    return [
        (field.attname, field.related_model)
        for field in fields
        if field.many_to_one and field.remote_field.on_delete is CASCADE
    ]


def _concrete(rows: list[Any]) -> dict[int, Any]:
    """Of which kind the statements are that rows of evidence belong to."""
    keys = {row.statement_id for row in rows}
    kinds_of = Statement.objects.filter(pk__in=keys).values_list("pk", "kind")
    return {key: apps.get_model("catalogue", kind) for key, kind in kinds_of}


def _name(page: list[Worked], site: admin.AdminSite, request: HttpRequest) -> None:
    """Give the entries of one page their labels; each kind of record is fetched together."""
    for model in {one.model for one in page}:
        entries = [one for one in page if one.model is model]
        administered: Any = site.get_model_admin(model)
        rows = administered.get_queryset(request).filter(pk__in=[one.key for one in entries])
        labels = {r.pk: administered.label(r) for r in administered.prepare(list(rows.order_by()))}
        for one in entries:
            one.deleted = one.key not in labels
            one.label = labels.get(one.key) or _last_label(one)


def _last_label(one: Worked) -> str:
    """How a deleted record was called; it may be called after others that are deleted as well."""
    try:
        return str(one.latest.instance)
    except (ObjectDoesNotExist, AttributeError):
        return f"{one.kind} {one.key}"


def links(site: admin.AdminSite, request: HttpRequest) -> list[panels.Link]:
    """For the first page; none for those who may see no records."""
    if not kinds(site, request):
        return []
    number = how_many(site, request)
    said = gettext("more than %(number)d") % {"number": COUNTED} if number > COUNTED else number
    words = gettext("Changed today (%(number)s)") % {"number": said}
    return [panels.Link(words, reverse("admin:today"))]
