"""Merging two records into one: nothing that anybody has said of either is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.acts.carrying import carry, lead
from catalogue.acts.values import in_words, is_empty
from catalogue.acts.writing import Hand, catch_up, columns, delete, write
from catalogue.models import (
    Agent,
    AgentName,
    Document,
    Publication,
    Repository,
    Term,
    TermLabel,
    Title,
)
from catalogue.models.act import Act, ActKind
from catalogue.models.agent_name import NameKind
from catalogue.models.fields import Codes, Prose
from catalogue.models.title import TitleKind
from catalogue.models.versions import latest

MERGEABLE = (Agent, Publication, Term, Document)
NOT_CHOSEN = ("state", "embargo_until")  # the kept record stays as visible as it is
# The column that says what a record stands under, and the one of its heading.
ABOVE = {Publication: "parent", Term: "broader"}
HEADING = {Agent: "name", Publication: "title", Document: "title", Term: "label"}

KEEP, OTHER, BOTH = "keep", "other", "both"


@dataclass(frozen=True)
class Choice:
    """One field of the two records, side by side, and what stands if nobody decides."""

    name: str
    label: str
    kept: str
    other: str
    default: str
    options: tuple[str, ...]

    @property
    def is_conflict(self) -> bool:
        return bool(self.kept and self.other and self.kept != self.other)


class _Rehearsed(Exception):  # it takes back what was only tried
    pass


def choices(keep: Model, other: Model) -> list[Choice]:
    """The fields in which either record says something."""
    found = []
    for field in chosen_fields(type(keep)):
        kept, others = in_words(field, keep), in_words(field, other)
        if not kept and not others:
            continue
        default = OTHER if is_empty(getattr(keep, field.attname)) and others else KEEP
        both = isinstance(field, Prose | Codes) and kept and others and kept != others
        options = (KEEP, OTHER, BOTH) if both else (KEEP, OTHER)
        label = capfirst(str(field.verbose_name))
        found.append(Choice(field.name, label, kept, others, default, options))
    return found


def chosen_fields(model: type[Model]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in NOT_CHOSEN
    ]


def token(keep: Model, other: Model) -> str:
    """Names the versions of both records, for the form."""
    newest = latest(type(keep), [keep.pk, other.pk])
    return f"{newest.get(keep.pk, 0)}-{newest.get(other.pk, 0)}"


def refusals(keep: Any, other: Any) -> list[str]:
    """Why these two cannot be merged, as far as it shows before anything is tried."""
    found = []
    if type(keep) is not type(other) or not isinstance(keep, MERGEABLE):
        return [gettext("Only two agents, publications, terms or documents can be merged.")]
    if keep.pk == other.pk:
        return [gettext("These are not two records, but one.")]
    if isinstance(keep, Term) and keep.kind != other.kind:
        found.append(gettext("A term is merged with one of its own kind only."))
    repositories = Repository.objects.filter(agent__in=[keep.pk, other.pk])
    if isinstance(keep, Agent) and repositories.count() > 1:
        found.append(gettext("Both are repositories, and an agent can be only one."))
    name = ABOVE.get(type(keep))
    if name and (_stands_under(keep, other, name) or _stands_under(other, keep, name)):
        found.append(gettext("One of them stands under the other."))
    return found


def _stands_under(record: Any, above: Any, name: str) -> bool:
    step, seen = getattr(record, name), set()
    while step is not None and step.pk not in seen:
        if step.pk == above.pk:
            return True
        seen.add(step.pk)
        step = getattr(step, name)
    return False


def rehearse(keep: Any, other: Any, chosen: Mapping[str, str], user: Any) -> dict[str, int]:
    """What would be carried over, counted by kind. Everything is tried, and nothing stays.

    Raises ValidationError, or what the database raises, where it could not be done.
    """
    carried: dict[str, int] = {}
    try:
        with transaction.atomic():
            carried = _merge(keep, other, chosen, Hand(_act(keep, other, user, ""), user, ""))
            connection.check_constraints()
            raise _Rehearsed
    except _Rehearsed:
        return carried


@transaction.atomic
def merge(
    keep: Any, other: Any, chosen: Mapping[str, str], user: Any, *, reason: str = "", seen: str = ""
) -> Act:
    """Make one record of two, in one act. ``chosen``: for each field keep, other or both.

    ``seen`` is the token of what the user was shown. Raises ValidationError where somebody has
    changed one of them since, or where it cannot be done; then nothing is written.
    """
    kind: Any = type(keep)
    list(kind._base_manager.select_for_update().filter(pk__in=[keep.pk, other.pk]))
    keep, other = (kind._base_manager.get(pk=record.pk) for record in (keep, other))
    if seen and seen != token(keep, other):
        raise ValidationError(gettext("One of them has been changed meanwhile. Compare again."))
    act = _act(keep, other, user, reason)
    _merge(keep, other, chosen, Hand(act, user, reason))
    return act


def _act(keep: Any, other: Any, user: Any, reason: str) -> Act:
    words = gettext("%(kind)s “%(other)s” merged into “%(keep)s”")
    kind = capfirst(str(keep._meta.verbose_name))
    summary = words % {"kind": kind, "other": other, "keep": keep}
    return Act.objects.create(kind=ActKind.MERGE, summary=summary, reason=reason, user=user)


def _merge(keep: Any, other: Any, chosen: Mapping[str, str], hand: Hand) -> dict[str, int]:
    if found := refusals(keep, other):
        raise ValidationError(found)
    with hand.act.recording():
        catch_up([keep, other])
        before = columns(keep)
        headings = [getattr(record, HEADING[type(keep)]) for record in (keep, other)]
        _choose(keep, other, chosen)
        carried = carry(other, keep, hand)
        for heading, record in zip(headings, (keep, other), strict=True):
            _keep_heading(keep, record, heading, before, hand)
        keep.full_clean()
        write([(keep, before)], hand)
        _bury(other, keep, hand)
    return carried


def _choose(keep: Any, other: Any, chosen: Mapping[str, str]) -> None:
    defaults = {choice.name: choice.default for choice in choices(keep, other)}
    for field in chosen_fields(type(keep)):
        decision = chosen.get(field.name) or defaults.get(field.name, KEEP)
        mine, theirs = getattr(keep, field.attname), getattr(other, field.attname)
        if decision == OTHER:
            setattr(keep, field.attname, theirs)
        elif decision == BOTH and isinstance(field, Codes):
            setattr(keep, field.attname, tuple(dict.fromkeys([*mine, *theirs])))
        elif decision == BOTH and isinstance(field, Prose):
            setattr(keep, field.attname, "\n\n".join(part for part in (mine, theirs) if part))


def _keep_heading(keep: Any, record: Any, heading: str, before: Any, hand: Hand) -> None:
    """A heading that does not stand any more stays as one more name, title or label."""
    if heading in (getattr(keep, HEADING[type(keep)]), ""):
        return
    languages = before if record is keep else columns(record)
    if isinstance(keep, Agent):
        if record.unnamed or keep.names.filter(form=heading).exists():
            return
        row: Any = AgentName(
            agent=keep, form=heading, language="und", name_kind=NameKind.OTHER, state=record.state
        )
    elif isinstance(keep, Term):
        if keep.labels.filter(label=heading).exists():
            return
        row = TermLabel(term=keep, label=heading, language="en")
    else:
        if keep.titles.filter(title=heading).exists():
            return
        row = Title(
            title=heading, language=languages["title_language"] or "und", title_kind=TitleKind.OTHER
        )
        setattr(row, keep._meta.model_name, keep)
    row._history_user, row._change_reason = hand.user, hand.reason or None
    row.save()


def _bury(other: Any, keep: Any, hand: Hand) -> None:
    """The merged record goes. Its address leads to the kept one, if the public has seen it."""
    delete(other, hand)
    lead(other, keep)
