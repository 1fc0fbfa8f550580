"""Questions in dispute: what statements that disagree are about."""

from __future__ import annotations

from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import one_end
from catalogue.models.fields import Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.subject import SUBJECTS, Subject
from catalogue.models.visibility import PublicQuerySet, Publishable, visible


class QuestionQuerySet(PublicQuerySet):
    def public(self) -> Self:
        """Public questions about public records."""
        return super().public().filter(*map(visible, SUBJECTS))


class Question(Publishable, Identified, Subject):
    """Something on which sources disagree, are silent or may be misread.

    Its sides are the statements that name it. While none of them is preferred it stands unresolved.
    """

    text = Line(_("question"), help_text=_("Was the letter ever printed in full before May 1990?"))
    explanation = Prose(
        _("explanation"), blank=True, help_text=_("What the matter is, in our words.")
    )
    resolution = Prose(
        _("resolution"), blank=True, help_text=_("Why one side is preferred, once it is.")
    )
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))

    objects = QuestionQuerySet.as_manager()  # type: ignore[misc]  # narrows the inherited manager
    history = history()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("pk",)
        constraints = (one_end(*SUBJECTS),)

    def __str__(self) -> str:
        return self.text

    @property
    def is_public(self) -> bool:
        subject: Any = self.subject()
        return super().is_public and (subject is None or subject.is_public)
