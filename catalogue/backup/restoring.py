"""Restoring a backup into an empty catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import gettext as _

from catalogue.backup import images, manifest
from catalogue.backup.archive import IMAGES, ROWS, members, verify
from catalogue.backup.filling import Refused, clear, compare, fill
from catalogue.backup.manifest import Manifest
from catalogue.backup.tables import tables


@dataclass(frozen=True)
class Restored:
    """What came back, and the images that rows name and that the backup did not hold."""

    manifest: Manifest
    images: int
    missing: list[str]


def restore(path: Path, using: str = DEFAULT_DB_ALIAS) -> Restored:
    """Fill the catalogue, wholly or not at all. Raises Damaged, Refused or OSError.

    Images come before the rows that name them; if it is cut off, only files are left that no row
    names, and restoring once more finds them in their place.
    """
    found = verify(path)
    _ask_for_state(found, using)
    with transaction.atomic(using=using):
        clear(using)
        count = _fill(path, found, using)
        models = {model._meta.db_table: model for model in tables()}
        for table in found.tables:
            compare(models[table.name], table.rows, table.sha256, using)
    ContentType.objects.clear_cache()
    return Restored(found, count, images.missing(using))


def _fill(path: Path, found: Manifest, using: str) -> int:
    """Returns the number of images."""
    models = {model._meta.db_table: model for model in tables()}
    last_keys = {table.name: table.last_key for table in found.tables}
    count = 0
    for name, content in members(path):
        if name.startswith(ROWS):
            table = name.removeprefix(ROWS).removesuffix(".jsonl")
            fill(models[table], content, last_keys[table], using)
        elif name.startswith(IMAGES):
            count += 1
            _store(name.removeprefix(IMAGES), content)
    return count


def _store(name: str, content: IO[bytes]) -> None:
    if not images.store(name, content):
        words = _("There is another file already where the image %(name)s belongs.")
        raise Refused([words % {"name": name}])


def _ask_for_state(found: Manifest, using: str) -> None:
    """Refuse a backup of another state of the database than this one's."""
    here, there = set(manifest.migrations(using)), set(found.migrations)
    if here == there:
        return
    words = _(
        "The backup was written by Opis %(there)s, whose database had another form than this one "
        "(Opis %(here)s). Restore it with Opis %(there)s, then upgrade. The difference:"
    )
    raise Refused(
        [
            words % {"there": found.opis, "here": manifest.version()},
            *(_("only in the backup: %(name)s") % {"name": name} for name in sorted(there - here)),
            *(_("only here: %(name)s") % {"name": name} for name in sorted(here - there)),
        ]
    )
