"""Questions in dispute: what statements that disagree are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.constraints import one_end
from catalogue.models.evidence import Evidence
from catalogue.models.fields import Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.subject import SUBJECTS, Subject
from catalogue.models.visibility import PublicQuerySet, Publishable, visible

if TYPE_CHECKING:
    from catalogue.models.document import Document


class QuestionQuerySet(PublicQuerySet):
    def public(self) -> Self:
        """Public questions about public records."""
        return super().public().filter(*map(visible, SUBJECTS))

    def concerning(self, document: Document, witnesses: Iterable[Any]) -> Self:
        """About a document or its witnesses, or with its words as public evidence of a side."""
        words = Evidence.objects.public().select_related(None)
        about = Q(document=document) | Q(witness__in=witnesses)
        for spoken in (
            words.filter(part__document=document),
            words.filter(document=document),
            words.filter(witness__in=witnesses),
        ):
            about |= Q(pk__in=spoken.values("statement__question"))
        return self.filter(about)


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
