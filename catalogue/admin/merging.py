"""What two people made of one record, field by field, and what becomes of it.

A field that one side alone has changed keeps that change. Where both have, the person is asked.
Everything is compared and carried as a browser sends it, so that rows of records, relations and
fields of other modules need nothing of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import QueryDict
from django.utils.encoding import force_str
from django.utils.text import capfirst
from django.utils.translation import gettext

# What belongs to the page, or is looked at apart.
OWN = ("change_reason", "DELETE")

Sent = dict[str, list[str]]


@dataclass(frozen=True)
class Difference:
    """A field that is not as it was. ``asked``: both have changed it; ``kept``: whose it stays."""

    name: str
    where: str
    label: str
    opened: str
    theirs: str
    yours: str
    kept: str
    sent: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        return not self.kept


@dataclass
class Merged:
    """What would be sent if the form had been opened just now, and what differs."""

    data: Sent = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def by_others(self) -> bool:
        return any(one.kept != "yours" for one in self.differences)


def sent(bound: forms.BoundField) -> list[str]:
    """What a browser sends for a field that nobody touches."""
    widget = plain(bound.field)
    value = bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(widget, forms.FileInput):
        return []
    formatted = widget.format_value(value)
    if isinstance(formatted, (list, tuple)):
        return [force_str(one) for one in formatted]
    return ["" if formatted is None else force_str(formatted)]


def plain(form_field: Any) -> Any:
    """The widget itself, without the links that the administration puts around it."""
    widget = form_field.widget
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def in_words(form_field: Any, values: list[str]) -> str:
    """What was sent for a field, as a person reads it."""
    if isinstance(plain(form_field), forms.CheckboxInput):
        return gettext("yes") if values else gettext("no")
    given = [value for value in values if value]
    if isinstance(form_field, forms.ModelChoiceField):
        known = [value for value in given if value.isdecimal() and len(value) < 19]
        rows: Any = form_field.queryset
        return "; ".join(map(form_field.label_from_instance, rows.filter(pk__in=known)))
    choices = dict(getattr(form_field, "choices", ()))
    return "; ".join(str(choices.get(value, value)) for value in given)


def values_of(data: Mapping[str, Any], prefix: str) -> Sent:
    """What was sent for one row of a form, by the names of its fields."""
    return {
        name.removeprefix(prefix): data.getlist(name)  # type: ignore[attr-defined]  # of QueryDict
        for name in data
        if name.startswith(prefix)
    }


def typed(form_field: Any, values: Sent, name: str) -> Any:
    """The value of a field, as its widget reads it from what was sent."""
    data = QueryDict(mutable=True)
    for key, listed in values.items():
        data.setlist(key, listed)
    return form_field.widget.value_from_datadict(data, {}, name)


def merge_fields(
    yours: Sent, now: forms.BaseForm, before: forms.BaseForm | None, prefix: str, where: str = ""
) -> Merged:
    """One form: what was sent for it, the form of the record now, and of what was opened."""
    merged = Merged(dict(yours))
    for name, form_field in now.fields.items():
        if name in OWN or form_field.disabled or isinstance(plain(form_field), forms.HiddenInput):
            continue
        theirs = sent(now[name])
        opened = sent(before[name]) if before is not None else None
        data = typed(form_field, yours, name)
        if not form_field.has_changed(now[name].initial, data):
            continue  # both say the same
        mine = before is None or form_field.has_changed(before[name].initial, data)
        others = opened is None or opened != theirs
        if not mine:
            merged.data[name] = theirs
        merged.differences.append(
            Difference(
                name=prefix + name,
                where=where,
                label=capfirst(str(now[name].label)),
                opened=in_words(form_field, opened) if opened is not None else "",
                theirs=in_words(form_field, theirs),
                yours=in_words(form_field, yours.get(name, [])),
                kept="" if mine and others else "yours" if mine else "theirs",
                sent=tuple(theirs),
            )
        )
    return merged


@dataclass(frozen=True)
class Rows:
    """The rows of one inline: the formset of now, what was sent, what was opened (by key)."""

    formset: Any
    data: Any  # a QueryDict
    before: Mapping[Any, Any]

    @property
    def prefix(self) -> str:
        return str(self.formset.prefix)

    @property
    def key(self) -> str:
        return str(self.formset.model._meta.pk.name)

    def posted(self) -> Iterator[Sent]:
        total = self.data.get(f"{self.prefix}-TOTAL_FORMS", "")
        count = int(total) if total.isdecimal() else 0
        for place in range(min(count, self.formset.absolute_max)):
            yield values_of(self.data, f"{self.prefix}-{place}-")

    def opened(self, key: Any) -> forms.BaseForm | None:
        row = self.before.get(key)
        return self.formset.form(instance=row.instance) if row is not None else None


def merge_rows(rows: Rows) -> Merged:
    """All rows of an inline, in the order and with the numbers that they have now."""
    posted = list(rows.posted())
    by_key = {"".join(row.get(rows.key, [])): row for row in posted if any(row.get(rows.key, []))}
    merged = Merged()
    place = 0
    for form in rows.formset.initial_forms:
        yours = by_key.pop(str(form.instance.pk), None)
        _add(merged, _merge_row(rows, form, yours, f"{rows.prefix}-{place}-"), rows, place)
        place += 1
    known = place
    for row in posted:
        key = "".join(row.get(rows.key, []))
        if not key:
            _add(merged, Merged(row), rows, place)
        elif key in by_key:
            lost = _merge_deleted(rows, key, row, f"{rows.prefix}-{place}-")
            merged.differences += lost.differences
            if not lost.data:
                continue
            _add(merged, replace(lost, differences=[]), rows, place)
        else:
            continue
        place += 1
    merged.data |= {
        f"{rows.prefix}-TOTAL_FORMS": [str(place)],
        f"{rows.prefix}-INITIAL_FORMS": [str(known)],
    }
    return merged


def _add(merged: Merged, row: Merged, rows: Rows, place: int) -> None:
    merged.data |= {f"{rows.prefix}-{place}-{name}": values for name, values in row.data.items()}
    merged.differences += row.differences


def _merge_row(rows: Rows, form: Any, yours: Sent | None, prefix: str) -> Merged:
    """A row that is there now."""
    where = _name(form.instance)
    now = {name: sent(form[name]) for name in form.fields if name not in OWN}
    if yours is None:
        return Merged(now, [_whole(prefix, where, "", gettext("added"), "", "theirs")])
    before = rows.opened(form.instance.pk)
    if "DELETE" not in yours:
        return merge_fields(yours, form, before, prefix, where)
    changed = before is None or any(
        sent(before[name]) != now[name] for name in before.fields if name in now
    )
    if not changed:
        gone = _whole(prefix, where, "", "", gettext("deleted"), "yours")
        return Merged(yours, [gone])
    asked = _whole(prefix + "DELETE", where, "", gettext("changed"), gettext("deleted"), "")
    return Merged(yours, [asked])


def _merge_deleted(rows: Rows, key: str, yours: Sent, prefix: str) -> Merged:
    """A row that somebody else has deleted. If it was changed here it may come back, anew."""
    before = rows.opened(int(key)) if key.isdecimal() and len(key) < 19 else None
    where = _name(before.instance) if before is not None else ""  # type: ignore[attr-defined]  # a ModelForm
    deleted = gettext("deleted")
    mine = before is None or any(
        form_field.has_changed(before[name].initial, typed(form_field, yours, name))
        for name, form_field in before.fields.items()
    )
    if "DELETE" in yours or not mine:
        return Merged({}, [_whole(prefix, where, "", deleted, "", "theirs")])
    again = {name: values for name, values in yours.items() if name != rows.key}
    shown = [
        in_words(form_field, yours.get(name, []))
        for name, form_field in rows.formset.form.base_fields.items()
        if not isinstance(plain(form_field), forms.HiddenInput)
    ]
    words = "; ".join(word for word in shown if word)
    asked = _whole(prefix + "DELETE", where, "", deleted, words, "")
    return Merged(again, [replace(asked, sent=("on",))])


def _whole(name: str, where: str, opened: str, theirs: str, yours: str, kept: str) -> Difference:
    label = gettext("The whole row")
    return Difference(name, where, label, opened, theirs, yours, kept)


def _name(row: Any) -> str:
    return f"{capfirst(str(row._meta.verbose_name))} “{row}”"
