"""PNG and JPEG pictures: their size and their w:drawing."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from docgen.fill.xml import escape

EMU_TWIP = 635
EMU_INCH = 914400
TALLEST = 11_000  # twips: what stays of a page of 225 mm beside a caption
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset([*range(0xC0, 0xD0)]) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels, and pixels an inch."""

    width: int
    height: int
    density: float = 96.0

    def fitted(self, room: int) -> tuple[int, int]:
        """Width and height in EMU, scaled down to `room` twips of width and the page's height."""
        width = self.width / self.density * EMU_INCH
        height = self.height / self.density * EMU_INCH
        scale = min(1.0, room * EMU_TWIP / width, TALLEST * EMU_TWIP / height)
        return max(int(width * scale), 1), max(int(height * scale), 1)


def picture_type(data: bytes) -> str:
    """ "png" or "jpeg" by the first bytes, "" for anything else."""
    if data.startswith(_PNG):
        return "png"
    return "jpeg" if data.startswith(b"\xff\xd8\xff") else ""


def measure(data: bytes) -> Size | None:
    """The size of a picture, None where the bytes are no whole PNG or JPEG."""
    try:
        size = _png(data) if picture_type(data) == "png" else _jpeg(data)
    except (struct.error, IndexError):
        return None
    return size if size and size.width > 0 and size.height > 0 else None


def _png(data: bytes) -> Size | None:
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    at, density = 8, 96.0
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"pHYs" and length == 9:
            across, unit = struct.unpack(">I4xB", data[at + 8 : at + 17])
            density = across * 0.0254 if unit == 1 and across > 1000 else density
        if kind == b"IDAT":
            break
        at += 12 + length
    return Size(width, height, density)


def _jpeg(data: bytes) -> Size | None:
    if picture_type(data) != "jpeg":
        return None
    at, density = 2, 96.0
    while at + 4 <= len(data):
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if data[at] != 0xFF:
            return None
        if marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0":
            unit, across = struct.unpack(">BH", data[at + 11 : at + 14])
            scale = {1: 1.0, 2: 2.54}.get(unit, 0.0)
            density = across * scale if across * scale >= 30 else density
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Size(width, height, density)
        at += 2 + length
    return None


def drawing(size: Size, room: int, alt: str, number: int, relation: str) -> str:
    """The w:drawing of a picture, inline, at most `room` twips wide."""
    width, height = size.fitted(room)
    words = escape(" ".join(alt.split()))
    return _DRAWING.format(
        width=width, height=height, number=number, words=words, relation=relation
    )


_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
    '<wp:docPr id="{number}" name="图片 {number}" descr="{words}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/'
    'drawingml/2006/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="图片 {number}" descr="{words}"/>'
    "<pic:cNvPicPr/></pic:nvPicPr>"
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing>"
)
