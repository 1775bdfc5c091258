"""Pictures as found in the file → clean PNG or JPEG: decoded, turned upright, bounded."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO

from docgen.problem import Problem, Where, error

MAX_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "WEBP")  # no others: EPS runs Ghostscript
OPAQUE = frozenset(("RGB", "L"))
PLAIN = OPAQUE | {"P"}
PNG = b"\x89PNG\r\n\x1a\n"
SIMPLE = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"gAMA"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture fit for an engine: file extension and bytes."""

    extension: str
    data: bytes


def prepare(blob: bytes, where: Where) -> Prepared | Problem:
    """Re-encode one picture; whatever cannot be is an ERROR Problem with its place."""
    import warnings

    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if kind := _vector(blob):
                told = f"{kind} 矢量图未能显示"
                return error("图片格式", told, where, "换成 PNG 图片，或用 LibreOffice 转换")
            image = Image.open(BytesIO(blob), formats=FORMATS)
            width, height = image.size
            if width * height > MAX_PIXELS:
                return error(
                    "图片过大",
                    f"图片有 {width}×{height} 像素，超过 4000 万像素，未能显示",
                    where,
                    "用图片软件缩小后再插入",
                )
            if image.format == "PNG" and image.mode in PLAIN and _is_simple(blob):
                image.verify()  # sums of all chunks; what cannot be decoded is found by load()
                Image.open(BytesIO(blob), formats=["PNG"]).load()
                return Prepared("png", blob)
            is_photo = image.format == "JPEG"
            upright = ImageOps.exif_transpose(image)
            upright.load()
            return _encoded(upright, is_photo)
    except Image.DecompressionBombError:
        return error("图片过大", "图片展开后过大，疑为炸弹，未能显示", where, "换一张图片")
    except Exception as problem:  # Pillow's decoders raise whatever their format makes them
        kind = type(problem).__name__
        return error(
            "图片损坏", f"图片读不出来（{kind}），未能显示", where, "换成 PNG 或 JPEG 图片"
        )


def _vector(blob: bytes) -> str:
    """The name of a vector format that Pillow does not draw, else nothing."""
    if blob[:4] == b"\xd7\xcd\xc6\x9a" or blob[:4] == b"\x01\x00\x09\x00":
        return "WMF"
    if blob[40:44] == b" EMF":
        return "EMF"
    return "SVG" if b"<svg" in blob[:1024] else ""


def _is_simple(png: bytes) -> bool:
    """Whether a PNG holds nothing but its pixels and size, so that it need not be made anew."""
    at = len(PNG)
    while at + 12 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind not in SIMPLE:
            return False
        at += 12 + length
        if kind == b"IEND":
            break
    return at == len(png)


def _encoded(image: object, is_photo: bool) -> Prepared:
    from PIL import Image

    assert isinstance(image, Image.Image)
    out = BytesIO()
    if is_photo:
        image.convert("L" if image.mode == "L" else "RGB").save(out, "JPEG", quality=90)
        return Prepared("jpg", out.getvalue())
    if image.mode not in OPAQUE:
        image = image.convert("RGBA")
    image.save(out, "PNG", compress_level=1)
    return Prepared("png", out.getvalue())
