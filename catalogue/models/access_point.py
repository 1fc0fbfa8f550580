"""Access points: the controlled terms under which a record is found; and its numbers elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import one_end
from catalogue.models.fields import Line
from catalogue.models.history import history


class AccessPoint(models.Model):
    """A record is about a subject, of a genre, or concerns a place."""

    term = models.ForeignKey(
        "catalogue.Term", models.PROTECT, related_name="access_points", verbose_name=_("term")
    )
    unit = models.ForeignKey(
        "catalogue.Unit", models.CASCADE, null=True, blank=True, related_name="access_points"
    )
    document = models.ForeignKey(
        "catalogue.Document", models.CASCADE, null=True, blank=True, related_name="access_points"
    )
    publication = models.ForeignKey(
        "catalogue.Publication", models.CASCADE, null=True, blank=True, related_name="access_points"
    )
    agent = models.ForeignKey(
        "catalogue.Agent", models.CASCADE, null=True, blank=True, related_name="access_points"
    )
    event = models.ForeignKey(
        "catalogue.Event", models.CASCADE, null=True, blank=True, related_name="access_points"
    )

    history = history()

    class Meta:
        verbose_name = _("access point")
        verbose_name_plural = _("access points")
        ordering = ("pk",)
        constraints = (one_end("unit", "document", "publication", "agent", "event"),)

    def __str__(self) -> str:
        return str(self.term)


class Scheme(models.TextChoices):
    WIKIDATA = "wikidata", "Wikidata"
    VIAF = "viaf", "VIAF"
    ISNI = "isni", "ISNI"
    GND = "gnd", "GND"
    BNF = "bnf", "BnF"
    LCNAF = "lcnaf", "LCNAF"
    GEONAMES = "geonames", "GeoNames"
    DOI = "doi", "DOI"
    OTHER = "other", _("other")


class OutsideIdentifier(models.Model):
    """The number of a record in somebody else's register. Only what has been seen there."""

    scheme = models.CharField(_("register"), max_length=10, choices=Scheme.choices)
    value = Line(_("identifier"), max_length=250)
    url = models.URLField(_("address"), blank=True, max_length=500)
    seen_in = Line(_("where it was seen"), blank=True)
    unit = models.ForeignKey(
        "catalogue.Unit", models.CASCADE, null=True, blank=True, related_name="outside_identifiers"
    )
    document = models.ForeignKey(
        "catalogue.Document",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outside_identifiers",
    )
    publication = models.ForeignKey(
        "catalogue.Publication",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outside_identifiers",
    )
    agent = models.ForeignKey(
        "catalogue.Agent", models.CASCADE, null=True, blank=True, related_name="outside_identifiers"
    )
    event = models.ForeignKey(
        "catalogue.Event", models.CASCADE, null=True, blank=True, related_name="outside_identifiers"
    )
    term = models.ForeignKey(
        "catalogue.Term", models.CASCADE, null=True, blank=True, related_name="outside_identifiers"
    )

    history = history()

    class Meta:
        verbose_name = _("outside identifier")
        verbose_name_plural = _("outside identifiers")
        ordering = ("scheme", "value")
        constraints = (one_end("unit", "document", "publication", "agent", "event", "term"),)

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
