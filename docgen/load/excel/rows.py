"""The rows of a sheet → Nodes such as YAML gives, each with its spot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.load.excel.cells import CellReader
from docgen.load.excel.headings import Headings
from docgen.load.excel.workbook import Grid
from docgen.model.form import Sheet
from docgen.model.tree import Node
from docgen.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 0, the name in its first column, its fields; `failed` where a cell
    of it could not be used."""

    number: int
    name: str
    node: Node
    failed: bool


def read_rows(
    grid: Grid, sheet: Sheet, problems: list[Problem], *, alone: bool = False
) -> Iterator[Row]:
    """The rows in order. `alone`: the sheet is one applicant's own and has no column of names."""
    headings = Headings(grid, sheet, problems, alone=alone)
    reader = CellReader(grid, problems)
    for number in headings.data_rows():
        before, name = len(problems), ""
        members: dict[str, Node] = {}
        start = grid.spot(number, 0)
        for index, column in sorted(headings.columns.items()):
            label = column.heading
            text = reader.text(number, index, column.field, label, column.path)
            if column is sheet.first:
                name = text or ""
                start = grid.spot(number, index)
            elif text != "":
                node = _leaf(grid, number, index, text)
                _plant(members, column.path.split("."), node)
        failed = any(problem.severity is Severity.ERROR for problem in problems[before:])
        yield Row(number, name, Node(members, grid.file, 0, 0, spot=start), failed)


def _leaf(grid: Grid, row: int, column: int, text: str | None) -> Node:
    return Node(text or "", grid.file, 0, 0, cut=text is None, spot=grid.spot(row, column))


def _plant(members: dict[str, Node], steps: list[str], node: Node) -> None:
    """Puts a Node at a path, with a group for each step on the way."""
    for step in steps[:-1]:
        group = members.setdefault(step, Node({}, node.file, 0, 0, spot=node.spot))
        members = group.mapping
    members[steps[-1]] = node


def plant(tree: Node, path: str, node: Node) -> None:
    """Puts a Node into a tree that is being made."""
    _plant(tree.mapping, path.split("."), node)
