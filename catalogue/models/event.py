"""Events: congresses, plenums and other happenings that documents refer to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.dated import Dated
from catalogue.models.fields import Key, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.title import Titled
from catalogue.models.visibility import Publishable


class EventKind(models.TextChoices):
    CONGRESS = "congress", _("congress")
    PLENUM = "plenum", _("plenum")
    SESSION = "session", _("session")
    MEETING = "meeting", _("meeting")
    DECISION = "decision", _("decision")
    APPOINTMENT = "appointment", _("appointment")
    HAPPENING = "happening", _("happening")


class Event(Publishable, Identified, Titled, Dated):
    """Something that took place. Who took part are contributions."""

    kind = models.CharField(_("kind"), max_length=12, choices=EventKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    place = models.ForeignKey(
        "catalogue.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("place"),
        limit_choices_to=Q(kind="place"),
    )
    description = Prose(_("description"), blank=True, help_text=_("In our own words."))
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))
    folded = models.TextField(editable=False, blank=True)
    sort_key = Key(editable=False, blank=True)

    history = history(excluded_fields=["folded", "sort_key"])

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("date_earliest", "sort_key", "pk")
        indexes = (
            models.Index(fields=("sort_key", "id")),
            models.Index(fields=("date_earliest", "id")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="event_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        step = self.parent
        while step is not None and self.pk:
            if step.pk == self.pk:
                raise ValidationError({"parent": _("An event cannot be part of itself.")})
            step = step.parent

    def derive(self) -> None:
        super().derive()
        self.folded = text.fold(self.title)
        self.sort_key = text.collation_key(self.title, self.title_language)[:200]
