"""Relations among records."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.statement import AssertionAdmin, said
from catalogue.models import Relation
from catalogue.models.relation import SOURCES, TARGETS


@admin.register(Relation)
class RelationAdmin(AssertionAdmin):
    list_filter = ("relation_kind", *AssertionAdmin.list_filter)
    search_fields = (
        *(f"{end}__folded" for end in (*SOURCES, *TARGETS)),
        "as_printed",
        "note",
        "identifier",
    )
    search_help_text = _("Either record, or the name as printed")
    fieldsets = said(
        ("source_document", "source_part"),
        ("source_publication", "source_event"),
        ("source_agent", "source_unit"),
        "relation_kind",
        ("target_document", "target_part"),
        ("target_publication", "target_event"),
        ("target_agent", "target_unit"),
        ("locator", "as_printed"),
    )
