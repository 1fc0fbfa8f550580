"""What was typed into a form whose sending is refused, on a page from which it can be taken.

The session is over, or the form's token is not that of the browser any more. With JavaScript the
form itself offers the text again (keep.js); this page is for everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.views.csrf import csrf_failure

_MANAGEMENT = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS", "-id")


@dataclass(frozen=True)
class Typed:
    """One field of the form, as the form calls it, and its text, `rows` high."""

    label: str
    text: str
    rows: int


def keep_posted_text(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: show the text of a form that is sent after its session has ended.

    It stands after the middleware for forged requests, and before the one that asks to sign in.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: HttpRequest, *arguments: Any) -> HttpResponse | None:
        if is_form(request) and not admin.site.has_permission(request):
            return show(request, is_signed_out=True)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without the right token; one sent from a page of ours keeps its text."""
    own = f"{request.scheme}://{request.get_host()}"
    if is_form(request) and request.headers.get("Origin", own) == own:
        return show(request, is_signed_out=False)
    return csrf_failure(request, reason)


def is_form(request: HttpRequest) -> bool:
    """Whether the form of a record is being sent."""
    match = request.resolver_match
    is_of_admin = match is not None and match.app_name == "admin"
    name = (match.url_name or "") if match else ""
    return request.method == "POST" and is_of_admin and name.endswith(("_add", "_change"))


def typed(request: HttpRequest) -> list[Typed]:
    """The fields that hold something, in the order of the form."""
    model = model_of(request)
    found = []
    for name, values in request.POST.lists():
        is_hidden = name.startswith("_") or name == "csrfmiddlewaretoken" or "password" in name
        text = "\n".join(values)
        if text and not is_hidden and not name.endswith(_MANAGEMENT) and "__prefix__" not in name:
            found.append(
                Typed(label(model, name), text, min(12, 1 + text.count("\n") + len(text) // 90))
            )
    return found


def model_of(request: HttpRequest) -> Any:
    """The model whose form was sent: its name stands in the name of the address."""
    match = request.resolver_match
    parts = (match.url_name or "").split("_") if match else []
    return apps.get_model(parts[0], parts[1]) if len(parts) == 3 else None


def label(model: Any, name: str) -> str:
    """What the form calls a field: "locator", or "evidence 1: locator" for a row of it."""
    rows, _, field = name.rpartition("-")
    prefix, _, number = rows.rpartition("-")
    try:
        if not rows:
            return str(capfirst(model._meta.get_field(name).verbose_name))
        row = model._meta.get_field(prefix).related_model
        words = row._meta.get_field(field).verbose_name
        return f"{capfirst(row._meta.verbose_name)} {int(number) + 1}: {words}"
    except (FieldDoesNotExist, AttributeError, ValueError):
        return name  # not of the model: the reason for the change, or what somebody made up


def show(request: HttpRequest, is_signed_out: bool) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "typed": typed(request),
        "is_nav_sidebar_enabled": False,
        "is_signed_out": is_signed_out,
        "again": request.get_full_path(),
    }
    page = TemplateResponse(request, "admin/catalogue/entry/kept.html", context, status=403)
    page.headers["Cache-Control"] = "no-store"
    return page.render()
