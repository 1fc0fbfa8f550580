"""What each list can be narrowed by.

A field that cannot be read shows why, and the list is as if it had not been filled in.
"""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import Agent, Contribution, Relation, Repository, Witness
from catalogue.models.agent import AgentKind
from catalogue.models.event import EventKind
from catalogue.models.publication import PublicationKind
from catalogue.models.unit import Level
from catalogue.models.visibility import today
from catalogue.models.witness import Completeness, WitnessKind
from catalogue.views.fields import (
    Words,
    agent_choice,
    any_code,
    choice,
    genre_choice,
    language_choice,
    repository_choice,
    since,
    until,
)
from catalogue.views.languages import codes
from catalogue.views.records import named

IN_PRINT = Q(witness_kind__in=(WitnessKind.PRINTED, WitnessKind.ONLINE)) | Q(
    publication__isnull=False
)
IN_FULL = Q(completeness=Completeness.FULL, completeness_certain=True, existence_certain=True)


class PeriodForm(forms.Form):
    """Two dates make a period, which does not run backwards."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("since"), given.get("until")
        if (
            first is not None
            and last is not None
            and first.earliest is not None
            and last.latest is not None
            and first.earliest > last.latest
        ):
            self.add_error("until", _("This is before the date under “From”."))
        return given


class Section(django_filters.FilterSet):  # type: ignore[misc] # django-filter publishes no types
    """The form of one list."""

    class Meta:
        form = PeriodForm

    @property
    def form(self) -> forms.Form:
        form: forms.Form = super().form
        form.label_suffix = ""
        return form

    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.filters)

    def about(self) -> str:
        """What a hidden field narrows the list to, in words."""
        return ""


def witnessed(condition: Q) -> Exists:
    """A document has a public witness of some sort."""
    return Exists(Witness.objects.public().filter(condition, document=OuterRef("pk")))


class Documents(Section):
    q = Words(label=_("Words in titles"))
    repository = repository_choice("kept_in")
    genre = genre_choice()
    language = language_choice(_("Language of any text"), "with_text_in")
    original = language_choice(_("Original language"), "written_in")
    translated = language_choice(_("Translated into"), "translated_into")
    full = choice(
        _("Printed in full"), (("yes", _("yes")), ("no", _("not known to be"))), method="in_full"
    )
    since = since()
    until = until()
    agent = agent_choice("concerning")

    def about(self) -> str:
        self.is_valid()
        agent = self.form.cleaned_data.get("agent")
        if agent is None:
            return ""
        return gettext("Only documents by, to or about %(name)s.") % {"name": named(agent).text}

    def concerning(self, rows: QuerySet[Any], _name: str, agent: Agent) -> QuerySet[Any]:
        own = Contribution.objects.public().filter(contributor=agent, document=OuterRef("pk"))
        text = Contribution.objects.public().filter(
            contributor=agent, witness__document=OuterRef("pk")
        )
        mention = Relation.objects.public().filter(
            target_agent=agent, source_document=OuterRef("pk")
        )
        return rows.filter(Q(Exists(own)) | Q(Exists(text)) | Q(Exists(mention)))

    def kept_in(self, rows: QuerySet[Any], _name: str, repository: Repository) -> QuerySet[Any]:
        in_unit = Q(unit__repository=repository, unit__public_from__lte=today())
        return rows.filter(witnessed(Q(repository=repository) | in_unit))

    def with_text_in(self, rows: QuerySet[Any], _name: str, language: str) -> QuerySet[Any]:
        text = witnessed(Q(language__in=codes(language), existence_certain=True))
        return rows.filter(any_code("languages", language) | Q(text))

    def written_in(self, rows: QuerySet[Any], _name: str, language: str) -> QuerySet[Any]:
        return rows.filter(any_code("languages", language))

    def translated_into(self, rows: QuerySet[Any], _name: str, language: str) -> QuerySet[Any]:
        text = witnessed(Q(language__in=codes(language), existence_certain=True))
        return rows.filter(text).exclude(any_code("languages", language))

    def in_full(self, rows: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        printed = witnessed(IN_PRINT & IN_FULL)
        return rows.filter(printed if answer == "yes" else ~printed)


class Units(Section):
    q = Words(label=_("Words in titles"))
    repository = repository_choice("in_repository")
    level = choice(_("Level"), Level.choices)
    language = language_choice(_("Language of material"), "in_language")
    since = since()
    until = until()

    def in_repository(self, rows: QuerySet[Any], _name: str, chosen: Repository) -> QuerySet[Any]:
        return rows.filter(repository=chosen)

    def in_language(self, rows: QuerySet[Any], _name: str, language: str) -> QuerySet[Any]:
        return rows.filter(any_code("languages", language))


class Agents(Section):
    q = Words(label=_("Words in names"))
    kind = choice(_("Kind"), AgentKind.choices)
    since = since()
    until = until()


class Publications(Section):
    q = Words(label=_("Words in titles"))
    kind = choice(_("Kind"), PublicationKind.choices)
    language = language_choice(_("Language"), "in_language")
    since = since()
    until = until()

    def in_language(self, rows: QuerySet[Any], _name: str, language: str) -> QuerySet[Any]:
        return rows.filter(language__in=codes(language))


class Events(Section):
    q = Words(label=_("Words in titles"))
    kind = choice(_("Kind"), EventKind.choices)
    since = since()
    until = until()
