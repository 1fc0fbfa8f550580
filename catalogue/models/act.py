"""Acts: what one person did to many records at once, and can take back.

Every row of history that is written while an act is being recorded names it, so that the act can
be looked through record by record and undone as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.fields import Line, Prose

_recorded: ContextVar[Act | None] = ContextVar("recorded", default=None)


class ActKind(models.TextChoices):
    EDIT = "edit", _("fields of many records changed")
    REPLACE = "replace", _("text found and replaced")
    SHEET = "sheet", _("brought back from a spreadsheet")
    MERGE = "merge", _("records merged")
    MOVE = "move", _("moved in the tree")
    RENUMBER = "renumber", _("renumbered")
    PUBLISH = "publish", _("published")
    WITHDRAW = "withdraw", _("withdrawn")
    IMAGES = "images", _("images uploaded")


class Act(models.Model):
    """Who did what, when and why, and who took it back."""

    kind = models.CharField(_("kind of act"), max_length=12, choices=ActKind.choices)
    summary = Prose(_("what was done"), blank=True)
    reason = Line(_("reason"), blank=True)
    made = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    user_name = models.CharField(_("who"), max_length=250, blank=True)
    undone = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.CharField(_("undone by"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ("-made", "-pk")
        # What is decided apart from changing a record, whatever its kind.
        permissions = (
            ("publish_records", _("Can publish records")),
            ("withdraw_records", _("Can withdraw records")),
            ("merge_records", _("Can merge records")),
            ("import_records", _("Can import records")),
            ("change_many_records", _("Can change many records at once")),
        )

    def __str__(self) -> str:
        return self.summary or str(self.get_kind_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.user is not None and not self.user_name:
            self.user_name = self.user.get_username()
        super().save(*args, **kwargs)

    @contextmanager
    def recording(self) -> Iterator[Act]:
        """What is saved or deleted within belongs to this act."""
        token = _recorded.set(self)
        try:
            yield self
        finally:
            _recorded.reset(token)


def recorded() -> Act | None:
    """The act that is being recorded, if any."""
    return _recorded.get()
