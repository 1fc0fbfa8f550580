"""Relations among documents, parts, events, agents, publications and units."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import exactly_one
from catalogue.models.fields import Line
from catalogue.models.history import history
from catalogue.models.statement import Assertion, standing_constraint

ENDS = ("document", "event", "agent", "publication", "unit")
SOURCES = tuple(f"source_{end}" for end in ENDS)
TARGETS = tuple(f"target_{end}" for end in ENDS)


class RelationKind(models.TextChoices):
    """What the source does to the target."""

    REPLIES = "replies_to", _("replies to")
    RESPONDS = "responds_to", _("responds to")
    PROMPTED = "prompted_by", _("was prompted by")
    QUOTES = "quotes", _("quotes")
    CITES = "cites", _("cites")
    MENTIONS = "mentions", _("mentions")
    DISCUSSES = "discusses", _("discusses")
    CITED_IN_NOTES = "note_cites", _("is annotated with a reference to")
    MENTIONED_IN_NOTES = "note_mentions", _("is annotated with a mention of")
    CONTEXT = "context", _("has as context")
    LATER = "context_later", _("has as later context")
    DRAFT = "draft_of", _("is a draft of")
    VERSION = "version_of", _("is a version of")
    ENCLOSES = "encloses", _("encloses")
    PRINTED_IN = "printed_in", _("is printed in")
    DECIDED_AT = "decided_at", _("was decided or read at")
    SAME = "same_as", _("is perhaps the same as")
    RELATED = "related", _("is related to")


INVERSE = {
    RelationKind.REPLIES: _("is replied to by"),
    RelationKind.RESPONDS: _("is responded to by"),
    RelationKind.PROMPTED: _("prompted"),
    RelationKind.QUOTES: _("is quoted by"),
    RelationKind.CITES: _("is cited by"),
    RelationKind.MENTIONS: _("is mentioned by"),
    RelationKind.DISCUSSES: _("is discussed by"),
    RelationKind.CITED_IN_NOTES: _("is referred to in the notes to"),
    RelationKind.MENTIONED_IN_NOTES: _("is mentioned in the notes to"),
    RelationKind.CONTEXT: _("is context of"),
    RelationKind.LATER: _("is later context of"),
    RelationKind.DRAFT: _("has as draft"),
    RelationKind.VERSION: _("has as version"),
    RelationKind.ENCLOSES: _("is enclosed in"),
    RelationKind.PRINTED_IN: _("prints"),
    RelationKind.DECIDED_AT: _("decided or heard"),
    RelationKind.SAME: _("is perhaps the same as"),
    RelationKind.RELATED: _("is related to"),
}


class Relation(Assertion):
    """One record to another, each end narrowed to a part where that is known."""

    ends = (*SOURCES, *TARGETS, "source_part", "target_part")

    source_document = models.ForeignKey(
        "catalogue.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_from",
        verbose_name=_("document"),
    )
    source_event = models.ForeignKey(
        "catalogue.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_from",
        verbose_name=_("event"),
    )
    source_agent = models.ForeignKey(
        "catalogue.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="record_relations_from",
        verbose_name=_("agent"),
    )
    source_publication = models.ForeignKey(
        "catalogue.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_from",
        verbose_name=_("publication"),
    )
    source_unit = models.ForeignKey(
        "catalogue.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_from",
        verbose_name=_("unit"),
    )
    source_part = models.ForeignKey(
        "catalogue.Part",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_from",
        verbose_name=_("part"),
        help_text=_("The section or note of the document in which it stands."),
    )
    relation_kind = models.CharField(_("relation"), max_length=15, choices=RelationKind.choices)
    target_document = models.ForeignKey(
        "catalogue.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_to",
        verbose_name=_("to document"),
    )
    target_event = models.ForeignKey(
        "catalogue.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_to",
        verbose_name=_("to event"),
    )
    target_agent = models.ForeignKey(
        "catalogue.Agent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="record_relations_to",
        verbose_name=_("to agent"),
    )
    target_publication = models.ForeignKey(
        "catalogue.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_to",
        verbose_name=_("to publication"),
    )
    target_unit = models.ForeignKey(
        "catalogue.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_to",
        verbose_name=_("to unit"),
    )
    target_part = models.ForeignKey(
        "catalogue.Part",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_to",
        verbose_name=_("to part"),
    )
    locator = Line(_("pages or place in it"), max_length=120, blank=True)
    as_printed = Line(
        _("named there as"), blank=True, max_length=250, help_text=_("The form used in the source.")
    )

    history = history()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ("pk",)
        constraints = (
            standing_constraint(),
            models.CheckConstraint(condition=exactly_one(*SOURCES), name="relation_one_source"),
            models.CheckConstraint(condition=exactly_one(*TARGETS), name="relation_one_target"),
        )

    def __str__(self) -> str:
        return f"{self.source()} {self.get_relation_kind_display()} {self.target()}"

    def _end(self, names: tuple[str, ...]) -> models.Model | None:
        for name in names:
            if getattr(self, f"{name}_id") is not None:
                record: models.Model = getattr(self, name)
                return record
        return None

    def source(self) -> models.Model | None:
        return self._end(SOURCES)

    def target(self) -> models.Model | None:
        return self._end(TARGETS)

    def inverse(self) -> str:
        """The relation as read from the target."""
        return str(INVERSE[RelationKind(self.relation_kind)])

    def clean(self) -> None:
        super().clean()
        for side in ("source", "target"):
            part = getattr(self, f"{side}_part")
            if part is not None and part.document_id != getattr(self, f"{side}_document_id"):
                raise ValidationError({f"{side}_part": _("The part belongs to another document.")})
