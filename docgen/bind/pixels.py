"""JPEG and PNG as found → what a PDF carries of them: the picture itself, nothing told beside it.

The compressed picture stays as it is wherever a PDF can show it; EXIF, thumbnails, comments and
what hangs on after the end stay behind. Only what a PDF cannot show is decoded and packed anew.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docgen.model.picture import bare

MAX_PIXELS = 60_000_000
RAW = {0: "/DeviceGray", 2: "/DeviceRGB", 3: "/Indexed"}  # PNG colour types that a PDF shows
UPRIGHT = {1: 0, 3: 180, 6: 90, 8: 270}  # EXIF orientation → degrees clockwise


class BadPicture(Exception):
    """The bytes are no picture that can be bound: what is wrong, and the cure."""

    def __init__(self, message: str, hint: str = "用图片软件打开，另存为 JPEG 后替换") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture's size, the entries of its PDF dictionary, its data; degrees to turn it upright."""

    width: int
    height: int
    data: bytes
    entries: dict[str, Any] = field(default_factory=dict)
    turn: int = 0
    palette: bytes = b""


def read_pixels(data: bytes, kind: str) -> Pixels:
    """The picture in a file; BadPicture where it cannot be decoded whole or is too large."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(data), formats=["JPEG" if kind == "jpg" else "PNG"])
            width, height = image.size
            if width * height > MAX_PIXELS:
                said = f"图片有 {width}×{height} 像素，超过 {MAX_PIXELS // 10_000} 万像素"
                raise BadPicture(said, "缩小到 300 DPI 的 A4（约 2500×3500 像素）再替换")
            orientation = int(image.getexif().get(0x0112, 1) or 1)
            if kind == "jpg" and orientation in UPRIGHT:
                return _photo(data, image, UPRIGHT[orientation])
            if kind == "png" and orientation == 1 and (raw := _raw_png(data, image)):
                return raw
            if kind == "jpg":
                bare(data)
            return _packed(image)
    except BadPicture:
        raise
    except Image.DecompressionBombError:
        raise BadPicture("图片展开后过大，疑为炸弹") from None
    except Exception as fault:  # Pillow's decoders raise whatever their format makes them
        raise BadPicture(f"图片不完整或已损坏（{type(fault).__name__}）", "重新扫描") from None


def _photo(data: bytes, image: Any, turn: int) -> Pixels:
    mode, size, alone = image.mode, image.size, bare(data).data  # looked over before it is decoded
    spaces = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
    entries: dict[str, Any] = {
        "Filter": "/DCTDecode",
        "ColorSpace": spaces[mode],
        "BitsPerComponent": 8,
    }
    if mode == "CMYK" and "adobe" in image.info:
        entries["Decode"] = [1, 0] * 4
    image.draft("L" if mode != "CMYK" else mode, (size[0] // 8, size[1] // 8))
    image.load()  # to the end, but small: a picture cut off is found here
    return Pixels(size[0], size[1], alone, entries, turn)


def _raw_png(data: bytes, image: Any) -> Pixels | None:
    """The PNG's own compressed rows, where a PDF shows them as they are."""
    width, height, depth, kind, _, _, woven = struct.unpack(">IIBBBBB", data[16:29])
    if kind not in RAW or depth > 8 or woven:
        return None
    rows, palette, at = [], b"", 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if name == b"tRNS":
            return None
        if name == b"IDAT":
            rows.append(content)
        elif name == b"PLTE":
            palette = content
        elif name == b"IEND":
            break
        at += 12 + length
    image.load()
    parameters = {
        "Predictor": 15,
        "Colors": 3 if kind == 2 else 1,
        "BitsPerComponent": depth,
        "Columns": width,
    }
    entries = {
        "Filter": "/FlateDecode",
        "DecodeParms": parameters,
        "ColorSpace": RAW[kind],
        "BitsPerComponent": depth,
    }
    return Pixels(width, height, b"".join(rows), entries, palette=palette)


def _packed(image: Any) -> Pixels:
    """Decoded, turned upright, put on white paper, compressed anew."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I") or upright.mode == "F":
        upright = upright.point(lambda level: level / 257).convert("L")
    if "A" in upright.getbands() or "transparency" in upright.info:
        over = upright.convert("RGBA")
        upright = Image.new("RGB", over.size, "white")
        upright.paste(over, mask=over.getchannel("A"))
    grey = upright.mode in ("1", "L")
    flat = upright.convert("L" if grey else "RGB")
    entries = {
        "Filter": "/FlateDecode",
        "ColorSpace": "/DeviceGray" if grey else "/DeviceRGB",
        "BitsPerComponent": 8,
    }
    return Pixels(*flat.size, zlib.compress(flat.tobytes(), 6), entries)
