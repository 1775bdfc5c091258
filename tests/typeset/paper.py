"""What a reader sees of a PDF: its text in order, and where each character stands."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Glyph:
    """A character and its origin on the page, in pt from the upper left corner."""

    text: str
    x: float
    y: float
    right: float  # of the ink
    page: int


def glyphs(pdf: bytes) -> list[Glyph]:
    """Every printed character, in the order in which the PDF draws them."""
    return list(_glyphs(pdf))


def _glyphs(pdf: bytes) -> Iterator[Glyph]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            height = page.get_height()
            text = page.get_textpage()
            x, y = ctypes.c_double(), ctypes.c_double()
            high = 0  # the first half of a character beyond U+FFFF
            for n in range(text.count_chars()):
                code = pdfium.FPDFText_GetUnicode(text, n)
                if 0xD800 <= code < 0xDC00:
                    high = code
                    continue
                if 0xDC00 <= code < 0xE000:
                    code = 0x10000 + (high - 0xD800 << 10) + code - 0xDC00
                if pdfium.FPDFText_IsGenerated(text, n) or code in (0, 10, 13):
                    continue
                pdfium.FPDFText_GetCharOrigin(text, n, x, y)
                right = text.get_charbox(n)[2]
                yield Glyph(chr(code), x.value, height - y.value, right, number)
            text.close()
            page.close()
    finally:
        document.close()


def text(pdf: bytes, page: int | None = None) -> str:
    """All characters in order, without any white space."""
    shown = (g.text for g in glyphs(pdf) if page is None or g.page == page)
    return bare("".join(shown))


def bare(words: str) -> str:
    return "".join(words.split())


def lines(pdf: bytes) -> list[list[Glyph]]:
    """Glyphs by line: those drawn one after the other on one baseline."""
    ordered = groupby(glyphs(pdf), key=lambda g: (g.page, round(g.y, 1)))
    return [list(group) for _, group in ordered]


def words(line: list[Glyph]) -> str:
    return bare("".join(g.text for g in line))


def pages(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in pt."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document.get_page_size(n) for n in range(len(document))]
    finally:
        document.close()


def pictures(pdf: bytes) -> list[tuple[float, float]]:
    """The upper left corner of each picture on the first page, in pt."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        height = page.get_height()
        found = [o for o in page.get_objects(max_depth=8) if o.type == pdfium.FPDF_PAGEOBJ_IMAGE]
        return [(o.get_bounds()[0], height - o.get_bounds()[3]) for o in found]
    finally:
        document.close()
