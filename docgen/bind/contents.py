"""A page's content in several streams → in one: only so can it be shown as a whole, untouched."""

from __future__ import annotations

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

LARGEST = 64 * 2**20  # bytes of one page's content, unpacked


class Unreadable(Exception):
    """A page whose content cannot be unpacked; `number` is its own, from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def is_whole(page: pikepdf.Object) -> bool:
    """Whether what a page shows is what it should be: streams with their resources."""
    content = page.get("/Contents", Array())
    streams = content if isinstance(content, Array) else [content]
    held = (page.get(key, Dictionary()) for key in ("/Resources", "/Group"))
    return all(isinstance(one, Stream) for one in streams) and all(
        isinstance(one, Dictionary) for one in held
    )


def join_contents(pdf: Pdf) -> bool:
    """Joins the streams of each page that has several; whether there was one."""
    joined = False
    for number, page in enumerate(pdf.pages, 1):
        content = page.obj.get("/Contents")
        if isinstance(content, Array):
            page.obj.Contents = Stream(pdf, b"\n".join(_unpacked(content, number)))
            joined = True
    return joined


def _unpacked(content: Array, number: int) -> list[bytes]:
    parts, room = [], LARGEST
    for stream in content:
        try:
            if stream.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in stream:
                unpacking = zlib.decompressobj()
                part = unpacking.decompress(stream.read_raw_bytes(), room + 1)
            else:
                part = stream.read_bytes()
        except (zlib.error, pikepdf.PdfError, RuntimeError):
            raise Unreadable(number) from None
        room -= len(part)
        if room < 0:
            raise Unreadable(number)
        parts.append(part)
    return parts
