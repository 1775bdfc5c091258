"""Table → the program's table: row heights reckoned, vertical text stacked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from docgen.problem import Problem, warning
from docgen.typeset.compose.paragraph_table import border_data
from docgen.typeset.model import Block, Break, Cell, Inline, Paragraph, Row, Table, Text

ComposeCell: TypeAlias = Callable[[Sequence[Block], float], tuple[list[dict[str, Any]], float]]
Need: TypeAlias = tuple[int, float]  # rows a cell covers, the height it needs in pt

TOLERANCE = 0.5  # pt that a row of exact height may be overfull
TALLEST_WHOLE = 560.0  # pt: what surely fits below its caption on an A4 page
NARROWEST = 6.0  # pt that a cell always has for text


def compose_table(
    table: Table, compose: ComposeCell, problems: list[Problem]
) -> tuple[dict[str, Any], float]:
    """The table for the program and its height in pt; `compose` lays out a cell's blocks."""
    rows: list[list[dict[str, Any]]] = []
    needs: list[list[Need]] = []
    for y, row in enumerate(table.rows):
        made = [_cell(cell, y, row, table, compose) for cell in row.cells]
        rows.append([data for data, _ in made])
        needs.append([need for _, need in made])
    fixed, natural = _heights(table, needs, problems)
    data = {
        "t": "table",
        "left": round(table.left, 3),
        "columns": [round(column, 3) for column in table.columns],
        "heights": [None if height is None else round(height, 3) for height in fixed],
        "header": table.header,
        "rows": rows,
        "whole": _is_kept_whole(table) and sum(natural) < TALLEST_WHOLE,
    }
    return data, sum(natural)


def _is_kept_whole(table: Table) -> bool:
    """Whether every row but the last is kept with the next: how Word keeps a table on one page."""
    return len(table.rows) > 1 and all(_is_kept_with_next(row) for row in table.rows[:-1])


def _is_kept_with_next(row: Row) -> bool:
    first = row.cells[0].blocks[0] if row.cells and row.cells[0].blocks else None
    return isinstance(first, Paragraph) and first.style.keep_next


def _cell(
    cell: Cell, y: int, row: Row, table: Table, compose: ComposeCell
) -> tuple[dict[str, Any], Need]:
    top, right, bottom, left = cell.padding
    inner = sum(table.columns[cell.column : cell.column + cell.span]) - right - left
    blocks = [_upright(block) for block in cell.blocks] if cell.vertical else cell.blocks
    data, height = compose(blocks, max(inner, NARROWEST))
    rule = cell.borders.bottom.width if cell.borders.bottom else 0.0
    entry = {
        "x": cell.column,
        "y": y,
        "span": cell.span,
        "rows": cell.rows,
        "align": cell.align,
        "fill": cell.fill,
        "breakable": cell.rows > 1 or not row.whole,
        "borders": border_data(cell.borders),
        "pad": [top, right, round(bottom + rule, 3), left],
        "blocks": data,
    }
    return entry, (cell.rows, height + top + bottom + rule)


def _heights(
    table: Table, needs: list[list[Need]], problems: list[Problem]
) -> tuple[list[float | None], list[float]]:
    """Fixed heights where the file asks for more than the content needs, else automatic.

    A merged cell that needs more than its rows have makes its last row higher.
    """
    natural = [max([need for rows, need in line if rows == 1], default=0.0) for line in needs]
    fixed: list[float | None] = [None] * len(natural)
    for y, row in enumerate(table.rows):
        asked = row.height
        slack = TOLERANCE if row.exact else 0.0
        if asked and asked + slack >= natural[y]:
            fixed[y] = natural[y] = asked
        elif row.exact:
            told = f"行高固定为 {row.height:g} 磅，放不下内容，已按内容加高"
            problems.append(warning("行高", told, row.spot, "把行高改为“最小值”"))
    for y, line in enumerate(needs):
        for rows, need in line:
            lacking = need - sum(natural[y : y + rows])
            last = y + rows - 1
            if rows > 1 and lacking > 0:
                natural[last] += lacking
                if fixed[last] is not None:
                    fixed[last] = natural[last]
    return fixed, natural


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
