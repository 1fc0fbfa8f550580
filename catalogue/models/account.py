"""What the catalogue knows of an account beside Django's own columns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """Whether an administrator demands a second factor of a person who signs in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="account", verbose_name=_("user")
    )
    second_factor = models.BooleanField(
        _("second factor demanded"),
        default=False,
        help_text=_("The person is led to set one up, and cannot go on without."),
    )

    class Meta:
        verbose_name = _("signing in")
        verbose_name_plural = _("signing in")

    def __str__(self) -> str:
        return str(self.user)
