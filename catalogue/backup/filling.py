"""Filling an empty catalogue with rows, all of them or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import Error
from django.utils.translation import gettext as _

from catalogue.backup.tables import Model, insert, last_key, lines, set_last_key, tables

# What every migrated database holds, each before what it refers to. Nothing else may be there.
OF_THE_SCHEMA: tuple[Model, ...] = (Group.permissions.through, Group, Permission, ContentType)
MIGRATIONS = "django_migrations"


class Refused(Exception):
    """What was asked for is not done. ``sentences`` say why, and what to do."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def clear(using: str) -> None:
    """Make room for all rows of another catalogue. Raises Refused if this one is not empty.

    Rows that the migrations made (groups, permissions, kinds of record) give way to those of the
    other catalogue, so that every key is what it was.
    """
    held = [
        f"{model._meta.db_table}: {count}"
        for model in tables()
        if model not in OF_THE_SCHEMA and (count := model._base_manager.using(using).count())
    ]
    if held:
        words = _("The catalogue is not empty, and nothing in it was changed. It holds rows:")
        raise Refused([words, *held])
    for model in OF_THE_SCHEMA:
        rows = model._base_manager.using(using).all()
        rows._raw_delete(using)
    ContentType.objects.clear_cache()


def fill(model: Model, found: Iterable[bytes], last: int, using: str) -> None:
    """Write the rows of one table. Raises Refused if the database does not take them."""
    try:
        insert(model, found, using)
    except Error as error:
        words = _("The rows of %(table)s do not fit: %(error)s")
        raise Refused([words % {"table": model._meta.db_table, "error": error}]) from error
    set_last_key(model, max(last, last_key(model, using)), using)


def compare(model: Model, rows: int, sha256: str, using: str) -> None:
    """Read a table back. Raises Refused if its rows are not those with this digest."""
    digest, count = hashlib.sha256(), 0
    for count, line in enumerate(lines(model, using), start=1):  # noqa: B007 # the last is the number
        digest.update(line)
    if (count, digest.hexdigest()) != (rows, sha256):
        words = _("%(table)s came back different: %(count)d rows of %(rows)d. Nothing was kept.")
        values = {"table": model._meta.db_table, "count": count, "rows": rows}
        raise Refused([words % values])
