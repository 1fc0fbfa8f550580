"""Documents: the intellectual record, whether or not any copy survives."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.dated import Dated
from catalogue.models.fields import Codes, Key, Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified, mint
from catalogue.models.title import Titled
from catalogue.models.visibility import Publishable


class DocumentStatus(models.TextChoices):
    NORMAL = "", _("not stated")
    DRAFT = "draft", _("draft only")
    NOT_SENT = "not_sent", _("not sent, or withdrawn by its authors")
    NOT_FOUND = "not_found", _("sought and not found")


class Document(Publishable, Identified, Titled, Dated):
    """A letter, resolution, report ...: the text itself, apart from every copy of it."""

    genre = models.ForeignKey(
        "catalogue.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("genre"),
        limit_choices_to=Q(kind="genre"),
    )
    title_supplied = models.BooleanField(_("title supplied"), default=True)
    languages = Codes(_("original languages"), help_text=_("ISO 639: ru"))
    marking = Line(
        _("marking as written"), blank=True, help_text=_("Top secret; with its own spelling")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=DocumentStatus.choices, blank=True, default=""
    )
    summary = Prose(_("summary"), blank=True, help_text=_("In our own words."))
    note = Prose(_("note"), blank=True)
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))
    folded = models.TextField(editable=False, blank=True)
    sort_key = Key(editable=False, blank=True)
    skeleton = Key(editable=False, blank=True)

    history = history(excluded_fields=["folded", "sort_key", "skeleton"])

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("date_earliest", "sort_key", "pk")
        indexes = (
            models.Index(fields=("sort_key", "id")),
            models.Index(fields=("date_earliest", "id")),
            models.Index(fields=("skeleton", "id")),
        )

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        super().derive()
        self.skeleton = text.skeleton(self.title)[:200]
        self.folded = text.fold(self.title)
        self.sort_key = text.collation_key(self.title, self.title_language)[:200]


class PartKind(models.TextChoices):
    SECTION = "section", _("section")
    NOTE = "note", _("editorial note")
    HEADING = "heading", _("heading")
    SIGNATURE = "signature", _("signature")
    ANNEX = "annex", _("annex")


class Part(Publishable):
    """A numbered section of a document; or an editorial note, which belongs to one witness."""

    gates = ("document", "witness")

    identifier = models.CharField(
        _("permanent identifier"), max_length=16, unique=True, default=mint, editable=False
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="parts", verbose_name=_("document")
    )
    witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("witness"),
        help_text=_("Only for what belongs to one edition, not to the document: its notes."),
    )
    part_kind = models.CharField(
        _("kind of part"), max_length=10, choices=PartKind.choices, default=PartKind.SECTION
    )
    number = models.PositiveIntegerField(_("number"))
    heading = Line(_("heading"), blank=True)
    heading_supplied = models.BooleanField(_("heading supplied"), default=True)
    summary = Prose(_("summary"), blank=True, help_text=_("In our own words."))
    anchored_in = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="anchored",
        verbose_name=_("anchored in"),
        help_text=_("The section that a note hangs on."),
    )

    history = history()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ("document", "witness", "part_kind", "number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "part_kind", "number"),
                condition=Q(witness__isnull=True),
                name="part_number_once_in_a_document",
            ),
            models.UniqueConstraint(
                fields=("witness", "part_kind", "number"),
                condition=Q(witness__isnull=False),
                name="part_number_once_in_a_witness",
            ),
        )

    def __str__(self) -> str:
        return f"{PartKind(self.part_kind).label} {self.number}"
