"""Readings: how a passage stands in a witness, or should stand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.fields import Line
from catalogue.models.history import history
from catalogue.models.statement import Assertion, standing_constraint


class ReadingKind(models.TextChoices):
    VARIANT = "variant", _("variant")
    SLIP = "slip", _("slip")
    CONJECTURE = "conjecture", _("conjecture")


class Reading(Assertion):
    """A few words of one passage in one witness, or conjectured (then without a witness).

    Readings of the same passage carry the same ``passage`` text and stand together.
    """

    ends = ("document", "part", "witness")

    document = models.ForeignKey(
        "catalogue.Document", models.PROTECT, related_name="readings", verbose_name=_("document")
    )
    part = models.ForeignKey(
        "catalogue.Part",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name=_("part"),
    )
    witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name=_("witness"),
    )
    reading_kind = models.CharField(
        _("kind of reading"),
        max_length=10,
        choices=ReadingKind.choices,
        default=ReadingKind.VARIANT,
    )
    passage = Line(_("passage"), help_text=_("Which place, in our words: number of the congress"))
    text = Line(_("reading"), max_length=250, help_text=_("A few words at most."))
    language = models.CharField(_("language"), max_length=12, blank=True)

    history = history()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("document", "passage", "pk")
        constraints = (standing_constraint(),)

    def __str__(self) -> str:
        return f"{self.passage}: {self.text}"
