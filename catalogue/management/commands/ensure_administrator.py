"""``manage.py ensure_administrator``: somebody has to be able to sign in first."""

import secrets
from itertools import chain, count
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Make an administrator with a random password, printed once, if there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            if User.objects.filter(is_superuser=True, is_active=True).exists():
                return
            username = _free_username()
            password = secrets.token_urlsafe(18)
            User.objects.create_superuser(username, password=password)
        self.stdout.write(
            _("An administrator was made; this is shown only once.")
            + "\n  "
            + _("user name: %(username)s") % {"username": username}
            + "\n  "
            + _("password:  %(password)s") % {"password": password}
        )


def _free_username() -> str:
    """Return a name that nobody has, not even a former administrator."""
    names = chain(["admin"], (f"admin{number}" for number in count(2)))
    return next(name for name in names if not User.objects.filter(username=name).exists())
