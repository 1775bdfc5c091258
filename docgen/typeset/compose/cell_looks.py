"""The program's table of cell looks: lines, shading, padding; equal ones are written once."""

from __future__ import annotations

from typing import Any

from docgen.typeset.compose.paragraph_table import border_data
from docgen.typeset.model import Cell


class CellLooks:
    """Looks of cells in order of first use."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self._known: dict[tuple[object, ...], int] = {}

    def index(self, cell: Cell, *, breakable: bool) -> int:
        """The place of a cell's look in the table; the line below it takes room of its own."""
        key = cell.borders, cell.padding, cell.fill, cell.align, breakable
        if key not in self._known:
            top, right, bottom, left = cell.padding
            rule = cell.borders.bottom.width if cell.borders.bottom else 0.0
            self._known[key] = len(self.entries)
            self.entries.append(
                {
                    "align": cell.align,
                    "fill": cell.fill,
                    "breakable": breakable,
                    "borders": border_data(cell.borders),
                    "pad": [top, right, round(bottom + rule, 3), left],
                }
            )
        return self._known[key]
