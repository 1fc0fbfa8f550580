"""The table of images: what each shows, and its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue import imaging
from catalogue.admin import panels
from catalogue.admin.forms import RowForm, is_key
from catalogue.admin.visibility import in_brief
from catalogue.models import FolioImage

ROWS = 100
"""Of one page; five fields each have to stay under DATA_UPLOAD_MAX_NUMBER_FIELDS."""


class ImageRow(RowForm):
    """One image. ``seen`` tells what the row was when it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = FolioImage
        fields = ("position", "first", "last", "image_kind")

    def __init__(self, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        self.fields["seen"].initial = self.stamp
        self.called = str(self.instance)
        label = self.instance.original_name or self.called
        for name, field in self.fields.items():
            if name != "seen":
                field.widget.attrs["aria-label"] = f"{field.label}: {label}"
        self.fields["position"].widget.attrs.update(min=0, max=2**31 - 1)
        self.fields["first"].widget.attrs["size"] = self.fields["last"].widget.attrs["size"] = 6

    @property
    def stamp(self) -> str:
        return self.instance.modified.isoformat() if self.instance.pk else ""

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"seen"})

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.has_changed() and self.data.get(self.add_prefix("seen")) != self.stamp:
            now = FolioImage._base_manager.get(pk=self.instance.pk)
            words = gettext(
                "Somebody changed this row while you were at it: it is now %(leaf)s, at place"
                " %(position)s. Save again to have it as you typed it."
            )
            raise ValidationError(words % {"leaf": now, "position": now.position})
        return cleaned

    # --- what the table says beside the fields ---

    @property
    def told(self) -> str:
        """The leaf that the name of the file tells, if it is another than the one in the row."""
        guess = imaging.guess(self.instance.original_name)
        if not self.instance.original_name:
            return ""
        if not guess.first:
            return gettext("The name tells no folio.")
        same = (guess.first.removesuffix("r"), guess.last.removesuffix("r")) == (
            self.instance.first.removesuffix("r"),
            self.instance.last.removesuffix("r"),
        )
        leaves = "–".join(filter(None, (guess.first, guess.last)))
        return "" if same else gettext("The name tells %(leaves)s.") % {"leaves": leaves}

    @property
    def page(self) -> str:
        return panels.page(FolioImage, "change", self.instance.pk)

    @property
    def thumbnail(self) -> str:
        return panels.page(FolioImage, "copy", self.instance.pk, "thumbnail")

    @property
    def visible(self) -> str:
        return in_brief(self.instance)


BaseTable: Any = forms.modelformset_factory(FolioImage, form=ImageRow, extra=0, max_num=ROWS)


def shown_table(images: Iterable[FolioImage]) -> Any:
    keys = [image.pk for image in images]
    return BaseTable(queryset=_rows(FolioImage._default_manager.filter(pk__in=keys)))


def sent_table(data: QueryDict, images: Any) -> tuple[Any, int]:
    """The table as it was sent, and how many of its rows are no longer there: deleted meanwhile,
    or never among ``images``."""
    sent = _keys(data)
    found = set(images.filter(pk__in=sent.values()).values_list("pk", flat=True))
    kept: dict[str, str] = {}
    numbers = [number for number, key in sent.items() if key in found]
    for place, number in enumerate(numbers):
        for name in ("id", *ImageRow.base_fields):
            if (value := data.get(f"form-{number}-{name}")) is not None:
                kept[f"form-{place}-{name}"] = value
    kept |= {"form-TOTAL_FORMS": str(len(numbers)), "form-INITIAL_FORMS": str(len(numbers))}
    table = BaseTable(kept, queryset=_rows(images.filter(pk__in=found)))
    return table, len(sent) - len(numbers)


def _keys(data: QueryDict) -> dict[int, int]:
    """The keys of the rows that were sent, by their numbers in the table."""
    values = {number: data.get(f"form-{number}-id", "") for number in range(ROWS)}
    return {number: int(key) for number, key in values.items() if is_key(key)}


def again(table: Any) -> Any:
    """A refused table with all that was typed, ready to be saved over what others saved."""
    renewed = {**table.data, **{row.add_prefix("seen"): row.stamp for row in table.forms}}
    for row in table.forms:
        row.data = renewed
    return table


def _rows(rows: Any) -> Any:
    return rows.select_related("unit", "witness").order_by("position", "pk")


def save(table: Any) -> int:
    """Save the rows that were changed; how many."""
    for row in table.forms:
        row.instance._change_reason = str(_("In the table of images"))
    return len(table.save())
