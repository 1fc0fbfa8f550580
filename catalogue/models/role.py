"""Who may do what: the roles of a house, as groups with permissions.

The table is the truth. The groups are made by migration 0005 and brought in line with it after
every later one (``catalogue.apps``), so that models and permissions that are added are given to
those whose work they are. A house that wants other rights makes groups of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps as django_apps
from django.contrib.auth.management import create_permissions
from django.utils.translation import gettext_lazy as _

from catalogue.models.visibility import State

PUBLISH = "catalogue.publish_records"
WITHDRAW = "catalogue.withdraw_records"

# Nobody adds, changes or deletes these by hand: they follow from what is done elsewhere.
KEPT = frozenset({"tombstone", "statement", "act", "auditentry"})
# Rows of records: whoever may change the record may take them away.
ROWS = frozenset(
    {"title", "termlabel", "accesspoint", "outsideidentifier", "foliorange", "agentname"}
    | {"evidence"}
)
VERBS = ("view", "add", "change", "delete")
ACCOUNTS = frozenset(f"{verb}_{model}" for verb in VERBS for model in ("user", "group"))
REVIEWING = frozenset(
    {"publish_records", "withdraw_records", "merge_records", "change_many_records"}
)


@dataclass(frozen=True)
class Role:
    """A group: its name in the database, how it is called, and what it may do.

    ``verbs`` are permitted on every record, ``more`` are permissions of their own. ``all``: also
    whatever else the catalogue asks permission for.
    """

    name: str
    label: Any
    verbs: frozenset[str]
    more: frozenset[str] = frozenset()
    rows: bool = False
    all: bool = False

    def may(self, application: str, codename: str) -> bool:
        if application == "auth":
            return self.all and codename in ACCOUNTS
        verb, _line, model = codename.partition("_")
        if verb not in VERBS or "_" in model:  # a permission of its own: change_many_records
            return self.all or codename in self.more
        if model.startswith("historical"):
            return False  # histories are read with the records, and never changed
        if model == "account":
            return self.all
        if verb != "view" and model in KEPT:
            return False
        return verb in self.verbs or (verb == "delete" and self.rows and model in ROWS)


VIEW = frozenset({"view"})
EDIT = VIEW | {"add", "change"}

ROLES = (
    Role("viewer", _("Viewer"), VIEW),
    Role("cataloguer", _("Cataloguer"), EDIT, rows=True),
    Role("reviewer", _("Reviewer"), EDIT, REVIEWING, rows=True),
    Role("administrator", _("Administrator"), EDIT | {"delete"}, all=True),
)


def labels() -> dict[str, Any]:
    """The names of the groups of the table, as they are shown."""
    return {role.name: role.label for role in ROLES}


def settle(apps: Any, using: str = "default") -> None:
    """Give the group of each role exactly its permissions; make what is missing.

    Accounts stay in their groups, and other groups are left alone. ``apps`` is a registry: that of
    a migration, or the present one.
    """
    for name in ("catalogue", "auth"):
        # Django makes permissions after the last migration only; here they are needed before.
        present = django_apps.get_app_config(name)
        create_permissions(present, verbosity=0, using=using, apps=apps)
    groups = apps.get_model("auth", "Group").objects.using(using)
    known = list(
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .filter(content_type__app_label__in=("catalogue", "auth"))
        .values_list("pk", "content_type__app_label", "codename")
    )
    for role in ROLES:
        group, _made = groups.get_or_create(name=role.name)
        group.permissions.set(_granted(role, known))


def _granted(role: Role, known: Iterable[tuple[int, str, str]]) -> list[int]:
    return [key for key, application, codename in known if role.may(application, codename)]


def may_turn(user: Any, before: str, after: str) -> bool:
    """Whether somebody may turn a record from one state to another; a new record is a draft.

    What has been published is withdrawn, never quietly a draft again, by whoever may withdraw.
    """
    if before == after:
        return True
    needed = set()
    if after == State.PUBLISHED:
        needed.add(PUBLISH)
    if after == State.WITHDRAWN or before == State.PUBLISHED:
        needed.add(WITHDRAW)
    return bool(user.has_perms(needed))


def open_states(user: Any, before: str) -> list[tuple[str, Any]]:
    """The states that somebody may choose for a record, as choices."""
    return [(value, label) for value, label in State.choices if may_turn(user, before, value)]
