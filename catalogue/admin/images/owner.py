"""What images belong to: the unit or the witness that an address of the administration names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.admin import panels
from catalogue.admin.forms import is_key
from catalogue.models import FolioImage, Unit, Witness

Owner = Unit | Witness


def read_owner(query: QueryDict) -> Owner | None:
    """``?unit=5`` or ``?witness=7``; None where neither is given, or both. Raises Http404."""
    keys = {model: key for model in (Unit, Witness) if (key := query.get(name_of(model)))}
    if len(keys) != 1:
        return None
    ((model, key),) = keys.items()
    found: Owner | None = model._base_manager.filter(pk=key).first() if is_key(key) else None
    if found is None:
        raise Http404
    return found


def name_of(owner: Owner | type[Owner]) -> str:
    """'unit' or 'witness'."""
    return str(owner._meta.model_name)


def images_of(owner: Owner) -> Any:
    """Its own images, in their order, whoever may see them."""
    return FolioImage._default_manager.filter(**{name_of(owner): owner}).order_by("position", "pk")


def page_of(owner: Owner, action: str = "upload", **query: Any) -> str:
    return panels.page(FolioImage, action, **{name_of(owner): owner.pk}, **query)


class OwnerForm(forms.Form):
    """Where images should go, for who comes from the list of all images."""

    def __init__(self, site: Any, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        for name, rows in (("unit", Unit._base_manager), ("witness", Witness._base_manager)):
            column: Any = FolioImage._meta.get_field(name)
            self.fields[name] = forms.ModelChoiceField(
                rows.all(),
                label=column.verbose_name.capitalize(),
                required=False,
                widget=AutocompleteSelect(column, site),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if bool(cleaned.get("unit")) == bool(cleaned.get("witness")):
            raise ValidationError(gettext("Choose a unit or a witness."))
        return cleaned


class RightsForm(forms.Form):
    """Rights and credit, for all images that are sent, or for all that are there."""

    rights = forms.CharField(
        label=_("Rights"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    credit = forms.CharField(label=_("Credit"), required=False, max_length=500)
