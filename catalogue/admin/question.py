"""Questions in dispute, with their sides."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.admin import panels
from catalogue.admin.claim import ONE_SUBJECT, SUBJECT_SEARCH
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import STATEMENTS, Question
from catalogue.models.subject import SUBJECTS


@admin.register(Question)
class QuestionAdmin(PublishableAdmin):
    list_display = ("text", "about", "in_brief", "changed")
    list_filter = ("state", VisibilityFilter, ("resolution", admin.EmptyFieldListFilter))
    list_select_related = SUBJECTS
    search_fields = ("text", "explanation", *SUBJECT_SEARCH, "agent__folded", "identifier")
    search_help_text = _("The question, its explanation, or the record that it is about")
    ordering = ("-modified", "-pk")
    sortable_by = ("changed",)
    fieldsets = (
        area(_("The question"), "text", "explanation"),
        area(_("What it is about: exactly one"), *ONE_SUBJECT),
        area(_("Resolution"), "resolution"),
        VISIBILITY,
        staff_only("processing_note"),
    )

    @admin.display(description=_("about"))
    def about(self, record: Question) -> str:
        return str(record.subject() or "")

    def belonging(self, request: HttpRequest, record: Any) -> list[panels.Panel]:
        """The statements that answer the question, kind by kind; new ones name the question."""
        found = [self._sides(request, model, record) for model in STATEMENTS]
        shown = [panel for panel in found if panel.entries]
        every_kind = tuple(link for panel in found for link in panel.add)
        title = gettext("Sides: add a statement that answers the question")
        return [*shown, panels.Panel(title, add=every_kind)]

    def _sides(self, request: HttpRequest, model: Any, record: Any) -> panels.Panel:
        statements = self.admin_site.get_model_admin(model)
        return panels.owned(record, ["question"], statements, request)
