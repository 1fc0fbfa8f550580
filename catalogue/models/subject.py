"""What a statement may speak of, where it may be any kind of record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

SUBJECTS = ("unit", "document", "witness", "publication", "event", "agent")


class Subject(models.Model):
    """Exactly one of the foreign keys is set; the constraint stands on the concrete model.

    ``part`` narrows a document or witness to one of its sections or notes.
    """

    unit = models.ForeignKey(
        "catalogue.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("unit"),
    )
    document = models.ForeignKey(
        "catalogue.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("document"),
    )
    witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("witness"),
    )
    publication = models.ForeignKey(
        "catalogue.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("publication"),
    )
    event = models.ForeignKey(
        "catalogue.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("event"),
    )
    agent = models.ForeignKey(
        "catalogue.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("agent"),
    )

    class Meta:
        abstract = True

    def subject(self) -> models.Model | None:
        """The record that is spoken of."""
        for name in SUBJECTS:
            if getattr(self, f"{name}_id", None) is not None:
                record: models.Model = getattr(self, name)
                return record
        return None
