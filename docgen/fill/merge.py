"""合并相同: in the tables that ask for it, equal cells that stand under each other become one.

The pack names the columns, the template needs no tags. A table is known by its caption or by its
headings. A column is merged only within what the columns named before it share; headings, totals,
holes, empty cells, pictures and cells that the template has merged itself stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docgen.fill.grids import Cells, Grid, bare, merged_down, read_grid
from docgen.fill.package import Parts
from docgen.fill.xml import Element, W, local, parse, serialise, text_in
from docgen.problem import Problem, Where, warning

if TYPE_CHECKING:
    from docgen.model.notice import TableSpec

_HOLE = "【待补："
_TOTAL = re.compile(
    "(本页)?[合小总共累]计(数|金额)?([（(:：].*)?|总和|平均(值|数)?|(备注|注|说明)[:：].*"
)
_NO_TEXT = ("drawing", "pict", "object", "tbl", "sdt", "fldChar", "instrText")
_BEFORE_MERGE = frozenset(["cnfStyle", "tcW", "gridSpan", "hMerge"])
_KEPT = frozenset(["pPr", "bookmarkStart", "bookmarkEnd"])


def merge_same(
    parts: Parts, main: str, tables: Sequence[TableSpec], values: Mapping[str, object]
) -> list[Problem]:
    """Merges in the main part, filled; a Problem for each table whose columns it has not."""
    wanted = [table for table in tables if table.merge_same]
    if not wanted or main not in parts:
        return []
    root = parse(parts[main])
    grids = [grid for table in root.iter(W + "tbl") if (grid := read_grid(table)) is not None]
    problems = []
    for spec in wanted:
        found = _tables(spec, grids)
        for grid in found:
            _merge(grid, [grid.headings[bare(name)] for name in spec.merge_same])
        rows = values.get(spec.source)
        if not found and isinstance(rows, Sequence) and len(rows) > 1:
            problems.append(_not_found(spec))
    parts[main] = serialise(root)
    return problems


def _not_found(spec: TableSpec) -> Problem:
    return warning(
        "合并落空",
        f"“{spec.title}”要合并相同的“{'、'.join(spec.merge_same)}”，文档里没有这样的表",
        Where(),
        f"请让模板里的题注是“{spec.title}”，表头有这几栏；或改 材料.yaml 的 合并相同",
    )


def _tables(spec: TableSpec, grids: Sequence[Grid]) -> list[Grid]:
    """Those under the table's caption; else those with all its headings; else the only one."""
    fit = [g for g in grids if all(bare(name) in g.headings for name in spec.merge_same)]
    titled = [g for g in fit if bare(spec.title) in g.caption]
    if titled:
        return titled
    headings = {bare(column.heading) for column in spec.columns}
    whole = [g for g in fit if headings <= set(g.headings)]
    return whole or (fit if len(fit) == 1 else [])


def _merge(grid: Grid, columns: Sequence[int]) -> None:
    """Merges column after column; `starts` are the rows at which the columns before it change."""
    body = grid.rows[grid.head :]
    totals = {number for number, row in enumerate(body) if _is_total(row)}
    starts = {0, *totals}
    for column in columns:
        first: Element | None = None
        for number, row in enumerate(body):
            cell = row.get(column)
            same = (
                number not in starts
                and first is not None
                and cell is not None
                and grid.spans[cell] == grid.spans[first]
                and _comparable(cell)
                and _said(cell) == _said(first)
            )
            if same and first is not None and cell is not None:
                _mark(first, "restart")
                _mark(cell, "continue")
                _empty(cell)
                continue
            starts.add(number)
            is_open = cell is not None and number not in totals and _comparable(cell)
            first = cell if is_open else None


def _is_total(row: Cells) -> bool:
    text = next((bare(text_in(cell)) for cell in row.values() if text_in(cell).strip()), "")
    return bool(_TOTAL.fullmatch(text))


def _comparable(cell: Element) -> bool:
    text = text_in(cell)
    if not text.strip() or _HOLE in text or merged_down(cell):
        return False
    return next(cell.iter(*(W + name for name in _NO_TEXT)), None) is None


def _said(cell: Element) -> list[str]:
    return [text_in(paragraph).strip() for paragraph in cell.iterchildren(W + "p")]


def _mark(cell: Element, state: str) -> None:
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = cell.makeelement(W + "tcPr")
        cell.insert(0, properties)
    mark = properties.find(W + "vMerge")
    if mark is None:
        mark = properties.makeelement(W + "vMerge")
        before = [i for i, node in enumerate(properties) if local(node) in _BEFORE_MERGE]
        properties.insert(before[-1] + 1 if before else 0, mark)
    mark.set(W + "val", state)


def _empty(cell: Element) -> None:
    """Leaves the first paragraph, without its text: what the merged cell shows stands above."""
    first, *rest = cell.findall(W + "p")
    for paragraph in rest:
        cell.remove(paragraph)
    for node in list(first):
        if local(node) not in _KEPT:
            first.remove(node)
