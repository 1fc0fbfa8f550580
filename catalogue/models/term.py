"""Controlled terms: subjects, places, genres."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.derived import Derived
from catalogue.models.fields import Key, Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.visibility import Publishable


class TermKind(models.TextChoices):
    SUBJECT = "subject", _("subject")
    PLACE = "place", _("place")
    GENRE = "genre", _("genre")


class Term(Publishable, Identified):
    """A subject, place or genre."""

    kind = models.CharField(_("kind"), max_length=10, choices=TermKind.choices)
    label = Line(_("label"), max_length=250, help_text=_("In English; other languages below."))
    broader = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader term"),
    )
    scope = Prose(_("scope note"), blank=True)
    sort_key = Key(editable=False, blank=True)
    skeleton = Key(editable=False, blank=True)

    history = history(excluded_fields=["skeleton"])

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("kind", "sort_key", "pk")
        indexes = (
            models.Index(fields=("kind", "sort_key")),
            models.Index(fields=("skeleton", "id")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(broader__isnull=True) | ~Q(broader=F("pk")),
                name="term_not_its_own_broader",
            ),
        )

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        step = self.broader
        while step is not None and self.pk:
            if step.pk == self.pk:
                raise ValidationError({"broader": _("A term cannot be broader than itself.")})
            step = step.broader

    def label_in(self, language: str) -> str:
        """The label in a language, else the English one. Prefetch ``labels`` for lists."""
        return next(
            (row.label for row in self.labels.all() if row.language == language), self.label
        )

    def derive(self) -> None:
        super().derive()
        self.skeleton = text.skeleton(self.label)[:200]
        self.sort_key = text.fold(self.label)[:200]


class TermLabel(Derived):
    """The label of a term in one more language."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="labels", verbose_name=_("term"))
    language = models.CharField(_("language"), max_length=12, help_text=_("ISO 639: fr, ru, uk"))
    label = Line(_("label"), max_length=250)
    skeleton = Key(editable=False, blank=True)

    history = history(excluded_fields=["skeleton"])

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ("language", "pk")
        indexes = (models.Index(fields=("skeleton", "term")),)

    def __str__(self) -> str:
        return self.label

    def derive(self) -> None:
        super().derive()
        self.skeleton = text.skeleton(self.label)[:200]
