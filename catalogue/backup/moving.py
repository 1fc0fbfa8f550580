"""Carrying all rows to another database, of the same kind or of the other one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.backup.filling import Refused, clear, compare, fill
from catalogue.backup.manifest import migrations
from catalogue.backup.snapshot import snapshot
from catalogue.backup.tables import last_key, lines, tables


class _Counting:
    """Lines on their way, counted and digested."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.rows = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.rows += 1
            self.digest.update(line)
            yield line


def move(target: str) -> dict[str, int]:
    """Copy one moment of the catalogue into the empty, migrated database ``target`` (an alias).

    Returns the number of rows of each table. The images stay where they are. Raises Refused, and
    then the target is as it was; the source is only read.
    """
    counts = {}
    with snapshot() as source, transaction.atomic(using=target):
        if migrations(source) != migrations(target):
            raise Refused([_("The databases differ in form. Run manage.py migrate first.")])
        clear(target)
        found = []
        for model in tables():
            rows = _Counting(lines(model, source))
            fill(model, rows, last_key(model, source), target)
            found.append((model, rows))
        for model, rows in found:
            compare(model, rows.rows, rows.digest.hexdigest(), target)
            counts[model._meta.db_table] = rows.rows
    ContentType.objects.clear_cache()
    return counts
