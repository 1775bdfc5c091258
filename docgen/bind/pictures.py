"""A picture → a PDF of one page that shows it, on the disk: a volume takes only PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from docgen.bind.pixels import Pixels, read_pixels

DOTS = 60  # an inch: as large as a picture is shown where it has room


def write_picture(data: bytes, kind: str, target: Path) -> None:
    """Writes the page; BadPicture where the bytes are no whole picture of reasonable size."""
    pixels = read_pixels(data, kind)
    pdf = pikepdf.new()
    image = Stream(pdf, pixels.data)
    image.stream_dict = _entries(pdf, pixels)
    width, height = (side * 72 / DOTS for side in (pixels.width, pixels.height))
    largest = max(width, height)
    if largest > 14_000:
        width, height = width * 14_000 / largest, height * 14_000 / largest
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
        Rotate=pixels.turn,
        Resources=Dictionary(XObject=Dictionary(I=image)),
        Contents=Stream(pdf, f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode()),
    )
    pdf.pages.append(pikepdf.Page(page))
    pdf.save(target, static_id=True)


def _entries(pdf: pikepdf.Pdf, pixels: Pixels) -> Dictionary:
    made = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=pixels.width, Height=pixels.height
    )
    for key, value in pixels.entries.items():
        made[f"/{key}"] = _value(value)
    if pixels.entries["ColorSpace"] == "/Indexed":
        palette = Stream(pdf, pixels.palette)
        last = len(pixels.palette) // 3 - 1
        made.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, last, palette])
    return made


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return Name(value)
    if isinstance(value, dict):
        return Dictionary({f"/{key}": inner for key, inner in value.items()})
    return Array(value) if isinstance(value, list) else value
