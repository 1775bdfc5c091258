"""Table → the program's table: row heights reckoned, kept rows grouped, vertical text stacked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from docgen.problem import Problem, warning
from docgen.typeset.compose.cell_looks import CellLooks
from docgen.typeset.model import Block, Break, Cell, Inline, Paragraph, Picture, Row, Table, Text

ComposeCell: TypeAlias = Callable[[Sequence[Block], float], tuple[list[dict[str, Any]], float]]

TOLERANCE = 0.5  # pt that a row of exact height may be overfull
NARROWEST = 6.0  # pt that a cell always has for text


@dataclass(frozen=True, slots=True)
class Need:
    """What a cell asks of its rows: how many there are, the height in pt, and whether that is
    sure: the height of pictures and of tables in it is left to the program."""

    rows: int
    height: float
    sure: bool


@dataclass(slots=True)
class TableComposer:
    """Composes the tables of one document; `compose` lays out a cell's blocks.

    `room` is the height of a page's text in pt: more rows than it holds cannot stay together.
    """

    compose: ComposeCell
    problems: list[Problem]
    looks: CellLooks
    room: float = 0.0

    def table(self, table: Table) -> tuple[dict[str, Any], float]:
        """The table for the program and its height in pt."""
        rows: list[list[dict[str, Any]]] = []
        needs: list[list[Need]] = []
        for row in table.rows:
            made = [self._cell(cell, row, table) for cell in row.cells]
            rows.append([data for data, _ in made])
            needs.append([need for _, need in made])
        natural, fixed = self._heights(table, needs)
        groups = list(_groups(table, natural, self.room))
        data = {
            "t": "table",
            "left": round(table.left, 3),
            "columns": [round(column, 3) for column in table.columns],
            "heights": [
                round(height, 3) if is_fixed else None
                for height, is_fixed in zip(natural, fixed, strict=True)
            ],
            "header": table.header,
            "groups": groups,
            "rows": rows,
        }
        return data, sum(natural)

    def _cell(self, cell: Cell, row: Row, table: Table) -> tuple[dict[str, Any], Need]:
        top, right, bottom, left = cell.padding
        inner = sum(table.columns[cell.column : cell.column + cell.span]) - right - left
        blocks = [_upright(block) for block in cell.blocks] if cell.vertical else cell.blocks
        data, height = self.compose(blocks, max(inner, NARROWEST))
        rule = cell.borders.bottom.width if cell.borders.bottom else 0.0
        entry = {
            "x": cell.column,
            "span": cell.span,
            "rows": cell.rows,
            "look": self.looks.index(cell, breakable=cell.rows > 1 or not row.whole),
            "blocks": data,
        }
        return entry, Need(cell.rows, height + top + bottom + rule, all(map(_is_plain, blocks)))

    def _heights(self, table: Table, needs: list[list[Need]]) -> tuple[list[float], list[bool]]:
        """The height of each row, and whether it is fixed: the others grow as the program sees fit.

        Fixed are rows for which the file asks more than the content needs, and those that may not
        be split. A merged cell that needs more than its rows have makes its last row higher.
        """
        natural = [max((n.height for n in line if n.rows == 1), default=0.0) for line in needs]
        fixed = [
            row.whole and all(need.sure for need in line)
            for row, line in zip(table.rows, needs, strict=True)
        ]
        for y, row in enumerate(table.rows):
            asked = row.height
            slack = TOLERANCE if row.exact else 0.0
            if asked and asked + slack >= natural[y]:
                natural[y], fixed[y] = asked, True
            elif row.exact:
                told = f"行高固定为 {row.height:g} 磅，放不下内容，已按内容加高"
                self.problems.append(warning("行高", told, row.spot, "把行高改为“最小值”"))
        for y, line in enumerate(needs):
            for need in line:
                last = y + need.rows - 1
                lacking = need.height - sum(natural[y : last + 1])
                if need.rows > 1 and lacking > 0:
                    natural[last] += lacking
                if not need.sure and not table.rows[last].height:
                    fixed[last] = False
        return natural, fixed


def _is_plain(block: Block) -> bool:
    return isinstance(block, Paragraph) and not any(
        isinstance(inline, Picture) for inline in block.inlines
    )


def _groups(table: Table, heights: list[float], room: float) -> Iterator[tuple[int, int]]:
    """Rows that stay on one page: where each group of two or more begins, and how many it has.

    As in Word, a row whose first paragraph is kept with the next paragraph is kept with the next
    row. Too many for a page are cut where the page is full. Header rows stay by themselves.
    """
    room -= sum(heights[: table.header])
    start, used = table.header, 0.0
    for y in range(table.header, len(heights)):
        used += heights[y]
        if used > room and y > start:
            if y - start > 1:
                yield start, y - start
            start, used = y, heights[y]
        if y == len(heights) - 1 or not _is_kept_with_next(table.rows[y]):
            if y > start:
                yield start, y + 1 - start
            start, used = y + 1, 0.0


def _is_kept_with_next(row: Row) -> bool:
    first = row.cells[0].blocks[0] if row.cells and row.cells[0].blocks else None
    return isinstance(first, Paragraph) and first.style.keep_next


def _upright(block: Block) -> Block:
    """Vertical text as one character below the other, centred in its column."""
    if not isinstance(block, Paragraph):
        return block
    stacked: list[Inline] = []
    for inline in block.inlines:
        if isinstance(inline, Text):
            for character in inline.text:
                stacked += [replace(inline, text=character), Break()]
        else:
            stacked.append(inline)
    if stacked and isinstance(stacked[-1], Break):
        stacked.pop()
    style = replace(block.style, align="center", left=0.0, right=0.0, first=0.0)
    return replace(block, inlines=tuple(stacked), style=style)
