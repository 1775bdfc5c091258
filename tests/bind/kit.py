"""Scans made for tests: real PDFs, JPEGs and PNGs, whole and broken; what a volume then shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from docgen.bind import Scan, Title, labels_of, open_scans, write_volume
from docgen.problem import Problem, Where
from docgen.typeset import Fonts, draw_labels, find_fonts
from tests.kit import ROOT

A4 = (595.3, 841.9)


@cache
def fonts() -> Fonts:
    return find_fonts((ROOT / ".local" / "fonts",))


def paper(
    *texts: str,
    size: tuple[float, float] = A4,
    change: Callable[[Pdf], None] | None = None,
    **options: object,
) -> bytes:
    """A PDF with a page for each text, at the lower left; `change` plants what a test wants."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font = pdf.make_indirect(font)
    for text in texts:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        content = f"BT /F 24 Tf 20 20 Td ({text}) Tj ET 0 0 {size[0]} {size[1]} re S"
        page.obj.Contents = Stream(pdf, content.encode())
    if change:
        change(pdf)
    out = BytesIO()
    pdf.save(out, static_id=not options.get("encryption"), **options)  # type: ignore[arg-type]
    return out.getvalue()


def photo(size: tuple[int, int] = (300, 200), orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A picture whose upper left quarter is red, with EXIF that tells who took it."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-CAMERA"
    out = BytesIO()
    image.save(out, kind, exif=exif, quality=95, comment=b"SECRET-COMMENT")
    return out.getvalue()


def scans(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Scan]:
    """Files put into a folder and listed as 证01, 证02 … under their stems."""
    listed = []
    for number, (name, data) in enumerate(files, 1):
        path = folder / name
        path.write_bytes(data)
        kind = path.suffix.lstrip(".")
        listed.append(Scan(f"证{number:02d}", path.stem, path, kind, Where(f"证明材料/{name}")))
    return listed


def volume(folder: Path, *files: tuple[str, bytes]) -> tuple[Path, tuple[Problem, ...]]:
    """The volume of some files, and what was found on the way."""
    target = folder / "volume.pdf"
    listed = scans(folder, files)
    with TemporaryDirectory() as spare:
        opened = open_scans(listed, Path(spare))
        drawn = draw_labels(labels_of(opened.pieces), fonts())
        assert drawn.value
        write_volume(opened.pieces, drawn.value, target, Title("证明材料"))
    return target, opened.problems


def texts(path: Path) -> list[str]:
    """The text of each page, without blanks."""
    pdf = pypdfium2.PdfDocument(path)
    return ["".join(page.get_textpage().get_text_range().split()) for page in pdf]


def picture(path: Path, page: int) -> Image.Image:
    """A page as a picture, a pixel a point."""
    return pypdfium2.PdfDocument(path)[page - 1].render(scale=1).to_pil().convert("RGB")


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def note(kind: str, **more: object) -> Dictionary:
    """An annotation over the middle of a page."""
    return Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([200, 400, 300, 500]), **more
    )
