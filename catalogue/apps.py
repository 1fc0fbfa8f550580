"""The catalogue as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as present
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """The one application of Opis."""

    name = "catalogue"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(settle_roles, sender=self)
        post_migrate.connect(settle_triggers, sender=self)


def settle_roles(using: str, apps: Any = present, **_signal: Any) -> None:
    """After every migration the groups of the roles have what the table of roles grants them."""
    from catalogue.models import role  # models are there only once the applications are ready

    role.settle(apps, using)


def settle_triggers(using: str, apps: Any = present, **_signal: Any) -> None:
    """After every migration the database refuses again what it has to refuse by itself."""
    from catalogue.models import triggers  # see above

    triggers.settle(apps, using)
