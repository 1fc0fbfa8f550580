"""Fields of forms and of inlines: relations, prose, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest

from catalogue.admin.entry import help
from catalogue.admin.forms import PROSE, RowForm

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin as Base  # it is mixed into one
else:
    Base = object


class Relations(Base):
    """Autocomplete on every relation, with the labels of the lists. For forms and inlines alike."""

    form: Any = RowForm
    formfield_overrides: ClassVar[Any] = PROSE
    admin_site: Any  # whose admins are ours

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [
            field.name
            for field in self.model._meta.get_fields()
            if field.concrete
            and field.editable
            and field.is_relation
            and not getattr(field.remote_field, "parent_link", False)
        ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.help_text = help.of(db_field) or field.help_text
        if field is not None and db_field.name == "state":
            field.user = request.user  # whose choices they are: see transitions.offer
        if field is not None and db_field.is_relation:
            target: Any = self.admin_site.get_model_admin(db_field.related_model)
            field.label_from_instance = target.label
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                field.widget.can_delete_related = False
        return field
