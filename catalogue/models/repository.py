"""Repositories: agents that hold archives. ISDIAH."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.agent import AgentKind
from catalogue.models.fields import Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.visibility import Publishable


class Repository(Publishable, Identified):
    """An agent that holds archives, under a short code that its address uses."""

    gates = ("agent",)

    agent = models.OneToOneField(
        "catalogue.Agent", models.PROTECT, related_name="repository", verbose_name=_("agent")
    )
    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("Short, stands in addresses: rgaspi")
    )
    isil = models.CharField(
        _("ISIL"), max_length=20, blank=True, help_text=_("ISDIAH 5.1.1. Only if it has been seen.")
    )
    place = models.ForeignKey(
        "catalogue.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166-1: RU")
    )
    # ISDIAH 5.2, contact area
    address = Prose(_("address"), blank=True, help_text=_("ISDIAH 5.2.1"))
    telephone = Line(_("telephone, e-mail"), blank=True, help_text=_("ISDIAH 5.2.2"))
    website = models.URLField(_("website"), blank=True, max_length=500)
    # ISDIAH 5.3, description area
    history_note = Prose(_("history"), blank=True, help_text=_("ISDIAH 5.3.1"))
    context = Prose(_("geographical and cultural context"), blank=True, help_text=_("ISDIAH 5.3.2"))
    mandates = Prose(_("mandates"), blank=True, help_text=_("ISDIAH 5.3.3"))
    structure = Prose(_("administrative structure"), blank=True, help_text=_("ISDIAH 5.3.4"))
    collecting = Prose(_("collecting policy"), blank=True, help_text=_("ISDIAH 5.3.5"))
    buildings = Prose(_("buildings"), blank=True, help_text=_("ISDIAH 5.3.6"))
    holdings = Prose(_("holdings"), blank=True, help_text=_("ISDIAH 5.3.7"))
    finding_aids = Prose(_("finding aids"), blank=True, help_text=_("ISDIAH 5.3.8"))
    # ISDIAH 5.4 and 5.5, access and services areas
    opening_times = Prose(_("opening times"), blank=True, help_text=_("ISDIAH 5.4.1"))
    access = Prose(_("conditions of access"), blank=True, help_text=_("ISDIAH 5.4.2"))
    accessibility = Prose(_("accessibility"), blank=True, help_text=_("ISDIAH 5.4.3"))
    services = Prose(_("services"), blank=True, help_text=_("ISDIAH 5.5.1"))
    reproduction = Prose(_("reproduction services"), blank=True, help_text=_("ISDIAH 5.5.2"))
    # ISDIAH 5.6, control area
    rules = Prose(_("rules or conventions"), blank=True, help_text=_("ISDIAH 5.6.3"))
    sources = Prose(_("sources"), blank=True, help_text=_("ISDIAH 5.6.8"))
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))

    history = history()

    class Meta:
        verbose_name = _("repository")
        verbose_name_plural = _("repositories")
        ordering = ("agent__sort_key", "pk")

    def __str__(self) -> str:
        return self.agent.name

    def clean(self) -> None:
        if self.agent_id and self.agent.kind != AgentKind.CORPORATE:
            raise ValidationError({"agent": _("A repository is a corporate body.")})

    def derive(self) -> None:
        super().derive()
        self.code = self.code.lower()
