"""Two people at one record: whoever saves second is told, sees both versions, and loses nothing.

Each form carries the version that it was made from (``catalogue.models.versions``). When it comes
back, the record is locked and compared before anything is written.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext

from catalogue.admin import merging
from catalogue.models import versions
from catalogue.models.versions import Version

VERSION = "_version"
LISTED = "_listed"  # with the key of a row: its version in a list
ASKED, CHOICE, THEIRS, OPENED = "_asked", "_choice:", "_theirs:", "_opened"
TOLD = 5  # changes of others that are named one by one


def row_models(administered: Any, request: HttpRequest, record: Any) -> tuple[Any, ...]:
    """The models of the rows in a record's form."""
    return tuple(inline.model for inline in administered.get_inlines(request, record))


def token(administered: Any, request: HttpRequest, key: str) -> str:
    """The version to send with a form. To be asked for before the record is read."""
    record = administered.model(pk=int(key))
    return versions.token(record, *row_models(administered, request, record))


def told(changes: list[Any]) -> list[str]:
    """Who changed a record, when and why; the newest first, each person's saves as one."""
    lines = []
    for row in changes:
        when = date_format(localtime(row.history_date), "DATETIME_FORMAT")
        who = row.history_user_name or gettext("a command")
        words = gettext("%(who)s, %(when)s") % {"who": who, "when": when}
        reason = row.history_change_reason
        line = f"{words}: {reason}" if reason else words
        if line not in lines:
            lines.append(line)
    return lines[:TOLD]


def changed_meanwhile(administered: Any, request: HttpRequest, record: Any, given: str) -> str:
    """Within a transaction: a sentence if the record is no longer what a form was made from.

    Locks the record. Empty if all is as it was.
    """
    rows = row_models(administered, request, record)
    versions.lock(record, *rows)
    since = versions.read(given)
    if since == versions.version(record, *rows):
        return ""
    lines = told(versions.later(record, since, *rows))
    words = gettext(
        "“%(record)s” was changed by somebody else while you were looking at it (%(who)s). Nothing"
        " was done. Look at it as it is now, and decide again."
    )
    return words % {"record": record, "who": "; ".join(lines)}


def settle(administered: Any, request: HttpRequest, key: str) -> HttpResponse | None:
    """Within the transaction of a save: the page that asks, or None where nothing is in the way."""
    request.POST = _with_choices(request.POST)  # type: ignore[assignment]  # a QueryDict as well
    record = administered.get_object(request, key)
    if record is None:
        return _gone(administered, request, key)
    rows = row_models(administered, request, record)
    versions.lock(record, *rows)
    since = versions.read(request.POST.get(VERSION, ""))
    current = versions.version(record, *rows)
    if since == current:
        return None
    if not administered.has_change_permission(request, record):
        if since is None or not administered.has_change_permission(request):
            return None  # and Django refuses it
        return _shut(administered, request, record, versions.later(record, since, *rows))
    record.refresh_from_db()
    merged = _merge(administered, request, record, since)
    data = request.POST.copy()
    data[VERSION] = str(current)
    if not merged.by_others:
        request.POST = data  # type: ignore[assignment]  # what others saved changes nothing here
        return None
    hidden = {name: data.getlist(name) for name in data if name != "csrfmiddlewaretoken"}
    context = {
        "title": gettext("Changed by somebody else"),
        "changes": told(versions.later(record, since, *rows)),
        "differences": merged.differences,
        "asked": [one for one in merged.differences if one.asked],
        "hidden": _pairs(hidden | merged.data),
        "opened": request.POST.get(VERSION, ""),
        "known": versions.former(record, since) is not None,
        "unanswered": OPENED in request.POST,
    }
    return _page(administered, request, record, "conflict.html", context)


def _pairs(data: merging.Sent) -> list[tuple[str, str]]:
    return [(name, value) for name, values in data.items() for value in values]


def _with_choices(posted: Any) -> QueryDict:
    """What was sent, with the answers to what was asked put in their places.

    An answer that is missing is asked for again.
    """
    data: QueryDict = posted.copy()
    for name in posted.getlist(ASKED):
        answer = posted.get(CHOICE + name)
        if answer == "theirs":
            data.setlist(name, posted.getlist(THEIRS + name))
            if not data.getlist(name):
                del data[name]
        elif answer != "yours":
            data[VERSION] = posted.get(OPENED, "")
    unanswered = data.get(VERSION) != posted.get(VERSION)
    for name in list(data):
        is_answered = name == OPENED and not unanswered
        if name == ASKED or name.startswith((CHOICE, THEIRS)) or is_answered:
            del data[name]
    return data


def _merge(administered: Any, request: HttpRequest, record: Any, since: Version | None) -> Any:
    """The whole form: its own fields, and the rows of each inline."""
    fields = flatten_fieldsets(administered.get_fieldsets(request, record))
    form = administered.get_form(request, record, change=True, fields=fields)
    row = versions.former(record, since)
    before = form(instance=row.instance) if row is not None else None
    if before is not None:
        for many in record._meta.many_to_many:
            tracked = getattr(row, many.name, None)
            if tracked is not None:
                before.initial[many.name] = list(tracked.values_list(_column(many), flat=True))
    yours = merging.values_of(request.POST, "")
    merged = merging.merge_fields(yours, form(instance=record), before, "")
    merged.data = {name: merged.data[name] for name in merged.data if name in form.base_fields}
    for rows in _formsets(administered, request, record, since):
        if f"{rows.prefix}-TOTAL_FORMS" in request.POST:
            found = merging.merge_rows(rows)
            # The rows are numbered anew: what stood under the old numbers goes.
            old = [name for name in request.POST if name.startswith(f"{rows.prefix}-")]
            kept = {name: request.POST.getlist(name) for name in old if name.endswith("_NUM_FORMS")}
            merged.data |= {name: [] for name in old} | kept | found.data
            merged.differences += found.differences
    return merged


def _column(many: Any) -> str:
    return str(many.m2m_reverse_field_name())


def _formsets(administered: Any, request: HttpRequest, record: Any, since: Version | None) -> Any:
    """The rows of each inline as they are now, with those that were opened."""
    prefixes: dict[str, int] = {}
    models = row_models(administered, request, record)
    for formset, inline in administered.get_formsets_with_inlines(request, record):
        prefix = formset.get_default_prefix()
        prefixes[prefix] = prefixes.get(prefix, 0) + 1
        if prefixes[prefix] != 1:
            prefix = f"{prefix}-{prefixes[prefix]}"
        now = formset(instance=record, prefix=prefix, queryset=inline.get_queryset(request))
        place = models.index(inline.model)
        before = versions.former_rows(record, since, place, inline.model)
        yield merging.Rows(now, request.POST, before)


def _gone(administered: Any, request: HttpRequest, key: str) -> HttpResponse | None:
    """Somebody has deleted the record: what was typed is shown, so that it can be used."""
    record = administered.model(pk=int(key))
    history = versions.later(record, None)
    if not history:
        return None
    context = {
        "title": gettext("Deleted by somebody else"),
        "deleted": True,
        "changes": told(history[:1]),
        "typed": _typed(administered, request, None),
    }
    return _page(administered, request, None, "too_late.html", context)


def _shut(administered: Any, request: HttpRequest, record: Any, changes: list[Any]) -> HttpResponse:
    """It was published meanwhile, and who typed may not change what is published."""
    context = {
        "title": gettext("Published by somebody else"),
        "changes": told(changes),
        "typed": _typed(administered, request, record),
    }
    return _page(administered, request, record, "too_late.html", context)


def _typed(administered: Any, request: HttpRequest, record: Any) -> list[tuple[str, str]]:
    """All that was sent and is not empty, with the names of the fields."""
    form = administered.get_form(request, None)
    found = [
        (str(field.label or name), merging.in_words(field, request.POST.getlist(name)))
        for name, field in form.base_fields.items()
        if any(request.POST.getlist(name))
    ]
    for inline in administered.get_inline_instances(request, record):
        formset = inline.get_formset(request, record)
        prefix = formset.get_default_prefix()
        kind = capfirst(str(inline.model._meta.verbose_name))
        for name in request.POST:
            field = formset.form.base_fields.get(name.rpartition("-")[2])
            if field is not None and name.startswith(f"{prefix}-") and request.POST[name]:
                words = merging.in_words(field, request.POST.getlist(name))
                found.append((f"{kind}: {field.label}", words))
    return found


def _page(
    administered: Any, request: HttpRequest, record: Any, template: str, context: dict[str, Any]
) -> HttpResponse:
    request.current_app = administered.admin_site.name
    return TemplateResponse(
        request,
        f"admin/catalogue/together/{template}",
        {
            **administered.admin_site.each_context(request),
            "opts": administered.opts,
            "original": record,
            "media": administered.media,
            "is_popup": "_popup" in request.POST,
            **context,
        },
        status=409,
    )


def with_version(box: str, key: Any, version: int) -> str:
    return format_html('{}<input type="hidden" name="{}:{}" value="{}">', box, LISTED, key, version)


def listed(request: HttpRequest) -> list[tuple[str, str]]:
    """The versions that a list has sent, for the page that asks once more."""
    return [(name, request.POST[name]) for name in request.POST if name.startswith(f"{LISTED}:")]


def changed_since_listed(request: HttpRequest, record: Any, name: str = "") -> str:
    """Within a transaction: a sentence if a record chosen in a list was changed since.

    Locks the record and reads it anew.
    """
    given = request.POST.get(f"{LISTED}:{name or record.pk}")
    versions.lock(record)
    try:
        record.refresh_from_db()
    except ObjectDoesNotExist:
        return gettext("Somebody else has deleted this.")
    since = versions.read(given) if given is not None else None
    if since is None or since == versions.version(record):
        return ""
    words = gettext("This was changed since you saw the list (%(who)s), and is left as it is.")
    return words % {"who": "; ".join(told(versions.later(record, since)))}
