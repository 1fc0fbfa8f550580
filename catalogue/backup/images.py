"""The images of folios as they were uploaded. What is made from them is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import file_digest
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage

from catalogue.models import FolioImage


def named(using: str) -> Iterator[tuple[str, str]]:
    """The files that rows name, and the SHA-256 noted at their upload.

    A file that only the history names follows if it is still kept.
    """
    rows = FolioImage._base_manager.using(using).exclude(image="").order_by("image")
    yield from rows.values_list("image", "digest").iterator()
    former = (
        FolioImage.history.using(using).exclude(image="").exclude(image__in=rows.values("image"))
    )
    for name in former.order_by("image").values_list("image", flat=True).distinct().iterator():
        if default_storage.exists(name):
            yield name, ""


def size(using: str) -> int:
    """In bytes, of all files together."""
    total = 0
    for name, _digest in named(using):
        with suppress(FileNotFoundError):
            total += default_storage.size(name)
    return total


def store(name: str, content: IO[bytes]) -> bool:
    """Put a file into its place, unless it is there already: what was cut off can be repeated.

    Returns False if the file that is there is another one.
    """
    if not default_storage.exists(name):
        return bool(default_storage.save(name, File(content)) == name)
    with default_storage.open(name, "rb") as there:
        return _digest(there) == _digest(content)


def _digest(stream: Any) -> bytes:
    return file_digest(stream, "sha256").digest()


def missing(using: str) -> list[str]:
    """The files that rows name and that are not there."""
    rows = FolioImage._base_manager.using(using).exclude(image="").order_by("image")
    names = rows.values_list("image", flat=True).iterator()
    return [name for name in names if not default_storage.exists(name)]
