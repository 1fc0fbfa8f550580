"""Carrying over to one record everything that refers to another. Found through the models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext

from catalogue.acts.writing import Hand, catch_up, columns, delete, write
from catalogue.models import (
    AccessPoint,
    AgentName,
    AgentRelation,
    Contribution,
    OutsideIdentifier,
    Part,
    Relation,
    TermLabel,
    Title,
    Tombstone,
)
from catalogue.models.agent_relation import AgentRelationKind
from catalogue.models.history import Change
from catalogue.models.relation import RelationKind

# Rows that say nothing twice: of two that agree, one stays, with the evidence for both.
UNITED = (
    AccessPoint,
    AgentName,
    AgentRelation,
    Contribution,
    OutsideIdentifier,
    Relation,
    TermLabel,
    Title,
)
SAME = (AgentRelationKind.SAME, RelationKind.SAME)


@dataclass(frozen=True)
class Reference:
    """A column, or a relation of many to many, by which records of a model refer to another."""

    model: Any
    field: Any

    def rows(self, record: Model) -> Any:
        return self.model._base_manager.filter(**{self.field.name: record.pk}).order_by("pk")


def references(model: type[Model]) -> list[Reference]:
    """Everything that may refer to records of a model, history apart."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.concrete or not relation.auto_created or not relation.is_relation:
            continue
        of: Any = relation.related_model
        field: Any = relation.field  # type: ignore[union-attr]  # a relation from elsewhere
        if not (_is_history(of) or of._meta.auto_created or field.remote_field.parent_link):
            found.append(Reference(of, field))
    return found


def _is_history(model: Any) -> bool:
    names = {field.name for field in model._meta.fields}
    return issubclass(model, Change) or "m2m_history_id" in names


def carry(other: Any, keep: Any, hand: Hand) -> dict[str, int]:
    """Make whatever refers to ``other`` refer to ``keep``; counted by the name of the kind.

    Raises ValidationError where a row cannot be carried over, naming it.
    """
    carried: dict[str, int] = {}
    for reference in references(type(other)):
        rows = list(reference.rows(other))
        if not rows:
            continue
        name = str(reference.model._meta.verbose_name_plural)
        carried[name] = carried.get(name, 0) + len(rows)
        catch_up(rows)
        if reference.field.many_to_many:
            _exchange(rows, reference.field.name, other, keep, hand)
        else:
            _point(rows, reference, other, keep, hand)
    for reference in references(type(other)):
        if row := reference.rows(other).first():
            words = gettext("%(kind)s “%(row)s” still refers to “%(other)s”.")
            kind = reference.model._meta.verbose_name
            raise ValidationError(words % {"kind": kind, "row": row, "other": other})
    return carried


def _exchange(rows: list[Any], name: str, other: Any, keep: Any, hand: Hand) -> None:
    for row in rows:
        row._history_user, row._change_reason = hand.user, hand.reason or None
        getattr(row, name).remove(other)
        getattr(row, name).add(keep)


def _point(rows: list[Any], reference: Reference, other: Any, keep: Any, hand: Hand) -> None:
    changed = []
    for row in rows:
        before = columns(row)
        setattr(row, reference.field.attname, keep.pk)
        if _is_to_itself(row):
            _drop_sameness(row, other, keep, hand)
        elif twin := _twin(row):
            unite(row, twin, hand)
        else:
            changed.append((row, before))
    write(changed, hand)


def _is_to_itself(row: Any) -> bool:
    """A relation both of whose ends are the same record by now."""
    if isinstance(row, AgentRelation):
        return row.source_id == row.target_id
    if not isinstance(row, Relation) or row.source_part_id or row.target_part_id:
        return False
    source, target = row.source(), row.target()
    return type(source) is type(target) and source == target


def _drop_sameness(row: Any, other: Any, keep: Any, hand: Hand) -> None:
    """That they are perhaps the same has become true; any other relation contradicts it."""
    if row.relation_kind not in SAME:
        words = gettext(
            "“%(one)s” and “%(other)s” have a relation with each other: “%(relation)s”."
            " Delete or change it first."
        )
        relation = type(row)._base_manager.get(pk=row.pk)
        raise ValidationError(words % {"one": keep, "other": other, "relation": relation})
    delete(type(row)._base_manager.get(pk=row.pk), hand)


def _twin(row: Any) -> Any:
    """A row of the same record that says all that this one says."""
    if isinstance(row, Part):
        return _same_part(row)
    if not isinstance(row, UNITED):
        return None
    content = _content(row)
    ends = {
        field.attname: content[field.attname]
        for field in row._meta.concrete_fields
        if field.many_to_one and field.attname in content
    }
    for candidate in type(row)._base_manager.filter(**ends).exclude(pk=row.pk).order_by("pk"):
        theirs = _content(candidate)
        if all(value in ("", None, theirs[name]) for name, value in content.items()):
            return candidate
    return None


def _same_part(row: Part) -> Part | None:
    """The part of the same kind and number; raises ValidationError if it says something else."""
    if row.witness_id is not None:
        return None
    rows = Part._base_manager.filter(
        document=row.document_id, part_kind=row.part_kind, number=row.number, witness=None
    )
    twin = rows.exclude(pk=row.pk).first()
    if twin is not None and not _agree(_content(row), _content(twin)):
        words = gettext("Both have “%(part)s”, and they differ. Change the number of one first.")
        raise ValidationError(words % {"part": row})
    return twin


def _agree(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    return all(
        value in ("", None, theirs[name]) or theirs[name] in ("", None)
        for name, value in mine.items()
    )


def _content(row: Any) -> dict[str, Any]:
    """The columns in which a person has said something."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.editable and not field.primary_key and not getattr(field, "parent_link", False)
    }


def unite(row: Any, twin: Any, hand: Hand) -> None:
    """Keep ``twin`` alone, filled up from ``row``, with everything that refers to either.

    The history of ``row`` has been brought up to date before it was pointed elsewhere.
    """
    catch_up([twin])
    before, theirs = columns(twin), _content(twin)
    for name, value in _content(row).items():
        if theirs[name] in ("", None) and value not in ("", None):
            setattr(twin, name, value)
    if columns(twin) != before:
        write([(twin, before)], hand)
    carry(row, twin, hand)
    # As it is stored, so that its history does not say that it belonged to the other record.
    delete(type(row)._base_manager.get(pk=row.pk), hand)
    lead(row, twin)


def lead(row: Any, heir: Any) -> None:
    """The address of a record that was public leads to the one that took its place."""
    identifier = getattr(row, "identifier", "")
    if identifier:
        graves = Tombstone.objects.filter(identifier=identifier)
        graves.update(replaced_by=heir.identifier)
