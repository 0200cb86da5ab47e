"""What a picture is, by its content. Pure: nothing is decoded, so nothing can be blown up.

PNG: https://www.w3.org/TR/png-3/ §5; JPEG: ITU-T T.81 annex B.
"""

import zlib
from dataclasses import dataclass
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG's markers that begin a frame, with its size."""
_BARE: Final = {0x01, *range(0xD0, 0xD8)}
"""Markers without a length."""


class NotAPicture(ValueError):
    """It is neither a whole PNG nor a whole JPEG."""


@dataclass(frozen=True)
class Picture:
    """Type and size in pixels."""

    content_type: str
    width: int
    height: int


def picture_of(content: bytes) -> Picture:
    """Raises NotAPicture for everything else."""
    try:
        if content.startswith(PNG):
            return _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
    except IndexError as error:
        raise NotAPicture from error
    raise NotAPicture


def _png(content: bytes) -> Picture:
    """Every chunk is checked up to the last; what follows it is none of the picture."""
    place, kinds = len(PNG), []
    while place < len(content):
        length = int.from_bytes(content[place : place + 4])
        body = content[place + 4 : place + 8 + length]
        check = content[place + 8 + length : place + 12 + length]
        if len(check) < 4 or zlib.crc32(body) != int.from_bytes(check):
            raise NotAPicture
        kinds.append(body[:4])
        place += 12 + length
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise NotAPicture
    return _sized("image/png", content[16:20], content[20:24])


def _jpeg(content: bytes) -> Picture:
    """The first frame header says the size."""
    if b"\xff\xd9" not in content:
        raise NotAPicture
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker in _BARE:
            place += 2
        elif marker in _FRAMES:
            frame = content[place + 5 : place + 9]
            return _sized("image/jpeg", frame[2:], frame[:2])
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4])
    raise NotAPicture


def _sized(content_type: str, width: bytes, height: bytes) -> Picture:
    found = Picture(content_type, int.from_bytes(width), int.from_bytes(height))
    if not (found.width and found.height):
        raise NotAPicture
    return found
