"""Drafts, publication and withdrawal: in words, as filters, and as actions on lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models.statement import Assertion, Standing
from catalogue.models.visibility import ALWAYS, Publishable, State, today

# What keeps a record from the public, of itself and of what it stands under.
ITSELF = {
    State.DRAFT: _("it is a draft."),
    State.PROPOSED: _("it is proposed, and not yet published."),
    State.WITHDRAWN: _("it has been withdrawn."),
}
ABOVE = {
    State.DRAFT: _("its %(kind)s “%(record)s” is a draft."),
    State.PROPOSED: _("its %(kind)s “%(record)s” is only proposed for publication."),
    State.WITHDRAWN: _("its %(kind)s “%(record)s” has been withdrawn."),
}


def in_words(record: Publishable) -> str:
    """Whether the public sees a record, and if not, what is in the way."""
    hidden = hindrance(record)
    if hidden:
        return gettext("Not public: %(hindrance)s") % {"hindrance": hidden}
    day = max(above.public_from or ALWAYS for above in (record, *_ends(record)))
    if day == ALWAYS:
        return gettext("Public")
    written = formats.date_format(day)
    if day > today():
        return gettext("Not public before %(day)s (embargo)") % {"day": written}
    return gettext("Public since %(day)s") % {"day": written}


def hindrance(record: Publishable) -> str:
    """Why a record is not public for want of a decision: its own state, or a record above it."""
    if record.state != State.PUBLISHED:
        return str(ITSELF[State(record.state)])
    if isinstance(record, Assertion) and record.standing == Standing.PROPOSED:
        return gettext("it is only proposed.")
    for above in (*_gates(record), *_ends(record)):
        if blocked := shut_above(above):
            words = str(ABOVE[State(blocked.state)])
            return words % {"kind": blocked._meta.verbose_name, "record": str(blocked)}
    return ""


def shut_above(record: Publishable) -> Publishable | None:
    """The topmost record, at or above this one, that is not published; None if all are."""
    if record.public_from is not None:
        return None
    for above in _gates(record):
        if blocked := shut_above(above):
            return blocked
    return record if record.state != State.PUBLISHED else None


def _gates(record: Publishable) -> list[Publishable]:
    """What a record stands under."""
    return [above for name in record.gates if (above := getattr(record, name)) is not None]


def _ends(record: Publishable) -> list[Publishable]:
    """What a statement speaks of: it is public only where all of that is."""
    names = record.ends if isinstance(record, Assertion) else ()
    return [end for name in names if (end := getattr(record, name)) is not None]


def in_brief(record: Publishable) -> str:
    """For a column of a list: no query is made where the ends of statements are at hand."""
    if record.state != State.PUBLISHED:
        return str(record.get_state_display())
    if isinstance(record, Assertion) and record.standing == Standing.PROPOSED:
        return gettext("only proposed")
    days = [above.public_from for above in (record, *_ends(record))]
    if None in days:
        return gettext("hidden: what it stands under is not public")
    if any(day is not None and day > today() for day in days):
        return gettext("under embargo")
    return gettext("public")


class VisibilityFilter(admin.SimpleListFilter):
    """By what the public sees, which the state alone does not tell."""

    title = _("public view")
    parameter_name = "visibility"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("public", _("public now")),
            ("embargo", _("under embargo")),
            ("hidden", _("published, but hidden by what it stands under")),
            ("never", _("draft or withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        public = queryset.model._default_manager.public().values("pk")
        embargo = Q(state=State.PUBLISHED, public_from__gt=today())
        conditions = {
            "public": Q(pk__in=public),
            "embargo": embargo,
            "hidden": Q(state=State.PUBLISHED) & ~Q(pk__in=public) & ~embargo,
            "never": ~Q(state=State.PUBLISHED),
        }
        condition = conditions.get(self.value() or "")
        return queryset if condition is None else queryset.filter(condition)
