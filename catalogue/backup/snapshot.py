"""Reading the database as it was at one moment, while others write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection of its own that sees one moment and holds up nobody.

    SQLite's journal cannot be cut while it is open, so it should not be open for long.
    """
    connection = connections[DEFAULT_DB_ALIAS].copy(ALIAS)
    if connection.vendor == "sqlite":
        # The site's own transactions take the lock of the writer at once; this one never does.
        options = {**connection.settings_dict["OPTIONS"], "transaction_mode": "DEFERRED"}
        connection.settings_dict["OPTIONS"] = options
        begin = "SELECT COUNT(*) FROM sqlite_master"  # the moment is that of the first reading
    else:
        begin = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY, DEFERRABLE"
    connections[ALIAS] = connection
    try:
        with transaction.atomic(using=ALIAS):
            with connection.cursor() as cursor:
                cursor.execute(begin)
            yield ALIAS
    finally:
        connection.close()
        del connections[ALIAS]
