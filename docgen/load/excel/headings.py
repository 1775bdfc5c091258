"""The heading row of a sheet → which column is which field's; what does not fit is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.language.spelling import nearest
from docgen.load.excel.markup import address
from docgen.load.excel.workbook import Grid
from docgen.load.letters import short
from docgen.model.form import HINT, Column, Sheet, plain
from docgen.problem import Problem, error, warning

UNMERGE = "选中它，取消“合并后居中”，每一格都填上"


class Headings:
    """The columns of a sheet by their number; `first` is None where the sheet has no names."""

    def __init__(self, grid: Grid, sheet: Sheet, problems: list[Problem], *, alone: bool) -> None:
        self.grid, self.sheet, self.problems = grid, sheet, problems
        self.known = {
            plain(name): column
            for column in ((*sheet.columns,) if alone else (sheet.first, *sheet.columns))
            for name in reversed(list(column.names()))
        }
        self.columns: dict[int, Column] = {}
        self._merged()
        self._read()
        self._absent(alone)
        self.first = next((n for n, c in self.columns.items() if c is sheet.first), None)

    def data_rows(self) -> Iterator[int]:
        """The rows below the headings in which something stands; the row of hints is none."""
        for row in range(1, len(self.grid.rows)):
            if row == 1 and any(self._is_hint(column) for column in range(self._width)):
                continue
            if any(not self.grid.is_empty(row, column) for column in range(self._width)):
                if row in self.grid.marks.hidden_rows:
                    said = f"第 {row + 1} 行是隐藏的，也读了"
                    cure = "取消筛选或隐藏，核对；不要的整行删去"
                    self.problems.append(warning("隐藏", said, self.grid.where(row, 0), cure))
                yield row

    @property
    def _width(self) -> int:
        return max((len(row) for row in self.grid.rows[:1]), default=0)

    def _is_hint(self, column: int) -> bool:
        return str(self.grid.at(1, column)).startswith(HINT)

    def _merged(self) -> None:
        for top, left, bottom, right in self.grid.marks.merged:
            if top >= len(self.grid.rows):
                continue
            where = self.grid.where(top, left)
            area = f"{address(top, left)}:{address(bottom, right)}"
            if top == 0:
                said = f"表头合并了单元格（{area}）"
                self.problems.append(error("合并", said, where, "取消合并，第 1 行每栏一个栏名"))
            else:
                said = f"合并了单元格（{area}），只有左上角那一格有内容"
                self.problems.append(error("合并", said, where, UNMERGE))

    def _read(self) -> None:
        grid = self.grid
        covered = {
            column
            for top, left, _, right in grid.marks.merged
            if top == 0
            for column in range(left + 1, min(right, 1_000) + 1)
        }
        for number in range(self._width):
            text = str(grid.at(0, number))
            column = self.known.get(plain(text))
            if not plain(text):
                if number not in covered:
                    self._unnamed(number)
            elif column is None:
                self._unknown(number, text)
            elif column in self.columns.values():
                said = f"“{column.heading}”这一栏有两个"
                cure = "留下一栏，另一栏的内容并过来后删去"
                self.problems.append(error("表头", said, grid.where(0, number), cure))
            else:
                self.columns[number] = column
            if number in grid.marks.hidden_columns and self._filled(number):
                said = f"“{short(text) or address(0, number)}”这一栏是隐藏的，也读了"
                cure = "取消隐藏，核对；不要的清空"
                self.problems.append(warning("隐藏", said, grid.where(0, number), cure))

    def _filled(self, number: int) -> bool:
        rows = range(1, len(self.grid.rows))
        return any(
            not self.grid.is_empty(row, number)
            and not (row == 1 and str(self.grid.at(1, 0)).startswith(HINT))
            for row in rows
        )

    def _unnamed(self, number: int) -> None:
        for row in range(1, len(self.grid.rows)):
            if not self.grid.is_empty(row, number):
                said = "这一栏有内容，第 1 行却没有栏名"
                cure = "在第 1 行写上栏名；不要的整栏删去"
                self.problems.append(error("表头", said, self.grid.where(row, number), cure))
                return

    def _unknown(self, number: int, text: str) -> None:
        names = {column.heading for column in self.known.values()}
        near = nearest(text.strip(), names)
        cure = f"是不是“{near}”？" if near else "改成登记的栏名；只给自己看的，移到别的表"
        said = f"没有“{short(text.strip())}”这一栏"
        self.problems.append(error("表头", said, self.grid.where(0, number), cure))

    def _absent(self, alone: bool) -> None:
        there = set(map(id, self.columns.values()))
        wanted = self.sheet.columns if alone else (self.sheet.first, *self.sheet.columns)
        for column in wanted:
            if column.required and id(column) not in there:
                said = f"缺“{column.heading}”这一栏（必填）"
                cure = f"在第 1 行补上“{column.heading}”这一栏"
                self.problems.append(error("表头", said, self.grid.where(0, 0), cure))


def paths(columns: Mapping[int, Column]) -> Mapping[str, int]:
    """The number of each column by its path."""
    return {column.path: number for number, column in columns.items()}
