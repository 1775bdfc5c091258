"""Table styles: what the whole table says, and what first row, last column, bands … add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.typeset.read.properties import Properties, flatten, lay
from docgen.typeset.read.styles import Look, Styles
from docgen.typeset.read.xml import W, number

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

# w:tblLook's bits and attributes; the order is the order of application
PARTS = (
    ("band1Vert", "noVBand", 0x0400),
    ("band2Vert", "noVBand", 0x0400),
    ("band1Horz", "noHBand", 0x0200),
    ("band2Horz", "noHBand", 0x0200),
    ("firstCol", "firstColumn", 0x0080),
    ("lastCol", "lastColumn", 0x0100),
    ("firstRow", "firstRow", 0x0020),
    ("lastRow", "lastRow", 0x0040),
)
CORNERS = {  # where a row and a column meet; both must be shown
    "nwCell": ("firstRow", "firstCol"),
    "neCell": ("firstRow", "lastCol"),
    "swCell": ("lastRow", "firstCol"),
    "seCell": ("lastRow", "lastCol"),
}


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a cell inherits from the table's style: text properties and its own."""

    text: Look
    cell: Properties


class TableStyle:
    """The resolved style of one table, asked cell by cell."""

    def __init__(self, table: Element, styles: Styles) -> None:
        own = table.find(W + "tblPr")
        direct = flatten(own)
        self.table: Properties = {}
        self._base = CellLook(Look({}, {}), {})
        self._parts: dict[str, CellLook] = {}
        self._cache: dict[tuple[str, ...], CellLook] = {}
        for style in styles.chain(direct.get("tblStyle.val"), "table"):
            self.table = lay(flatten(style.find(W + "tblPr")), self.table)
            self._base = _over(style, self._base)
            for part in style.findall(W + "tblStylePr"):
                kind = part.get(W + "type", "")
                self._parts[kind] = _over(part, self._parts.get(kind, _NOTHING))
        self.table = lay(direct, self.table)
        self._shown = [part for part, key, bit in PARTS if self._is_shown(direct, key, bit)]

    @staticmethod
    def _is_shown(direct: Properties, key: str, bit: int) -> bool:
        flag = direct.get(f"tblLook.{key}")
        if flag is None:
            text = direct.get("tblLook.val", "04A0")
            on = (
                bool(int(text, 16) & bit)
                if all(c in "0123456789abcdefABCDEF" for c in text)
                else False
            )
        else:
            on = number(flag, 1.0 if flag in ("true", "on") else 0.0) != 0
        return on != key.startswith("no")

    def cell(self, row: int, rows: int, column: int, columns: int) -> CellLook:
        """The look of the cell at a 0-based place in a table of rows × columns."""
        if not self._parts:
            return self._base
        band_row = (row - ("firstRow" in self._shown)) // self._band("Row")
        band_column = (column - ("firstCol" in self._shown)) // self._band("Col")
        holds = {
            "band1Vert": band_column % 2 == 0,
            "band2Vert": band_column % 2 == 1,
            "band1Horz": band_row % 2 == 0,
            "band2Horz": band_row % 2 == 1,
            "firstCol": column == 0,
            "lastCol": column == columns - 1,
            "firstRow": row == 0,
            "lastRow": row == rows - 1,
        }
        held = [p for p in self._shown if holds[p]]
        held += [corner for corner, sides in CORNERS.items() if all(s in held for s in sides)]
        parts = tuple(p for p in held if p in self._parts)
        if parts not in self._cache:
            look = self._base
            for part in parts:
                look = _laid(self._parts[part], look)
            self._cache[parts] = look
        return self._cache[parts]

    def _band(self, kind: str) -> int:
        """How many rows or columns a band has."""
        return max(int(number(self.table.get(f"tblStyle{kind}BandSize.val"), 1)), 1)


_NOTHING = CellLook(Look({}, {}), {})


def _over(element: Element, under: CellLook) -> CellLook:
    own = CellLook(
        Look(flatten(element.find(W + "pPr")), flatten(element.find(W + "rPr"))),
        flatten(element.find(W + "tcPr")),
    )
    return _laid(own, under)


def _laid(over: CellLook, under: CellLook) -> CellLook:
    return CellLook(
        Look(
            lay(over.text.paragraph, under.text.paragraph),
            lay(over.text.run, under.text.run),
        ),
        lay(over.cell, under.cell),
    )
