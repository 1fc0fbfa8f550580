"""Taking back an act as a whole, as long as nobody has edited its records since.

The history of each record says what it was before the act. Rows of history that belong to an act
which has been taken back cancel each other out: they do not count as edits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min, Model, ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext

from catalogue.acts.writing import Hand, batches, columns, delete, differing, known, remember, write
from catalogue.models import Tombstone, Unit
from catalogue.models.act import Act, ActKind
from catalogue.models.derived import Derived
from catalogue.models.visibility import Publishable

DERIVED = {"public_from", "modified"}  # what is computed anew, and what says when


@dataclass(frozen=True)
class Edited:
    """A record that somebody has edited after the act: the newest such row of its history."""

    model: type[Model]
    key: int
    label: str
    who: str
    when: Any


class EditedSince(Exception):  # it says what has happened, not that we failed
    """Nothing has been taken back, because records were edited after the act."""

    def __init__(self, records: tuple[Edited, ...]) -> None:
        self.records = records
        super().__init__(", ".join(record.label for record in records))


@dataclass(frozen=True)
class Span:
    """Of one record: the first and the last row of its history that the act wrote."""

    key: int
    first: int
    last: int


# What taking back an act amounts to, where that needs a permission of its own.
NEEDED = {
    ActKind.MERGE: "merge_records",
    ActKind.PUBLISH: "withdraw_records",
    ActKind.WITHDRAW: "publish_records",
}


def may_undo(act: Act, user: Any) -> bool:
    """Who made it, and who may do such things to the records of others."""
    needed = NEEDED.get(ActKind(act.kind))
    if needed is not None:
        return bool(user.has_perm(f"catalogue.{needed}"))
    return act.user_id == user.pk or bool(user.has_perm("catalogue.change_many_records"))


def models_with_history() -> list[Any]:
    return [
        model
        for model in apps.get_app_config("catalogue").get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    ]


def spans(act: Act) -> dict[Any, list[Span]]:
    """By model, the records that the act has touched."""
    found: dict[Any, list[Span]] = {}
    for model in models_with_history():
        key = model._meta.pk.attname
        rows = model.history.filter(history_act=act).order_by().values_list(key)
        touched = rows.annotate(first=Min("history_id"), last=Max("history_id"))
        if of_model := [Span(*row) for row in touched]:
            found[model] = of_model
    return found


def edited_since(act: Act) -> tuple[Edited, ...]:
    """The records of the act that were edited, deleted or created again after it."""
    return tuple(
        edited
        for model, touched in spans(act).items()
        for batch in batches(touched)
        for edited in _edited(model, act, batch)
    )


def _edited(model: Any, act: Act, batch: list[Span]) -> Iterable[Edited]:
    key = model._meta.pk.attname
    first = {span.key: span.first for span in batch}
    later = model.history.filter(
        **{f"{key}__in": list(first)}, history_id__gt=min(first.values())
    ).exclude(history_act=act)
    newest: dict[int, Any] = {}
    for row in later.exclude(history_act__undone__isnull=False).order_by("history_id"):
        if row.history_id > first[getattr(row, key)]:
            newest[getattr(row, key)] = row
    for found, row in newest.items():
        who = row.history_user_name or gettext("unknown")
        yield Edited(model, found, label(row), who, row.history_date)


def label(row: Any) -> str:
    """What a record was called; it may speak of records that are no more."""
    try:
        return str(row.instance)
    except Exception:  # whatever __str__ of any model may raise here
        return str(row.instance_type._meta.verbose_name)


@transaction.atomic
def undo(act: Act, user: Any) -> None:
    """Make every record what it was before the act.

    Raises EditedSince where somebody has edited one of them, ValidationError where the act has been
    taken back already or other records now lean on what it made, and what the database raises.
    """
    act = Act.objects.select_for_update().get(pk=act.pk)
    if act.undone is not None:
        raise ValidationError(gettext("This has been taken back already."))
    if edited := edited_since(act):
        raise EditedSince(edited)
    hand = Hand(act, user, gettext("Taken back: %(act)s") % {"act": act})
    with act.recording():
        touched = [
            (model, span, before)
            for model, of_model in spans(act).items()
            for batch in batches(of_model)
            for span, before in _before(model, batch)
        ]
        _restore(touched, hand)
        _remove(touched, hand)
    act.undone = timezone.now()
    act.undone_by = hand.name()
    act.save(update_fields=["undone", "undone_by"])


def _before(model: Any, batch: list[Span]) -> Iterable[tuple[Span, Any]]:
    """Each record with the row of history before the act; None where there was no record."""
    key = model._meta.pk.attname
    first = {span.key: span.first for span in batch}
    rows = model.history.filter(**{f"{key}__in": list(first)}, history_id__lt=max(first.values()))
    newest: dict[int, Any] = {}
    for row in rows.order_by("history_id"):
        if row.history_id < first[getattr(row, key)]:
            newest[getattr(row, key)] = row
    for span in batch:
        before = newest.get(span.key)
        yield span, None if before is None or before.history_type == "-" else before


Touched = list[tuple[Any, Span, Any]]


def _restore(touched: Touched, hand: Hand) -> None:
    """Deleted rows come back first, then columns, then what is tied to the rows."""
    former: dict[Any, dict[int, Any]] = {}
    for model, span, before in touched:
        if before is not None:
            former.setdefault(model, {})[span.key] = before
    returned = {model: _bring_back(model, rows) for model, rows in former.items()}
    for model, rows in former.items():
        _set_back(model, rows, hand)
        _tie(model, rows)
    for model, records in returned.items():
        _settle(model, records, hand)


def _bring_back(model: Any, rows: dict[int, Any]) -> list[Any]:
    """Insert those that were deleted."""
    returned = []
    for keys in batches(rows):
        present = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        returned += [_insert(rows[key]) for key in keys if key not in present]
    return returned


def _set_back(model: Any, rows: dict[int, Any], hand: Hand) -> None:
    """Give records the columns that they had; the last one changed first."""
    for keys in batches(rows):
        changed = []
        for record in model._base_manager.filter(pk__in=keys).order_by("-pk"):
            before = columns(record)
            if _set(record, rows[record.pk]):
                changed.append((record, before))
        write(changed, hand)


def _set(record: Any, row: Any) -> bool:
    """Give a record the columns of a row of its history. Whether that changed anything."""
    former, now = known(row), columns(record)
    wanted = differing(former, now) - DERIVED
    for name in wanted:
        setattr(record, name, former[name])
    return bool(wanted)


def _insert(row: Any) -> Any:
    """A deleted row again, with its key, its identifier and its time."""
    record = row.instance_type(**known(row))
    if isinstance(record, Derived):
        record.derive()
    for parent in record._meta.get_parent_list():
        fields = parent._meta.local_concrete_fields
        values = {field.attname: getattr(record, field.attname) for field in fields}
        parent(**values).save_base(raw=True, force_insert=True)
    record.save_base(raw=True, force_insert=True)
    return record


def _tie(model: Any, rows: dict[int, Any]) -> None:
    """The many-to-many relations that the history keeps, as they were."""
    for field in model.history.model._history_m2m_fields:
        through = getattr(model, field.name).through
        mine, other = field.m2m_column_name(), field.m2m_reverse_name()
        for key, row in rows.items():
            wanted = {getattr(tied, other) for tied in getattr(row, field.name).all()}
            ties = through._base_manager.filter(**{mine: key})
            ties.exclude(**{f"{other}__in": wanted}).delete()
            missing = wanted - set(ties.values_list(other, flat=True))
            through._base_manager.bulk_create(
                through(**{mine: key, other: value}) for value in sorted(missing)
            )


def _settle(model: Any, records: list[Any], hand: Hand) -> None:
    """What follows for rows that have come back: place, visibility, tombstones, history."""
    keys = [record.pk for record in records]
    for record in records:
        if isinstance(record, Unit):
            record._place()
    if issubclass(model, Publishable):
        for batch in batches(keys):
            model.refresh(model._base_manager.filter(pk__in=batch))
        identifiers = [record.identifier for record in records if hasattr(record, "identifier")]
        graves = Tombstone.objects.filter(identifier__in=identifiers)
        graves.filter(since__gte=hand.act.made).delete()
        graves.update(replaced_by="")
    for batch in batches(keys):
        remember(list(model._base_manager.filter(pk__in=batch)), "+", hand)


def _remove(touched: Touched, hand: Hand) -> None:
    """Delete what the act has made, unless something else leans on it by now."""
    made: dict[Any, set[int]] = {}
    for model, span, before in touched:
        if before is None:
            made.setdefault(model, set()).add(span.key)
    for model, keys in reversed(made.items()):
        for record in model._base_manager.filter(pk__in=keys).order_by("-pk"):
            if leaning := _leaning(record, made):
                words = gettext("“%(record)s” cannot be removed any more: %(leaning)s needs it.")
                raise ValidationError(words % {"record": record, "leaning": leaning})
            delete(record, hand)


def _leaning(record: Any, made: dict[Any, set[int]]) -> Any:
    """A row that was not made by the act and would go, or would stand in the way."""
    collector = Collector(using="default", origin=record)
    try:
        collector.collect([record])
    except ProtectedError as error:
        found = list(error.protected_objects)
    else:
        found = [row for rows in collector.data.values() for row in rows]
        found += [row for rows in collector.fast_deletes for row in rows]
    family = {type(record), *record._meta.get_parent_list()}
    for row in found:
        own = type(row) in family and row.pk == record.pk
        tie = bool(row._meta.auto_created)
        if not own and not tie and row.pk not in made.get(type(row), ()):
            return row
    return None
