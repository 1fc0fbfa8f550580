"""Agents: persons, families and corporate bodies. ISAAR(CPF)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.dated import Dated
from catalogue.models.fields import Key, Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.visibility import Publishable

if TYPE_CHECKING:
    from catalogue.models.agent_name import AgentName


class AgentKind(models.TextChoices):
    PERSON = "person", _("person")
    FAMILY = "family", _("family")
    CORPORATE = "corporate", _("corporate body")


_DIRECT = re.compile(r"((?:\w{1,2}\.[ -]?)+) *(\S.*)")


def heading(form: str, family: str = "", given: str = "") -> str:
    """A name with the family name first: L. D. Trotsky and Trotsky, Leon begin alike.

    ``family`` and ``given`` are its parts, if they are known.
    """
    if family:
        return f"{family} {given}"
    if "," in form:
        return form
    if initials := _DIRECT.fullmatch(form):
        return f"{initials[2]} {initials[1]}"
    words = form.split()
    if len(words) in (2, 3) and all(word.isascii() and word.istitle() for word in words):
        return " ".join([words[-1], *words[:-1]])
    return form


class Agent(Publishable, Identified, Dated):
    """A person, family or corporate body, named or only described.

    ``name`` is the preferred form; every form, with its language, dates and source, is an
    ``AgentName``. The dates are those of existence (ISAAR 5.2.1).
    """

    kind = models.CharField(
        _("type of entity"),
        max_length=10,
        choices=AgentKind.choices,
        help_text=_("ISAAR(CPF) 5.1.1"),
    )
    name = Line(
        _("authorized form of name"),
        help_text=_("ISAAR(CPF) 5.1.2. For an unnamed agent, a short description."),
    )
    unnamed = models.BooleanField(
        _("unnamed"), default=False, help_text=_("Known only by description; no name is on record.")
    )
    # ISAAR(CPF) 5.2, description area
    description = Prose(_("history"), blank=True, help_text=_("ISAAR(CPF) 5.2.2"))
    places = Prose(_("places"), blank=True, help_text=_("ISAAR(CPF) 5.2.3"))
    legal_status = Prose(_("legal status"), blank=True, help_text=_("ISAAR(CPF) 5.2.4"))
    functions = Prose(
        _("functions, occupations and activities"), blank=True, help_text=_("ISAAR(CPF) 5.2.5")
    )
    mandates = Prose(
        _("mandates, sources of authority"), blank=True, help_text=_("ISAAR(CPF) 5.2.6")
    )
    internal_structure = Prose(
        _("internal structure, genealogy"), blank=True, help_text=_("ISAAR(CPF) 5.2.7")
    )
    general_context = Prose(_("general context"), blank=True, help_text=_("ISAAR(CPF) 5.2.8"))
    # ISAAR(CPF) 5.4, control area
    rules = Prose(_("rules or conventions"), blank=True, help_text=_("ISAAR(CPF) 5.4.3"))
    sources = Prose(_("sources"), blank=True, help_text=_("ISAAR(CPF) 5.4.8"))
    maintenance_note = Prose(_("maintenance notes"), blank=True, help_text=_("ISAAR(CPF) 5.4.9"))
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))
    personal_data_note = Prose(_("personal data"), blank=True, help_text=_("Staff only."))
    folded = models.TextField(editable=False, blank=True)
    sort_key = Key(editable=False, blank=True)
    skeleton = Key(editable=False, blank=True)

    history = history(excluded_fields=["skeleton"])

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ("sort_key", "pk")
        indexes = (
            models.Index(fields=("sort_key", "id")),
            models.Index(fields=("date_earliest", "id")),
            models.Index(fields=("skeleton", "id")),
        )

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        super().derive()
        self.skeleton = text.skeleton(heading(self.name))[:200]
        self.folded = text.fold(self.name)
        self.sort_key = self.folded[:200]

    def name_in(self, language: str) -> AgentName | None:
        """The best public form of the name in a language: preferred, then authorized, then any.

        Reads ``names`` (prefetch them); None where no form in that language is on record.
        """
        forms = [
            form
            for form in self.names.all()
            if form.language == language and form.is_current_form()
        ]
        return min(forms, key=lambda form: form.rank(), default=None)

    def label_in(self, language: str) -> str:
        """The name as a heading for readers of a language."""
        form = self.name_in(language)
        return form.form if form else self.name
