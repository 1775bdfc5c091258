"""Blocks → the program's blocks: the space between them, boxes joined, tables laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from docgen.problem import Problem, warning
from docgen.typeset.compose.paragraphs import ParagraphComposer, border_data
from docgen.typeset.model import Block, Borders, NewPage, Paragraph, Row, Table

TOLERANCE = 0.5  # pt that a row of exact height may be overfull


@dataclass(frozen=True, slots=True)
class Flow:
    """Blocks for the program and their height in pt, if they stand on one page."""

    data: list[dict[str, Any]]
    height: float


class FlowComposer:
    """Composes blocks and tables; `problems` collects what does not fit."""

    def __init__(self, paragraphs: ParagraphComposer) -> None:
        self._paragraphs = paragraphs
        self.problems: list[Problem] = []

    def compose(self, blocks: Sequence[Block], width: float, *, is_cell: bool = False) -> Flow:
        """Space between two blocks is what one wants after and the other before; Word adds them.

        At the top of a page that the writer began it stays, at one that came by itself it goes.
        """
        data: list[dict[str, Any]] = []
        height = after = 0.0
        before: Block | None = None
        is_top = True
        for n, block in enumerate(blocks):
            following = blocks[n + 1] if n + 1 < len(blocks) else None
            if isinstance(block, NewPage):
                data.append({"t": "new", "lead": 0})
                is_top, before, after = True, None, 0.0
                continue
            if isinstance(block, Table):
                entry, tall = self._table(block, width)
                space = after
                after = 0.0
            else:
                borders = _joined(before, block, following)
                composed = self._paragraphs.compose(block, width, borders)
                entry, tall = composed.data, composed.height
                space = after + _before(before, block)
                after = _after(block, following)
            entry["above"] = 0 if is_top else round(space, 3)
            entry["lead"] = round(space, 3) if is_top else 0
            data.append(entry)
            height += space + tall
            before, is_top = block, False
        if is_cell and after:
            data.append({"t": "space", "lead": round(after, 3)})
        return Flow(data, height + (after if is_cell else 0.0))

    def _table(self, table: Table, width: float) -> tuple[dict[str, Any], float]:
        rows: list[list[dict[str, Any]]] = []
        needs: list[list[tuple[int, float]]] = []
        for y, row in enumerate(table.rows):
            cells, need = [], []
            for cell in row.cells:
                inner = sum(table.columns[cell.column : cell.column + cell.span])
                inner -= cell.padding[1] + cell.padding[3]
                flow = self.compose(cell.blocks, max(inner, 6.0), is_cell=True)
                rule = cell.borders.bottom.width if cell.borders.bottom else 0.0
                top, right, bottom, left = cell.padding
                cells.append(
                    {
                        "x": cell.column,
                        "y": y,
                        "span": cell.span,
                        "rows": cell.rows,
                        "align": cell.align,
                        "fill": cell.fill,
                        "breakable": not row.whole or cell.rows > 1,
                        "borders": border_data(cell.borders),
                        "pad": [top, right, round(bottom + rule, 3), left],
                        "blocks": flow.data,
                    }
                )
                need.append((cell.rows, flow.height + top + bottom + rule))
            rows.append(cells)
            needs.append(need)
        heights, natural = self._heights(table, needs)
        entry = {
            "t": "table",
            "left": round(table.left, 3),
            "columns": [round(column, 3) for column in table.columns],
            "heights": [None if height is None else round(height, 3) for height in heights],
            "header": table.header,
            "rows": rows,
        }
        return entry, sum(natural)

    def _heights(
        self, table: Table, needs: list[list[tuple[int, float]]]
    ) -> tuple[list[float | None], list[float]]:
        """Fixed heights where the file asks for more than the content needs, else automatic.

        A merged cell that needs more than its rows have makes its last row higher.
        """
        natural = [
            max([need for rows, need in line if rows == 1], default=0.0) for line in needs
        ]
        heights: list[float | None] = [None] * len(natural)
        for y, row in enumerate(table.rows):
            asked = _asked(row, needs[y])
            if row.exact and natural[y] > asked + TOLERANCE:
                self.problems.append(
                    warning(
                        "行高",
                        f"行高固定为 {row.height:g} 磅，放不下内容，已按内容加高",
                        row.spot,
                        "把行高改为“最小值”",
                    )
                )
            elif asked >= natural[y] - (TOLERANCE if row.exact else 0) and asked > 0:
                heights[y] = natural[y] = asked
        for y, line in enumerate(needs):
            for rows, need in line:
                lacking = need - sum(natural[y : y + rows])
                if rows > 1 and lacking > 0:
                    last = y + rows - 1
                    natural[last] += lacking
                    if heights[last] is not None:
                        heights[last] = natural[last]
        return heights, natural


def _asked(row: Row, needs: list[tuple[int, float]]) -> float:
    if row.height <= 0:
        return 0.0
    rules = [c.borders.bottom.width for c in row.cells if c.borders.bottom]
    return row.height + (0.0 if row.exact else max(rules, default=0.0))


def _same_style(one: Block | None, other: Block | None) -> bool:
    return (
        isinstance(one, Paragraph)
        and isinstance(other, Paragraph)
        and one.style.name == other.style.name
    )


def _before(before: Block | None, block: Paragraph) -> float:
    if block.continues or (block.style.contextual and _same_style(before, block)):
        return 0.0
    return block.style.before


def _after(block: Paragraph, following: Block | None) -> float:
    if block.style.contextual and _same_style(block, following):
        return 0.0
    return block.style.after


def _joined(before: Block | None, block: Paragraph, following: Block | None) -> Borders:
    """Neighbours with the same borders share one box: the lines between them fall away."""
    borders = block.style.borders
    if not borders.visible:
        return borders
    if _shares(before, block):
        borders = replace(borders, top=borders.between)
    if _shares(block, following):
        borders = replace(borders, bottom=None)
    return borders


def _shares(one: Block | None, other: Block | None) -> bool:
    return (
        isinstance(one, Paragraph)
        and isinstance(other, Paragraph)
        and one.style.borders == other.style.borders
        and (one.style.left, one.style.right) == (other.style.left, other.style.right)
    )
