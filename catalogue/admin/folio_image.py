"""Images of folios."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue import imaging
from catalogue.admin import panels
from catalogue.admin.fieldsets import area, staff_only
from catalogue.admin.forms import SHORT_PROSE, RecordForm
from catalogue.admin.images import views
from catalogue.admin.images.owner import page_of
from catalogue.admin.images.receiving import storable
from catalogue.admin.publishable import VISIBILITY, PublishableAdmin
from catalogue.admin.visibility import VisibilityFilter
from catalogue.models import FolioImage
from catalogue.models.image_files import copy_of, make_copies


class FolioImageForm(RecordForm):
    def _get_validation_exclusions(self) -> set[str]:
        """A file that stays was looked at when it came, and may since have gone."""
        excluded: Any = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return set(excluded) if "image" in self.changed_data else {*excluded, "image"}


SIZES = {size.slug: size for size in imaging.SIZES}


@admin.register(FolioImage)
class FolioImageAdmin(PublishableAdmin):
    form = FolioImageForm
    list_display = ("__str__", "unit", "witness", "image_kind", "position", "in_brief", "changed")
    list_filter = ("image_kind", "state", VisibilityFilter)
    list_select_related = ("unit", "witness")
    search_fields = (
        "unit__folded",
        "unit__segment_key",
        "witness__label",
        "first",
        "original_name",
        "digest",
        "identifier",
    )
    search_help_text = _("Unit, witness, folio, name of the file, or SHA-256")
    ordering = ("-modified", "-pk")
    sortable_by = ("changed",)
    formfield_overrides = SHORT_PROSE
    readonly_fields = (*PublishableAdmin.readonly_fields, "stored_file", "original_name", "digest")
    fieldsets = (
        area(_("Of what: a unit or a witness"), ("unit", "witness")),
        area(
            _("What it shows"),
            "image",
            "stored_file",
            "image_kind",
            ("first", "last"),
            "position",
        ),
        area(_("Rights"), "rights", "credit"),
        VISIBILITY,
        staff_only("original_name", "digest", "staff_note"),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plain file field: stored files have no address of their own to link to."""
        if db_field.name == "image":
            # The field of Django's own would decode the image here; the model's validator has
            # a limited process do it.
            kwargs |= {"form_class": forms.FileField, "widget": forms.FileInput}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note what was uploaded, and put a new image behind the others of its unit or witness."""
        if "image" in form.changed_data:
            obj.original_name = storable(form.cleaned_data["image"].name)
        if not change and not obj.position:
            others = FolioImage.objects.filter(unit=obj.unit, witness=obj.witness)
            obj.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        super().save_model(request, obj, form, change)
        if "image" in form.changed_data:
            with suppress(imaging.Refused):  # they are made when somebody looks
                make_copies(obj)

    @admin.display(description=_("file"))
    def stored_file(self, record: FolioImage) -> str:
        if not record.pk or not record.image:
            return gettext("None yet.")
        return format_html(
            '<a href="{}">{}</a>',
            panels.page(FolioImage, "file", record.pk),
            record.original_name or record.image.name,
        )

    def ways_to_add_many(self, record: Any) -> tuple[panels.Link, ...]:
        return (panels.Link(gettext("Send many images"), page_of(record)),)

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            page(
                "upload/", partial(views.upload, administered=self), "catalogue_folioimage_upload"
            ),
            page(
                "arrange/",
                partial(views.arrange, administered=self),
                "catalogue_folioimage_arrange",
            ),
            page("report/", partial(views.report, administered=self), "images_report"),
            page("<int:key>/file/", self.file_view, "catalogue_folioimage_file"),
            page("<int:key>/copy/<slug:size>/", self.copy_view, "catalogue_folioimage_copy"),
            *super().get_urls(),
        ]

    def file_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """The stored file, for staff, whatever its state."""
        record = self.get_object(request, str(key))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None or not record.image.storage.exists(record.image.name):
            raise Http404
        response = FileResponse(record.image.open("rb"), as_attachment=True)
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    def copy_view(self, request: HttpRequest, key: int, size: str) -> HttpResponseBase:
        """A copy to look at, for staff, whatever the state of the image."""
        record = self.get_object(request, str(key))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        shown = copy_of(record, SIZES[size]) if record is not None and size in SIZES else None
        if shown is None:
            raise Http404
        name = f"{key}-{size}.jpg"
        response = FileResponse(shown.open("rb"), filename=name, content_type="image/jpeg")
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
