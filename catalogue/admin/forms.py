"""What every form of the administration does."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.admin import refusals, transitions
from catalogue.admin.entry import dates as entry_dates
from catalogue.models.fields import Prose, validate_characters


class ProseField(forms.CharField):
    """Text of several lines. Browsers send CR LF; what is stored keeps LF, as it was."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def overrides(rows: int) -> dict[type[models.Field], dict[str, Any]]:
    """For ``formfield_overrides``: what fields of a kind do in every form. ``rows`` of prose."""
    return {
        Prose: {"form_class": ProseField, "widget": AdminTextareaWidget(attrs={"rows": rows})},
        models.URLField: {"assume_scheme": "https"},
    }


PROSE = overrides(rows=4)
SHORT_PROSE = overrides(rows=2)


class RowForm(forms.ModelForm):
    """A form whose errors say what to do, and that offers only the states its person may choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        transitions.offer(self)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        entry_dates.fill(self)
        for name, words in transitions.obstacles(self):
            self.add_error(name, words)
        return cleaned

    def _update_errors(self, errors: ValidationError) -> None:
        """No constraint is called by its name in the database."""
        words = {
            constraint.get_violation_error_message(): refusals.words_of(constraint)
            for constraint in self._meta.model._meta.constraints
        }
        for error in getattr(errors, "error_dict", {}).get(NON_FIELD_ERRORS, []):
            error.message = words.get(str(error.message), error.message)
        super()._update_errors(errors)  # type: ignore[misc]  # not in the stubs


class RecordForm(RowForm):
    """A form that asks why, and that can show what the database refused.

    ``refusal`` is set on the class made for one request: see ``RecordAdmin.changeform_view``.
    """

    refusal: ClassVar[str] = ""
    user: ClassVar[Any] = None

    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=500,
        validators=[validate_characters],
        widget=AdminTextInputWidget(attrs={"size": 60}),
        help_text=_("Kept in the history of the record, beside your name and the time."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "_return" in self.data and not self.cleaned_data.get("change_reason"):
            self.add_error("change_reason", _("Say what has to be changed before it is published."))
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned


def is_key(value: Any) -> bool:
    """Whether what stands in an address can be the key of a row."""
    return str(value).isdecimal() and len(str(value)) < 19
