"""Dates as written: how they were read, in words; and put in by the form where nobody has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from catalogue import dates
from catalogue.dates import Written
from catalogue.models.dated import Calendar

# What entry.js sends where somebody has emptied the EDTF field by hand.
LEFT_EMPTY = "date_left_empty"


def describe(edtf: str) -> str:
    """In words, with the EDTF behind them where they are not the same."""
    words = dates.describe(edtf, get_language() or "en")
    return edtf if words == edtf else f"{words} ({edtf})"


def in_words(written: Written, name_choices: bool = True) -> str:
    """What was made of a date as written, in sentences; empty for an empty one.

    ``name_choices``: no where buttons beside it name the dates that it may be.
    """
    sentences = []
    if written.is_certain:
        sentences.append(gettext("Read as %(date)s.") % {"date": describe(written.reading)})
    elif len(written.readings) > 1 and not name_choices:
        sentences.append(gettext("It may mean several dates."))
    elif len(written.readings) > 1:
        choices = "; ".join(map(describe, written.readings))
        sentences.append(gettext("May be one of these: %(dates)s.") % {"dates": choices})
    elif written.readings:
        likely = describe(written.readings[0])
        sentences.append(gettext("Perhaps %(date)s.") % {"date": likely})
    if written.calendar == Calendar.JULIAN and written.readings:
        sentences.append(gettext("Converted from the Julian calendar."))
    if written.is_undated:
        sentences.append(gettext("It says that there is no date."))
    for piece in written.not_understood:
        shown = piece.text if len(piece.text) <= 40 else piece.text[:40] + "…"
        sentences.append(
            gettext("Not understood, from character %(place)d on: “%(text)s”.")
            % {"place": piece.start + 1, "text": shown}
        )
    return " ".join(sentences)


def fill(form: Any) -> None:
    """Put in the reading of a date as written, if it is certain and the EDTF field is empty.

    Only where the date as written was changed, and not where the EDTF field was emptied by hand.
    ``form.date_said`` is what there is to say about it: see ``tell``.
    """
    cleaned = form.cleaned_data
    text = cleaned.get("date_written")
    is_wanted = text and cleaned.get("date") == "" and "date_written" in form.changed_data
    if not is_wanted or form.add_prefix(LEFT_EMPTY) in form.data:
        return
    written = dates.read_written(text, get_language() or "")
    is_filled = 0 < len(written.reading) <= (form.fields["date"].max_length or 0)
    if is_filled:
        cleaned["date"] = written.reading
        if written.calendar and "calendar" in cleaned:
            cleaned["calendar"] = written.calendar
    form.date_said = (is_filled, text, in_words(written))


def tell(request: HttpRequest, form: Any) -> None:
    """Say how the date of a saved form was read, or that it was not."""
    is_filled, text, said = getattr(form, "date_said", (False, "", ""))
    if not said:
        return
    if is_filled:
        words = gettext("The date as written, “%(text)s”, was read for you. %(said)s")
        messages.info(request, words % {"text": text, "said": said})
    else:
        words = gettext("The date as written, “%(text)s”, has no EDTF date yet. %(said)s")
        messages.warning(request, words % {"text": text, "said": said})
