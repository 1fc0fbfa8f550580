"""A date, kept three ways: as written, as EDTF, and as a pair that sorts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import dates
from catalogue.models.derived import Derived
from catalogue.models.fields import Edtf, Line


class Calendar(models.TextChoices):
    GREGORIAN = "gregorian", _("Gregorian")
    JULIAN = "julian", _("Julian (Old Style)")
    REPUBLICAN = "republican", _("French Republican")
    OTHER = "other", _("other")


class Dated(Derived):
    """One date or span of dates.

    ``date`` is Gregorian EDTF; ``calendar`` says which calendar the source used. A month or year
    of the Julian calendar has no Gregorian name: it stays as it is, and only its pair is shifted.
    ``date_earliest`` and ``date_latest`` are Julian Day Numbers, null where open or unknown.
    """

    date_written = Line(
        _("date as written"),
        max_length=250,
        blank=True,
        help_text=_("The date in the words of the source. ISAD(G) 3.1.3"),
    )
    date = Edtf(
        _("date (EDTF)"),
        blank=True,
        help_text=_(
            "Gregorian calendar, ISO 8601-2: 1923-10-08, 1923-09~ (about), 1923-06-29? (uncertain),"
            " 1921-23 (autumn), 1923-04/.. (from), ../1990-05 (until)."
        ),
    )
    calendar = models.CharField(
        _("calendar of the source"),
        max_length=10,
        choices=Calendar.choices,
        default=Calendar.GREGORIAN,
    )
    date_earliest = models.BigIntegerField(_("earliest day"), null=True, blank=True, editable=False)
    date_latest = models.BigIntegerField(_("latest day"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def derive(self) -> None:
        super().derive()
        self.read_date()

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "date" in fields:
            kwargs["update_fields"] = {*fields, "date_earliest", "date_latest"}
        super().save(*args, **kwargs)

    def read_date(self) -> None:
        """Bring the sortable pair in step with the EDTF. Raises DateError for what is not EDTF."""
        span = dates.read(self.date) if self.date else None
        if span and self.calendar == Calendar.JULIAN:
            julian = dates.read_julian(self.date)
            span = julian if julian.edtf == span.edtf else span
        self.date_earliest = span.earliest if span else None
        self.date_latest = span.latest if span else None
