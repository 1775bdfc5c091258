"""Parsed Markdown → paragraphs and tables in the template's own styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from docgen.fill.album import Album
from docgen.fill.blanks import hole
from docgen.fill.pictures import measure
from docgen.fill.runs import Printed, run, runs
from docgen.fill.slots import CELL_MARGINS, Slot
from docgen.fill.styles import HEADINGS, Role, Styles
from docgen.model.blocks import (
    Block,
    Chapter,
    Code,
    Heading,
    Inline,
    Item,
    Paragraph,
    Picture,
    Quote,
    Section,
    Table,
    Text,
)

_THIN = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
GAP = f"<w:p><w:pPr>{_THIN}</w:pPr></w:p>"
TOGETHER = 3  # the last rows of a table stay on one page, and so do the first two
MIN_COLUMN, MAX_COLUMN, KEPT_WHOLE = 2, 30, 6  # characters
CHARACTER = 215  # twips: a character of table text
JOINT = re.compile(  # where Word leaves a quarter of a character between Chinese and what is not
    r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])"
)
FIGURE = re.compile(r"[+-]?[\d,]*(\.\d+)?\s*[%％]?|—+|-|/|无")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the blocks of one slot; `reject` is told of a picture that cannot be read."""

    styles: Styles
    slot: Slot
    album: Album
    printed: Printed
    reject: Callable[[Picture], None]

    def chapter(self, chapter: Chapter, path: str) -> str:
        """All sections of a chapter; one without content prints its title and a hole."""
        sections = [s for s in chapter.sections if s.title or not s.is_empty]
        if not sections:
            return self.hole_paragraph(path, chapter.title)
        return "".join(self._section(section, path) for section in sections)

    def _section(self, section: Section, path: str) -> str:
        title = section.title
        head = self._heading(2, run(title)) if title else ""
        if section.is_empty and not any(isinstance(b, Picture) for b in section.blocks):
            return head + self.hole_paragraph(f"{path}.{title}" if path else title, title)
        return head + "".join(self.block(block) for block in section.blocks)

    def hole_paragraph(self, path: str, label: str) -> str:
        return self.paragraph(run(hole(path, label)))

    def lines(self, text: str) -> str:
        """Typed text as one paragraph a line."""
        return "".join(self.paragraph(run(line)) for line in text.split("\n"))

    def paragraph(self, content: str, inner: str = "") -> str:
        """A paragraph of body text: in the style of the tag's own paragraph where that has one."""
        if self.slot.style:
            style = f'<w:pStyle w:val="{self.slot.style}"/>{inner}'
            return f"<w:p><w:pPr>{style}</w:pPr>{content}</w:p>"
        return self._p(Role.CELL if self.slot.in_cell else Role.BODY, content, inner)

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self._heading(block.level, run(block.text))
        if isinstance(block, Paragraph):
            return self.paragraph(runs(block.inlines, self.printed))
        if isinstance(block, Item):
            return self._item(block)
        if isinstance(block, Quote):
            return self._p(Role.QUOTE, runs(block.inlines, self.printed))
        if isinstance(block, Code):
            return "".join(self._p(Role.CODE, run(line)) for line in block.text.split("\n"))
        if isinstance(block, Table):
            return self._table(block)
        return self._picture(block)

    def picture(self, data: bytes, alt: str) -> str | None:
        """The w:r that shows a picture, None where the bytes are no PNG or JPEG."""
        size = measure(data)
        if size is None:
            return None
        return f"<w:r>{self.album.drawing(data, size, self.slot.width, alt)}</w:r>"

    def picture_paragraph(self, shown: str) -> str:
        return self._p(Role.PICTURE, shown)

    def _p(self, role: Role, content: str, inner: str = "") -> str:
        return f"<w:p>{self.styles.properties(role, inner)}{content}</w:p>"

    def _heading(self, level: int, content: str) -> str:
        return self._p(HEADINGS[min(max(level, 1), 4)], content)

    def _item(self, item: Item) -> str:
        mark = item.mark if item.mark.endswith((".", "、", "）", ")")) else item.mark + " "
        indent = f'<w:ind w:leftChars="{200 * item.depth}" w:left="{640 * item.depth}"/>'
        content = run(mark) + runs(item.inlines, self.printed)
        if self.slot.in_cell:
            return self.paragraph(content, indent if item.depth else "")
        return self._p(Role.LIST, content, indent if item.depth else "")

    def _picture(self, picture: Picture) -> str:
        shown = self.picture(picture.data, picture.alt or picture.caption)
        if shown is None:
            self.reject(picture)
            return self.paragraph(run(f"〔图片读不出来：{picture.alt or picture.caption}〕"))
        if not picture.caption:
            return self._p(Role.PICTURE, shown)
        above = self.styles.properties(Role.PICTURE, "<w:keepNext/>")
        below = self.styles.properties(Role.CAPTION, '<w:keepNext w:val="0"/>')
        return f"<w:p>{above}{shown}</w:p><w:p>{below}{run(picture.caption)}</w:p>"

    def _table(self, table: Table) -> str:
        widths = self._widths(table)
        style = self.styles.find(Role.TABLE)
        named = f'<w:tblStyle w:val="{style}"/>' if style else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = [self._row(table.header, table, widths, Role.HEAD_CELL)]
        last = len(table.rows) - 1
        for number, row in enumerate(table.rows):
            kept = number < last and (number == 0 or number > last - TOGETHER)
            rows.append(self._row(row, table, widths, Role.CELL, "<w:keepNext/>" * kept))
        caption = self._p(Role.TABLE_CAPTION, run(table.caption)) if table.caption else ""
        return (
            f'{caption}<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/>{"" if style else BORDERS}<w:tblLayout w:type="fixed"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{GAP}"
        )

    def _row(
        self,
        cells: tuple[tuple[Inline, ...], ...],
        table: Table,
        widths: list[int],
        role: Role,
        keep: str = "",
    ) -> str:
        head = "<w:tblHeader/>" if role is Role.HEAD_CELL else ""
        written = []
        for column, width in enumerate(widths):
            inlines = cells[column] if column < len(cells) else ()
            side = table.align[column] if column < len(table.align) else ""
            side = side or ("center" if _is_numeric(table, column) else "")
            inner = keep + (f'<w:jc w:val="{side}"/>' if side else "")
            paragraph = self._p(role, runs(inlines, self.printed), inner)
            written.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/>'
                f"</w:tcPr>{paragraph}</w:tc>"
            )
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(written)}</w:tr>"

    def _widths(self, table: Table) -> list[int]:
        """The room shared out: first what keeps short texts whole, the rest by longest text."""
        columns = max([len(table.header), *(len(row) for row in table.rows), 1])
        longest = [MIN_COLUMN] * columns
        for row in (table.header, *table.rows):
            for column, cell in enumerate(row):
                longest[column] = max(longest[column], min(_length(cell), MAX_COLUMN))
        kept = [min(width, KEPT_WHOLE) * CHARACTER + CELL_MARGINS for width in longest]
        rest = self.slot.width - sum(kept)
        if rest < 0:
            kept, rest = [0] * columns, self.slot.width
        shares = [max(width - KEPT_WHOLE, 0) for width in longest] if sum(kept) else longest
        shares = shares if sum(shares) else longest
        widths = [
            base + rest * share // sum(shares) for base, share in zip(kept, shares, strict=True)
        ]
        widths[-1] += self.slot.width - sum(widths)
        return widths


def _is_numeric(table: Table, column: int) -> bool:
    """Whether every cell of a column below the header is a figure, a dash or empty."""
    cells = [row[column] if column < len(row) else () for row in table.rows]
    return all(FIGURE.fullmatch(words_of_cell(cell).strip()) for cell in cells)


def words_of_cell(inlines: tuple[Inline, ...]) -> str:
    """The plain text of a cell, without what is looked up."""
    return "".join(part.text for part in inlines if isinstance(part, Text))


def _length(inlines: tuple[Inline, ...]) -> int:
    """How many Chinese characters wide a cell's text is, the small gaps beside digits included."""
    text = words_of_cell(inlines)
    halves = sum(1 if sign < "\u2e80" else 2 for sign in text)
    return (2 * halves + len(JOINT.findall(text)) + 3) // 4


BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
