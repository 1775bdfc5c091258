"""A workspace with a notice of every type, the entry workbook it makes, filled in by XlsxWriter."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from docgen.model.form import Form
from docgen.model.tree import Node
from tests.cli.kit import Done, inside

SLUG = "测试通知-2026"
PACK = {
    "通知.yaml": """\
名称: 测试通知
文号: 测试〔2026〕1号
成文日期: 2026-05-25
状态: 有效
复核: 2026-06-01
期限: {线上申报: [2026-05-27, 2026-06-20]}
""",
    "字段.yaml": """\
申报单位:
  申报日期: {类型: 日期, 条款: 三}
  单位名称: {类型: 文字, 必填: 是, 条款: 一, 示例: 示例公司}
  信用代码: {类型: 文字, 格式: 统一社会信用代码}
  电话: {类型: 文字, 格式: 电话}
  简介: {类型: 正文, 条款: 二, 说明: 一两段}
  员工数: {类型: 整数, 单位: 人}
  营收: {类型: 数, 单位: 万元}
  占比: {类型: 百分比}
  起始: {类型: 年月}
  开标: {类型: 时刻}
  独立法人: {类型: 是否}
  性质: {类型: 单选, 选项: [企业, 事业单位]}
  行业: {类型: 多选, 选项: 行业}
  联系人:
    类型: 组
    字段:
      姓名: {类型: 文字, 必填: 是}
      职务: {类型: 文字}
  案例:
    类型: 表
    标题: 服务案例
    条款: 二（三）
    字段:
      客户: {类型: 文字, 必填: 是}
      金额: {类型: 数, 单位: 万元}
      开始: {类型: 年月}
      成效: {类型: 文字}
      内容: {类型: 多选}
  团队:
    类型: 表
    字段:
      姓名: {类型: 文字, 必填: 是}
      编号: {类型: 文字}
主管部门:
  推荐对象:
    类型: 表
    字段:
      申报单位: {类型: 文字, 必填: 是}
      理由: {类型: 文字}
""",
    "词表.yaml": "行业: [" + ", ".join(f"第{n}类很长的行业名称" for n in range(40)) + "]\n",
    "规则.yaml": "- {编号: T-1, 条款: 二, 名称: 有名称, 须填: [单位名称]}\n",
    "材料.yaml": "- {文种: 方案, 标题: 方案, 模板: 方案/测试.docx, 出具: 申报单位, 格式: [docx]}\n",
}
Sheets = Mapping[str, Sequence[Sequence[Any]]]
ROW = 3  # where data begin, as Excel counts


def workspace(root: Path) -> Path:
    for name, text in PACK.items():
        path = root / "notices" / SLUG / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def heads(book: Path) -> dict[str, list[list[str]]]:
    """The rows of headings and hints of every sheet of a workbook."""
    read = CalamineWorkbook.from_path(str(book))
    return {
        name: [[str(v) for v in row] for row in read.get_sheet_by_name(name).to_python()]
        for name in read.sheet_names
    }


def entry_book(root: Path) -> Path:
    """What `docgen sheet` makes."""
    book = root / "空表.xlsx"
    if not book.exists():
        done = inside(root, "sheet", "-n", SLUG, "-o", str(book))
        assert done.code == 0, done.err
    return book


def filled(
    root: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    name: str = "报名表.xlsx",
    *,
    options: Mapping[str, Any] | None = None,
    touch: Callable[[Any, dict[str, Any]], None] | None = None,
) -> Path:
    """The entry workbook with rows by heading, written anew as a person's Excel would.

    `touch` may do anything to the workbook and its sheets before they are closed.
    """
    path = root / name
    off = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), {**off, **(options or {})})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheets = {}
    for title, there in heads(entry_book(root)).items():
        sheet = sheets[title] = book.add_worksheet(title)
        for number, row in enumerate(there if title == "说明" else there[:2]):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
        if title in ("说明", "词表"):
            continue
        places = {
            re.sub(r"（.*?）| \*$", "", re.sub(r" \*$", "", h)): n for n, h in enumerate(there[0])
        }
        for number, row in enumerate(rows.get(title, ()), ROW - 1):
            for key, value in row.items():
                write(sheet, number, places[key], value, day)
    if touch is not None:
        touch(book, sheets)
    book.close()
    return path


def write(sheet: Any, row: int, column: int, value: Any, day: Any = None) -> None:
    """A cell of the kind that a value asks for; a text stays one."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        assert sheet.write_string(row, column, value) == 0


def table(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Sheet1") -> Path:
    """A plain workbook of one sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    there = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            write(there, number, column, value)
    book.close()
    return path


def patched(book: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with the XML of one part changed."""
    data = io.BytesIO(book.read_bytes())
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(book, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                before = content.decode()
                content = change(before).encode()
                assert content.decode() != before
            new.writestr(info, content)
    return book


def imported(root: Path, book: Path, *words: str) -> tuple[Done, dict[str, Any]]:
    """`docgen import … --json`."""
    done = inside(root, "import", str(book), "-n", SLUG, "--json", *words)
    return done, json.loads(done.out)


def told(found: Mapping[str, Any], *codes: str) -> list[str]:
    """Each Problem as `表!C7 code 级别`, those of the codes only where any are given."""
    names = {"error": "错误", "warning": "提醒", "info": "提示"}
    return [
        f"{p['spot']} {p['code']} {names[p['severity']]}"
        for p in found["problems"]
        if not codes or p["code"] in codes
    ]


def data(root: Path, name: str) -> str:
    return (root / "data" / "申报单位" / name / "申报单位.yaml").read_text("utf-8")


def sheets_of(path: Path, form: Form, trees: Mapping[str, Node]) -> Path:
    """A workbook of the form's sheets that says of each applicant what its tree says."""
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    for sheet in form.sheets:
        there = book.add_worksheet(sheet.name)
        for number, column in enumerate((sheet.first, *sheet.columns)):
            there.write_string(0, number, column.marked)
        line = 1
        for name, tree in trees.items():
            found = tree if not sheet.path else tree.at(sheet.path)
            for row in [] if found is None else found.items if sheet.path else [found]:
                there.write_string(line, 0, name)
                for number, column in enumerate(sheet.columns, 1):
                    cell = row.at(column.path)
                    if cell is not None:
                        text = "、".join(item.text for item in cell.items) or cell.text
                        there.write_string(line, number, text)
                line += 1
    book.close()
    return path
