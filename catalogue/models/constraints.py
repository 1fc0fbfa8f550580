"""Conditions that the database itself holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def _only(name: str, names: tuple[str, ...]) -> Q:
    return Q(*(Q(**{f"{other}__isnull": other != name}) for other in names))


def exactly_one(*names: str) -> Q:
    """One of the foreign keys is set, the others are not."""
    condition = Q()
    for name in names:
        condition |= _only(name, names)
    return condition


def at_most_one(*names: str) -> Q:
    """No two of the foreign keys are set."""
    return exactly_one(*names) | Q(*(Q(**{f"{name}__isnull": True}) for name in names))


def one_end(*names: str, label: str = "one_end") -> models.CheckConstraint:
    """A constraint for a model that speaks of exactly one of several kinds of record."""
    return models.CheckConstraint(condition=exactly_one(*names), name=f"%(class)s_{label}")
