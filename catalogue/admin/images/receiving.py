"""One file becomes an image of a unit or witness, or is refused with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from catalogue import imaging, text
from catalogue.admin.images.owner import Owner, images_of, name_of
from catalogue.models import FolioImage
from catalogue.models.image_files import make_copies


def receive(upload: UploadedFile, owner: Owner, values: Mapping[str, str]) -> FolioImage:
    """Store a file behind the images that are there, as a draft. Raises ValidationError.

    The leaf is read from the name; where the name tells none, it is counted on.
    """
    name = storable(upload.name or "")
    images = images_of(owner)
    behind = images.last()
    guessed = imaging.guess(name)
    image = FolioImage(
        **{name_of(owner): owner},
        position=(behind.position if behind else 0) + 1,
        original_name=name,
        image_kind=guessed.kind,
        first=guessed.first,
        last=guessed.last,
        **values,
    )
    if not _is_readable(image):
        image.first = imaging.following(behind.last or behind.first if behind else "")
        image.last = ""
    image.image = upload
    image._change_reason = gettext("Uploaded")  # type: ignore[attr-defined]  # read by the history
    image.full_clean()
    with transaction.atomic():
        image.save()
    with suppress(imaging.Refused):  # they are made when somebody looks
        make_copies(image)
    return image


def storable(name: str) -> str:
    """The name as it was typed, but for characters that no exchange format can carry."""
    illegal = {place for place, _name in text.illegal_characters(name)}
    kept = ("\N{REPLACEMENT CHARACTER}" if i in illegal else c for i, c in enumerate(name))
    return text.normalise("".join(kept))[-500:]


def _is_readable(image: FolioImage) -> bool:
    try:
        image.range()
    except ValueError:
        return False
    return True


def doubts(image: FolioImage) -> list[str]:
    """What a person should look at: a leaf that the name does not tell, a file sent before."""
    found = []
    if not imaging.guess(image.original_name).first:
        found.append(gettext("The name tells no folio: counted on from the image before."))
    same = images_of(image.owner).filter(digest=image.digest).exclude(pk=image.pk).first()
    if same is not None:
        words = gettext("The same file is already there, as %(leaf)s.")
        found.append(words % {"leaf": same})
    return found


def reasons(error: ValidationError) -> str:
    """Why a file was refused, in one line."""
    return " ".join(dict.fromkeys(error.messages))


def extra(image: FolioImage, **more: Any) -> dict[str, Any]:
    """An image as the page's script is told of it."""
    return {"name": image.original_name, "leaf": str(image), "doubts": doubts(image), **more}
