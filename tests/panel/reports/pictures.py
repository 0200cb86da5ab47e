"""Small pictures, made byte by byte."""

import struct
import zlib


def png(width: int, height: int) -> bytes:
    """Red all over."""
    lines = (b"\0" + b"\xff\0\0" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def jpeg(width: int, height: int) -> bytes:
    """Only what says its size."""
    comment = b"\xff\xfe" + struct.pack(">H", 4) + b"ok"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + comment + frame + b"\xff\xd9"
