"""The pages of the quality report, and of likely duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.admin import panels
from catalogue.admin.doubts import link_to
from catalogue.admin.forms import is_key
from catalogue.models import Unit
from catalogue.quality import duplicates
from catalogue.quality.check import MOST_COUNTED, Check
from catalogue.quality.report import CHECKS

PAGE = 50
LONGEST_KEY = 250

WALKED: dict[str, type[Model]] = {
    **{name: kind.model for name, kind in duplicates.KINDS.items()},
    "unit": Unit,
}


def addresses(site: AdminSite) -> list[Any]:
    """The addresses of these pages, for the site of the administration."""

    def page(route: str, view: Any, name: str) -> Any:
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = view(request, site, **kwargs)
            return response

        return path(route, site.admin_view(answer), name=name)

    return [
        page("quality/", report, "quality"),
        page("quality/<slug:code>/", one_check, "quality_check"),
        page("duplicates/", every_kind, "duplicates"),
        page("duplicates/<slug:kind>/", one_kind, "duplicates_of"),
    ]


def links(site: AdminSite, request: HttpRequest) -> list[panels.Link]:
    """For the first page of the administration."""
    found = []
    if any(may_see(site, request, check) for check in CHECKS.values()):
        found.append(panels.Link(gettext("Quality report"), reverse("admin:quality")))
    if any(_may_view(site, request, model) for model in WALKED.values()):
        found.append(panels.Link(gettext("Likely duplicates"), reverse("admin:duplicates")))
    return found


def _may_view(site: AdminSite, request: HttpRequest, model: type[Model]) -> bool:
    return bool(site.get_model_admin(model).has_view_permission(request))


def may_see(site: AdminSite, request: HttpRequest, check: Check) -> bool:
    return _may_view(site, request, check.rows().model)


def in_words(count: int) -> str:
    """A count that goes no further than ``MOST_COUNTED``."""
    if count > MOST_COUNTED:
        return gettext("more than %(number)d") % {"number": MOST_COUNTED}
    return str(count)


@dataclass(frozen=True)
class Counted:
    check: Check
    number: str
    url: str


def report(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Every check with its count: what is to be mended above, what is in order below."""
    seen = [check for check in CHECKS.values() if may_see(site, request, check)]
    if not seen:
        raise PermissionDenied
    counted = [(check, check.count()) for check in seen]
    context = {
        **site.each_context(request),
        "title": gettext("Quality report"),
        "found": [
            Counted(check, in_words(count), reverse("admin:quality_check", args=[check.code]))
            for check, count in counted
            if count
        ],
        "in_order": [check for check, count in counted if not count],
        "duplicates": links(site, request)[1:],
    }
    return TemplateResponse(request, "admin/catalogue/quality/report.html", context)


def one_check(request: HttpRequest, site: AdminSite, code: str) -> HttpResponse:
    """The rows that one check finds, a page at a time, each a link to its form."""
    check = CHECKS.get(code)
    if check is None:
        raise Http404
    if not may_see(site, request, check):
        raise PermissionDenied
    given = request.GET.get("after", "")
    after = int(given) if is_key(given) else 0
    rows = check.page(after, PAGE + 1)
    shown: list[Any] = site.get_model_admin(check.rows().model).prepare(rows[:PAGE])  # type: ignore[attr-defined]  # a RecordAdmin
    context = {
        **site.each_context(request),
        "title": str(check.title),
        "check": check,
        "number": in_words(check.count()),
        "rows": [link for row in shown for link in link_to(row, site)],
        "first": "?" if after else "",
        "next": f"?after={shown[-1].pk}" if len(rows) > PAGE else "",
    }
    return TemplateResponse(request, "admin/catalogue/quality/check.html", context)


def every_kind(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """To the first kind that the person may see."""
    for name, model in WALKED.items():
        if _may_view(site, request, model):
            return HttpResponseRedirect(reverse("admin:duplicates_of", args=[name]))
    raise PermissionDenied


@dataclass(frozen=True)
class ShownPair:
    pair: duplicates.Pair
    keep: panels.Link
    other: panels.Link
    merge: str


def one_kind(request: HttpRequest, site: AdminSite, kind: str) -> HttpResponse:
    """The next likely pairs of one kind; told apart by POST."""
    model: Any = WALKED.get(kind)
    if model is None:
        raise Http404
    if not _may_view(site, request, model):
        raise PermissionDenied
    if request.method == "POST":
        return _tell_apart(request, site, model)
    after = request.GET.get("after", "")[:LONGEST_KEY].replace("\0", "")
    found = duplicates.look(kind, after)
    administered: Any = site.get_model_admin(model)
    both = [record for pair in found.pairs for record in (pair.keep, pair.merge)]
    administered.prepare(both)
    context = {
        **site.each_context(request),
        "title": gettext("Likely duplicates: %(kind)s") % {"kind": model._meta.verbose_name_plural},
        "kinds": [
            (capfirst(str(each._meta.verbose_name_plural)), key, key == kind)
            for key, each in WALKED.items()
            if _may_view(site, request, each)
        ],
        "pairs": [_shown(pair, administered) for pair in found.pairs],
        "may_change": administered.has_change_permission(request),
        "first": "?" if after else "",
        "next": f"?{urlencode({'after': found.after})}" if found.after else "",
    }
    return TemplateResponse(request, "admin/catalogue/quality/duplicates.html", context)


def _shown(pair: duplicates.Pair, administered: Any) -> ShownPair:
    def link(record: Any) -> panels.Link:
        address = panels.page(type(record), "change", record.pk)
        return panels.Link(administered.label(record), address)

    return ShownPair(pair, link(pair.keep), link(pair.merge), _merge_page(pair))


def _merge_page(pair: duplicates.Pair) -> str:
    """Where two records are made one, if records of this kind can be."""
    try:
        return panels.page(type(pair.keep), "merge", keep=pair.keep.pk, merge=pair.merge.pk)
    except NoReverseMatch:
        return ""


def _tell_apart(request: HttpRequest, site: AdminSite, model: Any) -> HttpResponse:
    administered: Any = site.get_model_admin(model)
    if not administered.has_change_permission(request):
        raise PermissionDenied
    keys = [request.POST.get(name, "") for name in ("keep", "merge")]
    records = model.objects.in_bulk([int(key) for key in keys if is_key(key)])
    if len(records) != 2:
        raise Http404
    one, other = records.values()
    duplicates.tell_apart(one, other, request.user.get_username())
    said = gettext("“%(one)s” and “%(other)s” will not be named as one again.")
    administered.message_user(request, said % {"one": one, "other": other}, messages.SUCCESS)
    return HttpResponseRedirect(request.get_full_path())
