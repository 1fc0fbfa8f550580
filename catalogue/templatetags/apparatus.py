"""The small signs that stand hundreds of times on a page: names, marks, standing, voices."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()


@register.filter
def link(name: Any) -> SafeString:
    """A records.Named: its language where it is not the page's, a link where it has a page."""
    language = format_html(' lang="{}"', name.language) if name.language else ""
    if name.address:
        return format_html('<a href="{}"{}><bdi>{}</bdi></a>', name.address, language, name.text)
    return format_html("<bdi{}>{}</bdi>", language, name.text)


@register.filter
def linked(marks: Iterable[Any]) -> SafeString:
    """The marks of a statement, each a link to its note."""
    language = get_language()
    return format_html_join(
        "", "{}", ((_mark(mark.number, mark.against, language),) for mark in marks)
    )


@lru_cache(maxsize=4096)
def _mark(number: int, against: bool, language: str | None) -> SafeString:
    """``language`` is that of the reader: the same mark has another label in another."""
    label = gettext("note %(number)s, against it") if against else gettext("note %(number)s")
    return format_html(
        '<a class="mark{}" href="#note-{}" aria-label="{}">{}{}</a>',
        " against" if against else "",
        number,
        label % {"number": number},
        "≠" if against else "",
        number,
    )


@register.filter
def standing(cited: Any) -> SafeString:
    """How sure a statement is and how the catalogue regards it; nothing for what is certain and
    normal.
    """
    statement = cited.statement
    badges = []
    if cited.is_inferred:
        badges.append(("probable", gettext("inferred")))
    if statement.certainty not in ("certain", "unknown") and not (
        cited.is_inferred and statement.certainty == "probable"
    ):
        badges.append((statement.certainty, statement.get_certainty_display()))
    if statement.standing in ("deprecated", "superseded"):
        badges.append((statement.standing, statement.get_standing_display()))
    return format_html_join("", ' <span class="badge {}">{}</span>', badges)


@register.filter
def spoken(voices: Iterable[Any]) -> SafeString:
    """Who says so, and when; how sure it is that it was they, unless that is stated."""
    return format_html_join("; ", "{}{}{}", map(_voice, voices))


def _voice(voice: Any) -> tuple[str, str, str]:
    how = ""
    if voice.attribution and voice.name:
        attribution = gettext("attribution: %(how)s") % {"how": voice.attribution}
        how = format_html(' <span class="faded">({})</span>', attribution)
    name = voice.name or gettext("a speaker who is not identified")
    return name, f", {voice.date}" if voice.date else "", how
