"""History from the first day: every change of a record, with who, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_update_with_history

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


def change_together(records: Sequence[Any], fields: Sequence[str], reason: str = "") -> None:
    """Write some columns of many records of one model, each with its row of history.

    The records are whole, and nothing that follows from the columns is computed. Within an act the
    rows name it and whoever is doing it.
    """
    if not records:
        return
    now = timezone.now()
    for record in records:
        record.modified = now
    model, act = type(records[0]), recorded()
    named = {"history_act": act, "history_user_name": act.user_name} if act else None
    bulk_update_with_history(
        records,
        model,
        [*fields, "modified"],
        batch_size=500,
        default_user=act.user if act else None,
        default_change_reason=reason or None,
        default_date=now,
        manager=model._base_manager,
        custom_historical_attrs=named,
    )
