"""Witnesses: the embodiments of a document's text."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from catalogue import references as notation
from catalogue import text
from catalogue.models.dated import Dated
from catalogue.models.derived import Derived
from catalogue.models.fields import Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.visibility import Publishable


class WitnessKind(models.TextChoices):
    ORIGINAL = "original", _("original")
    AUTOGRAPH = "autograph", _("autograph")
    DRAFT = "draft", _("draft")
    TYPED_COPY = "typed_copy", _("typed copy")
    CARBON = "carbon", _("carbon copy")
    MANUSCRIPT_COPY = "manuscript_copy", _("manuscript copy")
    PHOTOCOPY = "photocopy", _("photocopy")
    MICROFILM = "microfilm", _("microfilm")
    SCAN = "scan", _("scan")
    PRINTED = "printed", _("printed")
    ONLINE = "online", _("online")
    UNKNOWN = "unknown", _("not known")


class Completeness(models.TextChoices):
    FULL = "full", _("full")
    ABRIDGED = "abridged", _("abridged")
    EXTRACT = "extract", _("extract")
    QUOTATION = "quotation", _("quotation")
    UNKNOWN = "unknown", _("not known")


class Survival(models.TextChoices):
    EXTANT = "extant", _("extant")
    LOST = "lost", _("lost")
    UNKNOWN = "unknown", _("not known")
    HYPOTHETICAL = "hypothetical", _("hypothetical")


class WitnessAccess(models.TextChoices):
    OPEN = "open", _("open")
    RESTRICTED = "restricted", _("restricted")
    CLOSED = "closed", _("closed")
    UNKNOWN = "unknown", _("not known")


class Witness(Publishable, Identified, Dated):
    """One embodiment: in a unit, or in a publication, or in neither.

    Its dates are those of its making. Its repository may be known without a unit.
    """

    gates = ("document",)

    document = models.ForeignKey(
        "catalogue.Document", models.PROTECT, related_name="witnesses", verbose_name=_("document")
    )
    label = Line(
        _("short name"),
        max_length=120,
        help_text=_("How lists and the graph call it: Izvestia 1990"),
    )
    unit = models.ForeignKey(
        "catalogue.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="witnesses",
        verbose_name=_("unit"),
    )
    publication = models.ForeignKey(
        "catalogue.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="witnesses",
        verbose_name=_("publication"),
    )
    repository = models.ForeignKey(
        "catalogue.Repository",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="witnesses",
        verbose_name=_("repository"),
        help_text=_("Where it is, if no unit is known."),
    )
    witness_kind = models.CharField(
        _("kind of witness"), max_length=16, choices=WitnessKind.choices
    )
    completeness = models.CharField(
        _("completeness"),
        max_length=10,
        choices=Completeness.choices,
        default=Completeness.UNKNOWN,
    )
    completeness_certain = models.BooleanField(
        _("completeness is certain"), default=True, help_text=_("No: only inferred or reported.")
    )
    existence_certain = models.BooleanField(
        _("existence is certain"),
        default=True,
        help_text=_("No: it is inferred that the document stands here."),
    )
    parts = models.ManyToManyField(
        "catalogue.Part",
        blank=True,
        related_name="covered_by",
        verbose_name=_("parts covered"),
        help_text=_("For extracts and quotations, where it is known."),
    )
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("ISO 639: ru")
    )
    title_as_printed = Prose(_("title as it stands there"), blank=True)
    pages = Line(_("pages"), max_length=120, blank=True, help_text=_("As printed there: 165–175"))
    url = models.URLField(_("address of the page"), max_length=500, blank=True)
    rights = Prose(_("rights"), blank=True)
    survival = models.CharField(
        _("survival"), max_length=12, choices=Survival.choices, default=Survival.EXTANT
    )
    access = models.CharField(
        _("access"), max_length=10, choices=WitnessAccess.choices, default=WitnessAccess.UNKNOWN
    )
    closed_until = models.DateField(_("closed until"), null=True, blank=True)
    note = Prose(_("note"), blank=True)
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))

    history = history(m2m_fields=[parts])

    class Meta:
        verbose_name = _("witness")
        verbose_name_plural = _("witnesses")
        ordering = ("document", "date_earliest", "pk")
        indexes = (models.Index(fields=("language", "completeness", "document")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(publication__isnull=True),
                name="witness_in_a_unit_or_a_publication",
                violation_error_message=_(
                    "A witness is in a unit or in a publication, not in both."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.unit and self.repository_id and self.unit.repository_id != self.repository_id:
            raise ValidationError({"repository": _("The unit is in another repository.")})

    @property
    def is_archival(self) -> bool:
        return self.publication_id is None and self.witness_kind not in (
            WitnessKind.PRINTED,
            WitnessKind.ONLINE,
        )

    def folios(self) -> tuple[notation.FolioRange, ...]:
        """The leaves that it takes up in its unit. Reads ``folio_ranges``: prefetch for lists."""
        return tuple(row.range() for row in self.folio_ranges.all())

    def reference(self) -> notation.Reference | None:
        """Fond, opis, delo and folios; None outside a unit. Without a repository name."""
        if self.unit is None:
            return None
        whole = self.unit.reference()
        return notation.Reference(
            fond=whole.fond, opis=whole.opis, delo=whole.delo, folios=self.folios()
        )


def read_leaf(label: str) -> notation.Folio:
    """One leaf, with its side. Raises FolioError for anything else."""
    ranges = notation.read_folios(label)
    if len(ranges) != 1 or ranges[0].last is not None:
        raise notation.FolioError(gettext_noop("“%(label)s” is not one folio."), 0, label=label)
    return ranges[0].first


class Leaves(Derived):
    """From one leaf, side included, to another: '53' to '68', or '5v' alone."""

    first = models.CharField(_("first folio"), max_length=12, help_text=_("53, 53v, 53а"))
    last = models.CharField(
        _("last folio"), max_length=12, blank=True, help_text=_("Empty for a single folio.")
    )
    first_order = models.BigIntegerField(editable=False)
    last_order = models.BigIntegerField(editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return notation.print_folios((self.range(),))

    def derive(self) -> None:
        super().derive()
        leaves = self.range()
        self.first_order, self.last_order = leaves.start, leaves.end

    def range(self) -> notation.FolioRange:
        """Raises FolioError for what is no folio, ValueError for what runs backwards."""
        last = read_leaf(self.last) if self.last else None
        return notation.FolioRange(read_leaf(self.first), last)

    def clean(self) -> None:
        super().clean()
        try:
            self.range()
        except text.Misread as error:
            raise ValidationError(gettext(error.sentence), params=dict(error.values)) from error
        except ValueError as error:
            raise ValidationError(_("Folios run forward.")) from error


def forward(name: str) -> models.CheckConstraint:
    """Folios run forward."""
    return models.CheckConstraint(
        condition=Q(last_order__gte=F("first_order")),
        name=name,
        violation_error_message=_("Folios run forward."),
    )


class FolioRange(Leaves):
    """Leaves of its unit that a witness takes up."""

    witness = models.ForeignKey(
        Witness, models.CASCADE, related_name="folio_ranges", verbose_name=_("witness")
    )

    history = history()

    class Meta:
        verbose_name = _("folios")
        verbose_name_plural = _("folios")
        ordering = ("witness", "first_order", "pk")
        indexes = (models.Index(fields=("witness", "first_order", "last_order")),)
        constraints = (forward("foliorange_runs_forward"),)
