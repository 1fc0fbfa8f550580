"""Locks on signing in: after five failures, for a time that doubles with every five more.

The counting is django-axes'. It is called by name from the settings.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.models import AccessFailureLog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
REMEMBERED = timedelta(days=1)


def duration(request: HttpRequest) -> timedelta:
    """How long the next lock on the name given lasts: 1, 2, 4 ... minutes, four hours at most.

    Counted are the failures of a day, whether or not a lock or a success came between.
    """
    name = request.POST.get("username", "")[:255].replace("\0", "")
    since = timezone.now() - REMEMBERED
    failures = AccessFailureLog.objects.filter(username=name, attempt_time__gt=since).count() + 1
    doublings = max(failures // settings.AXES_FAILURE_LIMIT - 1, 0)
    longer: int = 2 ** min(doublings, 16)
    return min(FIRST * longer, LONGEST)


def address(request: HttpRequest) -> str | None:
    """The visitor's address. ``PROXY_COUNT`` proxies stand before the site: so many entries at
    the end of X-Forwarded-For are theirs to write, and what a visitor wrote before is not heard."""
    if settings.PROXY_COUNT:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        if len(forwarded) >= settings.PROXY_COUNT:
            return forwarded[-settings.PROXY_COUNT].strip() or None
    return request.META.get("REMOTE_ADDR") or None


def locked_out(request: HttpRequest, credentials: Any = None, *_rest: Any) -> HttpResponse:
    """Answer 429: nothing says whether the name or the password was right."""
    return render(request, "admin/catalogue/locked_out.html", status=429)
