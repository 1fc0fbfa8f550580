"""Units of description, in the order of the areas of ISAD(G)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalogue import references
from catalogue.admin import tree
from catalogue.admin.access_point import AccessPointInline, OutsideIdentifierInline
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import RecordForm, is_key
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.title import TitleInline
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import FolioImage, Question, Repository, Unit, Witness
from catalogue.models.unit import attach_ancestors


class RepositoryFilter(admin.SimpleListFilter):
    """By repository, under their names, in one query."""

    title = _("repository")
    parameter_name = "repository"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Repository.objects.order_by("agent__sort_key").values_list("code", "agent__name")
        return list(rows)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(repository__code=self.value()) if self.value() else queryset


class UnitForm(RecordForm):
    """A unit under another one is in its repository; only one at the top has to name it."""

    def __init__(self, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        if "repository" in self.fields:
            self.fields["repository"].required = False
            self.fields["repository"].help_text = _("Empty: that of the parent.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is None or "repository" not in cleaned:
            return cleaned
        if cleaned.get("parent"):
            cleaned["repository"] = cleaned["parent"].repository
        elif cleaned["repository"] is None:
            self.add_error("repository", gettext("Name the repository, or the parent."))
        return cleaned


def composed_reference(unit: Unit) -> str:
    """The reference as the reader's language writes it, else its segments from the top down."""
    if unit.reference_given:
        return unit.reference_given
    reference = unit.reference()
    if unit.segment and unit.level in ("fonds", "series", "file"):
        return references.for_reader(reference, get_language() or "en")
    return "/".join(step.segment for step in [*unit.ancestors(), unit] if step.segment)


@admin.register(Unit)
class UnitAdmin(PublishableAdmin):
    form = UnitForm
    list_display = (
        "reference_code",
        "heading",
        "level",
        "date",
        "repository_code",
        "in_brief",
        "changed",
    )
    list_display_links = ("reference_code", "heading")
    list_filter = ("level", "state", VisibilityFilter, RepositoryFilter)
    list_select_related = ("repository__agent", "parent")
    search_fields = (
        "folded",
        "titles__folded",
        "segment_key",
        "parent__segment_key",
        "parent__parent__segment_key",
        "reference_given",
        "identifier",
    )
    search_help_text = _("Any title, or segments of the reference: 17 2 685")
    ordering = ("sort_key", "pk")
    sortable_by = ("heading", "changed")
    inlines = (TitleInline, AccessPointInline, OutsideIdentifierInline)
    owned = ((Unit, "parent"), (Witness, "unit"), (FolioImage, "unit"), (Question, "unit"))
    readonly_fields = (*PublishableAdmin.readonly_fields, "reference_code")
    fieldsets = (
        area(
            _("Identity statement area (ISAD(G) 3.1)"),
            ("parent", "repository"),
            ("segment", "position"),
            ("reference_given", "reference_code"),
            "title",
            ("title_language", "title_supplied"),
            ("date_written", "date", "calendar"),
            ("level", "level_label"),
            "extent",
        ),
        (
            _("Context area (ISAD(G) 3.2)"),
            {
                "fields": ("creator_history", "archival_history", "acquisition"),
                "description": _("Creators (3.2.1) are contributions: see below the form."),
                "classes": ("collapse",),
            },
        ),
        area(
            _("Content and structure area (ISAD(G) 3.3)"),
            "scope_content",
            "appraisal",
            "accruals",
            "arrangement",
        ),
        area(
            _("Conditions of access and use area (ISAD(G) 3.4)"),
            ("languages", "scripts"),
            ("access", "closed_until"),
            "reproduction",
            "physical",
            "finding_aids",
            folded=True,
        ),
        area(
            _("Allied materials area (ISAD(G) 3.5)"),
            "originals",
            "copies",
            "related",
            "publication_note",
            folded=True,
        ),
        area(_("Notes area (ISAD(G) 3.6)"), "note", folded=True),
        area(
            _("Description control area (ISAD(G) 3.7)"),
            "archivist_note",
            "rules",
            "description_dates",
            folded=True,
        ),
        VISIBILITY,
        staff_only("processing_note", "appraisal_note", "personal_data_note"),
    )

    @admin.display(description=_("title"), ordering="sort_key")
    def heading(self, record: Unit) -> str:
        return record.title

    @admin.display(description=_("repository"))
    def repository_code(self, record: Unit) -> str:
        return record.repository.code

    @admin.display(description=_("reference"))
    def reference_code(self, record: Unit) -> str:
        if not record.pk:
            return gettext("Composed from the segments when saved.")
        return composed_reference(record) or "–"

    def get_urls(self) -> list[Any]:
        return [*tree.addresses(self), *super().get_urls()]

    def prepare(self, records: list[Any]) -> list[Any]:
        attach_ancestors(records)
        return records

    def rows_below(self, request: HttpRequest, record: Any) -> QuerySet[Any]:
        """Sibling order; of a whole repository only what stands at the top."""
        rows = self.get_queryset(request).order_by("position", "pk")
        return rows.filter(parent=None) if isinstance(record, Repository) else rows

    def label(self, record: Any) -> str:
        code = composed_reference(record)
        return f"{record.repository.code}: {code} – {record.title}" if code else str(record)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Under another unit, its repository is shown as given, with what is likely to follow."""
        initial = super().get_changeform_initial_data(request)
        above = Unit.objects.filter(pk=initial["parent"]).first() if "parent" in initial else None
        after = request.GET.get("after", "")
        beside = Unit.objects.filter(pk=after).first() if is_key(after) else None
        repository = above or beside
        if repository is not None:
            likely = tree.likely(above, repository.repository, beside)
            initial = {"repository": repository.repository_id, **likely, **initial}
        return initial
