"""Changing fields of many records of one model: surveyed, previewed, applied as one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, UniqueConstraint, prefetch_related_objects
from django.db.models.expressions import F
from django.utils.text import capfirst
from django.utils.translation import gettext

from catalogue.acts.values import in_words
from catalogue.acts.writing import BATCH, Columns, Hand, batches, catch_up, columns, write
from catalogue.models.act import Act
from catalogue.models.versions import latest

MOST = 50_000
"""Records that one act may change."""

PLACES = ("parent", "position", "repository")  # moving is an act of its own, with its own preview
VISIBILITY = ("state", "embargo_until")  # and so are publishing and withdrawing


May = Callable[[Any], bool]  # whether the user may change a record


def anything(record: Any) -> bool:
    return True


class Instruction(Protocol):
    """What is to be done to each record."""

    def revise(self, record: Any) -> Sequence[str]:
        """Change the record, unsaved; returns the names of the fields that were considered.

        Raises ValidationError where that cannot be done.
        """

    def only(self, keys: Iterable[int]) -> Iterable[int]:
        """Of the keys of records those that the instruction may concern."""


@dataclass(frozen=True)
class FieldChange:
    """One field of a record, before and after, as columns hold it and as people read it."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What would become of one record. ``refused``: why nothing becomes of it."""

    record: Any
    fields: tuple[FieldChange, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass
class Survey:
    """What an instruction would do to a selection. Keys, each with the version that was seen."""

    changed: dict[int, int] = field(default_factory=dict)
    refused: dict[int, int] = field(default_factory=dict)
    untouched: int = 0


@dataclass(frozen=True)
class Outcome:
    """What was done: no act if nothing was. Refused: (record, why)."""

    act: Act | None
    changed: int
    refused: tuple[tuple[str, str], ...]


def changeable(model: type[Model]) -> list[Any]:
    """The fields of a model that may be changed for many records at once."""
    return [
        column
        for column in model._meta.concrete_fields
        if column.editable
        and not column.primary_key
        and not column.one_to_one
        and not column.unique
        and column.get_internal_type() != "FileField"
        and column.name not in (*PLACES, *VISIBILITY)
    ]


def survey(
    model: type[Model], keys: Iterable[int], instruction: Instruction, may: May = anything
) -> Survey:
    """Go through a selection: which records would change, which would be refused."""
    found = Survey()
    for batch in batches(keys):
        concerned = set(instruction.only(batch))
        found.untouched += len(batch) - len(concerned)
        versions = latest(model, concerned)
        for change in changes(model, [k for k in batch if k in concerned], instruction, may):
            key = change.record.pk
            if change.refused:
                found.refused[key] = versions.get(key, 0)
            elif change.fields:
                found.changed[key] = versions.get(key, 0)
            else:
                found.untouched += 1
    return found


def changes(
    model: type[Model], keys: Sequence[int], instruction: Instruction, may: May = anything
) -> Iterator[Change]:
    """What would become of each of the records, in the order of the keys."""
    for record, before, refused in _revised(model, keys, instruction, may):
        if refused:
            yield Change(record, refused=refused)
        else:
            yield Change(record, tuple(_compared(model, before, record)))


def _compared(model: type[Model], before: Columns, record: Any) -> Iterator[FieldChange]:
    after = columns(record)
    former = model(**before)
    for column in model._meta.concrete_fields:
        if before[column.attname] != after[column.attname]:
            yield FieldChange(
                column.name,
                capfirst(str(column.verbose_name)),
                in_words(column, former),
                in_words(column, record),
            )


def _revised(
    model: type[Model], keys: Sequence[int], instruction: Instruction, may: May
) -> Iterator[tuple[Any, Columns, tuple[str, ...]]]:
    """Each record, revised; what was stored of it; and why it is refused."""
    for batch in batches(keys):
        rows = model._base_manager.in_bulk(batch)
        records = [rows[key] for key in batch if key in rows]
        near = [name for name in (*getattr(model, "gates", ()), "parent") if _has(model, name)]
        prefetch_related_objects(records, *dict.fromkeys(near))
        for record in records:
            before = columns(record)
            try:
                names = instruction.revise(record)
                if columns(record) != before:
                    _require(may, record)
                    check(record, names)
            except ValidationError as error:
                yield record, before, tuple(sentences(error, model))
            else:
                yield record, before, ()


def _require(may: May, record: Any) -> None:
    if not may(record):
        raise ValidationError(gettext("You may not change this record."))


def _has(model: type[Model], name: str) -> bool:
    return any(column.name == name for column in model._meta.concrete_fields)


def check(record: Any, names: Sequence[str]) -> None:
    """Whether a record is right in what was changed. Raises ValidationError.

    What was wrong in other fields before is not the matter here.
    """
    others = [column.name for column in record._meta.concrete_fields if column.name not in names]
    record.clean_fields(exclude=others)
    record.clean()
    for constraint in _constraints(type(record)):
        if _columns_of(constraint) & set(names):
            constraint.validate(type(record), record)


def _constraints(model: type[Model]) -> Iterator[Any]:
    for kind in (model, *model._meta.get_parent_list()):
        yield from kind._meta.constraints


def _columns_of(constraint: Any) -> set[str]:
    names = set(constraint.fields) if isinstance(constraint, UniqueConstraint) else set()
    conditions = [constraint.condition] if constraint.condition is not None else []
    while conditions:
        condition = conditions.pop()
        for child in condition.children:
            if isinstance(child, tuple):
                names.add(child[0].partition("__")[0])
                names |= (
                    {str(getattr(child[1], "name", child[0]))} if isinstance(child[1], F) else set()
                )
            else:
                conditions.append(child)
    return names


def sentences(error: ValidationError, model: type[Model]) -> Iterator[str]:
    """What is wrong, field by field, for people."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        label = "" if name == "__all__" else str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # concrete
        for message in messages:
            yield f"{capfirst(label)}: {message}" if label else message


@transaction.atomic
def apply(
    model: type[Model],
    versions: Mapping[int, int],
    instruction: Instruction,
    act: Act,
    user: Any,
    may: May = anything,
) -> Outcome:
    """Do it, in one transaction and one act. ``versions``: the records, as they were previewed.

    A record that has been changed since, or that is refused now, is left as it is and named. The
    act is saved only if anything was done. Raises what the database raises, and then nothing is.
    """
    refused: list[tuple[str, str]] = []
    act.user = user
    act.save()
    hand = Hand(act, user, act.reason or str(act))
    done = 0
    with act.recording():
        for keys in batches(versions, BATCH):
            list(model._base_manager.select_for_update().filter(pk__in=keys).values_list("pk"))
            seen = {key: versions[key] for key in keys}
            done += _apply_batch(model, seen, instruction, hand, refused, may)
    if not done:
        act.delete()
        return Outcome(None, 0, tuple(refused))
    return Outcome(act, done, tuple(refused))


def _apply_batch(
    model: type[Model],
    versions: Mapping[int, int],
    instruction: Instruction,
    hand: Hand,
    refused: list[tuple[str, str]],
    may: May,
) -> int:
    now = latest(model, versions)
    fresh = [key for key, version in versions.items() if now.get(key, 0) == version]
    stale = model._base_manager.in_bulk([key for key in versions if key not in set(fresh)])
    for key in versions:
        if key not in set(fresh):
            record = stale.get(key)
            words = gettext("changed by somebody since the preview")
            gone = gettext("deleted since the preview")
            refused.append((str(record or key), words if record else gone))
    catch_up(list(model._base_manager.in_bulk(fresh).values()))
    changed = []
    for record, before, reasons in _revised(model, fresh, instruction, may):
        if reasons:
            refused.append((str(model(**before)), " ".join(reasons)))
        elif columns(record) != before:
            changed.append((record, before))
    write(changed, hand)
    return len(changed)
