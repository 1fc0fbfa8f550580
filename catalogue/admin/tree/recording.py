"""What the pages that change the tree have in common: what was shown, and the act that follows."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext

from catalogue.admin.panels import page
from catalogue.models import Act

REASON = 500  # characters


def token(*facts: Any) -> str:
    """Stands for all that a preview was made from: it comes back with the confirmation."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def changed_meanwhile() -> str:
    return gettext(
        "Somebody has changed the tree since this preview was made. Nothing was moved. Look at the"
        " preview as it is now, and confirm it again."
    )


def reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:REASON]


def start(request: HttpRequest, kind: str, summary: str) -> Act:
    user: Any = request.user
    return Act.objects.create(kind=kind, summary=summary, reason=reason(request), user=user)


def tell(request: HttpRequest, act: Act) -> None:
    """What was done, and the way to take it back."""
    link = page(Act, "change", act.pk)
    words = format_html('{} <a href="{}">{}</a>', f"{act.summary}.", link, gettext("Undo…"))
    messages.success(request, words)
