"""A JPEG or PNG as found → the picture alone: no place, camera, author, thumbnail.

Only the markers and chunks are looked at; the compressed picture stays as it is.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_START, _END, _SCAN, _FILL = 0xD8, 0xD9, 0xDA, 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JFIF, _EXIF, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xEE, 0xFE  # Adobe tells how colours are coded
_SHOWN = frozenset(
    (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"gAMA", b"cHRM", b"bKGD")
)
ORIENTATION = 0x0112
MOST_SCANS = 64  # of a JPEG: cameras and scanners make 1 to 14, and each is the whole picture anew


class Broken(ValueError):
    """The bytes are no whole picture."""


@dataclass(frozen=True, slots=True)
class Bare:
    """The picture alone, its size in pixels, and how it lies by its EXIF (1 is upright)."""

    data: bytes
    width: int
    height: int
    orientation: int = 1


def bare(data: bytes) -> Bare:
    """What only shows; Broken where the bytes are no PNG or JPEG from beginning to end."""
    try:
        return _png(data) if data.startswith(PNG) else _jpeg(data)
    except (struct.error, IndexError):
        raise Broken("cut off") from None


def _png(data: bytes) -> Bare:
    kept, at, kind, size = [PNG], len(PNG), b"", (0, 0)
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        content = data[at + 4 : end - 4]
        if struct.unpack_from(">I", data, end - 4)[0] != zlib.crc32(content):
            raise Broken("chunk")
        if kind == b"IHDR":
            size = struct.unpack_from(">II", content, 4)
        if kind in _SHOWN:
            kept.append(data[at:end])
        at = end
    return _sized(b"".join(kept), size)


def _jpeg(data: bytes) -> Bare:
    if not data.startswith(JPEG):
        raise Broken("neither PNG nor JPEG")
    kept, at, size, orientation, scans = [data[:2]], 2, (0, 0), 1, 0
    while True:
        if data[at] != _FILL:
            raise Broken("marker")
        kind = data[at + 1]
        if kind == _FILL:
            at += 1
            continue
        if kind == _END:
            break
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at:end]
        if kind in _FRAMES:
            size = struct.unpack_from(">HH", segment, 5)[::-1]
        elif kind == _EXIF and segment[4:10] == b"Exif\0\0":
            orientation = _orientation(segment[10:])
        elif kind == _JFIF and segment[4:9] == b"JFIF\0":
            segment = b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0"  # without its thumbnail
        if kind == _SCAN:
            scans += 1
            if scans > MOST_SCANS:
                raise Broken("scans")
            end = _end_of_scan(data, end)
            segment = data[at:end]
        told = 0xE0 <= kind <= 0xEF or kind == _COMMENT
        if not told or kind == _ADOBE or segment[4:9] == b"JFIF\0":
            kept.append(segment)
        at = end
    return _sized(b"".join([*kept, bytes((_FILL, _END))]), size, orientation)


def _sized(data: bytes, size: tuple[int, ...], orientation: int = 1) -> Bare:
    if not all(size):
        raise Broken("no size")
    return Bare(data, size[0], size[1], orientation)


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the entropy-coded data end: at the next marker that is no restart."""
    while (at := data.find(b"\xff", at)) >= 0:
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != _FILL:
            return at
        at += 1 if data[at + 1] == _FILL else 2
    raise Broken("no end")


def _orientation(tiff: bytes) -> int:
    """The orientation that a block of EXIF tells; 1 where it tells none that there is."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    first = struct.unpack_from(f"{order}I", tiff, 4)[0]
    entries = tiff[first + 2 :]
    for at in range(0, min(len(entries) - 11, 12 * 200), 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", entries, at)
        if tag == ORIENTATION:
            return int(value) if 1 <= value <= 8 else 1
    return 1
