"""A table of a filled document as a grid: cells by column, headings, caption, where the body is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.fill.xml import Element, W, local, text_in, value

TALLEST_HEAD = 5
_WRAPPERS = frozenset(["sdt", "sdtContent", "customXml", "ins"])

Cells = Mapping[int, Element]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows: cells by the column of the grid at which they begin, and their widths."""

    rows: Sequence[Cells]
    spans: Mapping[Element, int]
    caption: str
    headings: Mapping[str, int]  # without spaces → column
    head: int  # how many rows come before the body


def bare(text: str) -> str:
    """The text without white space, as headings are compared."""
    return re.sub(r"\s", "", text)


def merged_down(cell: Element) -> str:
    """restart, continue, or "" for a cell that is not merged downward."""
    mark = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if mark is None else mark.get(W + "val", "continue")


def read_grid(table: Element) -> Grid | None:
    """The grid of a w:tbl; None where it has no body."""
    spans: dict[Element, int] = {}
    elements = list(_rows(table))
    rows = [_cells(row, spans) for row in elements]
    if len(rows) < 2:
        return None
    head = _height(elements, rows)
    headings: dict[str, int] = {}
    for row in rows[:head]:
        for column, cell in row.items():
            if spans[cell] == 1:
                headings.setdefault(bare(text_in(cell)), column)
    inside = "".join(text_in(row) for row in elements[:head])
    return Grid(rows, spans, bare(_above(table) + inside), headings, head)


def _height(elements: Sequence[Element], rows: Sequence[Cells]) -> int:
    """How many rows are headings: those that Word repeats, and what they are merged down into."""
    head = 0
    while head < len(elements) and elements[head].find(f"{W}trPr/{W}tblHeader") is not None:
        head += 1
    if not head:
        head = 1
        widest = max(len(row) for row in rows)
        while head < min(TALLEST_HEAD, len(rows)) and len(rows[head - 1]) * 2 <= widest:
            head += 1  # a title or a line of notes that spans the table
    while head < len(rows) and any(merged_down(cell) == "continue" for cell in rows[head].values()):
        head += 1
    return head


def _rows(node: Element) -> Iterator[Element]:
    for child in node:
        if local(child) == "tr":
            yield child
        elif local(child) in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Element, spans: dict[Element, int]) -> dict[int, Element]:
    column = int(value(row.find(W + "trPr"), "gridBefore") or 0)
    found = {}
    for cell in row.iterchildren(W + "tc"):
        spans[cell] = int(value(cell.find(W + "tcPr"), "gridSpan") or 1)
        found[column] = cell
        column += spans[cell]
    return found


def _above(table: Element) -> str:
    """The text of the paragraph above a table (one empty one may stand between)."""
    node = table.getprevious()
    for _ in range(2):
        if node is None or local(node) != "p":
            return ""
        if text := text_in(node).strip():
            return text
        node = node.getprevious()
    return ""
