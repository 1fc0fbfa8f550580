"""Images of leaves that do not exist, drawn for tests."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image, ImageCms, ImageDraw

INK, PAPER, EDGE = "#2b2520", "#efe6d0", "#c9b98f"


def leaf(width: int = 120, height: int = 170, label: str = "53", mode: str = "RGB") -> Image.Image:
    """A written page: a folio number at the corner, and lines that nobody can read."""
    pen = random.Random(label)  # noqa: S311  # a drawing keeps no secret
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width - 1, height - 1), outline=EDGE, width=max(1, width // 60))
    draw.text((width * 0.82, height * 0.03), label, fill=INK, font_size=max(8, height // 28))
    step = max(5, height // 32)
    for line in range(int(height * 0.12), int(height * 0.9), step):
        at = width * 0.12
        until = width * (0.88 if pen.random() < 0.85 else 0.4)
        while at < until:
            word = width * pen.uniform(0.02, 0.11)
            thick = max(1, step // 5)
            draw.line((at, line, min(at + word, until), line + pen.uniform(-1, 1)), INK, thick)
            at += word + width * 0.015
    return image.convert(mode)


def content(format: str = "JPEG", image: Image.Image | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    (image or leaf()).save(out, format, **options)
    return out.getvalue()


def with_place_and_camera() -> bytes:
    """A JPEG on its side, whose metadata tell where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    return content("JPEG", exif=exif, comment=b"staff only")


def with_profile() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    return content("PNG", icc_profile=profile)
