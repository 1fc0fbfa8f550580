"""The sizes in which copies of images are shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """``longest``: pixels of the longer side; a smaller image is not enlarged."""

    slug: str
    longest: int


SIZES = (Size("thumbnail", 240), Size("reading", 1600), Size("large", 3200))
