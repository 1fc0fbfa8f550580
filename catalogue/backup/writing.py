"""Writing a backup: one moment of the database and the images of that moment."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext as _

from catalogue.backup import images, manifest
from catalogue.backup.archive import IMAGES, MANIFEST, ROWS, Sealed
from catalogue.backup.filling import Refused
from catalogue.backup.manifest import Manifest, Table
from catalogue.backup.snapshot import snapshot
from catalogue.backup.tables import Model, last_key, lines, tables

README = Path(__file__).with_name("README.txt")


@dataclass(frozen=True)
class Written:
    """What a backup holds, and the images that rows name and that were gone or had changed."""

    manifest: Manifest
    images: int
    missing: list[str]
    changed: list[str]


def write(path: Path) -> Written:
    """Write the whole catalogue to a new file. Raises Refused or OSError, and leaves no file."""
    with ExitStack() as stack:
        stream = stack.enter_context(_arriving(path))
        _ask_for_space(path.parent)
        rows, names, sums = (stack.enter_context(_spool(path.parent)) for _place in range(3))
        with snapshot() as using:
            found = manifest.describe([_table(model, rows, using) for model in tables()], using)
            for name, digest in images.named(using):
                names.write(f"{digest}\t{name}\n".encode())
        sealed = Sealed(stream, sums, int(time.time()))
        _add(sealed, "README.txt", README.read_bytes())
        _add(sealed, MANIFEST, found.as_json())
        _add_rows(sealed, found, rows)
        count, missing, changed = _add_images(sealed, names)
        sealed.seal()
    return Written(found, count, missing, changed)


@contextmanager
def _arriving(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is whole and on the disk, and never takes another's.

    After a power cut there is either the whole file under its name or none.
    """
    if path.exists():
        raise Refused([_("%(path)s is there already. A backup replaces nothing.") % {"path": path}])
    partial = path.with_name(f"{path.name}.partial")
    # Whoever can read it can read everything, the digests of passwords included.
    with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT, 0o600), "wb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = _("Another backup is being written to %(path)s.") % {"path": path}
            raise Refused([message]) from error
        try:
            stream.truncate()
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            os.link(partial, path)
        finally:
            partial.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _spool(directory: Path) -> IO[bytes]:
    return TemporaryFile(dir=directory)  # its caller closes it


def _ask_for_space(directory: Path) -> None:
    """Refuse at once what cannot end well. Rows take about twice their room, and are spooled."""
    needed = 4 * _size_of_database() + images.size(DEFAULT_DB_ALIAS)
    free = shutil.disk_usage(directory).free
    if free < needed:
        message = _("%(directory)s has %(free)d MB free; the backup may need %(needed)d MB.")
        values = {"directory": directory, "free": free // 10**6, "needed": needed // 10**6 + 1}
        raise Refused([message % values])


def _size_of_database() -> int:
    """In bytes."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _table(model: Model, rows: IO[bytes], using: str) -> Table:
    """Put the rows of a table behind the others."""
    digest, count, start = hashlib.sha256(), 0, rows.tell()
    for count, line in enumerate(lines(model, using), start=1):  # noqa: B007 # the last is the number
        digest.update(line)
        rows.write(line)
    return Table(
        name=model._meta.db_table,
        rows=count,
        size=rows.tell() - start,
        sha256=digest.hexdigest(),
        last_key=last_key(model, using),
        columns=manifest.columns(model),
    )


def _add(sealed: Sealed, name: str, content: bytes) -> None:
    sealed.add(name, BytesIO(content), len(content))


def _add_rows(sealed: Sealed, found: Manifest, rows: IO[bytes]) -> None:
    rows.seek(0)
    for table in found.tables:
        sealed.add(f"{ROWS}{table.name}.jsonl", rows, table.size)


def _add_images(sealed: Sealed, names: IO[bytes]) -> tuple[int, list[str], list[str]]:
    """How many were added, which are gone, and which are not what was uploaded."""
    count, missing, changed = 0, [], []
    names.seek(0)
    for line in names:
        digest, name = line.decode().rstrip("\n").split("\t")
        try:
            stream = default_storage.open(name, "rb")
        except FileNotFoundError:
            missing.append(name)
            continue
        with stream:
            found = sealed.add(IMAGES + name, stream, stream.size)
        count += 1
        if digest and found != digest:
            changed.append(name)
    return count, missing, changed
