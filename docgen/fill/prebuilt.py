"""A package whose untouched parts are deflated once; each record adds its own and the directory.

Same parts in, same bytes out: one deflate library at fixed levels, no clock, order by name list.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from isal import igzip_lib
from isal.isal_zlib import crc32

from docgen.fill.package import FIRST_PARTS

_LOCAL = struct.Struct("<4s5H3L2H").pack
_CENTRAL = struct.Struct("<4s6H3L5H2L").pack
_END = struct.Struct("<4s4H2LH").pack
_VERSION, _UTF8, _DEFLATED, _DATE = 20, 0x800, 8, 0x21  # 1980-01-01, as everywhere in this project


class Member(NamedTuple):
    """A part as it lies in the zip: header and deflated bytes, and what the directory repeats."""

    name: bytes
    flags: int
    crc: int
    packed_size: int
    size: int
    raw: bytes


def member(name: str, data: bytes, packed: bytes | None = None) -> Member:
    """A part deflated the quick way, or already `packed`."""
    if packed is None:
        packed = igzip_lib.compress(data, 1, igzip_lib.COMP_DEFLATE)
    encoded, crc, size = name.encode(), crc32(data), len(data)
    flags = 0 if name.isascii() else _UTF8
    head = _LOCAL(
        b"PK\3\4", _VERSION, flags, _DEFLATED, 0, _DATE, crc, len(packed), size, len(encoded), 0
    )
    return Member(encoded, flags, crc, len(packed), size, head + encoded + packed)


@lru_cache(maxsize=32)
def _picture(name: str, data: bytes) -> Member:
    """The same seal or logo is deflated once, not for each letter."""
    return member(name, data)


def packed_well(data: bytes) -> bytes:
    """Deflated the thorough way: for what is written once and copied many times."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def _entry(part: Member, offset: int) -> bytes:
    name, flags, crc, packed, size, _ = part
    head = _CENTRAL(
        b"PK\1\2", _VERSION, _VERSION, flags, _DEFLATED, 0, _DATE, crc, packed, size, len(name),
        0, 0, 0, 0, 0, offset,
    )  # fmt: skip
    return head + name


@dataclass(frozen=True, slots=True)
class _Block:
    """Parts in a row: their bytes, and their lines of the directory."""

    raw: bytes
    directory: bytes
    count: int

    @classmethod
    def of(cls, parts: Iterable[Member], start: int = 0) -> _Block:
        raws, entries, offset = [], [], start
        for part in parts:
            raws.append(part.raw)
            entries.append(_entry(part, offset))
            offset += len(part.raw)
        return cls(b"".join(raws), b"".join(entries), len(raws))


class Prebuilt:
    """The parts that stay; `write` adds and replaces."""

    def __init__(self, members: Mapping[str, Member]) -> None:
        first = [name for name in FIRST_PARTS if name in members]
        self.members = {name: members[name] for name in dict.fromkeys([*first, *members])}
        self._blocks: dict[frozenset[str], _Block] = {}

    @cached_property
    def pictures(self) -> dict[str, str]:
        """The pictures by their SHA-1."""
        names = [name for name in self.members if name.startswith("word/media/")]
        return {hashlib.sha1(self.part(name) or b"").hexdigest(): name for name in names}

    def part(self, name: str) -> bytes | None:
        """The bytes of a part that stays, None where there is no such part."""
        found = self.members.get(name)
        if found is None:
            return None
        return zlib.decompress(found.raw[len(found.raw) - found.packed_size :], -15)

    def parts(self) -> dict[str, bytes]:
        """The XML of all parts that stay."""
        names = [name for name in self.members if name.endswith((".xml", ".rels"))]
        return {name: self.part(name) or b"" for name in names}

    def write(self, changed: Mapping[str, bytes]) -> bytes:
        """The zip with these parts added or replaced."""
        made = [
            (_picture if name.startswith("word/media/") else member)(name, data)
            for name, data in changed.items()
        ]
        if not changed.keys().isdisjoint(FIRST_PARTS):
            return self._rewritten(made)
        block = self._block(frozenset(changed))
        pieces, entries, offset = [block.raw], [block.directory], len(block.raw)
        for part in made:
            pieces.append(part.raw)
            entries.append(_entry(part, offset))
            offset += len(part.raw)
        return _joined(pieces, b"".join(entries), block.count + len(made), offset)

    def _block(self, without: frozenset[str]) -> _Block:
        """The parts that stay when some are replaced; there are few such sets in a batch."""
        replaced = without.intersection(self.members)
        block = self._blocks.get(replaced)
        if block is None:
            kept = [part for name, part in self.members.items() if name not in replaced]
            block = self._blocks[replaced] = _Block.of(kept)
        return block

    def _rewritten(self, made: Collection[Member]) -> bytes:
        """The same where content types change: they stay at the front, so all offsets move."""
        parts = dict(self.members) | {part.name.decode(): part for part in made}
        block = _Block.of(parts.values())
        return _joined([block.raw], block.directory, block.count, len(block.raw))


def _joined(pieces: list[bytes], directory: bytes, count: int, offset: int) -> bytes:
    end = _END(b"PK\5\6", 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*pieces, directory, end))
