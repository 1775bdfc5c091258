"""An entry workbook → what it says of each applicant, as a tree such as YAML gives."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace

from docgen.language.spelling import nearest
from docgen.load.codes import SHOWN, capped
from docgen.load.excel.rows import plant, read_rows
from docgen.load.excel.workbook import Grid, read_workbook
from docgen.model.form import ABOUT, WORDS, Form, Sheet
from docgen.model.tree import Node
from docgen.problem import Problem, Severity, Where, error, warning

NOTICE_CELL = (1, 1)  # on the sheet 说明: the slug of the notice
_SHAPE = ("表头", "合并", "工作表", "工作簿", "过大")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the workbook holds of one applicant; `failed` where a cell of it cannot be used."""

    name: str
    tree: Node
    failed: bool = False

    @property
    def where(self) -> Where:
        return self.tree.where()


@dataclass(slots=True)
class Entries:
    """The applicants in the order of their rows; `notice` is the one the workbook was made for."""

    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notice: str = ""
    usable: bool = True


def noted_notice(data: bytes, file: str) -> str:
    """The slug that stands in a workbook that docgen made; "" where there is none."""
    return _noted(read_workbook(data, file).value or ())


def read_entries(data: bytes, file: str, form: Form) -> Entries:
    """All that stands in the workbook; not `usable` where columns or sheets are in doubt."""
    found = Entries()
    read = read_workbook(data, file)
    found.problems.extend(read.problems)
    grids = read.value
    if grids is None:
        found.usable = False
        return found
    found.notice = _noted(grids)
    sheets = _sheets(grids, form, file, found.problems)
    if form.applicants.name in sheets:
        _applicants(sheets[form.applicants.name], form.applicants, found)
        for sheet in form.tables:
            if sheet.name in sheets and sheets[sheet.name].rows:
                _table(sheets[sheet.name], sheet, found)
    found.usable = not any(
        problem.code in _SHAPE and problem.severity is Severity.ERROR for problem in found.problems
    )
    found.problems = list(capped(found.problems))
    return found


def _noted(grids: tuple[Grid, ...]) -> str:
    about = next((grid for grid in grids if grid.name.strip() == ABOUT), None)
    return str(about.at(*NOTICE_CELL)).strip() if about is not None else ""


def _sheets(
    grids: tuple[Grid, ...], form: Form, file: str, problems: list[Problem]
) -> dict[str, Grid]:
    """The sheets that the form knows, by their names; others are named."""
    known = {sheet.name for sheet in form.sheets}
    found = {grid.name.strip(): grid for grid in grids if grid.name.strip() in known}
    gone = [name for name in (sheet.name for sheet in form.sheets) if name not in found]
    for grid in grids:
        name = grid.name.strip()
        if name in known or name in (ABOUT, WORDS):
            if grid.hidden and name in known and len(grid.rows) > 1:
                said, cure = f"“{name}”这张表是隐藏的，也读了", "取消隐藏，核对"
                problems.append(warning("隐藏", said, grid.where(0, 0), cure))
            continue
        near = nearest(name, gone) if gone else ""
        where = grid.where(0, 0)
        if near and len(grid.rows) > 0:
            said = f"没有“{name}”这张表，“{near}”这张表不在：多半是改了名"
            problems.append(error("工作表", said, where, f"把表名改回“{near}”"))
        elif len(grid.rows) > 0:
            said = f"“{name}”不是登记的表，没有读"
            cure = "要填报的内容写到登记的表里；只给自己看的不用管"
            problems.append(warning("工作表", said, where, cure))
    if form.applicants.name not in found and not any(p.code == "工作表" for p in problems):
        said = f"没有“{form.applicants.name}”这张表"
        cure = "用 docgen sheet 生成的工作簿填写"
        problems.append(error("工作表", said, Where(file), cure))
    return found


def _applicants(grid: Grid, sheet: Sheet, found: Entries) -> None:
    first: dict[str, Entry] = {}
    for row in read_rows(grid, sheet, found.problems):
        where = row.node.where()
        if not row.name:
            said = "这一行没有写名称，没有读"
            found.problems.append(error("单元格", said, where, "写上名称（文件夹名），或整行删去"))
            continue
        same = unicodedata.normalize("NFKC", row.name).casefold().strip()
        if (twin := first.get(same)) is not None:
            said = f"“{row.name}”在 {twin.tree.spot} 已经有一行"
            found.problems.append(error("重复", said, where, "一家只留一行"))
            found.entries[twin.name] = replace(twin, failed=True)
            continue
        first[same] = found.entries[row.name] = Entry(row.name, row.node, row.failed)


def _table(grid: Grid, sheet: Sheet, found: Entries) -> None:
    """The rows of one 表, each put to its applicant."""
    rows: dict[str, list[Node]] = {}
    for row in read_rows(grid, sheet, found.problems):
        entry = found.entries.get(row.name)
        if entry is None:
            few = len(found.problems) < SHOWN
            near = nearest(row.name, found.entries) if row.name and few else ""
            said = f"申报单位表里没有“{row.name}”" if row.name else "这一行没有写申报单位"
            cure = f"是不是“{near}”？" if near else "写成申报单位表里的名称，或整行删去"
            found.problems.append(error("单元格", said, row.node.where(), cure))
            continue
        rows.setdefault(row.name, []).append(row.node)
        if row.failed:
            found.entries[row.name] = replace(entry, failed=True)
    for name, nodes in rows.items():
        spot = nodes[0].spot
        plant(found.entries[name].tree, sheet.path, Node(nodes, grid.file, 0, 0, spot=spot))
