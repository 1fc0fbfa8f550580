"""Publications: what a library would catalogue."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.dated import Dated
from catalogue.models.fields import Key, Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.title import Titled
from catalogue.models.visibility import Publishable


class PublicationKind(models.TextChoices):
    SERIAL = "serial", _("serial")
    ISSUE = "issue", _("issue")
    NEWSPAPER = "newspaper", _("newspaper")
    BOOK = "book", _("book")
    VOLUME = "volume", _("volume")
    CHAPTER = "chapter", _("chapter or appendix")
    ARTICLE = "article", _("article")
    WEBSITE = "website", _("website")
    WEB_PAGE = "web_page", _("web page")


class Publication(Publishable, Identified, Titled, Dated):
    """A serial and its issues, a book and its volumes, a website and its pages: nested."""

    gates = ("parent",)

    kind = models.CharField(_("kind"), max_length=12, choices=PublicationKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("The serial of an issue, the book of a volume, the site of a page."),
    )
    number = Line(_("number"), max_length=40, blank=True, help_text=_("Of the issue or volume: 11"))
    whole_number = Line(
        _("whole number"),
        max_length=40,
        blank=True,
        help_text=_("Counted through: 81 in “11 (81)”"),
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    place = Line(_("place of publication"), max_length=250, blank=True)
    publisher = Line(_("publisher as printed"), max_length=250, blank=True)
    edition = Line(_("edition"), max_length=120, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    issn = models.CharField(_("ISSN"), max_length=10, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    note = Prose(_("note"), blank=True)
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))
    folded = models.TextField(editable=False, blank=True)
    sort_key = Key(editable=False, blank=True)
    skeleton = Key(editable=False, blank=True)

    history = history(excluded_fields=["folded", "sort_key", "skeleton"])

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ("sort_key", "date_earliest", "pk")
        indexes = (
            models.Index(fields=("sort_key", "id")),
            models.Index(fields=("date_earliest", "id")),
            models.Index(fields=("skeleton", "id")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="publication_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        if self.parent_id and self.number:
            return f"{self.title}, {self.issue()}"
        return self.title

    def issue(self) -> str:
        """Issue and whole number as printed: '11 (81)'."""
        return f"{self.number} ({self.whole_number})" if self.whole_number else self.number

    def lineage(self) -> list[Publication]:
        """The publication and what it is part of, from the inside out."""
        found: list[Publication] = []
        step: Publication | None = self
        while step is not None and step not in found:
            found.append(step)
            step = step.parent
        return found

    def clean(self) -> None:
        super().clean()
        if self.parent is not None and self.pk and self in self.parent.lineage():
            raise ValidationError({"parent": _("A publication cannot be part of itself.")})

    def derive(self) -> None:
        super().derive()
        self.skeleton = text.skeleton(self.title)[:200]
        self.folded = text.fold(self.title)
        self.sort_key = text.collation_key(self.title, self.title_language)[:200]
