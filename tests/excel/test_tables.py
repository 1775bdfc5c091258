"""表/*.xlsx: a 表 of one applicant in a workbook of its own is the same as one in YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from docgen.load import dossier, load_notice, read_applicant
from docgen.model.dossier import Dossier
from docgen.model.values import Rows, walk
from tests.excel.kit import SLUG, filled, imported, inside, table, told, workspace

YAML = f"申报: [{SLUG}]\n单位名称: 甲\n"
ROWS = [
    ["客户", "金额（万元）", "开始", "成效", "内容"],
    ["=客一", 128.50, "2023-04", "好\n很好", "a、b"],
]
SAME = """案例:
  - {客户: "=客一", 金额: 128.5, 开始: 2023-04, 成效: "好\\n很好", 内容: [a, b]}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    workspace(tmp_path)
    folder = tmp_path / "data/申报单位/甲"
    folder.mkdir(parents=True)
    (folder / "申报单位.yaml").write_text(YAML, "utf-8")
    return tmp_path


def book(root: Path, rows: list[list[Any]], name: str = "案例", sheet: str = "Sheet1") -> Path:
    return table(root / f"data/申报单位/甲/表/{name}.xlsx", rows, sheet)


def read(root: Path) -> Dossier:
    notice = load_notice(root, SLUG).value
    assert notice is not None
    return dossier(read_applicant(root, "甲", [SLUG]), notice, {})


def check(root: Path) -> list[str]:
    found = json.loads(inside(root, "check", "-a", "甲", "--json").out)
    assert all(p["hint"] for p in found["problems"])
    return told(found)


def test_the_same_facts_as_from_yaml(root: Path) -> None:
    yaml = root / "data/申报单位/甲/申报单位.yaml"
    yaml.write_text(YAML + SAME, "utf-8")
    wanted = read(root)
    yaml.write_text(YAML, "utf-8")
    empty = read(root)
    book(root, ROWS)
    found = read(root)
    assert list(walk(found.facts["案例"])) == list(walk(wanted.facts["案例"]))
    assert [p.where.spot for p in found.problems] == ["Sheet1!D2"], "a line break, only"
    assert found.digest not in (wanted.digest, empty.digest)
    book(root, [*ROWS, ["客二"]])
    assert read(root).digest != found.digest
    place = found.place_of("案例.1.金额")
    assert (place.file, place.spot) == ("data/申报单位/甲/表/案例.xlsx", "Sheet1!B2")
    assert (place.line, place.column) == (None, None)
    assert [p.where.spot for p in found.passages if p.text == "=客一"] == ["Sheet1!A2"]


def test_labels_and_keys_and_the_files_own_label(root: Path) -> None:
    book(root, [["金额", "客户 *"], [1, "客"]], name="服务案例")
    assert check(root) == []
    rows = read(root).facts["案例"]
    assert isinstance(rows, Rows) and rows[0]["客户"] == "客"


def test_problems_are_told_by_sheet_and_cell(root: Path) -> None:
    rows = [["客户", "金额", "开始", "客护"], ["甲 ", "许多", 45000], [None, 3]]
    book(root, [[cell or "" for cell in row] for row in rows], sheet="表一")
    assert sorted(check(root)) == [
        "表一!A2 单元格 提醒",
        "表一!A3 缺填 错误",
        "表一!B2 类型 错误",
        "表一!C2 单元格 错误",
        "表一!D1 表头 错误",
    ]


def test_a_table_must_not_stand_twice(root: Path) -> None:
    rows = [["客户"], ["客"]]
    book(root, rows)
    book(root, rows, name="服务案例")
    assert check(root) == [" 重复 错误"]
    (root / "data/申报单位/甲/表/服务案例.xlsx").unlink()
    (root / "data/申报单位/甲/申报单位.yaml").write_text(YAML + SAME, "utf-8")
    assert check(root) == [" 重复 错误"]
    done, found = imported(
        root,
        filled(
            root,
            {"申报单位": [{"名称": "甲"}], "服务案例": [{"申报单位": "甲", "客户": "一"}]},
        ),
    )
    assert (done.code, told(found, "重复")) == (1, ["服务案例!A3 重复 错误"])


def test_files_that_are_no_table(root: Path) -> None:
    folder = root / "data/申报单位/甲/表"
    book(root, [["客户"]], name="案列")
    (folder / "团队.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    (folder / "说明.txt").write_text("x")
    (folder / "~$案例.xlsx").write_bytes(b"x")
    found = json.loads(inside(root, "check", "-a", "甲", "--json").out)["problems"]
    assert {(p["file"].rpartition("/")[2], p["code"]) for p in found} == {
        ("案列.xlsx", "未知键"),
        ("团队.xls", "工作簿"),
        ("说明.txt", "工作簿"),
    }
    assert next(p for p in found if p["code"] == "未知键")["hint"] == "是不是“案例”？"


def test_only_the_first_sheet_is_read(root: Path) -> None:
    path = book(root, ROWS)
    made = xlsxwriter.Workbook(str(path))
    made.add_worksheet("一").write_row(0, 0, ["客户"])
    made.add_worksheet("二").write_row(0, 0, ["客户"])
    made.close()
    assert check(root) == ["二!A1 工作表 提醒"]
