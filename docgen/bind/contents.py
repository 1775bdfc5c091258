"""A page's content in several streams → in one: only so can it be shown as a whole, untouched."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

LARGEST = 64 * 2**20  # bytes of one page's content, unpacked
TIGHTEST = 1032  # to one, as tight as deflate packs
MOST_PIXELS = 250_000_000  # A4 at 1200 DPI has 140 million
PACKINGS = (Name.FlateDecode, Name.LZWDecode)


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


def pages_of_lost_pictures(pdf: Pdf) -> Iterator[int]:
    """The pages (from 1) whose content draws a picture or form that the file does not hold."""
    for number, page in enumerate(pdf.pages, 1):
        held = page.resources.get("/XObject", Dictionary())
        drawn = pikepdf.parse_content_stream(page, "Do")
        names = [str(name) for act in drawn for name in act.operands]
        if not all(isinstance(held.get(name), Stream) for name in names):
            yield number


def join_contents(pdf: Pdf) -> bool:
    """Joins the streams of each page that has several; whether there was one."""
    joined = False
    for number, page in enumerate(pdf.pages, 1):
        content = page.obj.get("/Contents")
        if isinstance(content, Array):
            page.obj.Contents = Stream(pdf, b"\n".join(_unpacked(content, number)))
            joined = True
    return joined


def is_swollen(pdf: Pdf) -> bool:
    """Whether something in a PDF unpacks to more than any page holds, and readers choke on it."""
    return any(isinstance(thing, Stream) and _swells(thing) for thing in pdf.objects)


def _swells(stream: Stream) -> bool:
    filters = stream.get("/Filter", Array())
    names = list(filters) if isinstance(filters, Array) else [filters]
    if sum(name in PACKINGS for name in names) > 1:
        return True
    if stream.get("/Subtype") == Name.Image:
        sides = (stream.get("/Width", 0), stream.get("/Height", 0))
        return all(isinstance(side, int) for side in sides) and sides[0] * sides[1] > MOST_PIXELS
    if names != [Name.FlateDecode] or stream.get("/Length", 0) * TIGHTEST < LARGEST:
        return False
    try:
        unpacking = zlib.decompressobj()
        return len(unpacking.decompress(stream.read_raw_bytes(), LARGEST + 1)) > LARGEST
    except zlib.error:
        return False  # a damaged one is told of where it is read


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
