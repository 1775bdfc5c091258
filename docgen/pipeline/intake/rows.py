"""The rows of one 表 on both sides, the sheet's and the file's → what changes or conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docgen.load.letters import short
from docgen.load.yaml.rewriting import Path
from docgen.model.form import Column, Sheet
from docgen.model.tree import Node
from docgen.pipeline.intake.alike import Row, said
from docgen.pipeline.intake.changes import CURE, Change, Merge, grown, summary
from docgen.problem import Where, error, warning

SHOWN = 10  # differences of one table that are told one by one


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one 表 on both sides, and which row is which."""

    sheet: Sheet
    path: Path
    key: str
    old: Node
    rows: Node
    new: Sequence[Row]
    mine: Sequence[Row]
    pairs: Sequence[int | None]

    def is_same(self) -> bool:
        """Whether the file holds every row and cell of the sheet, in the same order."""
        return list(self.pairs) == list(range(len(self.mine))) and not list(self.differing())

    def differing(self) -> list[tuple[int, int, Column]]:
        """The cells in which a row differs: its number in the sheet's rows and in the file's."""
        return [
            (number, at, column)
            for number, at in enumerate(self.pairs)
            if at is not None
            for column in self.sheet.columns
            if (text := self.new[number].get(column.path))
            and self.mine[at].get(column.path) != text
        ]

    def after(self) -> list[Row]:
        """What the file will say of the columns, once the sheet is taken."""
        return [
            {**(self.mine[at] if at is not None else {}), **row}
            for row, at in zip(self.new, self.pairs, strict=True)
        ]

    def take(self, merge: Merge) -> None:
        """The sheet's rows in the sheet's order; cells that it leaves empty stay as they are."""
        for number, at, column in self.differing():
            cell = self._cell(self.rows.items[number], column)
            was = self.old.items[at].at(column.path)
            steps = tuple(column.path.split("."))
            merge.put((*self.path, at, *steps), was, cell.text)
            label = f"{self.sheet.name}第{number + 1}行·{column.heading}"
            was_said = "" if was is None else said(was)
            there = (*self.path, number, *steps)
            merge.changes.append(Change(there, label, was_said, cell.text, cell.spot))
        for number, row in enumerate(self.rows.items):
            if self.pairs[number] is None:
                label = f"{self.sheet.name}第{number + 1}行"
                change = Change((*self.path, number), label, "", summary(row), row.spot)
                merge.changes.append(change)
        for old, row in enumerate(self.old.items):
            if old not in self.pairs:
                label = f"{self.sheet.name}原第{old + 1}行（表格里没有）"
                merge.changes.append(Change(self.path, label, summary(row), "", ""))
        if list(self.pairs) != list(range(len(self.mine))):
            merge.plans[self.path] = [
                grown(self.rows.items[number]) if at is None else at
                for number, at in enumerate(self.pairs)
            ]

    def tell(self, merge: Merge, *, by_hand: bool) -> None:
        """Each difference at its place, the file's line and the sheet's cell; all are kept."""
        told: list[tuple[str, Where]] = []
        for number, at, column in self.differing():
            cell = self._cell(self.rows.items[number], column)
            row = self.old.items[at]
            there = row.at(column.path)
            where = (there or row).where(f"{self.key}.{at + 1}.{column.path}")
            words = (
                f"YAML 里是“{short(said(there) if there else '')}”，表格里是“{short(cell.text)}”"
            )
            label = f"{self.sheet.name}第{number + 1}行·{column.heading}"
            told.append((f"{label}：{words}", replace(where, spot=cell.spot)))
        for number, row in enumerate(self.rows.items):
            if self.pairs[number] is None:
                words = f"{self.sheet.name}第{number + 1}行：只在表格里有（{summary(row)}）"
                told.append((words, replace(self.old.where_key(self.key), spot=row.spot)))
        for old, row in enumerate(self.old.items):
            if old not in self.pairs:
                words = f"{self.sheet.name}：只在 YAML 里有这一行（{summary(row)}）"
                told.append((words, row.where(f"{self.key}.{old + 1}")))
        if not told:
            words = f"{self.sheet.name}：各行的先后不同"
            told.append((words, replace(self.old.where_key(self.key), spot=self.rows.spot)))
        say = warning if by_hand else error
        rest = len(told) - SHOWN
        for words, where in told[:SHOWN]:
            merge.problems.append(say("冲突", f"{words}，保留 YAML 的", where, CURE))
        if rest > 0:
            words = f"{self.sheet.name}：还有 {rest} 处不同没有列出，都保留 YAML 的"
            merge.problems.append(say("冲突", words, told[SHOWN][1], CURE))

    def _cell(self, row: Node, column: Column) -> Node:
        cell = row.at(column.path)
        assert cell is not None
        return cell
