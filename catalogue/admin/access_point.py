"""Access points and outside identifiers: rows of records."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.fieldsets import area
from catalogue.admin.record import RecordAdmin
from catalogue.admin.relations import Relations
from catalogue.models import AccessPoint, OutsideIdentifier

RECORDS = ("unit", "document", "publication", "agent", "event")


class AccessPointInline(Relations, admin.TabularInline):
    model = AccessPoint
    fields = ("term",)
    extra = 0
    show_change_link = True


class OutsideIdentifierInline(Relations, admin.TabularInline):
    model = OutsideIdentifier
    fields = ("scheme", "value", "url", "seen_in")
    extra = 0
    show_change_link = True


@admin.register(AccessPoint)
class AccessPointAdmin(RecordAdmin):
    list_display = ("term", *RECORDS)
    list_filter = ("term__kind",)
    list_select_related = ("term", *RECORDS)
    search_fields = (
        "term__sort_key",
        "term__labels__label",
        *(f"{name}__folded" for name in RECORDS),
    )
    search_help_text = _("Term, or title of the record")
    ordering = ("-pk",)
    sortable_by = ()
    fieldsets = (
        area(_("Term"), "term"),
        area(
            _("Of which record: exactly one"),
            ("unit", "document"),
            ("publication", "agent"),
            "event",
        ),
    )


@admin.register(OutsideIdentifier)
class OutsideIdentifierAdmin(RecordAdmin):
    list_display = ("__str__", "seen_in", *RECORDS, "term")
    list_filter = ("scheme",)
    list_select_related = (*RECORDS, "term")
    search_fields = ("value", *(f"{name}__folded" for name in RECORDS), "term__sort_key")
    search_help_text = _("Identifier, or title of the record")
    ordering = ("-pk",)
    sortable_by = ()
    fieldsets = (
        area(_("Identifier"), ("scheme", "value"), "url", "seen_in"),
        area(
            _("Of which record: exactly one"),
            ("unit", "document"),
            ("publication", "agent"),
            ("event", "term"),
        ),
    )
