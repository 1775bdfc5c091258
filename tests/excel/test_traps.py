"""Each trap of Excel, planted in a real workbook, is told at its cell; nothing is lost for it."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from docgen.load.excel.workbook import read_workbook
from tests.excel.kit import (
    SLUG,
    data,
    entry_book,
    filled,
    imported,
    inside,
    patched,
    told,
    workspace,
)

GOOD = "91320000MA00000016"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


CELLS: dict[str, tuple[str, Any, str]] = {
    # what it is: the column, what stands in the cell, what is told of it
    "长号码变成科学记数": ("信用代码", 913200001234567890, "C3 单元格 错误"),
    "科学记数成了文字": ("信用代码", "1.23E+17", "C3 单元格 错误"),
    "号码的零没了": ("电话", 2581234567, "D3 单元格 错误"),
    "手机号是数": ("电话", 13000000001, ""),
    "文字栏里是数": ("单位名称", 7, "B3 单元格 提醒"),
    "文字成了日期": ("单位名称", date(2026, 1, 2), "B3 单元格 错误"),
    "文字成了钟点": ("单位名称", time(12, 30), "B3 单元格 错误"),
    "日期的序列号": ("申报日期", 46174, "A3 单元格 错误"),
    "年月的序列号": ("起始", 45000, "I3 单元格 错误"),
    "日期": ("申报日期", date(2026, 6, 1), ""),
    "年月成了日期": ("起始", date(2023, 4, 1), ""),
    "日期带了钟点": ("申报日期", datetime(2026, 6, 1, 10, 30), "A3 单元格 错误"),
    "时刻": ("开标", datetime(2026, 6, 1, 10, 30), ""),
    "太早的日期": ("申报日期", date(1900, 1, 9), "A3 单元格 错误"),
    "没有百分号": ("占比", 41.2, "H3 单元格 错误"),
    "十五位以外的数": ("营收", 1234567890123456789, "G3 单元格 错误"),
    "全角数字": ("电话", "０２５８１２３４５６７", "D3 单元格 提醒"),
    "前后空格": ("单位名称", "甲公司 ", "B3 单元格 提醒"),
    "全角空格": ("单位名称", "\u3000甲公司", "B3 单元格 提醒"),
    "换行": ("单位名称", "甲\n公司", "B3 单元格 提醒"),
    "正文可以换行": ("简介", "甲\n公司", ""),
    "太长": ("单位名称", "长" * 4001, "B3 单元格 错误"),
    "正文可以长": ("简介", "长" * 30000, ""),
    "正好一格": ("简介", "长" * 32767, "E3 单元格 提醒"),
    "控制字符": ("单位名称", "甲\u0007公司", "B3 字符 错误"),
    "不在选项里": ("性质", "企叶", "L3 选项 提醒"),
    "不是数": ("营收", "很多", "G3 类型 提醒"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell(root: Path, name: str) -> None:
    key, value, wanted = CELLS[name]
    row = {"名称": "甲", "单位名称": "甲公司", key: value}
    done, found = imported(root, filled(root, {"申报单位": [row]}))
    shifted = re.sub(r"^(.)", lambda m: chr(ord(m[1]) + 1), wanted)  # the first column is the name
    problems = [line for line in told(found) if " 导入 " not in line]
    assert problems == ([f"申报单位!{shifted}"] if wanted else [])
    is_error = wanted.endswith("错误")
    assert done.code == int(is_error)
    assert all(p["hint"] for p in found["problems"])
    assert (root / "data").exists() == (not is_error), "an applicant is written whole or not"


def test_a_day_is_the_same_day_in_both_epochs(root: Path) -> None:
    row = {"名称": "甲", "单位名称": "甲", "申报日期": date(2026, 6, 1)}
    for number, options in enumerate(({}, {"date_1904": True})):
        book = filled(root, {"申报单位": [{**row, "名称": f"甲{number}"}]}, options=options)
        _, found = imported(root, book)
        assert "申报日期: 2026-06-01\n" in data(root, f"甲{number}")
        assert told(found) == (["申报单位!B3 单元格 提醒"] if options else [])


def test_the_serial_number_is_read_by_the_epoch_of_the_book(root: Path) -> None:
    rows = {"申报单位": [{"名称": "甲", "申报日期": 44712}]}
    for options, day in (({}, "2022-05-31"), ({"date_1904": True}, "2026-06-01")):
        _, found = imported(root, filled(root, rows, options=options))
        assert day in found["problems"][0]["message"]


def test_a_percentage_that_excel_shows_is_one(root: Path) -> None:
    def touch(book: Any, sheets: dict[str, Any]) -> None:
        sheets["申报单位"].write_number(2, 8, 0.4125, book.add_format({"num_format": "0.0%"}))

    rows = {"申报单位": [{"名称": "甲", "单位名称": "甲"}]}
    _, found = imported(root, filled(root, rows, touch=touch))
    assert told(found) == []
    assert "占比: 41.25%\n" in data(root, "甲")


def planted(
    root: Path, touch: Callable[[Any, dict[str, Any]], None], **more: list[dict[str, Any]]
) -> tuple[int, list[str]]:
    rows = {"申报单位": [{"名称": "甲", "单位名称": "甲公司"}], **more}
    done, found = imported(root, filled(root, rows, touch=touch))
    assert all(p["hint"] for p in found["problems"])
    return done.code, [line for line in told(found) if " 导入 " not in line]


def test_an_error_value(root: Path) -> None:
    code, found = planted(
        root, lambda b, s: s["申报单位"].write_formula(2, 5, "=A1+#REF!", None, "#REF!")
    )
    assert (code, found) == (1, ["申报单位!F3 单元格 错误"])


def test_a_formula_that_was_never_reckoned(root: Path) -> None:
    code, found = planted(root, lambda b, s: s["申报单位"].write_formula(2, 7, "=1+1", None, ""))
    assert (code, found) == (1, ["申报单位!H3 公式 错误"])


def test_a_formula_with_its_value_is_a_value(root: Path) -> None:
    code, found = planted(root, lambda b, s: s["申报单位"].write_formula(2, 7, "=1+1", None, 2))
    assert (code, found) == (0, [])
    assert "营收: 2\n" in data(root, "甲")


def test_merged_headings_and_merged_rows(root: Path) -> None:
    def touch(book: Any, sheets: dict[str, Any]) -> None:
        sheets["申报单位"].merge_range(0, 14, 0, 15, "联系人", book.add_format())
        sheets["服务案例"].merge_range(2, 0, 3, 0, "甲", book.add_format())

    case = [{"申报单位": "甲", "客户": "一"}, {"客户": "二"}]
    code, found = planted(root, touch, 服务案例=case)
    assert code == 1
    assert "申报单位!O1 合并 错误" in found
    assert "服务案例!A3 合并 错误" in found
    assert not (root / "data").exists()


def test_hidden_rows_columns_and_sheets_are_read_and_told(root: Path) -> None:
    def touch(book: Any, sheets: dict[str, Any]) -> None:
        sheets["申报单位"].set_row(3, None, None, {"hidden": True})
        sheets["申报单位"].set_column(7, 7, None, None, {"hidden": True})
        sheets["团队"].hide()

    rows = {
        "申报单位": [{"名称": "甲", "营收": 1}, {"名称": "乙", "单位名称": "乙"}],
        "团队": [{"申报单位": "甲", "姓名": "张"}],
    }
    done, found = imported(root, filled(root, rows, touch=touch))
    assert done.code == 0
    assert told(found) == ["团队!A1 隐藏 提醒", "申报单位!H1 隐藏 提醒", "申报单位!A4 隐藏 提醒"]
    assert "营收: 1\n" in data(root, "甲") and "姓名: 张" in data(root, "甲")
    assert "单位名称: 乙\n" in data(root, "乙")


def test_the_same_applicant_twice(root: Path) -> None:
    rows = {"申报单位": [{"名称": "甲A"}, {"名称": "乙"}, {"名称": "甲ａ"}]}
    done, found = imported(root, filled(root, rows))
    assert done.code == 1
    assert told(found, "重复") == ["申报单位!A5 重复 错误"]
    assert "申报单位!A3" in found["problems"][0]["message"]
    assert not (root / "data/申报单位/甲A").exists() and (root / "data/申报单位/乙").exists()


def test_columns_unknown_missing_double_and_without_a_name(root: Path) -> None:
    def touch(book: Any, sheets: dict[str, Any]) -> None:
        sheet = sheets["申报单位"]
        sheet.write_string(0, 2, "单位名")  # was 单位名称, which is required
        sheet.write_string(0, 4, "营收")
        sheet.write_string(2, 20, "无名")

    code, found = planted(root, touch)
    assert code == 1
    assert "申报单位!C1 表头 错误" in found  # unknown
    assert "申报单位!H1 表头 错误" in found  # double
    assert "申报单位!U3 表头 错误" in found  # no name
    assert "申报单位!A1 表头 错误" in found  # missing
    assert not (root / "data").exists()


def test_the_nearest_column_is_offered(root: Path) -> None:
    book = filled(
        root,
        {"申报单位": [{"名称": "甲"}]},
        touch=lambda b, s: s["申报单位"].write_string(0, 7, "营业收入（万元）"),
    )
    _, found = imported(root, book)
    assert [p["hint"] for p in found["problems"]] == ["是不是“营收（万元）”？"]


def test_a_sheet_that_was_renamed_and_one_of_the_clerks_own(root: Path) -> None:
    rows = {"申报单位": [{"名称": "甲", "单位名称": "甲"}]}
    book = filled(root, rows, touch=lambda b, s: b.add_worksheet("草稿").write_string(0, 0, "x"))
    done, found = imported(root, book)
    assert (done.code, told(found)) == (0, ["草稿!A1 工作表 提醒"])
    patched(book, "xl/workbook.xml", lambda xml: xml.replace('name="服务案例"', 'name="服务案列"'))
    done, found = imported(root, book)
    assert done.code == 1
    assert "服务案列!A1 工作表 错误" in told(found)
    assert "把表名改回“服务案例”" in [p["hint"] for p in found["problems"]]


def test_a_row_of_a_table_for_nobody(root: Path) -> None:
    rows = {
        "申报单位": [{"名称": "示例甲"}],
        "团队": [{"申报单位": "示列甲", "姓名": "张"}, {"姓名": "李"}],
    }
    done, found = imported(root, filled(root, rows))
    assert done.code == 1
    assert told(found) == ["团队!A3 单元格 错误", "团队!A4 单元格 错误"]
    assert found["problems"][0]["hint"] == "是不是“示例甲”？"


@pytest.mark.parametrize(
    "name", ["../甲", "甲/乙", "CON", "甲 ", ".甲", "甲?", "甲\n乙", "长" * 90]
)
def test_a_name_that_is_no_folder(root: Path, name: str) -> None:
    done, found = imported(root, filled(root, {"申报单位": [{"名称": name}]}))
    assert done.code == 1
    assert any(line.endswith("名称 错误") for line in told(found))
    assert {p["spot"] for p in found["problems"]} == {"申报单位!A3"}
    assert not (root / "data").exists()


def _xls() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)


def _zip(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "空文件": (lambda: b"", "空的"),
    "旧格式": (_xls, ".xls"),
    "有密码": (lambda: _xls() + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "网页": (lambda: b"<html><table></table></html>", "不是 Excel"),
    "CSV": (lambda: "名称,电话\n".encode("gbk"), "不是 Excel"),
    "截断": (lambda: b"PK\x03\x04" + bytes(500), "损坏"),
    "别的压缩包": (lambda: _zip({"a.txt": b"x"}), "不是 .xlsx"),
    "炸弹": (
        lambda: _zip({"xl/workbook.xml": b"<w/>", "xl/worksheets/s.xml": bytes(130 * 2**20)}),
        "过大",
    ),
    "XML 坏了": (lambda: _zip({"xl/workbook.xml": b"<workbook><sheets>"}), "XML"),
    "外部实体": (
        lambda: _zip(
            {
                "xl/workbook.xml": b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                b"<workbook><sheets>&a;</sheets></workbook>"
            }
        ),
        "XML",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_workbook(root: Path, name: str) -> None:
    make, word = FILES[name]
    book = root / "报名表.xlsx"
    book.write_bytes(make())
    done, found = imported(root, book)
    assert done.code == 1
    (problem,) = found["problems"]
    assert problem["code"] in ("工作簿", "过大") and problem["hint"]
    assert word in problem["message"] + problem["code"]
    assert problem["file"] == "报名表.xlsx"


def test_a_header_that_lies_about_its_size(root: Path) -> None:
    content = b"<workbook>" + b" " * 2_000_000 + b"</workbook>"
    bomb = bytearray(_zip({"xl/workbook.xml": content}))
    place = bomb.rindex(b"PK\x01\x02")
    bomb[place + 24 : place + 28] = struct.pack("<I", 100)
    book = root / "报名表.xlsx"
    book.write_bytes(bytes(bomb))
    done, found = imported(root, book)
    assert (done.code, [p["code"] for p in found["problems"]]) == (1, ["工作簿"])


@pytest.mark.parametrize(
    ("row", "column", "spot"),
    [(100_000, 0, "A100001"), (2, 1000, "ALM3"), (1_048_575, 16_383, "XFD1048576")],
)
def test_too_many_rows_or_columns(root: Path, row: int, column: int, spot: str) -> None:
    book = filled(root, {}, touch=lambda b, s: s["申报单位"].write_string(row, column, "远"))
    done, found = imported(root, book)
    assert (done.code, told(found)) == (1, [f"申报单位!{spot} 过大 错误"])


def test_a_far_cell_without_content_is_nothing(root: Path) -> None:
    def touch(book: Any, sheets: dict[str, Any]) -> None:
        sheets["申报单位"].write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert planted(root, touch) == (0, [])


def test_an_old_file_larger_than_any_form(root: Path) -> None:
    book = root / "报名表.xlsx"
    book.write_bytes(b"PK" + bytes(21 * 2**20))
    done, found = imported(root, book)
    assert (done.code, [p["code"] for p in found["problems"]]) == (1, ["过大"])


def test_misuse(root: Path) -> None:
    book = entry_book(root)
    assert inside(root, "import", "没有.xlsx", "-n", SLUG).code == 2
    assert inside(root, "import", str(book), "-n", "没有").code == 2
    assert inside(root, "import", str(book), "-n", SLUG, "--take", "我").code == 2
    assert inside(root, "import", str(book), "-n", SLUG, "-b", "../局").code == 2
    assert inside(root, "sheet", "-n", SLUG, "-o", str(book)).code == 2, "never over a file"
    assert inside(root, "sheet", "-n", SLUG, "-o", "表.xls").code == 2
    assert inside(root, "sheet").code == 2
    empty = inside(root, "import", str(book))
    assert empty.code == 1 and "一家也没有" in empty.out, "the notice stands in the book"


def test_a_month_as_a_decimal(root: Path) -> None:
    _, found = imported(root, filled(root, {"申报单位": [{"名称": "甲", "起始": 2023.1}]}))
    assert told(found)[0] == "申报单位!J3 单元格 错误"
    assert "10 月" in found["problems"][0]["message"]


def test_inline_strings_and_a_book_without_hints(root: Path) -> None:
    """What other programs write: text in the cell itself, no row of hints, columns in any order."""
    book = root / "别的.xlsx"
    made = xlsxwriter.Workbook(str(book), {"constant_memory": True})
    sheet = made.add_worksheet("申报单位")
    sheet.write_row(0, 0, ["单位名称", "名 称*", "营收"])
    sheet.write_row(1, 0, ["甲公司", "甲", 3])
    made.close()
    done, found = imported(root, book)
    assert (done.code, found["problems"]) == (0, [])
    assert "单位名称: 甲公司\n" in data(root, "甲") and "营收: 3\n" in data(root, "甲")


def test_ten_thousand_bad_cells_are_counted_not_listed(root: Path) -> None:
    rows = [{"申报单位": "甲", "客户": "客", "开始": 45000} for _ in range(3000)]
    done, found = imported(root, filled(root, {"申报单位": [{"名称": "甲"}], "服务案例": rows}))
    assert done.code == 1
    assert len(told(found, "单元格")) == 201
    assert "2800" in [p for p in found["problems"] if p["code"] == "单元格"][-1]["message"]


def test_more_rows_than_yaml_holds(root: Path) -> None:
    rows = [{"申报单位": "甲", "客户": "客", "成效": "好"} for _ in range(10_100)]
    done, found = imported(root, filled(root, {"申报单位": [{"名称": "甲"}], "服务案例": rows}))
    assert (done.code, told(found)) == (1, ["申报单位!A3 过大 错误"])
    assert "表/" in found["problems"][0]["hint"]


def test_damaged_workbooks_are_told_and_never_a_crash(root: Path) -> None:
    rows = {"申报单位": [{"名称": "甲", "单位名称": "甲", "营收": 1}]}
    whole = filled(root, rows).read_bytes()
    chance = random.Random(1)
    parts = ("xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml")
    for turn in range(120):
        book = bytearray(whole)
        if turn % 2:
            for _ in range(chance.randint(1, 20)):
                book[chance.randrange(len(book))] = chance.randrange(256)
            data = bytes(book[: chance.randrange(len(book))]) if turn % 4 == 1 else bytes(book)
        else:
            data = _damaged(whole, parts[turn // 2 % len(parts)], chance)
        read = read_workbook(data, "坏.xlsx")
        assert read.value is not None or (all(p.hint for p in read.problems) and read.problems)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("sharedStrings.xml", r'uniqueCount="\d+"', 'uniqueCount="99999999999"'),
        ("worksheets/sheet2.xml", r'r="C3"', 'r="AAA99999993"'),
        ("worksheets/sheet2.xml", r'r="C3"', 'r="C9999999"'),
        ("worksheets/sheet2.xml", r'<row r="3"', '<row r="4294967295"'),
    ],
)
def test_a_book_that_asks_for_all_the_memory(root: Path, part: str, old: str, new: str) -> None:
    book = filled(root, {"申报单位": [{"名称": "甲", "单位名称": 'uniqueCount="99999999999"'}]})
    assert imported(root, book)[0].code == 0, "as a text it is one"
    patched(book, f"xl/{part}", lambda xml: re.sub(old, new, xml, count=1))
    done, found = imported(root, book)
    assert (done.code, [p["code"] for p in found["problems"]]) == (1, ["工作簿"])


def _damaged(whole: bytes, part: str, chance: random.Random) -> bytes:
    """The package sound, the XML of one part not: a stretch lost, doubled or overwritten."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        for name in package.namelist():
            found[name] = package.read(name)
    xml = found[part]
    start, length = chance.randrange(len(xml)), chance.randrange(1, 40)
    stretch = xml[start : start + length]
    new = chance.choice([b"", stretch * 2, b"9" * length, b"<c/>", b"-1", b"AAAA99999999"])
    return _zip({**found, part: xml[:start] + new + xml[start + length :]})
