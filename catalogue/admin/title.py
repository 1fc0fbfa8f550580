"""Further titles: rows of documents, publications, events and units."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.fieldsets import area
from catalogue.admin.forms import SHORT_PROSE
from catalogue.admin.record import RecordAdmin
from catalogue.admin.relations import Relations
from catalogue.models import Title


class TitleInline(Relations, admin.TabularInline):
    model = Title
    fields = ("title", "language", "script", "title_kind", "where")
    formfield_overrides = SHORT_PROSE
    extra = 0
    show_change_link = True


@admin.register(Title)
class TitleAdmin(RecordAdmin):
    list_display = ("title", "language", "title_kind", "where")
    list_filter = ("title_kind",)
    search_fields = ("folded",)
    ordering = ("-pk",)
    sortable_by = ()
    formfield_overrides = SHORT_PROSE
    fieldsets = (
        area(_("Title"), "title", ("language", "script"), ("title_kind", "where")),
        area(_("Of which record: exactly one"), ("document", "publication"), ("event", "unit")),
    )
