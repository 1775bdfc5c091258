"""The grid of a w:tbl: which cell stands where, how wide its columns are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.typeset.read.properties import Properties, flatten, is_on
from docgen.typeset.read.xml import W, children, name, number, twips

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

WIDEST = 200  # columns a cell may span


@dataclass(slots=True)
class Slot:
    """One cell while the grid is laid out; `element` is None for a filler."""

    element: Element | None
    properties: Properties
    row: int
    column: int
    span: int
    rows: int = 1
    bottom: Properties | None = None  # of the last cell merged into this one

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Row, column, rows, columns."""
        return self.row, self.column, self.rows, self.span


def lay_grid(rows: list[Element]) -> list[list[Slot]]:
    """Cells at their grid columns, w:vMerge turned into row spans, gaps filled."""
    merges: dict[int, Slot] = {}  # by column: the cell that may go on below
    lines: list[list[Slot]] = []
    for y, row in enumerate(rows):
        line: list[Slot] = []
        x = _count(flatten(row.find(W + "trPr")), "gridBefore", 0)
        if x:
            line.append(Slot(None, {}, y, 0, x))
        for cell in children(row):
            if name(cell) != "tc":
                continue
            own = flatten(cell.find(W + "tcPr"))
            span = _count(own, "gridSpan", 1)
            merge = _merge(own)
            above = merges.get(x)
            if merge == "continue" and above and above.span == span and _ends_at(above, y):
                above.rows += 1
                above.bottom = own
            else:
                slot = Slot(cell, own, y, x, span)
                line.append(slot)
                merges.pop(x, None)
                if merge:
                    merges[x] = slot
            x += span
        lines.append(line)
    return lines


def _merge(properties: Properties) -> str:
    """ "restart", "continue" or nothing; w:vMerge without a value continues."""
    found = properties.get("vMerge.val", "")
    return "continue" if found == "1" else found


def _ends_at(slot: Slot, row: int) -> bool:
    return slot.row + slot.rows == row


def _count(properties: Properties, key: str, default: int) -> int:
    return int(min(max(number(properties.get(f"{key}.val"), default), default), WIDEST))


def column_widths(
    table: Element, properties: Properties, lines: list[list[Slot]], room: float
) -> tuple[float, ...]:
    """Column widths in pt: a cell's own width (w:tcW) before the grid's, as Word lays out."""
    count = max(slot.column + slot.span for line in lines for slot in line)
    grid = table.find(W + "tblGrid")
    columns = [twips(column.get(W + "w")) for column in grid] if grid is not None else []
    columns = [*columns, *[0.0] * count][: max(count, len(columns))]
    told: set[int] = set()
    for line in lines:
        for slot in line:
            width = twips(slot.properties.get("tcW.w"))
            is_length = slot.properties.get("tcW.type", "dxa") == "dxa"
            if slot.span == 1 and is_length and width > 0 and slot.column not in told:
                columns[slot.column] = width
                told.add(slot.column)
    total, wanted = sum(columns), properties.get("tblW.w", "")
    if properties.get("tblW.type") == "pct":
        share = number(wanted.rstrip("%")) / (100 if wanted.endswith("%") else 5000)
        whole = (share or 1.0) * room
    else:
        whole = total or twips(wanted) or room
    if total <= 0:
        return tuple(whole / len(columns) for _ in columns)
    return tuple(max(width * whole / total, 0.0) for width in columns)


def header_rows(rows: list[Element], lines: list[list[Slot]]) -> int:
    """How many leading rows repeat; never all, and never through a merged cell."""
    count = 0
    for row in rows:
        if not is_on(flatten(row.find(W + "trPr")), "tblHeader"):
            break
        count += 1
    count = min(count, len(rows) - 1)
    while count and any(slot.row + slot.rows > count for line in lines[:count] for slot in line):
        count -= 1
    return count
