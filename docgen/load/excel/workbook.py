"""The bytes of an .xlsx → Grids: the values of each sheet, and what is odd about its cells.

The one door to calamine, which gives the values; what it does not tell stands in `markup`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from docgen.load.excel.markup import (
    Marks,
    TooLarge,
    address,
    listing,
    marks,
    percent_styles,
    weigh,
)
from docgen.load.excel.package import LIMIT, SAVE_AS, Unusable, repacked, unpacked
from docgen.load.excel.xml import Malformed
from docgen.problem import Outcome, Where, error

MAX_SHEETS = 200
Value = str | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; rows and columns count from 0, an empty cell is ""."""

    file: str
    name: str
    rows: Sequence[Sequence[Value]]
    marks: Marks = field(default_factory=Marks)
    hidden: bool = False
    from_1904: bool = False

    def at(self, row: int, column: int) -> Value:
        """The value of a cell; "" for one beyond what is filled in."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""

    def where(self, row: int, column: int, path: str = "") -> Where:
        return Where(self.file, path=path, spot=self.spot(row, column))

    def spot(self, row: int, column: int) -> str:
        """A cell as messages name it: 申报单位!C7."""
        return f"{self.name}!{address(row, column)}"

    def is_empty(self, row: int, column: int) -> bool:
        """Whether nothing at all stands there, blanks apart; an error or a formula is something."""
        value = self.at(row, column)
        if isinstance(value, str) and not value.strip():
            place = (row, column)
            return place not in self.marks.errors and place not in self.marks.uncounted
        return False


def read_workbook(data: bytes, file: str) -> Outcome[tuple[Grid, ...]]:
    """The sheets of a workbook in order; no value where it cannot be read (工作簿, 过大)."""
    try:
        return Outcome(_grids(data, file))
    except Unusable as fault:
        return Outcome(None, (fault.problem,))
    except Malformed:
        said = "打不开：里面的 XML 不合规矩"
        return Outcome(None, (error("工作簿", said, Where(file), SAVE_AS),))


def _grids(data: bytes, file: str) -> tuple[Grid, ...]:
    from python_calamine import CalamineError, CalamineWorkbook

    if len(data) > LIMIT:
        said = f"文件超过 {LIMIT // 2**20} MB"
        cure = "删去图片和多余的表，或拆成几个文件"
        raise Unusable(error("过大", said, Where(file), cure))
    parts = unpacked(data, file)
    sheets, from_1904 = listing(parts)
    if len(sheets) > MAX_SHEETS:
        said = f"超过 {MAX_SHEETS} 张表"
        raise Unusable(error("过大", said, Where(file), "删去无关的表"))
    weigh(parts)
    percents = percent_styles(parts)
    known: dict[str, Marks] = {}
    for sheet in sheets:
        if sheet.part in parts:
            known[sheet.name] = _marked(parts[sheet.part], percents, file, sheet.name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(repacked(parts)))
        grids = []
        for sheet in sheets:
            if sheet.name not in known:
                continue  # a chart
            cells = book.get_sheet_by_name(sheet.name)
            rows = cells.to_python(skip_empty_area=False)
            grids.append(Grid(file, sheet.name, rows, known[sheet.name], sheet.hidden, from_1904))
        return tuple(grids)
    except (CalamineError, ValueError, OSError, OverflowError):
        said = "打不开：文件不完整或已损坏"
        raise Unusable(error("工作簿", said, Where(file), SAVE_AS)) from None


def _marked(data: bytes, percents: set[str], file: str, name: str) -> Marks:
    try:
        return marks(data, percents)
    except TooLarge as fault:
        where = Where(file, spot=f"{name}!{fault.spot}")
        cure = "删去下面和右边多余的内容，或拆成几个文件"
        raise Unusable(error("过大", f"这张表{fault.what}，没有读", where, cure)) from None
