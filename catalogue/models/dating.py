"""Datings: what somebody says of the date of a record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import one_end
from catalogue.models.dated import Dated
from catalogue.models.history import history
from catalogue.models.statement import Assertion, standing_constraint
from catalogue.models.subject import SUBJECTS, Subject


class DatingKind(models.TextChoices):
    CREATION = "creation", _("making")
    SENDING = "sending", _("sending")
    RECEIPT = "receipt", _("receipt")
    PUBLICATION = "publication", _("publication")
    HOLDING = "holding", _("taking place")
    EXISTENCE = "existence", _("existence")
    ACCUMULATION = "accumulation", _("accumulation")


class Dating(Assertion, Subject, Dated):
    """A date asserted of one record; several may disagree. ISAD(G) 3.1.3, ISAAR(CPF) 5.2.1."""

    ends = SUBJECTS

    dating_kind = models.CharField(
        _("date of"), max_length=15, choices=DatingKind.choices, default=DatingKind.CREATION
    )

    history = history()

    class Meta:
        verbose_name = _("dating")
        verbose_name_plural = _("datings")
        ordering = ("date_earliest", "pk")
        constraints = (standing_constraint(), one_end(*SUBJECTS))

    def __str__(self) -> str:
        return f"{self.subject()}: {self.date or self.date_written}"
