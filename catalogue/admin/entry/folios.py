"""The folios of a witness, typed as one line: 53–68; 70 об."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalogue import references
from catalogue.models import FolioRange, Witness
from catalogue.models.fields import validate_characters
from catalogue.references import FolioError

# As many rows as one line may make.
MOST_RANGES = 500


def print_line(ranges: tuple[references.FolioRange, ...]) -> str:
    return references.print_folios(ranges, (get_language() or "en")[:2])


def read_line(text: str) -> tuple[references.FolioRange, ...]:
    """Raises ValidationError, which says at which character."""
    try:
        ranges = references.read_folios(text)
    except FolioError as error:
        raise ValidationError(gettext(error.sentence), params=dict(error.values)) from error
    if len(ranges) > MOST_RANGES:
        raise ValidationError(
            _("These are more than %(most)d stretches."), params={"most": MOST_RANGES}
        )
    return ranges


class FoliosField(forms.CharField):
    """One line of folios; its value is the ranges that it says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Folios"),
            required=False,
            max_length=2000,
            validators=[validate_characters],
            widget=AdminTextInputWidget(attrs={"size": 60}),
            help_text=_("Leaves of the unit, with sides: 53–68; 70 об.; 12v–14. ISAD(G) 3.1.1"),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        return read_line(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else print_line(tuple(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return tuple(initial or ()) != read_line(str(data or ""))
        except ValidationError:
            return True


def change(witness: Witness, ranges: tuple[references.FolioRange, ...], reason: str | None) -> None:
    """Make the rows of a witness say these ranges; rows that say one of them stay as they are."""
    wanted = list(dict.fromkeys(ranges))
    row: Any  # django-simple-history reads the reason from it
    for row in witness.folio_ranges.all():
        row._change_reason = reason
        if row.range() in wanted:
            wanted.remove(row.range())
        else:
            row.delete()
    for leaves in wanted:
        row = _row(witness, leaves)
        row._change_reason = reason
        row.save()


def rows(witness: Witness, ranges: tuple[references.FolioRange, ...]) -> list[FolioRange]:
    """The rows that a witness will have when it says these ranges; nothing is written."""
    kept = list(witness.folio_ranges.all()) if witness.pk else []
    known = {row.range(): row for row in kept}
    return [known.get(leaves) or _row(witness, leaves) for leaves in dict.fromkeys(ranges)]


def _row(witness: Witness, leaves: references.FolioRange) -> FolioRange:
    last = _label(leaves.last) if leaves.last else ""
    return FolioRange(witness=witness, first=_label(leaves.first), last=last)


def _label(leaf: references.Folio) -> str:
    return references.print_folios((references.FolioRange(leaf),))
