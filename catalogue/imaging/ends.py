"""Where an image ends in its file: what stands behind it is another file in disguise."""

from __future__ import annotations

import struct
from pathlib import Path

_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
_END, _SCAN = 0xD9, 0xDA


def surplus(path: str, format: str) -> int:
    """Bytes behind the end of the image; 0 also for TIFF, whose parts stand in any order.

    Raises ValueError for a file that breaks off.
    """
    if format not in _ENDS:
        return 0
    content = Path(path).read_bytes()
    end = _ENDS[format](content)
    if end > len(content):
        raise ValueError("the file breaks off")
    return len(content[end:].rstrip(b"\0"))


def _end_of_png(content: bytes) -> int:
    place = 8
    while place + 8 <= len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        place += 12 + int(length)
        if name == b"IEND":
            return place
    return len(content) + 1


def _end_of_webp(content: bytes) -> int:
    (length,) = struct.unpack_from("<I", content, 4)
    return int(8 + length + length % 2)


def _end_of_jpeg(content: bytes) -> int:
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise ValueError("a segment of the JPEG does not begin where it should")
        marker = content[place + 1]
        if marker == _END:
            return place + 2
        if marker == 0xFF or marker in _WITHOUT_LENGTH:
            place += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        place += 2 + length
        if marker == _SCAN:
            place = _end_of_scan(content, place)
    return place + 2 if content[place : place + 2] == b"\xff\xd9" else len(content) + 1


def _end_of_scan(content: bytes, place: int) -> int:
    """The next marker that ends the coded pixels: neither a stuffed byte nor a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return place
        place += 1 if content[place + 1] == 0xFF else 2


_ENDS = {"PNG": _end_of_png, "WEBP": _end_of_webp, "JPEG": _end_of_jpeg}
