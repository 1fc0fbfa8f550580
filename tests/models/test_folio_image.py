"""The files of images, and whether rows and files agree."""

from __future__ import annotations

import hashlib
import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction

from catalogue.imaging import SIZES
from catalogue.models import FolioImage, FolioRange, Unit, Witness
from catalogue.models.folio_image import validate_image
from catalogue.models.image_files import YOUNG, copy_of, disagreements, make_copies, original
from tests.builders import build, png
from tests.imaging.drawn import content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """A store of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def age(path: Path) -> None:
    then = time.time() - YOUNG - 60
    os.utime(path, (then, then))


def findings(**options: Any) -> list[tuple[str, str]]:
    return [(found.kind, found.name) for found in disagreements(**options)]


def sweep(*arguments: str) -> str:
    output = StringIO()
    call_command("sweep_images", *arguments, stdout=output)
    return output.getvalue()


def test_a_file_brings_its_digest_and_is_kept_byte_for_byte() -> None:
    given = content("JPEG")
    image = build(FolioImage, image=ContentFile(given, name="л. 53 об.jpg"))
    stored = original(image)
    assert stored is not None
    assert stored.read_bytes() == given
    assert image.digest == hashlib.sha256(given).hexdigest()
    assert stored.name == f"{image.identifier}-{image.digest[:12]}.jpg"


def test_the_pixels_are_counted_where_the_file_was_looked_at() -> None:
    image = FolioImage(unit=build(Unit), first="1")
    image.image = SimpleUploadedFile("53.jpg", content("JPEG"))
    image.full_clean()
    image.save()
    assert (image.width, image.height) == (120, 170)


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("53.jpg", b"<svg/>", "whatever it is called"),
        ("53.jpg", content("PNG"), "named .jpg but holds .png"),
        ("53.jpg", content("JPEG") + b"<script>", "8 bytes behind the end"),
        ("53", content("JPEG"), "named - but holds .jpg"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(name: str, given: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        validate_image(ContentFile(given, name=name))


def test_a_file_that_is_too_large_is_refused_before_it_is_opened() -> None:
    file = ContentFile(b"", name="53.jpg")
    file.size = 201_000_000
    with pytest.raises(ValidationError, match=r"201\.0 megabytes; at most 200"):
        validate_image(file)


def test_no_file_name_leads_out_of_the_store(media: Path) -> None:
    for name in ("../../x.png", "/etc/x.png", "x.php", "\u202egnp.exe", "a" * 300 + ".png"):
        build(FolioImage, image=ContentFile(png(), name=name))
    stored = [path.relative_to(media).parts[0] for path in media.rglob("*") if path.is_file()]
    assert stored == ["folios"] * 5
    assert not list(media.rglob("*.php"))


def test_a_file_that_replaces_another_leaves_it_to_the_history() -> None:
    image = build(FolioImage, image=ContentFile(content("JPEG"), name="1.jpg"))
    before = original(image)
    image.image = ContentFile(content("PNG"), name="2.png")
    image.save()
    after = original(image)
    assert before is not None
    assert after is not None
    assert before != after
    age(before)
    assert findings(verify=True) == []
    assert image.history.last().image == before.relative_to(default_storage.path("")).as_posix()


def test_copies_are_made_once_and_again_when_they_are_gone() -> None:
    image = build(FolioImage, image=ContentFile(content("JPEG"), name="1.jpg"))
    thumbnail = copy_of(image, SIZES[0])
    assert thumbnail is not None
    made = thumbnail.stat().st_mtime_ns
    assert copy_of(image, SIZES[0]) == thumbnail
    assert thumbnail.stat().st_mtime_ns == made
    thumbnail.unlink()
    assert copy_of(image, SIZES[0]) == thumbnail
    assert thumbnail.is_file()


def test_no_copy_is_made_of_what_is_gone_or_broken() -> None:
    gone, broken = build(FolioImage), build(FolioImage)
    for image, then in ((gone, None), (broken, b"no image")):
        path = original(image)
        assert path is not None
        path.unlink()
        image.digest = "e" * 64 if then else "f" * 64
        if then:
            path.write_bytes(then)
        assert copy_of(image, SIZES[0]) is None


def test_files_without_a_row_are_found_when_they_are_old_enough(media: Path) -> None:
    with transaction.atomic():
        build(FolioImage)
        transaction.set_rollback(True)  # the process ends here
    build(FolioImage, first="2")
    (left,) = [
        path
        for path in (media / "folios").rglob("*.png")
        if not FolioImage.objects.filter(image=path.relative_to(media).as_posix()).exists()
    ]
    unfinished = media / "folios" / "half.png.abcdefgh.part"
    unfinished.write_bytes(b"half")
    assert findings() == []
    age(left)
    age(unfinished)
    assert {name for _kind, name in findings()} == {
        left.relative_to(media).as_posix(),
        "folios/half.png.abcdefgh.part",
    }
    assert "orphan: folios/half.png.abcdefgh.part" in sweep()
    assert left.exists()
    sweep("--delete")
    assert not left.exists()
    assert "Orphans: 0" in sweep()


def test_copies_of_no_image_are_swept(media: Path) -> None:
    image = build(FolioImage)
    make_copies(image)
    stranger = media / "copies" / "ab" / f"{'ab' * 32}-reading.jpg"
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_bytes(b"x")
    for path in (media / "copies").rglob("*.jpg"):
        age(path)
    assert findings() == [("orphan", stranger.relative_to(media).as_posix())]


def test_missing_and_changed_originals_are_named(media: Path) -> None:
    missing, changed = build(FolioImage), build(FolioImage, first="2")
    for image in (missing, changed):
        path = original(image)
        assert path is not None
        path.unlink() if image is missing else path.write_bytes(png() + b"\0")
    assert findings() == [("missing", missing.image.name)]
    assert set(findings(verify=True)) == {
        ("missing", missing.image.name),
        ("changed", changed.image.name),
    }
    with pytest.raises(CommandError, match="2"):
        sweep("--verify")


def test_a_check_that_was_broken_off_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalogue.models.image_files.BATCH", 2)
    images = [build(FolioImage) for _number in range(5)]
    for image in images:
        path = original(image)
        assert path is not None
        path.write_bytes(b"flipped")
    begun: Any = disagreements(verify=True)
    first = [next(begun).name for _finding in range(3)]
    begun.close()
    rest = [name for _kind, name in findings(verify=True)]
    assert first[:2] + rest == [image.image.name for image in images]
    assert len(findings(verify=True)) == 5


def test_images_of_a_witness_are_its_own_and_those_of_its_leaves() -> None:
    unit = build(Unit)
    witness = build(Witness, unit=unit)
    build(FolioRange, witness=witness, first="53", last="54v")
    own = build(FolioImage, witness=witness, first="1")
    on_it = build(FolioImage, unit=unit, first="54", last="55")
    build(FolioImage, unit=unit, first="55")
    build(FolioImage, unit=build(Unit), first="53")
    assert set(FolioImage.objects.of(witness)) == {own, on_it}
    assert FolioImage.objects.of(unit).count() == 2
    assert not FolioImage.objects.of(build(Witness, unit=unit)).exists()
