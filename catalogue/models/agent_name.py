"""Forms of the names of agents, each with its language, its dates and who says so."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.agent import Agent, heading
from catalogue.models.dated import Dated
from catalogue.models.fields import Key, Line
from catalogue.models.history import history
from catalogue.models.statement import Assertion, Standing, standing_constraint


class NameKind(models.TextChoices):
    """ISAAR(CPF) 5.1.2 to 5.1.5."""

    AUTHORIZED = "authorized", _("authorized form")
    PARALLEL = "parallel", _("parallel form")
    ABBREVIATION = "abbreviation", _("abbreviation")
    FORMER = "former", _("former name")
    AS_PRINTED = "as_printed", _("as printed in a source")
    PSEUDONYM = "pseudonym", _("pseudonym")
    OTHER = "other", _("other form")


_RANKS = {
    NameKind.AUTHORIZED: 0,
    NameKind.PARALLEL: 1,
    NameKind.FORMER: 2,
    NameKind.PSEUDONYM: 3,
    NameKind.ABBREVIATION: 4,
    NameKind.OTHER: 5,
    NameKind.AS_PRINTED: 6,
}


class AgentName(Assertion, Dated):
    """One form of the name of an agent. The dates are those of its use (EDTF span)."""

    ends = ("agent",)

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="names", verbose_name=_("agent"))
    form = Line(_("form of the name"), help_text=_("As a heading: Trotsky, Leon; Троцкий Л. Д."))
    language = models.CharField(_("language"), max_length=12, help_text=_("ISO 639: en, fr, ru"))
    script = models.CharField(
        _("script"), max_length=4, blank=True, help_text=_("ISO 15924: Latn, Cyrl")
    )
    name_kind = models.CharField(
        _("kind of form"), max_length=15, choices=NameKind.choices, default=NameKind.PARALLEL
    )
    transliteration = Line(
        _("transliteration"), max_length=60, blank=True, help_text=_("The scheme: ALA-LC, ISO 9")
    )
    family = Line(_("family name"), max_length=250, blank=True)
    given = Line(
        _("given names"),
        max_length=250,
        blank=True,
        help_text=_("With patronymic, or as initials: Leon; Л. Д."),
    )
    folded = models.TextField(editable=False, blank=True)
    skeleton = Key(editable=False, blank=True)

    history = history(excluded_fields=["skeleton"])

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ("agent", "date_earliest", "pk")
        indexes = (models.Index(fields=("skeleton", "agent")),)
        constraints = (standing_constraint(),)

    def __str__(self) -> str:
        return self.form

    def derive(self) -> None:
        super().derive()
        self.skeleton = text.skeleton(heading(self.form, self.family, self.given))[:200]
        self.folded = text.fold(self.form)

    def rank(self) -> tuple[bool, int, int]:
        """Which form stands first among those of one language."""
        preferred = self.standing == Standing.PREFERRED
        return (not preferred, _RANKS.get(NameKind(self.name_kind), 9), self.pk or 0)

    def is_current_form(self) -> bool:
        """May stand as a heading: public, not deprecated, not a mere misprint."""
        return self.is_public and self.standing not in (Standing.DEPRECATED, Standing.SUPERSEDED)

    def covers(self, day: int) -> bool:
        """Whether the name was in use on a day (Julian Day Number); undated names never were."""
        if self.date_earliest is None and self.date_latest is None:
            return False
        return (self.date_earliest is None or self.date_earliest <= day) and (
            self.date_latest is None or day <= self.date_latest
        )
