"""Titles of a record: as written and where, supplied, translated."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.constraints import one_end
from catalogue.models.derived import Derived
from catalogue.models.fields import Key, Line, Prose
from catalogue.models.history import history


class TitleKind(models.TextChoices):
    WRITTEN = "written", _("as written")
    SUPPLIED = "supplied", _("supplied")
    TRANSLATED = "translated", _("translated")
    TRANSLITERATED = "transliterated", _("transliterated")
    SHORT = "short", _("short form")
    OTHER = "other", _("other")


class Title(Derived):
    """One more title of a document, publication, event or unit."""

    document = models.ForeignKey(
        "catalogue.Document", models.CASCADE, null=True, blank=True, related_name="titles"
    )
    publication = models.ForeignKey(
        "catalogue.Publication", models.CASCADE, null=True, blank=True, related_name="titles"
    )
    event = models.ForeignKey(
        "catalogue.Event", models.CASCADE, null=True, blank=True, related_name="titles"
    )
    unit = models.ForeignKey(
        "catalogue.Unit", models.CASCADE, null=True, blank=True, related_name="titles"
    )
    title = Prose(_("title"))
    language = models.CharField(_("language"), max_length=12, help_text=_("ISO 639: en, fr, ru"))
    script = models.CharField(_("script"), max_length=4, blank=True)
    title_kind = models.CharField(
        _("kind of title"), max_length=15, choices=TitleKind.choices, default=TitleKind.SUPPLIED
    )
    where = Line(
        _("where it stands so"), blank=True, help_text=_("Heading of the French translation")
    )
    folded = models.TextField(editable=False, blank=True)
    skeleton = Key(editable=False, blank=True)

    history = history(excluded_fields=["skeleton"])

    class Meta:
        verbose_name = _("title")
        verbose_name_plural = _("titles")
        ordering = ("pk",)
        indexes = (models.Index(fields=("skeleton", "document", "publication")),)
        constraints = (one_end("document", "publication", "event", "unit"),)

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        super().derive()
        self.skeleton = text.skeleton(self.title)[:200]
        self.folded = text.fold(self.title)


class Titled(models.Model):
    """A record with a heading of its own and further ``titles`` in rows."""

    title = Prose(_("title"))
    title_language = models.CharField(
        _("language of the title"), max_length=12, default="en", help_text=_("ISO 639: en, fr, ru")
    )

    class Meta:
        abstract = True

    def title_in(self, language: str) -> tuple[str, str]:
        """(title, its language) for readers of a language; the heading where there is none.

        Reads ``titles``: prefetch them for lists.
        """
        if self.title_language == language:
            return self.title, language
        order = [kind.value for kind in TitleKind]
        rows = [row for row in self.titles.all() if row.language == language]  # type: ignore[attr-defined]  # reverse of Title
        best = min(rows, key=lambda row: (order.index(row.title_kind), row.pk), default=None)
        return (best.title, language) if best else (self.title, self.title_language)
