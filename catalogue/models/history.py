"""History from the first day: every change of a record, with who, when and why."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalogue.models.act import recorded


class Change(models.Model):
    """Held beside each version of a record: who, by name, even when the account is gone, and the
    act of which the change was a part."""

    history_user_name = models.CharField(_("changed by"), max_length=250, blank=True)
    history_act = models.ForeignKey(
        "catalogue.Act", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        user = getattr(self, "history_user", None)
        if user is not None and not self.history_user_name:
            self.history_user_name = user.get_username()
        if self.history_act_id is None:
            self.history_act = recorded()
        super().save(*args, **kwargs)


def history(**options: Any) -> Any:
    """The ``history`` attribute of a model. Deleting an account keeps its name in every row."""
    return HistoricalRecords(
        bases=[Change],
        history_change_reason_field=models.TextField(_("reason"), null=True),
        **options,
    )
