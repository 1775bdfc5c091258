"""The tables of a filled .docx → an Excel workbook of the same words, a sheet for each table.

What stands before a table stands above it on its sheet, what follows the last one below it. Every
cell is text: codes keep their zeros, and nothing that was typed can be taken for a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import BytesIO
from typing import Any

import xlsxwriter

from docgen.typeset.model import (
    Block,
    Break,
    Cell,
    Document,
    Page,
    Paragraph,
    RunStyle,
    Tab,
    Table,
    Text,
)
from docgen.typeset.repeats import Repeats, collapsed

A4 = 9
PIXELS = 96 / 72  # in a point
MARGIN = 72.0  # points in an inch
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
LONGEST_NAME = 31
TEXT = "@"
ROOM = 1.35  # height of a line in sizes of its letters
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table with the paragraphs above and below it."""

    above: tuple[Paragraph, ...]
    table: Table
    page: Page
    below: tuple[Paragraph, ...] = ()


def tabulate(docx: bytes, *, timestamp: datetime) -> bytes:
    """The bytes of an .xlsx; empty where the document has no table. Same input, same bytes.

    Raises Unreadable for bytes that are no Word document.
    """
    from docgen.typeset.read import main_part, read

    smaller, repeats = collapsed(docx, main_part(docx))
    document = read(smaller)
    sheets = _sheets(document)
    if not sheets:
        return b""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, OPTIONS)
    book.set_properties({"title": document.title, "created": timestamp.replace(tzinfo=None)})
    names: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        name = _name(sheet, document.title, number, len(sheets), names)
        _Writer(book, book.add_worksheet(name), sheet, repeats).write()
    book.close()
    return written.getvalue()


def _sheets(document: Document) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    waiting: list[Paragraph] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                sheets.append(_Sheet(tuple(waiting), block, section.page))
                waiting = []
            elif isinstance(block, Paragraph) and _words(block):
                waiting.append(block)
    if sheets and waiting:
        last = sheets[-1]
        sheets[-1] = _Sheet(last.above, last.table, last.page, tuple(waiting))
    return sheets


def _name(sheet: _Sheet, title: str, number: int, of: int, taken: set[str]) -> str:
    """A sheet's name: the document's title, or the words just above the table; each but once."""
    words = title if of == 1 else (_words(sheet.above[-1]) if sheet.above else "")
    name = _NOT_IN_NAMES.sub("", words).strip()[:LONGEST_NAME] or f"表{number}"
    if name.lower() in taken:
        name = f"{name[: LONGEST_NAME - 4]}（{number}）"
    taken.add(name.lower())
    return name


class _Writer:
    """Writes one sheet, row by row."""

    def __init__(self, book: Any, sheet: Any, content: _Sheet, repeats: Repeats) -> None:
        self._book, self._sheet, self._content = book, sheet, content
        self._repeats = repeats
        self._row = self._below = 0
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        table, page = self._content.table, self._content.page
        for column, wide in enumerate(table.columns):
            self._sheet.set_column_pixels(column, column, round(wide * PIXELS))
        self._paragraphs(self._content.above)
        first = self._row
        self._table(table)
        self._paragraphs(self._content.below)
        self._sheet.set_paper(A4)
        if page.width > page.height:
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(
            page.left / MARGIN, page.right / MARGIN, page.top / MARGIN, page.bottom / MARGIN
        )
        self._sheet.set_footer("&C— &P —")
        if table.header:
            self._sheet.repeat_rows(first, first + table.header - 1)
            self._sheet.freeze_panes(first + table.header, 0)
            if self._totals is not None:
                below = self._below - self._totals - 1
                self._sheet.autofilter(first + table.header - 1, 0, below, self._last)

    @property
    def _last(self) -> int:
        return max(len(self._content.table.columns) - 1, 0)

    @cached_property
    def _totals(self) -> int | None:
        """How many rows at the end (合计) a filter leaves out; None where none can be made.

        Every row of a filter has its own cell in each column.
        """
        table = self._content.table
        body = table.rows[table.header - 1 :]
        plain = [all(cell.span == 1 and cell.rows == 1 for cell in row.cells) for row in body]
        totals = next((n for n, is_plain in enumerate(reversed(plain)) if is_plain), len(plain))
        return totals if all(plain[: len(plain) - totals]) and len(plain) > totals else None

    def _paragraphs(self, paragraphs: Sequence[Paragraph]) -> None:
        for paragraph in paragraphs:
            words = _words(paragraph)
            style = _look(paragraph)
            align = {"justify": "left", "distribute": "center"}.get(
                paragraph.style.align, paragraph.style.align
            )
            look = self._format(style, align=align, valign="vcenter", text_wrap=True)
            room = sum(self._content.table.columns) or 1.0
            lines = sum(1 + int(len(line) * style.size / room) for line in words.split("\n"))
            self._sheet.set_row(self._row, style.size * ROOM * lines + 4)
            self._put(self._row, 0, self._row, self._last, words, look)
            self._row += 1

    def _table(self, table: Table) -> None:
        for index, row in enumerate(table.rows):
            looks = [self._look_of(cell, index < table.header) for cell in row.cells]
            told = self._repeats.rows(["\n".join(_lines(cell.blocks)) for cell in row.cells])
            for texts in told:
                for cell, words, look in zip(row.cells, texts, looks, strict=True):
                    bottom, right = self._row + cell.rows - 1, cell.column + cell.span - 1
                    self._put(self._row, cell.column, bottom, right, words, look)
                self._row += 1
        self._below = self._row

    def _look_of(self, cell: Cell, is_header: bool) -> Any:
        found = [block for block in cell.blocks if isinstance(block, Paragraph)]
        centred = is_header or (found and found[0].style.align == "center")
        return self._format(
            _look(found[0]) if found else RunStyle(),
            border=1,
            align="center" if centred else "left",
            valign="vcenter",
            text_wrap=True,
        )

    def _put(self, top: int, left: int, bottom: int, right: int, words: str, look: Any) -> None:
        if (top, left) == (bottom, right):
            self._sheet.write_string(top, left, words, look)
        else:
            self._sheet.merge_range(top, left, bottom, right, "", look)
            self._sheet.write_string(top, left, words, look)

    def _format(self, style: RunStyle, **more: Any) -> Any:
        look: Mapping[str, Any] = {
            "font_name": style.han,
            "font_size": style.size,
            "bold": style.bold,
            "num_format": TEXT,
            **more,
        }
        key = tuple(look.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(look))
        return self._formats[key]


def _look(paragraph: Paragraph) -> RunStyle:
    """How the words of a paragraph look: as its first run does."""
    runs = [inline.style for inline in paragraph.inlines if isinstance(inline, Text)]
    return runs[0] if runs else paragraph.mark


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The words of a cell, a line for each paragraph; those of a table within it as well."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _words(block)
        elif isinstance(block, Table):
            for row in block.rows:
                yield "　".join(line for cell in row.cells for line in _lines(cell.blocks))


def _words(paragraph: Paragraph) -> str:
    words = ""
    for inline in paragraph.inlines:
        if isinstance(inline, Text):
            words += inline.text
        elif isinstance(inline, Break):
            words += "\n"
        elif isinstance(inline, Tab):
            words += "　"
    return words.strip()
