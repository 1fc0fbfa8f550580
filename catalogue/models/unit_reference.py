"""Archival references as somebody cited them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.dated import Dated
from catalogue.models.fields import Line
from catalogue.models.history import history
from catalogue.models.statement import Assertion, standing_constraint


class ReferenceKind(models.TextChoices):
    CURRENT = "current", _("current")
    FORMER = "former", _("former")
    CITED = "cited", _("as cited")


class UnitReference(Assertion, Dated):
    """A reference to a unit, or to a witness in it. The raw string is kept for ever.

    The dates say when the reference was valid or used.
    """

    ends = ("unit", "witness", "repository_name")

    unit = models.ForeignKey(
        "catalogue.Unit", models.PROTECT, related_name="references", verbose_name=_("unit")
    )
    witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="references",
        verbose_name=_("witness"),
    )
    reference_kind = models.CharField(
        _("kind of reference"),
        max_length=10,
        choices=ReferenceKind.choices,
        default=ReferenceKind.CITED,
    )
    raw = Line(_("as printed"), help_text=_("The string itself, letter by letter."))
    repository_name = models.ForeignKey(
        "catalogue.AgentName",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="references",
        verbose_name=_("name of the repository used"),
    )
    fond = Line(_("fond"), max_length=60, blank=True)
    opis = Line(_("opis"), max_length=60, blank=True)
    delo = Line(_("delo"), max_length=60, blank=True)
    folios = Line(_("folios"), max_length=120, blank=True)

    history = history()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ("unit", "date_earliest", "pk")
        indexes = (models.Index(fields=("fond", "opis", "delo")),)
        constraints = (standing_constraint(),)

    def __str__(self) -> str:
        return self.raw
