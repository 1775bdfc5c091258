"""A PDF as it is read aloud: the text of its structure tree in order, its tables, its fonts."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from docgen.typeset.failure import Unreadable

Pieces: TypeAlias = dict[tuple[int, int], str]  # page from 0, number of the marked content → text

MAX_DEPTH = 200
CELLS = frozenset(("/TD", "/TH"))
SHOWN = "Tj TJ ' \""
FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(slots=True)
class PaperTable:
    """The words of each cell, row by row; empty cells count."""

    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paper:
    """`text` is what a reader hears, without headers, footers and whatever else only decorates.

    `blank`: pages on which a glyph stands that no font has. `loose`: fonts that are not embedded.
    """

    pages: int
    text: str
    tables: tuple[PaperTable, ...]
    blank: tuple[int, ...]
    loose: tuple[str, ...]


def read_paper(pdf: bytes) -> Paper:
    """Read a tagged PDF. Raises Unreadable for what is none."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            root = document.Root.get("/StructTreeRoot")
            if root is None:
                raise Unreadable("PDF 没有结构标记，读不出文字的顺序", "用默认的排版引擎生成")
            pages: dict[Any, int] = {page.objgen: n for n, page in enumerate(document.pages)}
            walk = _Walk(_pieces(pdf), pages)
            walk.visit(root.get("/K"), None, 0)
            return Paper(
                pages=len(pages),
                text="".join(walk.out),
                tables=tuple(walk.tables),
                blank=tuple(n for n, page in enumerate(document.pages, 1) if _has_blank(page)),
                loose=tuple(sorted(set(_loose(document.objects)))),
            )
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as problem:
        raise Unreadable("PDF 读不出来", "重新生成") from problem


@dataclass(slots=True)
class _Walk:
    """Goes through the structure tree; a nested table's words belong to the cell around it."""

    pieces: Pieces
    pages: dict[Any, int]
    out: list[str] = field(default_factory=list)
    tables: list[PaperTable] = field(default_factory=list)
    _depth: int = 0  # of tables

    def visit(self, node: Any, page: int | None, depth: int) -> None:
        if node is None or depth > MAX_DEPTH:
            return
        if isinstance(node, pikepdf.Array):
            for kid in node:
                self.visit(kid, page, depth + 1)
            return
        if isinstance(node, int):
            self._say(page, node)
            return
        if "/Pg" in node:
            page = self.pages.get(node["/Pg"].objgen, page)
        if node.get("/Type") == "/MCR":
            self._say(page, int(node["/MCID"]))
            return
        self._element(node, str(node.get("/S", "")), page, depth)

    def _element(self, node: Any, kind: str, page: int | None, depth: int) -> None:
        start = len(self.out)
        if kind == "/Table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(PaperTable())
        elif kind == "/TR" and self._depth == 1:
            self.tables[-1].rows.append([])
        self.visit(node.get("/K"), page, depth + 1)
        if kind in CELLS and self._depth == 1 and self.tables[-1].rows:
            self.tables[-1].rows[-1].append("".join(self.out[start:]))
        elif kind == "/Table":
            self._depth -= 1

    def _say(self, page: int | None, number: int) -> None:
        if page is not None:
            self.out.append(self.pieces.get((page, number), ""))


def _pieces(pdf: bytes) -> Pieces:
    """The characters of each marked content."""
    found: dict[tuple[int, int], list[str]] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            for mark, character in _characters(text):
                found.setdefault((number, mark), []).append(character)
            text.close()
            page.close()
    finally:
        document.close()
    return {key: "".join(characters) for key, characters in found.items()}


def _characters(text: Any) -> Iterator[tuple[int, str]]:
    """Each character with the number of its marked content, halves of one put together."""
    high, last, mark = 0, None, -1
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if code in (0, 10, 13) or pdfium.FPDFText_IsGenerated(text, n):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + (high - 0xD800 << 10) + code - 0xDC00
        shown = pdfium.FPDFText_GetTextObject(text, n)
        address = ctypes.cast(shown, ctypes.c_void_p).value
        if address != last:
            last, mark = address, pdfium.FPDFPageObj_GetMarkedContentID(shown)
        if mark >= 0:
            yield mark, chr(code)


def _has_blank(page: Any) -> bool:
    """Whether a page shows glyph 0, the empty box; codes of two bytes are glyph numbers."""
    for instruction in pikepdf.parse_content_stream(page, SHOWN):
        for operand in instruction.operands:
            parts = operand if isinstance(operand, pikepdf.Array) else (operand,)
            for part in parts:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    if b"\0\0" in codes and any(
                        codes[at : at + 2] == b"\0\0" for at in range(0, len(codes) - 1, 2)
                    ):
                        return True
    return False


def _loose(objects: Iterable[Any]) -> Iterator[str]:
    """The names of fonts without a file of their own."""
    for each in objects:
        if not isinstance(each, pikepdf.Dictionary) or each.get("/Type") != "/Font":
            continue
        if each.get("/Subtype") in ("/Type0", "/Type3"):
            continue
        descriptor = each.get("/FontDescriptor")
        if descriptor is None or not any(name in descriptor for name in FILES):
            yield str(each.get("/BaseFont", "?")).lstrip("/")
