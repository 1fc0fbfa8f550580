"""Custody: where a unit or witness has been."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import one_end
from catalogue.models.dated import Dated
from catalogue.models.history import history
from catalogue.models.statement import Assertion, standing_constraint


class CustodyKind(models.TextChoices):
    HELD = "held", _("held by")
    RECEIVED = "received", _("received by")
    TRANSFERRED = "transferred", _("transferred to")
    DEPOSITED = "deposited", _("deposited with")
    SEIZED = "seized", _("seized by")
    NATIONALISED = "nationalised", _("nationalised, passed to")
    SOLD = "sold", _("sold to")
    RETURNED = "returned", _("returned to")


class CustodyEvent(Assertion, Dated):
    """A unit or witness came to, or was with, a holder. ISAD(G) 3.2.3, 3.2.4."""

    ends = ("unit", "witness", "holder", "from_agent", "holder_name", "place")

    unit = models.ForeignKey(
        "catalogue.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="custody",
        verbose_name=_("unit"),
    )
    witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="custody",
        verbose_name=_("witness"),
    )
    custody_kind = models.CharField(
        _("what happened"), max_length=15, choices=CustodyKind.choices, default=CustodyKind.HELD
    )
    holder = models.ForeignKey(
        "catalogue.Agent", models.PROTECT, related_name="custody", verbose_name=_("holder")
    )
    holder_name = models.ForeignKey(
        "catalogue.AgentName",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("under the name"),
    )
    from_agent = models.ForeignKey(
        "catalogue.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="custody_given",
        verbose_name=_("from"),
    )
    place = models.ForeignKey(
        "catalogue.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )

    history = history()

    class Meta:
        verbose_name = _("custody")
        verbose_name_plural = _("custody")
        ordering = ("date_earliest", "pk")
        constraints = (standing_constraint(), one_end("unit", "witness"))

    def __str__(self) -> str:
        return f"{self.unit or self.witness}: {self.get_custody_kind_display()} {self.holder}"
