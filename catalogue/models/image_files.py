"""The files of images: the originals, the copies that are shown, and whether rows and files agree.

An original is written, and known to be on the disk, before the row that names it. Whatever moment
a process ends at, there is at worst a file that no row names. Originals that the history of a
record names are kept. Copies are made from the original whenever they are missing.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Literal

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.crypto import get_random_string

from catalogue import imaging
from catalogue.models.folio_image import FolioImage

ORIGINALS, COPIES = "folios", "copies"
YOUNG = 60 * 60
"""Seconds for which a file may wait for its row."""
BATCH = 200
_PLACE = "sweep.json"  # how far a check of the digests has come


class DurableStorage(FileSystemStorage):
    """A file that has its name is whole, and is on the disk."""

    def _save(self, name: str, content: File[Any]) -> str:
        unfinished = super()._save(f"{name}.{get_random_string(8)}.part", content)  # type: ignore[misc]  # not in the stubs
        path = Path(self.path(unfinished))
        _settle(path)
        path.rename(self.path(name))
        _settle(path.parent)
        return name


def _settle(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def original(image: FolioImage) -> Path | None:
    """Where the original lies; None if it is gone."""
    path = Path(default_storage.path(str(image.image.name))) if image.image else None
    return path if path is not None and path.is_file() else None


def copy_of(image: FolioImage, size: imaging.Size) -> Path | None:
    """A JPEG to show, made now if it is not there; None if it cannot be made."""
    path = _copy_path(image, size)
    if path.is_file():
        return path
    with suppress(imaging.Refused):
        make_copies(image)
    return path if path.is_file() else None


def make_copies(image: FolioImage) -> None:
    """Make the copies of an image anew. Raises Refused if the original is no longer one."""
    source = original(image)
    if source is None:
        return
    folder = _copy_path(image, imaging.SIZES[0]).parent
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="unfinished-", dir=folder) as unfinished:
        made = {Path(unfinished) / size.slug: size for size in imaging.SIZES}
        imaging.make_copies(source, {path: size.longest for path, size in made.items()})
        for path, size in made.items():
            path.chmod(0o640)
            _settle(path)
            path.rename(_copy_path(image, size))


def _copy_path(image: FolioImage, size: imaging.Size) -> Path:
    key = image.digest if re.fullmatch("[0-9a-f]{64}", image.digest) else image.identifier
    return Path(default_storage.path(f"{COPIES}/{key[:2]}/{key}-{size.slug}.jpg"))


# --- do rows and files agree? ---


@dataclass(frozen=True)
class Finding:
    """``missing`` and ``changed``: the original of an image; ``orphan``: a file of no record."""

    kind: Literal["missing", "changed", "orphan"]
    name: str
    image: FolioImage | None = None
    size: int = 0


def disagreements(*, verify: bool = False, restart: bool = False) -> Iterator[Finding]:
    """All findings. ``verify`` reads every original and compares its digest; broken off, it goes
    on where it was, unless it is to ``restart``."""
    yield from _missing_and_changed(verify, 0 if restart or not verify else _place())
    yield from orphans()


def _missing_and_changed(verify: bool, after: int) -> Iterator[Finding]:
    place = Path(default_storage.path(_PLACE))
    rows = FolioImage.objects.order_by("pk").select_related("unit", "witness")
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        for image in batch:
            path = original(image)
            if path is None:
                yield Finding("missing", str(image.image.name), image)
            elif verify and image.digest and _digest(path) != image.digest:
                yield Finding("changed", str(image.image.name), image)
        after = batch[-1].pk
        if verify:
            place.write_text(json.dumps({"after": after}))
    if verify:
        place.unlink(missing_ok=True)


def _place() -> int:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return int(json.loads(Path(default_storage.path(_PLACE)).read_text())["after"])
    return 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def orphans() -> Iterator[Finding]:
    """Files older than an hour that neither a record nor its history names."""
    history: Any = FolioImage.history.model
    known = set(FolioImage.objects.values_list("image", flat=True))
    known |= set(history.objects.values_list("image", flat=True))
    shown = {
        str(_copy_path(image, size).name)
        for image in FolioImage.objects.only("digest", "identifier").iterator()
        for size in imaging.SIZES
    }
    root = Path(default_storage.path(""))
    for path in sorted((root / ORIGINALS).rglob("*")):
        name = path.relative_to(root).as_posix()
        if name not in known and _is_old_file(path):
            yield Finding("orphan", name, size=path.stat().st_size)
    for path in sorted((root / COPIES).rglob("*")):
        if path.name not in shown and _is_old_file(path):
            yield Finding("orphan", path.relative_to(root).as_posix(), size=path.stat().st_size)


def _is_old_file(path: Path) -> bool:
    return path.is_file() and time.time() - path.stat().st_mtime > YOUNG


def remove(finding: Finding) -> None:
    """Delete the file of an orphan."""
    if finding.kind == "orphan":
        default_storage.delete(finding.name)
