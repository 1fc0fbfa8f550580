"""Images of folios."""

from __future__ import annotations

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image

from catalogue.models.constraints import one_end
from catalogue.models.fields import Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.visibility import Publishable
from catalogue.models.witness import Leaves, forward

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
PIXELS = 60_000_000


def stored_name(image: FolioImage, filename: str) -> str:
    """Under its identifier: the uploader's file name never becomes a path."""
    suffix = PurePath(filename).suffix.lower()
    return f"folios/{image.identifier[:2]}/{image.identifier}{suffix}"


def validate_image(file: File[bytes]) -> None:
    """Only JPEG, PNG and WebP by content, of a size that can be handled."""
    stored = file.closed  # a file from the store is opened for this, and closed again
    try:
        file.seek(0)
        with Image.open(file, formats=tuple(FORMATS)) as image:
            pixels = image.width * image.height
            suffix = FORMATS[image.format or ""]
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is not a JPEG, PNG or WebP image.")) from error
    finally:
        if stored:
            file.close()
        elif not file.closed:
            file.seek(0)
    if pixels > PIXELS:
        raise ValidationError(_("The image has more than 60 million pixels."))
    given = PurePath(file.name or "").suffix.lower().replace(".jpeg", ".jpg")
    if given != suffix:
        raise ValidationError(
            _("The file is named %(given)s but holds %(suffix)s."),
            params={"given": given or "-", "suffix": suffix},
        )


class ImageKind(models.TextChoices):
    SIDE = "side", _("one side")
    OPENING = "opening", _("opening")
    COVER = "cover", _("cover")
    OTHER = "other", _("other")


class FolioImage(Publishable, Identified, Leaves):
    """An image of one or more sides of a unit or of an archival witness, in order."""

    gates = ("unit", "witness")

    unit = models.ForeignKey(
        "catalogue.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="images",
        verbose_name=_("unit"),
    )
    witness = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="images",
        verbose_name=_("witness"),
    )
    image_kind = models.CharField(
        _("what it shows"), max_length=10, choices=ImageKind.choices, default=ImageKind.SIDE
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    image = models.ImageField(_("image"), upload_to=stored_name, validators=[validate_image])
    original_name = Line(_("name of the file"), blank=True, editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    rights = Prose(_("rights"), blank=True)
    credit = Line(_("credit"), blank=True)
    staff_note = Prose(_("staff note"), blank=True, help_text=_("Staff only."))

    history = history()

    class Meta:
        verbose_name = _("folio image")
        verbose_name_plural = _("folio images")
        ordering = ("unit", "witness", "position", "first_order", "pk")
        constraints = (one_end("unit", "witness"), forward("folioimage_runs_forward"))
