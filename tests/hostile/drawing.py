"""Images that nobody owns."""

import struct
import zlib


def drawing(number: int) -> bytes:
    """An image like no other: its number, in grey."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    side = 64
    row = b"\x00" + number.to_bytes(4, "big") * (side // 4)
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * side)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
