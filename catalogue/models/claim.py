"""Claims: one property of one record, affirmed, denied, or sought and not found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import one_end
from catalogue.models.dated import Dated
from catalogue.models.fields import Line
from catalogue.models.history import history
from catalogue.models.statement import Assertion, Standing, standing_constraint
from catalogue.models.subject import SUBJECTS, Subject


class Property(models.TextChoices):
    PUBLISHED = "published", _("printed")
    PUBLISHED_IN_FULL = "published_in_full", _("printed in full")
    QUOTED = "quoted", _("quoted in print")
    TRANSLATED = "translated", _("translated")
    CONTAINS = "contains", _("contains the document")
    PLACE = "place", _("place")
    REFERENCE = "reference", _("reference number")
    FOLIOS = "folios", _("folios")
    SIDES = "sides", _("use of both sides")
    EXTENT = "extent", _("extent")
    PAGES = "pages", _("pages")
    NUMBER = "number", _("number of the issue")
    EDITION = "edition", _("edition")
    COMPLETENESS = "completeness", _("completeness")
    BASE_TEXT = "base_text", _("base text")
    ORIGINAL = "original", _("original")
    COPIES = "copies", _("number of copies")
    SIGNATURE = "signature", _("signature")
    RECEIPT = "receipt", _("receipt")
    SENDING = "sending", _("sending")
    CIRCULATION = "circulation", _("circulation")
    RIGHTS = "rights", _("rights, licence")
    ADDRESS = "address", _("web address")
    TITLE = "title", _("title")
    NAME = "name", _("name")
    IDENTITY = "identity", _("identity")
    EXISTENCE = "existence", _("existence")
    OFFICE = "office", _("office")
    MEMBERS = "members", _("members")
    MANDATE = "mandate", _("mandate")
    ACTIVITY = "activity", _("activity")
    SUBJECT = "subject", _("subject")
    OCCASION = "occasion", _("occasion")
    FIGURE = "figure", _("figure stated")
    OTHER = "other", _("other")


class Mode(models.TextChoices):
    AFFIRMED = "affirmed", _("affirmed")
    DENIED = "denied", _("denied")
    SOUGHT = "sought", _("sought and not found")
    SILENT = "silent", _("not stated")


class Claim(Assertion, Subject, Dated):
    """What somebody says of one property. The dates are the span that the claim speaks about.

    "Never published in full", said in 1990, is ``published_in_full`` denied about the time to
    May 1990. ``silent`` records that the source consulted does not say.
    """

    ends = (*SUBJECTS, "part")

    claim_property = models.CharField(_("property"), max_length=20, choices=Property.choices)
    mode = models.CharField(
        _("asserted how"), max_length=10, choices=Mode.choices, default=Mode.AFFIRMED
    )
    value = Line(_("value"), max_length=1000, blank=True, help_text=_("In our own words."))
    part = models.ForeignKey(
        "catalogue.Part",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("part"),
        help_text=_("The section or note that the claim is about."),
    )

    history = history()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ("claim_property", "pk")
        constraints = (
            standing_constraint(),
            one_end(*SUBJECTS),
            models.CheckConstraint(
                condition=Q(mode=Mode.AFFIRMED) | Q(value="") | ~Q(standing=Standing.PREFERRED),
                name="claim_denied_has_no_preferred_value",
                violation_error_message=_(
                    "A claim that is denied or not found has no value that stands as preferred."
                ),
            ),
        )

    def __str__(self) -> str:
        text = f"{self.get_claim_property_display()}: {self.get_mode_display()}"
        return f"{text} – {self.value}" if self.value else text
