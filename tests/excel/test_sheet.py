"""The entry workbook: what a clerk sees, and the same bytes whenever it is made."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import pytest

from docgen.cli.make import arguments
from docgen.fill import entry_book as made
from docgen.load import load_notice
from tests.excel.kit import SLUG, entry_book, heads, workspace


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return entry_book(workspace(tmp_path_factory.mktemp("sheet")))


def part(book: Path, name: str) -> str:
    with zipfile.ZipFile(book) as package:
        return package.read(f"xl/{name}").decode()


def test_sheets_and_headings(book: Path) -> None:
    found = heads(book)
    assert list(found) == ["说明", "申报单位", "服务案例", "团队", "词表"]
    assert found["申报单位"][0] == [
        "名称 *",
        "申报日期",
        "单位名称 *",
        "信用代码",
        "电话",
        "简介",
        "员工数（人）",
        "营收（万元）",
        "占比",
        "起始",
        "开标",
        "独立法人",
        "性质",
        "行业",
        "联系人.姓名",
        "联系人.职务",
    ]
    hints = dict(zip(*found["申报单位"], strict=True))
    assert hints["名称 *"].startswith("填写说明")
    assert hints["单位名称 *"] == "必填；条款 一；如 示例公司"
    assert hints["营收（万元）"] == "数，单位万元，只写数"
    assert found["服务案例"][0] == ["申报单位 *", "客户 *", "金额（万元）", "开始", "成效", "内容"]
    assert found["说明"][1][1] == SLUG


def test_lists_panes_filters_and_text_cells(book: Path) -> None:
    sheet = part(book, "worksheets/sheet2.xml")
    assert 'topLeftCell="B3"' in sheet and 'state="frozen"' in sheet
    assert '<autoFilter ref="A2:P' in sheet
    rules = dict(
        re.findall(r'<dataValidation type="list"[^>]*sqref="([A-Z]+)3[^>]*><formula1>(.*?)<', sheet)
    )
    assert rules == {
        "L": '"是,否"',
        "M": '"企业,事业单位"',
        "N": "词表!$A$1:$A$40",
    }
    assert 'name="词表" sheetId="5" state="hidden"' in part(book, "workbook.xml")
    assert "申报单位" in part(book, "worksheets/sheet3.xml").split("<dataValidation ", 1)[1]
    styles = re.findall(r"<xf [^>]*>", part(book, "styles.xml").split("<cellXfs", 1)[1])
    columns = re.findall(r'<col min="(\d+)" max="\d+" width="[^"]*" style="(\d+)"', sheet)
    as_number = [int(n) for n, style in columns if 'numFmtId="49"' not in styles[int(style)]]
    assert as_number == [7, 8], "numbers may be reckoned with, all else is text"


def test_the_same_bytes_whenever_it_is_made(book: Path) -> None:
    notice = load_notice(book.parent, SLUG).value
    assert notice is not None
    first = made(notice)
    time.sleep(1.1)
    assert made(notice) == first == book.read_bytes()


def test_make_reaches_both_commands() -> None:
    asked = {"DOCGEN_GOAL": "报名表", "NOTICE": SLUG, "FILE": "表.xlsx", "APP": "甲"}
    assert arguments(asked) == ["sheet", f"--notice={SLUG}", "--output=表.xlsx"]
    asked = {
        "DOCGEN_GOAL": "导入",
        "NOTICE": SLUG,
        "FILE": "-表.xlsx",
        "BUREAU": "局",
        "TAKE": "表格",
    }
    words = ["import", f"--notice={SLUG}", "--bureau=局", "--take=表格", "--", "-表.xlsx"]
    assert arguments(asked) == words
