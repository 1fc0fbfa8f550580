"""Columns that follow from others: folded text, sorting keys, the ends of spans."""

from __future__ import annotations

from typing import Any

from django.db import models


class Derived(models.Model):
    """A row some of whose columns are computed from its other columns, and from nothing else."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Bring those columns in step. Asks the database for nothing."""
