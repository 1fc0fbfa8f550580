"""Images of folios."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue import imaging
from catalogue.models.constraints import one_end
from catalogue.models.fields import Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.unit import Unit
from catalogue.models.visibility import PublicQuerySet, Publishable
from catalogue.models.witness import Leaves, Witness, forward

MEGABYTES = 200
"""The largest original, in units of a million bytes."""
_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".tiff": ".tif"}


def stored_name(image: FolioImage, filename: str) -> str:
    """Under its identifier and digest: the uploader's file name never becomes a path, and a file
    that takes the place of another does not take its name."""
    suffix = _suffix(filename)
    known = suffix if suffix in imaging.EXTENSIONS.values() else ""
    part = f"-{image.digest[:12]}" if image.digest else ""
    return f"folios/{image.identifier[:2]}/{image.identifier}{part}{known}"


def _suffix(filename: str) -> str:
    suffix = PurePath(filename).suffix.lower()
    return _SAME.get(suffix, suffix)


def validate_image(file: File[bytes]) -> None:
    """Only JPEG, PNG, TIFF and WebP by content, decoded to the last pixel by a limited process.

    What was found stays on the file, as ``inspected``, for the row that will hold it.
    """
    if file.size > MEGABYTES * 1_000_000:
        raise ValidationError(
            _("The file has %(size)s megabytes; at most %(most)s can be taken."),
            params={"size": number_format(file.size / 1_000_000, 1), "most": MEGABYTES},
        )
    try:
        inspected = imaging.inspect(_source(file))
    except imaging.Refused as refused:
        raise ValidationError(
            gettext(refused.sentence), code=refused.reason, params=refused.values
        ) from refused
    given = _suffix(file.name or "")
    if given != inspected.extension:
        raise ValidationError(
            _("The file is named %(given)s but holds %(suffix)s."),
            params={"given": given or "-", "suffix": inspected.extension},
        )
    file.inspected = inspected  # type: ignore[attr-defined]  # read by FolioImage.save


def _source(file: Any) -> Path | bytes:
    """Where an upload lies, or what is in it."""
    temporary = getattr(getattr(file, "file", file), "temporary_file_path", None)
    if temporary is not None:
        return Path(temporary())
    stored = file.closed  # a file from the store is opened for this, and closed again
    try:
        file.seek(0)
        return bytes(file.read())
    finally:
        if stored:
            file.close()
        else:
            file.seek(0)


class ImageKind(models.TextChoices):
    SIDE = "side", _("one side")
    OPENING = "opening", _("opening")
    COVER = "cover", _("cover")
    OTHER = "other", _("other")


class FolioImageQuerySet(PublicQuerySet):
    def of(self, owner: Unit | Witness) -> FolioImageQuerySet:
        """The images of a unit; or those of a witness, with those of the leaves of its unit that
        it takes up. Reads ``folio_ranges`` of a witness."""
        if isinstance(owner, Unit):
            return self.filter(unit=owner)
        return self.filter(Q(witness=owner) | Q(pk__in=self._on_leaves(owner).values("pk")))

    def _on_leaves(self, witness: Witness) -> FolioImageQuerySet:
        overlaps = Q(pk__in=())
        for leaves in witness.folios():
            overlaps |= Q(first_order__lte=leaves.end, last_order__gte=leaves.start)
        return self.filter(overlaps, unit=witness.unit_id, unit__isnull=False)


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

    objects = FolioImageQuerySet.as_manager()  # type: ignore[misc]  # narrows the inherited manager
    history = history()

    class Meta:
        verbose_name = _("folio image")
        verbose_name_plural = _("folio images")
        ordering = ("unit", "witness", "position", "first_order", "pk")
        constraints = (one_end("unit", "witness"), forward("folioimage_runs_forward"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file brings its digest and its size in pixels; the row is written after it."""
        if self.image and not self.image._committed:  # type: ignore[attr-defined]  # not in the stubs
            self.digest = digest_of(self.image.chunks())
            self.image.seek(0)
            found = getattr(self.image, "inspected", None)
            if found is not None:
                self.width, self.height = found.width, found.height
            elif not self._state.adding:
                self.width = self.height = None
        super().save(*args, **kwargs)

    @property
    def owner(self) -> Unit | Witness:
        """What it is an image of."""
        found: Any = self.unit or self.witness
        return found  # type: ignore[no-any-return]  # one of both, as the constraint says


def digest_of(chunks: Iterable[bytes]) -> str:
    """SHA-256, in small letters."""
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(chunk)
    return found.hexdigest()
