"""Editing fields, finding and replacing: what is to be done to the records that were selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst, normalize_newlines
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from catalogue.acts import changing, replacing
from catalogue.acts.editing import Operation, Step, operations
from catalogue.acts.values import kept
from catalogue.admin.acts import plan
from catalogue.models.act import ActKind
from catalogue.models.fields import Codes, validate_characters

NAMED = 100  # refusals that are named; the others are counted
SHOWN = 400  # characters of a value in the preview


# --- fields, and what to do to them ---


class Row:
    """One line of the form: a field, what to do to it, and the value."""

    def __init__(self, field: Any, form: forms.Form) -> None:
        self.label = capfirst(str(field.verbose_name))
        self.help_text = field.help_text
        self.operation = form[f"do-{field.name}"]
        self.value = form[f"value-{field.name}"]


class EditForm(forms.Form):
    """For each field an operation and a value. Nothing is required: most fields are left alone."""

    def __init__(self, administered: Any, request: HttpRequest, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.columns = offered(administered, request)
        for column in self.columns:
            label = capfirst(str(column.verbose_name))
            self.fields[f"do-{column.name}"] = forms.ChoiceField(
                label=gettext("%(field)s: what to do") % {"field": label},
                choices=[
                    ("", _("leave as it is")),
                    *((o.value, o.label) for o in operations(column)),
                ],
                required=False,
            )
            value: Any = administered.formfield_for_dbfield(column, request)
            if isinstance(value.widget, RelatedFieldWidgetWrapper):
                value.widget = value.widget.widget
            if isinstance(value, forms.BooleanField):
                value = forms.ChoiceField(choices=[("True", _("yes")), ("False", _("no"))])
            if type(value) is not forms.ModelChoiceField and getattr(value, "choices", None):
                value.choices = [("", "–"), *(pair for pair in value.choices if pair[0] != "")]
            value.required, value.initial = False, None
            value.label = gettext("%(field)s: the value") % {"field": label}
            self.fields[f"value-{column.name}"] = value

    def rows(self) -> list[Row]:
        return [Row(column, self) for column in self.columns]

    def steps(self) -> list[Step]:
        """What has been chosen. Raises nothing: what is wrong becomes an error of the form."""
        found = []
        for column in self.columns:
            operation = self.cleaned_data.get(f"do-{column.name}")
            value = self.cleaned_data.get(f"value-{column.name}")
            if operation:
                value = "" if operation == Operation.CLEAR else value
                if operation != Operation.CLEAR and value in (None, "", ()):
                    self.add_error(f"value-{column.name}", gettext("Write the value."))
                found.append(Step(column.name, operation, _kept(column, value)))
            elif value not in (None, "", ()) and f"value-{column.name}" in self.changed_data:
                self.add_error(f"do-{column.name}", gettext("Choose what to do with the value."))
        return found


def _kept(column: Any, value: Any) -> Any:
    if isinstance(value, str) and not isinstance(column, Codes):
        return normalize_newlines(value)
    return kept(column, value)


def offered(administered: Any, request: HttpRequest) -> list[Any]:
    """The fields that may be changed for many and that the form of a record shows."""
    fixed = set(administered.get_readonly_fields(request))
    return [field for field in changing.changeable(administered.model) if field.name not in fixed]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, administered: Any) -> HttpResponse:
    name, made = plan.current(administered, request)
    form = EditForm(administered, request, *((request.POST,) if request.POST else ()))
    if request.method == "POST" and form.is_valid():
        steps = form.steps()
        if not steps and form.is_valid():
            form.add_error(None, gettext("Choose what to do to at least one field."))
        if form.is_valid():
            instruction = {"steps": [asdict(step) for step in steps]}
            return _survey(request, administered, name, made, ActKind.EDIT, instruction)
    context = {"form": form, "rows": form.rows(), "title": gettext("Edit fields")}
    return plan.show(request, administered, "edit", made, context)


# --- find and replace ---


class ReplaceForm(forms.Form):
    found = forms.CharField(
        label=_("Find"), strip=False, max_length=500, validators=[validate_characters]
    )
    becomes = forms.CharField(
        label=_("Replace with"),
        strip=False,
        required=False,
        max_length=2000,
        validators=[validate_characters],
        help_text=_("Empty: what is found is deleted."),
    )
    either_case = forms.BooleanField(label=_("Capital or small letters alike"), required=False)
    whole_words = forms.BooleanField(label=_("Whole words only"), required=False)
    names = forms.MultipleChoiceField(
        label=_("In which fields"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, fields: Sequence[Any], *arguments: Any) -> None:
        super().__init__(*arguments)
        names: Any = self.fields["names"]
        names.choices = [(field.name, capfirst(str(field.verbose_name))) for field in fields]


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, administered: Any) -> HttpResponse:
    name, made = plan.current(administered, request)
    allowed = {field.name for field in offered(administered, request)}
    fields = [f for f in replacing.searchable(administered.model) if f.name in allowed]
    form = ReplaceForm(fields, *((request.POST,) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        return _survey(request, administered, name, made, ActKind.REPLACE, form.cleaned_data)
    context = {"form": form, "title": gettext("Find and replace")}
    return plan.show(request, administered, "replace", made, context)


def _survey(
    request: HttpRequest,
    administered: Any,
    name: str,
    made: plan.Plan,
    kind: ActKind,
    given: dict[str, Any],
) -> HttpResponse:
    made.kind, made.instruction = kind, given
    instruction = plan.instruction_of(administered.model, made)
    found = changing.survey(administered.model, made.selection, instruction, plan.may(request))
    made.take(kind, given, found)
    kept_as = plan.keep(request, made, name)
    page = plan.address(administered.model, "preview_many")
    return HttpResponseRedirect(f"{page}?plan={kept_as}")
