"""Contributions: who did what for a record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import one_end
from catalogue.models.dated import Dated
from catalogue.models.fields import Line
from catalogue.models.history import history
from catalogue.models.statement import Assertion, standing_constraint
from catalogue.models.subject import Subject

SUBJECTS = ("unit", "document", "witness", "publication", "event")


class Role(models.TextChoices):
    AUTHOR = "author", _("author")
    SIGNATORY = "signatory", _("signatory")
    SENDER = "sender", _("sender")
    ADDRESSEE = "addressee", _("addressee")
    RECIPIENT = "recipient", _("recipient")
    CREATOR = "creator", _("creator")
    ISSUER = "issuer", _("issuing body")
    RAPPORTEUR = "rapporteur", _("rapporteur")
    TRANSLATOR = "translator", _("translator")
    ASSISTANT = "assistant", _("assistant to the translator")
    EDITOR = "editor", _("editor")
    COMPILER = "compiler", _("compiler")
    ANNOTATOR = "annotator", _("author of notes")
    PUBLISHER = "publisher", _("publisher")
    CONVENER = "convener", _("convener")
    PARTICIPANT = "participant", _("participant")
    CHAIR = "chair", _("chair")
    APPOINTEE = "appointee", _("person appointed")
    OTHER = "other", _("other")


class Contribution(Assertion, Subject, Dated):
    """An agent in a role towards a unit (ISAD(G) 3.2.1), document, witness, printing or event."""

    ends = ("contributor", *SUBJECTS)

    agent = None  # the agent of a contribution is its contributor
    contributor = models.ForeignKey(
        "catalogue.Agent", models.PROTECT, related_name="contributions", verbose_name=_("agent")
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    name_as_printed = Line(_("name as printed there"), blank=True, max_length=250)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    history = history()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ("position", "pk")
        constraints = (standing_constraint(), one_end(*SUBJECTS))

    def __str__(self) -> str:
        return f"{self.contributor}, {self.get_role_display()}"
