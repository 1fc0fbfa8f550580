"""Dates that contradict each other: lives, texts and their copies, events within events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import (
    Agent,
    Contribution,
    Derivation,
    Document,
    Event,
    Evidence,
    Publication,
    Unit,
    Witness,
)
from catalogue.models.contribution import SUBJECTS, Role
from catalogue.models.derivation import DerivationKind
from catalogue.models.statement import Standing
from catalogue.models.visibility import today
from catalogue.models.witness import WitnessAccess
from catalogue.quality.doubt import Doubt, Rows, is_before

MOST = 100  # rows that are compared with one record

# Texts are printed, copied and collected after the death of their authors.
POSTHUMOUS = ("publication", "witness", "unit")
IN_FORCE = ~Q(standing__in=(Standing.DEPRECATED, Standing.SUPERSEDED))


def _outside(agent: Any, said: Any, after_death: bool) -> str:
    """Whether a date lies before or after a life."""
    if is_before(said, agent):
        return "before"
    return "after" if after_death and is_before(agent, said) else ""


def _living(contribution: Any, subject_name: str, subject: Any, agent: Any) -> Iterator[Doubt]:
    after_death = subject_name not in POSTHUMOUS and contribution.role != Role.OTHER
    outside = _outside(agent, subject, after_death)
    if outside:
        sentence = (
            _("%(agent)s (%(life)s) is said to be %(role)s, but %(subject)s (%(date)s) is earlier.")
            if outside == "before"
            else _(
                "%(agent)s (%(life)s) is named as %(role)s, but %(subject)s (%(date)s) is later."
            )
        )
        yield Doubt(
            "life",
            sentence,
            {
                "agent": agent.name,
                "life": agent.date,
                "role": contribution.get_role_display(),
                "subject": str(subject),
                "date": subject.date,
            },
            tuple(record for record in (agent, subject) if record.pk),
        )


def contributions(record: Contribution, rows: Rows) -> Iterator[Doubt]:
    for name in SUBJECTS:
        subject = getattr(record, name)
        if subject is not None:
            yield from _living(record, name, subject, record.contributor)
    yield from evidence(record, rows)


def _contributions(**end: Any) -> Iterable[Any]:
    rows = Contribution.objects.filter(IN_FORCE, **end)
    return rows.select_related("contributor", *SUBJECTS).order_by("pk")[:MOST]


def lives(record: Agent, rows: Rows) -> Iterator[Doubt]:
    """The same when the dates of the agent are what is changed."""
    if not record.pk or not record.date:
        return
    for row in _contributions(contributor=record.pk):
        for name in SUBJECTS:
            subject = getattr(row, name)
            if subject is not None:
                yield from _living(row, name, subject, record)


def _contributors(record: Any, name: str) -> Iterator[Doubt]:
    if record.pk and record.date:
        for row in _contributions(**{name: record.pk}):
            yield from _living(row, name, record, row.contributor)


def evidence(record: Any, rows: Rows) -> Iterator[Doubt]:
    """Somebody who speaks before birth or after death."""
    for row in (record, *rows):
        if isinstance(row, Evidence) and row.speaker is not None:
            outside = _outside(row.speaker, row, after_death=True)
            if outside:
                values = {"agent": row.speaker.name, "life": row.speaker.date, "date": row.date}
                yield Doubt(
                    "speaker",
                    _("%(agent)s (%(life)s) is said to have spoken in %(date)s."),
                    values,
                    (row.speaker,),
                    "speaker",
                )


def made(witness: Any) -> Any:
    """What says when a witness was made: itself, or the publication that it stands in."""
    return witness if witness.date or witness.publication is None else witness.publication


def documents(record: Document, rows: Rows) -> Iterator[Doubt]:
    yield from _contributors(record, "document")
    if record.pk and record.date:
        found = Witness.objects.filter(document=record.pk).select_related("publication")
        for witness in found.order_by("pk")[:MOST]:
            yield from _younger(witness, record)


def _younger(witness: Any, document: Any) -> Iterator[Doubt]:
    if is_before(made(witness), document):
        yield Doubt(
            "witness",
            _("The witness %(witness)s (%(made)s) is older than its document (%(date)s)."),
            {"witness": witness.label, "made": made(witness).date, "date": document.date},
            tuple(record for record in (witness, document) if record.pk),
            "date",
        )


def witnesses(record: Witness, rows: Rows) -> Iterator[Doubt]:
    yield from _younger(record, record.document)
    yield from _closed(record, record.access == WitnessAccess.CLOSED)
    yield from _contributors(record, "witness")
    if not record.pk:
        return
    for row in _derivations(Q(derived=record.pk) | Q(base=record.pk)):
        derived = record if row.derived_id == record.pk else row.derived
        base = record if row.base_id == record.pk else row.base
        yield from _derived(row, derived, base)


def publications(record: Publication, rows: Rows) -> Iterator[Doubt]:
    yield from _contributors(record, "publication")
    if not record.pk or not record.date:
        return
    for row in _derivations(Q(derived__publication=record.pk) | Q(base__publication=record.pk)):
        for witness in (row.derived, row.base):
            if witness.publication_id == record.pk:
                witness.publication = record
        yield from _derived(row, row.derived, row.base)


def _derivations(about: Q) -> Iterable[Any]:
    rows = Derivation.objects.filter(about, IN_FORCE, base__isnull=False)
    return rows.select_related("derived__publication", "base__publication").order_by("pk")[:MOST]


def derivations(record: Derivation, rows: Rows) -> Iterator[Doubt]:
    if record.base is not None:
        yield from _derived(record, record.derived, record.base)
    yield from evidence(record, rows)


def _derived(derivation: Any, derived: Any, base: Any) -> Iterator[Doubt]:
    about = tuple(record for record in (derived, base) if record.pk)
    if is_before(made(derived), made(base)):
        yield Doubt(
            "base",
            _("%(derived)s (%(made)s) is older than what it is taken from: %(base)s (%(date)s)."),
            {
                "derived": derived.label,
                "made": made(derived).date,
                "base": base.label,
                "date": made(base).date,
            },
            about,
        )
    same = derived.language and derived.language == base.language
    if same and derivation.derivation_kind == DerivationKind.TRANSLATED:
        yield Doubt(
            "translation",
            _("%(derived)s is a translation, but in the language of its base (%(language)s)."),
            {"derived": derived.label, "language": derived.language},
            about,
        )


def _closed(record: Any, is_closed: bool) -> Iterator[Doubt]:
    if is_closed and record.closed_until is not None and record.closed_until < today():
        yield Doubt(
            "closed",
            _("It is said to be closed, but only until %(day)s, which is over."),
            {"day": record.closed_until},
            field="closed_until",
        )


def units(record: Unit, rows: Rows) -> Iterator[Doubt]:
    yield from _closed(record, bool(record.access))
    yield from _contributors(record, "unit")


def events(record: Event, rows: Rows) -> Iterator[Doubt]:
    yield from _contributors(record, "event")
    if record.parent is not None:
        yield from _within(record, record.parent)
    if record.pk and record.date:
        for child in Event.objects.filter(parent=record.pk).order_by("pk")[:MOST]:
            yield from _within(child, record)


def _within(event: Any, whole: Any) -> Iterator[Doubt]:
    early = _known(event.date_earliest, whole.date_earliest) and (
        event.date_earliest < whole.date_earliest
    )
    late = _known(event.date_latest, whole.date_latest) and event.date_latest > whole.date_latest
    if early or late:
        yield Doubt(
            "event",
            _("%(event)s (%(date)s) is not within %(whole)s (%(dates)s), of which it is part."),
            {"event": event.title, "date": event.date, "whole": whole.title, "dates": whole.date},
            tuple(record for record in (event, whole) if record.pk),
            "date",
        )


def _known(*days: int | None) -> bool:
    return None not in days
