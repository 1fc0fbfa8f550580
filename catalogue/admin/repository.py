"""Repositories, in the order of the areas of ISDIAH."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import RecordForm
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import Repository, Unit, Witness


class RepositoryForm(RecordForm):
    def clean_code(self) -> str:
        """Codes are stored in small letters, and one that differs only in case is taken."""
        return str(self.cleaned_data["code"]).lower()


@admin.register(Repository)
class RepositoryAdmin(PublishableAdmin):
    form = RepositoryForm
    list_display = ("__str__", "code", "place", "country", "in_brief", "changed")
    list_filter = ("state", VisibilityFilter)
    list_select_related = ("agent", "place")
    search_fields = ("agent__folded", "agent__names__folded", "code", "isil", "identifier")
    search_help_text = _("Any form of the name, code, or ISIL")
    ordering = ("agent__sort_key", "pk")
    sortable_by = ("code", "changed")
    owned = ((Unit, "repository"), (Witness, "repository"))
    fieldsets = (
        area(_("Identity area (ISDIAH 5.1)"), "agent", ("code", "isil")),
        area(
            _("Contact area (ISDIAH 5.2)"),
            ("place", "country"),
            "address",
            "telephone",
            "website",
        ),
        area(
            _("Description area (ISDIAH 5.3)"),
            "history_note",
            "context",
            "mandates",
            "structure",
            "collecting",
            "buildings",
            "holdings",
            "finding_aids",
            folded=True,
        ),
        area(
            _("Access area (ISDIAH 5.4)"), "opening_times", "access", "accessibility", folded=True
        ),
        area(_("Services area (ISDIAH 5.5)"), "services", "reproduction", folded=True),
        area(_("Control area (ISDIAH 5.6)"), "rules", "sources", folded=True),
        VISIBILITY,
        staff_only("processing_note"),
    )
