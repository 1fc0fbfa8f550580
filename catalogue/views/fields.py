"""Fields of the forms by which lists are narrowed, each with what it asks of the records."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue import dates
from catalogue.models import Agent, Repository, Term
from catalogue.models.term import TermKind
from catalogue.views import languages, words
from catalogue.views.records import named


def any_code(column: str, language: str) -> Q:
    """A column of several codes holds one that means the language."""
    found = Q()
    for code in languages.codes(language):
        found |= Q(**{f"{column}__contains": f" {code} "})
    return found


class DateField(forms.CharField):
    """A year or an EDTF date; cleaned to its `dates.Span`."""

    def clean(self, value: Any) -> dates.Span | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return dates.read(typed)
        except dates.DateError as error:
            raise ValidationError(
                gettext(error.sentence), code="date", params=dict(error.values)
            ) from error


class WordsField(forms.CharField):
    """Words to look for; cleaned to `words.Words`."""

    widget = forms.TextInput(attrs={"type": "search"})

    def clean(self, value: Any) -> words.Words | None:
        typed = super().clean(value)
        if not typed:
            return None
        read = words.read(typed)
        if read.is_cut:
            raise ValidationError(
                _("Write at most %(words)d words and %(characters)d characters."),
                code="long",
                params={"words": words.MOST, "characters": words.LONGEST},
            )
        return read


class RecordField(django_filters.fields.ModelChoiceField):  # type: ignore[misc] # django-filter publishes no types
    """A public record, by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return named(obj).text


class Words(django_filters.Filter):  # type: ignore[misc] # django-filter publishes no types
    """All words, in any title or name."""

    field_class = WordsField

    def filter(self, qs: QuerySet[Any], value: words.Words | None) -> QuerySet[Any]:
        return words.matching(qs, value) if value else qs


class Since(django_filters.Filter):  # type: ignore[misc] # django-filter publishes no types
    """Not over before a date begins: what may have lasted into it counts."""

    field_class = DateField

    def filter(self, qs: QuerySet[Any], value: dates.Span | None) -> QuerySet[Any]:
        if value is None or value.earliest is None:
            return qs
        open_end = Q(date_latest__isnull=True, date_earliest__isnull=False)
        return qs.filter(open_end | Q(date_latest__gte=value.earliest))


class Until(django_filters.Filter):  # type: ignore[misc] # django-filter publishes no types
    """Not begun after a date ends: what may have begun by then counts."""

    field_class = DateField

    def filter(self, qs: QuerySet[Any], value: dates.Span | None) -> QuerySet[Any]:
        if value is None or value.latest is None:
            return qs
        open_start = Q(date_earliest__isnull=True, date_latest__isnull=False)
        return qs.filter(open_start | Q(date_earliest__lte=value.latest))


class RecordChoice(django_filters.ModelChoiceFilter):  # type: ignore[misc] # django-filter publishes no types
    field_class = RecordField


def public_repositories(_request: object) -> QuerySet[Any]:
    rows = Repository.objects.public().select_related("agent")
    return rows.prefetch_related("agent__names")


def public_genres(_request: object) -> QuerySet[Any]:
    return Term.objects.public().filter(kind=TermKind.GENRE).prefetch_related("labels")


def public_agents(_request: object) -> QuerySet[Any]:
    return Agent.objects.public().prefetch_related("names")


def agent_choice(method: str) -> RecordChoice:
    """A person or body that a link chooses: nobody picks one of a million from a menu."""
    return RecordChoice(
        queryset=public_agents,
        to_field_name="identifier",
        label=_("Person or body"),
        widget=forms.HiddenInput,
        method=method,
    )


def repository_choice(method: str) -> RecordChoice:
    return RecordChoice(
        queryset=public_repositories,
        to_field_name="code",
        label=_("Repository"),
        empty_label=_("any"),
        method=method,
    )


def genre_choice() -> RecordChoice:
    return RecordChoice(
        queryset=public_genres,
        to_field_name="identifier",
        label=_("Genre"),
        empty_label=_("any"),
        field_name="genre",
    )


def choice(label: Any, choices: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        choices=choices, label=label, empty_label=_("any"), **options
    )


def language_choice(label: Any, method: str) -> django_filters.ChoiceFilter:
    return choice(label, languages.choices, method=method)


def since() -> Since:
    return Since(label=_("From"), help_text=_("1923, 1923-10-08"))


def until() -> Until:
    return Until(label=_("To"), help_text=_("1991, 1990-05"))
