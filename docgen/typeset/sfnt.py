"""The few tables of a TrueType or OpenType file that layout asks for, read lazily with struct.

Reading them here takes milliseconds; a full font library builds glyph names first, which takes
70 to 170 ms a Chinese font. Format: Microsoft/Apple OpenType specification.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import Protocol

UNICODE_MAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0), (3, 0))
GROUP = struct.Struct(">III")
NAMES = frozenset((1, 4, 6, 16))  # family, full name, PostScript name, typographic family


class BadFont(ValueError):
    """The file is no font, or a damaged one."""


class Sfnt:
    """One face of a font file: names, coverage, advances, kerning; lengths in em."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path, self.index = path, index
        self._tables: dict[str, tuple[int, int]] = {}
        with path.open("rb") as file:
            start = 0
            if file.read(4) == b"ttcf":
                file.seek(12 + 4 * index)
                start = _unpack(">I", file.read(4))[0]
            file.seek(start + 4)
            count = _unpack(">H", file.read(2))[0]
            file.seek(start + 12)
            directory = file.read(16 * count)
        for at in range(0, len(directory) - 15, 16):
            offset, length = _unpack(">II", directory[at + 8 : at + 16])
            self._tables[directory[at : at + 4].decode("latin-1")] = offset, length

    def table(self, tag: str) -> bytes:
        """The bytes of a table, empty where there is none."""
        offset, length = self._tables.get(tag, (0, 0))
        if not length:
            return b""
        with self.path.open("rb") as file:
            file.seek(offset)
            return file.read(length)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every family, full and PostScript name, in whatever language the file gives it."""
        data = self.table("name")
        if len(data) < 6:
            return frozenset()
        count, storage = _unpack(">HH", data[2:6])
        found = set()
        for n in range(count):
            record = data[6 + 12 * n : 18 + 12 * n]
            if len(record) < 12:
                break
            platform, encoding, _, kind, length, offset = _unpack(">6H", record)
            if kind in NAMES:
                raw = data[storage + offset : storage + offset + length]
                found.add(_decoded(raw, platform, encoding))
        return frozenset(name for name in found if name)

    @cached_property
    def _map(self) -> CharacterMap:
        data = self.table("cmap")
        subtables = {}
        for n in range(_unpack(">H", data[2:4])[0] if len(data) >= 4 else 0):
            platform, encoding, offset = _unpack(">HHI", data[4 + 8 * n : 12 + 8 * n])
            subtables[platform, encoding] = offset
        for at in (subtables[key] for key in UNICODE_MAPS if key in subtables):
            kind = _unpack(">H", data[at : at + 2])[0]
            if kind in (4, 12):
                return Groups(data, at) if kind == 12 else Pieces(data, at)
        return Groups(b"", 0)

    def glyph(self, character: int) -> int:
        """The glyph of a code point, 0 where the font has none."""
        return self._map.glyph(character)

    @cached_property
    def units(self) -> int:
        head = self.table("head")
        return _unpack(">H", head[18:20])[0] or 1000 if len(head) >= 20 else 1000

    @cached_property
    def vertical(self) -> tuple[float, float]:
        """Ascent and descent as Windows uses them, both positive, in em."""
        os2, hhea = self.table("OS/2"), self.table("hhea")
        if len(os2) >= 78:
            up, down = _unpack(">HH", os2[74:78])
        elif len(hhea) >= 8:
            up, down = _unpack(">hh", hhea[4:8])
        else:
            return 0.88, 0.12
        return up / self.units, abs(down) / self.units

    @cached_property
    def _advances(self) -> tuple[int, bytes]:
        hhea = self.table("hhea")
        return (_unpack(">H", hhea[34:36])[0] if len(hhea) >= 36 else 0), self.table("hmtx")

    def advance(self, glyph: int) -> float:
        """How far a glyph moves the pen, in em."""
        count, data = self._advances
        at = 4 * min(glyph, count - 1)
        return _unpack(">H", data[at : at + 2])[0] / self.units if 0 <= at < len(data) else 1.0

    @cached_property
    def kerning(self) -> dict[int, float]:
        """Pairs of the old `kern` table: left glyph << 16 | right glyph → em."""
        data = self.table("kern")
        if len(data) < 18 or _unpack(">HH", data[:4])[0] != 0:
            return {}
        coverage, pairs = _unpack(">HH", data[8:12])
        if coverage >> 8 != 0 or not coverage & 1:
            return {}
        body = data[18 : 18 + 6 * pairs]
        return {
            left << 16 | right: value / self.units
            for left, right, value in struct.iter_unpack(">HHh", body[: len(body) // 6 * 6])
        }


def _unpack(form: str, data: bytes) -> tuple[int, ...]:
    try:
        return struct.unpack(form, data)
    except struct.error as problem:
        raise BadFont("truncated font table") from problem


def _decoded(raw: bytes, platform: int, encoding: int) -> str:
    if platform in (0, 3):
        if platform == 3 and encoding == 3 and 0 not in raw[::2]:  # 中文 Windows, GBK bytes
            return raw.decode("gbk", "ignore").strip("\0")
        return raw.decode("utf-16-be", "ignore").strip("\0")
    return raw.decode("ascii", "ignore") if platform == 1 and encoding == 0 else ""


class CharacterMap(Protocol):
    """Code points to glyphs."""

    def glyph(self, character: int) -> int:
        """The glyph of a code point, 0 where there is none."""


class Groups:
    """A map of format 12, looked up where it lies: unpacking all of it takes longer than asking."""

    def __init__(self, data: bytes, at: int) -> None:
        count = _unpack(">I", data[at + 12 : at + 16])[0] if data else 0
        self._body = data[at + 16 : at + 16 + 12 * count]
        self._order = range(len(self._body) // 12)

    def _group(self, n: int) -> tuple[int, int, int]:
        return GROUP.unpack_from(self._body, 12 * n)

    def glyph(self, character: int) -> int:
        n = bisect_right(self._order, character, key=lambda n: self._group(n)[0]) - 1
        if n < 0:
            return 0
        first, last, glyph = self._group(n)
        return (glyph + character - first) & 0xFFFF if character <= last else 0


class Pieces:
    """A map of format 4: segments with an offset each, or with glyphs of their own."""

    def __init__(self, data: bytes, at: int) -> None:
        count = _unpack(">H", data[at + 6 : at + 8])[0] // 2

        def words(offset: int) -> array[int]:
            return _words(data[at + offset : at + offset + 2 * count])

        self._ends, self._starts = words(14), words(16 + 2 * count)
        self._deltas, self._offsets = words(16 + 4 * count), words(16 + 6 * count)
        self._glyphs = _words(data[at + 16 + 8 * count :])

    def glyph(self, character: int) -> int:
        n = bisect_right(self._starts, character) - 1
        if n < 0 or character > self._ends[n]:
            return 0
        delta, offset = self._deltas[n], self._offsets[n]
        if not offset:
            return (character + delta) & 0xFFFF
        where = offset // 2 - len(self._starts) + n + character - self._starts[n]
        glyph = self._glyphs[where] if where < len(self._glyphs) else 0
        return (glyph + delta) & 0xFFFF if glyph else 0


def _words(data: bytes) -> array[int]:
    found = array("H", data[: len(data) // 2 * 2])
    if sys.byteorder == "little":
        found.byteswap()
    return found
