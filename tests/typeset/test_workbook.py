"""The Excel form of a document: the same words in the same cells, all text, fit to print."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from docgen.fill.house import LANDSCAPE, house_package, section
from docgen.fill.house.text import cell, paragraph, row, table
from docgen.fill.package import write_package
from docgen.typeset import repeats, tabulate

DAY = datetime(2026, 6, 1, tzinfo=UTC)
NASTY = '=HYPERLINK("http://x")&<b>', "0013205", "𠮷𬀩", "2026-06-01", "+86 1"


def _document(*tables: tuple[str, str]) -> bytes:
    """A landscape document of titles and tables."""
    pieces = [piece for title, xml in tables for piece in (paragraph(title, "题注"), xml)]
    body = "".join([paragraph("推荐汇总表", "公文标题"), *pieces, paragraph("填表人：示例")])
    return write_package(house_package(body + section(landscape=True)))


def _table(*rows: tuple[str, ...]) -> str:
    widths = [LANDSCAPE // len(rows[0])] * len(rows[0])
    head = row(
        [cell(text, wide, "表头") for text, wide in zip(rows[0], widths, strict=True)], head=True
    )
    body = [row([cell(t, w) for t, w in zip(r, widths, strict=True)]) for r in rows[1:]]
    return table(widths, [head, *body])


def _sheets(xlsx: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_cell_arrives_as_text_to_the_letter() -> None:
    (rows,) = _sheets(
        tabulate(
            _document(("表1", _table(("名称", "值"), *((n, n) for n in NASTY)))), timestamp=DAY
        )
    ).values()
    at = rows.index(["名称", "值"])
    assert rows[at + 1 : at + 1 + len(NASTY)] == [[text, text] for text in NASTY]
    assert [row[0] for row in rows[:at]] == ["推荐汇总表", "表1"]
    assert rows[-1][0] == "填表人：示例"


def test_several_tables_have_a_sheet_each_named_by_what_stands_above() -> None:
    xlsx = tabulate(
        _document(("企业", _table(("甲",), ("1",))), ("企业", _table(("乙",), ("2",)))),
        timestamp=DAY,
    )
    assert list(_sheets(xlsx)) == ["企业", "企业（2）"]


def test_a_sheet_prints_across_with_its_header_on_every_page_and_can_be_filtered() -> None:
    xlsx = tabulate(_document(("表1", _table(("名称", "值"), ("a", "b")))), timestamp=DAY)
    with zipfile.ZipFile(BytesIO(xlsx)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        book = package.read("xl/workbook.xml").decode()
        parts = " ".join(package.namelist())
    assert 'orientation="landscape"' in sheet
    assert "<autoFilter" in sheet
    assert 'state="frozen"' in sheet
    assert "_xlnm.Print_Titles" in book
    assert "<f>" not in sheet
    assert "externalLink" not in parts


def test_a_filter_leaves_the_totals_out() -> None:
    whole = _table(("名称", "值"), ("a", "b"), ("c", "d"))
    totals = row([cell("合计 2 家", LANDSCAPE, span=2)])
    with_totals = whole.replace("</w:tbl>", f"{totals}</w:tbl>")
    (plain, filtered) = (
        zipfile.ZipFile(BytesIO(tabulate(_document(("表1", xml)), timestamp=DAY)))
        .read("xl/worksheets/sheet1.xml")
        .decode()
        .partition('<autoFilter ref="')[2]
        .partition('"')[0]
        for xml in (whole, with_totals)
    )
    assert plain == filtered == "A3:B5"
    amid = whole.replace("</w:tbl>", f"{totals}{row([cell('e', 1), cell('f', 1)])}</w:tbl>")
    xlsx = tabulate(_document(("表1", amid)), timestamp=DAY)
    with zipfile.ZipFile(BytesIO(xlsx)) as package:
        assert "<autoFilter" not in package.read("xl/worksheets/sheet1.xml").decode()


def test_same_document_same_bytes() -> None:
    document = _document(("表1", _table(("名称", "值"), ("a", "b"))))
    assert tabulate(document, timestamp=DAY) == tabulate(document, timestamp=DAY)


def test_a_document_without_tables_has_no_workbook() -> None:
    body = paragraph("正文") + section()
    assert tabulate(write_package(house_package(body)), timestamp=DAY) == b""


@pytest.mark.parametrize("count", [3, 400])
def test_many_rows_of_one_shape_say_what_they_said_one_by_one(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Rows that differ in their words alone are read once, a row of another shape on its own."""
    rows = [(f" {n}&<x>", NASTY[n % len(NASTY)], "&amp;" * (n % 3)) for n in range(count)]
    document = _document(("表1", _table(("甲", "乙", "丙"), *rows, ("", "", ""), *rows[::-1])))
    made = tabulate(document, timestamp=DAY)
    monkeypatch.setattr(repeats, "FEWEST", 10**6)
    assert made == tabulate(document, timestamp=DAY)
    told = next(iter(_sheets(made).values()))
    at = told.index(["甲", "乙", "丙"]) + 1
    assert told[at : at + count] == [[text.strip() for text in row] for row in rows]
