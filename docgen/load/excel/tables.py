"""表/*.xlsx → the 表 fields of one applicant, in the tree beside what its YAML holds."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.language.spelling import nearest
from docgen.load.codes import capped
from docgen.load.disk import entries, read_bytes, relative
from docgen.load.markdown import is_missing_text
from docgen.load.yaml.ordinary import MAX_NODES
from docgen.model.form import plain, table_of
from docgen.model.notice import Field, FieldType
from docgen.model.tree import Node
from docgen.problem import Problem, Where, error, warning

if TYPE_CHECKING:
    from docgen.load.excel.workbook import Grid

TABLES = "表"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One workbook in 表/: the sheets that hold anything, or why it cannot be read."""

    name: str
    file: str
    grids: tuple[Grid, ...] | None
    problems: tuple[Problem, ...] = ()
    digest: str = ""


@dataclass(slots=True)
class _Found:
    """What one notice makes of the tables: Nodes by key, with Problems."""

    members: dict[str, Node] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_tables(folder: Path, root: Path) -> tuple[list[TableFile], list[Problem]]:
    """The workbooks in an applicant's 表/; what is no .xlsx is named."""
    problems: list[Problem] = []
    found = []
    for path in entries(folder / TABLES, root, problems):
        where = Where(relative(path, root))
        if path.suffix.lower() not in (".xlsx", ".xls", ".xlsm"):
            said = f"“{TABLES}”里只读 .xlsx 文件，不读 {path.name}"
            problems.append(warning("工作簿", said, where, "另存为 .xlsx，或移到别的文件夹"))
        else:
            found.append(_read(path, where.file, folder))
    return found, problems


def _read(path: Path, file: str, folder: Path) -> TableFile:
    from docgen.load.excel.package import LIMIT
    from docgen.load.excel.workbook import read_workbook

    name = unicodedata.normalize("NFC", path.stem)
    data = read_bytes(path, file, LIMIT, folder)
    digest = hashlib.sha256(data.value or b"").hexdigest()
    if data.value is None:
        return TableFile(name, file, None, data.problems, digest)
    read = read_workbook(data.value, file)
    filled = None if read.value is None else tuple(g for g in read.value if g.rows)
    return TableFile(name, file, filled, read.problems, digest)


def with_tables(
    tree: Node, tables: Iterable[TableFile], fields: Mapping[str, Field], known: Iterable[str]
) -> tuple[Node, list[Problem]]:
    """The tree with each 表 field that stands in a workbook; a field must not stand twice.

    `known` are the 表 fields of all notices that the applicant answers, by key.
    """
    found = _Found()
    for table in tables:
        key = _key(table.name, fields)
        if key:
            _take(table, key, fields[key], tree, found)
        elif table.name not in known:
            near = nearest(table.name, known)
            cure = f"是不是“{near}”？" if near else "文件名改成表的名字，或移出这个文件夹"
            said = f"没有“{table.name}”这张表"
            found.problems.append(error("未知键", said, Where(table.file), cure))
    if not found.members:
        return tree, found.problems
    members = {**tree.mapping, **found.members}
    return Node(members, tree.file, tree.line, tree.column, cut=tree.cut), found.problems


def _key(name: str, fields: Mapping[str, Field]) -> str:
    """The key of the 表 that a file's name means: its key, or its label."""
    tables = {key: f for key, f in fields.items() if f.type is FieldType.TABLE}
    names = {plain(f.label): key for key, f in tables.items() if f.label}
    return name if name in tables else names.get(plain(name), "")


def _take(table: TableFile, key: str, field: Field, tree: Node, found: _Found) -> None:
    from docgen.load.excel.rows import read_rows

    lost = Node("", table.file, 0, 0, cut=True)
    typed = tree.get(key)
    if typed is not None and not (typed.is_scalar and is_missing_text(typed.text)):
        said = f"“{key}”在 {typed.file}:{typed.line} 和 {table.file} 里都有，分不清用哪一份"
        where = Where(table.file, path=key)
        found.problems.append(error("重复", said, where, "留下一份，另一份删去"))
        return
    if key in found.members:
        said = f"“{key}”有两个文件"
        found.problems.append(error("重复", said, Where(table.file, path=key), "合并成一个"))
        return
    found.problems.extend(table.problems)
    found.members[key] = lost
    if table.grids is None:
        return
    if not table.grids:
        said = "这个工作簿是空的"
        cure = "第 1 行写栏名，下面一行一条"
        found.problems.append(error("工作簿", said, Where(table.file, path=key), cure))
        return
    grid = table.grids[0]
    for other in table.grids[1:]:
        said = f"只读第一张表“{grid.name}”，没有读“{other.name}”"
        found.problems.append(warning("工作表", said, other.where(0, 0), "并到第一张表里，或删去"))
    told: list[Problem] = []
    sheet = table_of(field)
    if len(grid.rows) * len(sheet.columns) > MAX_NODES:
        said, cure = f"超过 {MAX_NODES} 格，没有读", "删去下面多余的行；大的名录作证明材料附上"
        found.problems.append(error("过大", said, Where(table.file, path=key), cure))
        return
    rows = [row.node for row in read_rows(grid, sheet, told, alone=True)]
    found.problems.extend(capped(told))
    found.members[key] = Node(rows, table.file, 0, 0, spot=grid.spot(0, 0))
