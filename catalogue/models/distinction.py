"""Distinctions: pairs of records that look alike, and of which somebody has said they are not."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.fields import Line


class Distinction(models.Model):
    """Two records, by their identifiers, that the finder of duplicates shall not name again."""

    first = models.CharField(_("permanent identifier"), max_length=16)
    second = models.CharField(_("permanent identifier of the other"), max_length=16)
    user_name = Line(_("who"), max_length=250, blank=True)
    made = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("distinction")
        verbose_name_plural = _("distinctions")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="distinction_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="distinction_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.first, self.second = sorted((self.first, self.second))
        super().save(*args, **kwargs)
