"""Files that nobody has vouched for are looked at by a process that may die of them."""

from __future__ import annotations

import io
import random
import resource
import struct
import zlib
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from catalogue.imaging import SIZES, Inspected, Refused, inspect, inspect_all, looking, make_copies
from tests.imaging.drawn import content, leaf, with_place_and_camera, with_profile

JPEG, PNG = content("JPEG"), content("PNG")
WEBP = content("WEBP", lossless=True)
TIFF = content("TIFF", compression="tiff_lzw")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_that_claims(width: int, height: int) -> bytes:
    """A small file that says it is an enormous image."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return PNG[:8] + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def inserted(name: bytes, body: bytes) -> bytes:
    """The PNG with one more chunk behind its header."""
    return PNG[:33] + chunk(name, body) + PNG[33:]


def frames(format: str) -> bytes:
    out = io.BytesIO()
    first, second = leaf(label="1"), leaf(label="2")
    first.save(out, format, save_all=True, append_images=[second])
    return out.getvalue()


ACCEPTED = {
    "jpeg": JPEG,
    "progressive jpeg": content("JPEG", progressive=True),
    "grey jpeg": content("JPEG", leaf(mode="L")),
    "cmyk jpeg": content("JPEG", leaf(mode="CMYK")),
    "turned jpeg": with_place_and_camera(),
    "jpeg with padding": JPEG + bytes(64),
    "png": PNG,
    "png of two tones": content("PNG", leaf(mode="1")),
    "png with a palette": content("PNG", leaf(mode="P")),
    "png with alpha": content("PNG", leaf(mode="RGBA")),
    "png of 16 bits": content("PNG", Image.new("I;16", (20, 30), 40_000)),
    "png with a profile": with_profile(),
    "webp": WEBP,
    "tiff": TIFF,
    "tiff, group 4": content("TIFF", leaf(mode="1"), compression="group4"),
}

REFUSED = {
    "empty": (b"", "format"),
    "html": (b"<html><script>alert(1)</script>", "format"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "format"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "format"),
    "psd": (b"8BPS\0\1" + bytes(40), "format"),
    "gif": (content("GIF", leaf(mode="P")), "format"),
    "bmp": (content("BMP"), "format"),
    "several frames of png": (frames("PNG"), "frames"),
    "several frames of webp": (frames("WEBP"), "frames"),
    "several pages of tiff": (frames("TIFF"), "frames"),
    "several pictures of a camera": (frames("MPO"), "frames"),
    "13,000 squared": (png_that_claims(13_000, 13_000), "pixels"),
    "as large as an image can say": (png_that_claims(2**31 - 1, 2**31 - 1), "pixels"),
    "jpeg and a page": (JPEG + b"<script>alert(1)</script>", "surplus"),
    "jpeg and an archive": (JPEG + b"PK\3\4" + bytes(30), "surplus"),
    "jpeg and a jpeg": (JPEG + JPEG, "surplus"),
    "png and a page": (PNG + b"<html>", "surplus"),
    "webp and a page": (WEBP + b"<html>", "surplus"),
    "half a jpeg": (JPEG[: len(JPEG) // 2], "broken"),
    "half a png": (PNG[: len(PNG) // 2], "broken"),
    "half a webp": (WEBP[: len(WEBP) // 2], None),
    "half a tiff": (TIFF[: len(TIFF) // 2], None),
    "jpeg in tiff": (content("TIFF", compression="jpeg"), "compression"),
    "a profile of 100 megabytes": (
        inserted(b"iCCP", b"x\0\0" + zlib.compress(bytes(100_000_000), 9)),
        None,
    ),
    "text of 100 megabytes": (
        inserted(b"zTXt", b"x\0\0" + zlib.compress(bytes(100_000_000), 9)),
        None,
    ),
}


def placed(folder: Path, contents: list[bytes]) -> list[Path]:
    paths = [folder / f"{number}.bin" for number in range(len(contents))]
    for path, one in zip(paths, contents, strict=True):
        path.write_bytes(one)
    return paths


def test_what_cameras_and_scanners_make_is_taken(tmp_path: Path) -> None:
    found = inspect_all(placed(tmp_path, list(ACCEPTED.values())))
    refused = {
        name: str(one)
        for name, one in zip(ACCEPTED, found, strict=True)
        if isinstance(one, Refused)
    }
    assert refused == {}


def test_an_image_is_measured_upright() -> None:
    assert inspect(with_place_and_camera()) == Inspected("JPEG", 170, 120)
    assert inspect(JPEG) == Inspected("JPEG", 120, 170)


def test_what_is_no_image_or_more_than_one_is_refused_with_the_reason(tmp_path: Path) -> None:
    found = inspect_all(placed(tmp_path, [one for one, _reason in REFUSED.values()]))
    for (name, (_content, reason)), one in zip(REFUSED.items(), found, strict=True):
        assert isinstance(one, Refused), name
        assert reason in (None, one.reason), (name, one.reason, str(one))
        assert "%(" not in str(one)


def mutations(seed: int = 1923) -> list[bytes]:
    """Small images with bytes changed, cut out, doubled, cut off, or from another file."""
    chance = random.Random(seed)  # noqa: S311  # the same files every time
    made = []
    small = [
        content("JPEG", leaf(24, 32)),
        content("JPEG", leaf(24, 32), progressive=True),
        content("PNG", leaf(24, 32)),
        content("WEBP", leaf(24, 32)),
        content("TIFF", leaf(24, 32), compression="tiff_lzw"),
    ]
    for number in range(320):
        whole = bytearray(small[number % len(small)])
        at = chance.randrange(len(whole))
        match number // len(small) % 5:
            case 0:
                for _byte in range(chance.randint(1, 20)):
                    whole[chance.randrange(len(whole))] = chance.randrange(256)
            case 1:
                del whole[at : at + chance.randint(1, 200)]
            case 2:
                whole[at:at] = whole[: chance.randint(1, 300)]
            case 3:
                whole[4:at] = chance.choice(small)[4:at]
            case 4:
                whole[at : at + 4] = b"\xff\xff\xff\xff"
        made.append(bytes(whole))
    return made


def test_hundreds_of_mutated_files_harm_nobody(tmp_path: Path) -> None:
    """Each is decoded by a fork of its own, all under one start of the program: what one of them
    breaks, no other has. The answers are as many as the files, and all in words."""
    found = inspect_all(placed(tmp_path, mutations()))
    assert len(found) == 320
    kinds = Counter(one.reason if isinstance(one, Refused) else "taken" for one in found)
    assert kinds["broken"] + kinds["format"] + kinds["surplus"] > 150, kinds
    assert kinds["time"] == 0, kinds
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert children.ru_maxrss < 512 * 1024  # kilobytes


def test_a_child_that_dies_is_an_answer_and_the_next_file_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder that crashes on some files: here on those that say so."""
    killer = (
        "import os, signal; from catalogue.imaging import child; do = child.do\n"
        "def crash(job):\n"
        "    if b'crash' in open(job['path'], 'rb').read(): os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    return do(job)\n"
        "child.do = crash; child.main()"
    )
    before, _after = looking.PROGRAM.split("from catalogue")
    monkeypatch.setattr(looking, "PROGRAM", before + "\n" + killer)
    found = inspect_all(placed(tmp_path, [JPEG, b"crash", PNG]))
    assert isinstance(found[0], Inspected)
    assert isinstance(found[1], Refused)
    assert found[1].reason == "died"
    assert isinstance(found[2], Inspected)


def test_a_program_that_says_nothing_refuses_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PROGRAM", "raise SystemExit(3)")
    with pytest.raises(Refused, match="gave up"):
        inspect(JPEG)


def test_copies_say_nothing_of_the_camera_the_place_or_the_colours(tmp_path: Path) -> None:
    for number, original in enumerate((with_place_and_camera(), with_profile())):
        (source,) = placed(tmp_path, [original])
        copy = tmp_path / f"copy{number}"
        make_copies(source, {copy: 100})
        written = copy.read_bytes()
        with Image.open(io.BytesIO(written)) as image:
            assert image.format == "JPEG"
            assert image.mode == "RGB"
            assert not image.getexif()
            assert set(image.info) & {"exif", "icc_profile", "comment", "xmp"} == set()
            assert max(image.size) == 100
        assert b"Secret" not in written
        assert b"staff" not in written
        assert source.read_bytes() == original
    with Image.open(tmp_path / "copy0") as upright:
        assert upright.width > upright.height


def test_copies_of_every_kind_of_pixel_look_like_the_original(tmp_path: Path) -> None:
    """Paper stays light, whatever the file has between its pixels and their colours."""
    kinds = ("cmyk jpeg", "png with a palette", "png with alpha", "png of 16 bits")
    sources = placed(tmp_path, [ACCEPTED[name] for name in kinds])
    for name, source in zip(kinds, sources, strict=True):
        make_copies(source, {tmp_path / "copy": 100})
        with Image.open(tmp_path / "copy") as image:
            middle = image.convert("L").resize((1, 1)).getpixel((0, 0))
        assert isinstance(middle, int | float)
        assert 120 < middle < 240, (name, middle)


def test_a_small_image_is_not_enlarged_and_a_large_one_has_all_its_copies(tmp_path: Path) -> None:
    (source,) = placed(tmp_path, [JPEG])
    make_copies(source, {tmp_path / size.slug: size.longest for size in SIZES})
    sizes = {}
    for size in SIZES:
        with Image.open(tmp_path / size.slug) as image:
            sizes[size.slug] = max(image.size)
    assert sizes == {"thumbnail": 170, "reading": 170, "large": 170}
