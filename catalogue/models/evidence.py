"""Evidence: who says so, where, and how we know."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import at_most_one
from catalogue.models.dated import Dated
from catalogue.models.fields import Line, Prose
from catalogue.models.history import history
from catalogue.models.statement import Statement
from catalogue.models.visibility import visible

SOURCES = ("publication", "document", "witness", "unit")
THROUGH = ("through_publication", "through_witness")


class Attribution(models.TextChoices):
    """How sure it is that the speaker is the speaker."""

    STATED = "stated", _("stated")
    ASSUMED = "assumed", _("assumed by the source's own rule")
    INFERRED = "inferred", _("inferred by us")
    UNIDENTIFIED = "unidentified", _("not identified")


class Basis(models.TextChoices):
    SEEN = "seen", _("seen by us in the source")
    REPORTED = "reported", _("reported by another source")
    INFERRED = "inferred", _("inferred")
    BACKGROUND = "background", _("background knowledge")


class Bearing(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")


class EvidenceQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Evidence from public sources, spoken by public agents. Of any other, nothing is shown.

        Whether the statement itself is public is for the caller, who starts from it.
        """
        rows = self.select_related("speaker", *SOURCES, *THROUGH, "part")
        return rows.filter(*map(visible, (*SOURCES, *THROUGH, "speaker", "part")))


class Evidence(Dated):
    """One reason for or against a statement.

    The dates say when the speaker spoke. The reading is short and in our words: never a passage
    of a text under copyright.
    """

    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="evidence", verbose_name=_("statement")
    )
    bearing = models.CharField(
        _("bearing"), max_length=12, choices=Bearing.choices, default=Bearing.SUPPORTS
    )
    publication = models.ForeignKey(
        "catalogue.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_from_it",
        verbose_name=_("source: publication"),
    )
    document = models.ForeignKey(
        "catalogue.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_from_it",
        verbose_name=_("source: document"),
    )
    witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_from_it",
        verbose_name=_("source: witness"),
    )
    unit = models.ForeignKey(
        "catalogue.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_from_it",
        verbose_name=_("source: unit"),
    )
    part = models.ForeignKey(
        "catalogue.Part",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_from_it",
        verbose_name=_("part"),
        help_text=_("The section or note of the source that says so."),
    )
    locator = Line(_("locator"), max_length=250, blank=True, help_text=_("Page, folio, paragraph."))
    speaker = models.ForeignKey(
        "catalogue.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_spoken",
        verbose_name=_("who says so"),
    )
    attribution = models.CharField(
        _("attribution of the speaker"),
        max_length=15,
        choices=Attribution.choices,
        default=Attribution.STATED,
    )
    through_publication = models.ForeignKey(
        "catalogue.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported through publication"),
    )
    through_witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported through witness"),
    )
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices, default=Basis.SEEN)
    accessed = models.DateField(_("date accessed"), null=True, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    reading = Line(
        _("reading"),
        max_length=500,
        blank=True,
        help_text=_("What it says, in our words and short."),
    )
    staff_note = Prose(_("staff note"), blank=True, help_text=_("Staff only."))

    objects = EvidenceQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("statement", "pk")
        constraints = (
            models.CheckConstraint(condition=at_most_one(*SOURCES), name="evidence_one_source"),
            models.CheckConstraint(condition=at_most_one(*THROUGH), name="evidence_one_through"),
            models.CheckConstraint(
                condition=Q(basis__in=[Basis.INFERRED, Basis.BACKGROUND])
                | Q(publication__isnull=False)
                | Q(document__isnull=False)
                | Q(witness__isnull=False)
                | Q(unit__isnull=False),
                name="evidence_has_a_source",
                violation_error_message=_(
                    "What was seen or reported needs a source; only inference and background"
                    " knowledge may stand without."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(attribution=Attribution.UNIDENTIFIED) | Q(speaker__isnull=True),
                name="evidence_unidentified_speaker",
                violation_error_message=_("A speaker who is not identified cannot be named."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_bearing_display()}: {self.source() or self.get_basis_display()}"

    def source(self) -> models.Model | None:
        """The publication, document, witness or unit that it is taken from."""
        for name in SOURCES:
            if getattr(self, f"{name}_id") is not None:
                record: models.Model = getattr(self, name)
                return record
        return None
