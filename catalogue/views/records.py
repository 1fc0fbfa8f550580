"""How any record is named and linked on a page, in the language of the reader."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import get_script_prefix
from django.utils.translation import get_language

from catalogue import dates, links
from catalogue.models import Agent, Document, Event, Publication, Repository, Term
from catalogue.views import languages


@dataclass(frozen=True)
class Named:
    """A record by name: ``language`` is empty where the name is in the page's own language.

    ``address`` is empty for what has no page.
    """

    text: str
    language: str = ""
    address: str = ""
    record: Any = None


def reader_language() -> str:
    """The two letters of the language that the page speaks."""
    return (get_language() or "en").partition("-")[0]


def named(record: Model) -> Named:
    """The name of a public record; prefetch ``names``, ``titles`` and ``labels`` for lists."""
    language = reader_language()
    if isinstance(record, Agent):
        form = record.name_in(language)
        return Named(form.form if form else record.name, "", address_of(record), record)
    if isinstance(record, Document | Event | Publication):
        title, spoken = record.title_in(language)
        if isinstance(record, Publication) and record.number:
            title = f"{title}, {record.issue()}"
        return Named(title, "" if spoken == language else spoken, address_of(record), record)
    if isinstance(record, Term):
        return Named(record.label_in(language), "", "", record)
    if isinstance(record, Repository):
        return Named(named(record.agent).text, "", address_of(record), record)
    return Named(str(record), "", address_of(record), record)


def address_of(record: Model) -> str:
    """The record's page, or its place on one, in the language that is fixed; "" if it has none."""
    try:
        return get_script_prefix() + links.address(record).removeprefix("/")
    except LookupError:
        return ""


def language_name(code: str) -> str:
    """The name of a language for the reader; the code itself where nobody knows its name."""
    return languages.name(code)


def date_words(record: Any) -> str:
    """The date of a dated record in words; else as it was written."""
    return dates.describe(record.date, reader_language()) if record.date else record.date_written
