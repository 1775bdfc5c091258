"""Hostile workbooks: 表/案例.xlsx of an applicant."""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.hostile.kit import Case, unzipped, zipped

FILE = "表/案例.xlsx"
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELS = "xl/_rels/workbook.xml.rels"
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(*rows: tuple[object, ...], write: Callable[[Any, Any], None] | None = None) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = made.add_worksheet("案例")
    for number, row in enumerate([("客户", "金额"), *rows]):
        sheet.write_row(number, 0, row)
    if write:
        write(made, sheet)
    made.close()
    return out.getvalue()


GOOD = book(("甲厂", 1))


def case(name: str, data: bytes, says: str = "", *prints: str) -> Case:
    def plant(folder: Path) -> None:
        (folder / FILE).write_bytes(data)

    return Case(name, plant, says, "案例.xlsx", None, prints, quiet=not says)


def changed(part: str, old: str, new: str) -> bytes:
    parts = unzipped(GOOD)
    text = parts[part].decode()
    assert old in text, (part, old)
    return zipped(parts | {part: text.replace(old, new, 1).encode()})


def with_parts(more: dict[str, bytes]) -> bytes:
    return zipped(unzipped(GOOD) | more)


def doctype(part: str, entities: str, use: str = "") -> bytes:
    text = unzipped(GOOD)[part].decode()
    head, _, rest = text.partition("?>")
    return with_parts(
        {part: f"{head}?><!DOCTYPE a [{entities}]>{rest.replace('甲厂', use or '甲厂')}".encode()}
    )


def laughs() -> str:
    names = "abcdefghij"
    steps = (f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    return '<!ENTITY a "哈哈哈">' + "".join(steps)


def strings(count: int, text: str) -> bytes:
    """Shared strings without end."""
    body = f"<si><t>{text}</t></si>" * count
    head = f'<sst xmlns="{NS}" count="{count}" uniqueCount="{count}">'
    return f'<?xml version="1.0"?>{head}{body}</sst>'.encode()


def cells(xml: str) -> bytes:
    """A sheet whose rows below the header are these."""
    return changed(SHEET, "</sheetData>", xml + "</sheetData>")


def lying(size: int = 300_000_000) -> bytes:
    data = bytearray(with_parts({"xl/styles.xml": bytes(size)}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


AS_TYPED = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "{{ 7*7 }}",
    "<w:p/>",
    "00123",
    "𠮷𰀀",
    "葛\U000e0100城",
    "_x000B_",
]


def cases() -> Iterator[Case]:
    yield case("照印", book(*((text, 1) for text in AS_TYPED)), "", *AS_TYPED)
    yield case(
        "有值的公式",
        book(
            write=lambda b, s: s.write_formula(
                1, 0, '=HYPERLINK("http://a.example","甲")', None, "甲"
            )
        ),
        "",
        "甲：",
    )
    yield case(
        "没值的公式",
        book(write=lambda b, s: s.write_formula(1, 0, "=1+1", None, "")),
        "",
    )
    yield case(
        "DDE", book(write=lambda b, s: s.write_formula(1, 0, "=cmd|'/C calc'!A0", None, "0")), ""
    )
    yield case("外部链接", with_parts({
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="r" '
        b'Type="x" '
        b'Target="file://a.example/s" TargetMode="External"/></Relationships>',
    }))  # fmt: skip
    yield case("宏", with_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}))
    yield case("连接", with_parts({"xl/connections.xml": b"<connections/>"}))
    yield case("错误值", cells('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'), "错误值")
    yield case("炸弹 表", with_parts({SHEET: bytes(130_000_000)}), "炸弹")
    yield case("炸弹 部件", with_parts({"xl/media/a.bin": bytes(260_000_000)}), "炸弹")
    yield case("谎报大小", lying(), "过大")
    yield case("共享字符串炸弹", with_parts({STRINGS: strings(1_500_000, "甲" * 20)}), "过大")
    yield case(
        "一格很长",
        cells(f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"甲" * 4_000_000}</t></is></c></row>'),
        "XML",
    )
    yield case("十亿笑", doctype(STRINGS, laughs(), "&j;"), "XML")
    yield case(
        "外部实体", doctype(STRINGS, '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "XML"
    )
    yield case("外部实体 工作簿", doctype(BOOK, '<!ENTITY x SYSTEM "http://a.example/">'), "XML")
    yield case(
        "UTF-16 实体",
        with_parts(
            {
                STRINGS: '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>'.encode(
                    "utf-16"
                )
            }
        ),
        "XML",
    )
    yield case("深嵌套", with_parts({SHEET: b"<a>" * 100_000}), "XML")
    yield case("远处一格", cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "超过")
    yield case(
        "谎报范围", changed(SHEET, '<dimension ref="A1:B2"', '<dimension ref="A1:XFD1048576"')
    )
    yield case(
        "行号倒退", cells('<row r="1"><c r="A1" t="inlineStr"><is><t>乙</t></is></c></row>'), "乙"
    )
    yield case("怪格名", cells('<row r="2"><c r="AAAA2"><v>1</v></c></row>'), "XML")
    yield case("串号越界", cells('<row r="3"><c r="A3" t="s"><v>999999</v></c></row>'), "损坏")
    yield case(
        "百万行",
        cells("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 200_000))),
        "超过",
    )
    yield case(
        "九万行",
        cells("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 90_000))),
        "格",
    )
    yield case(
        "两万行",
        cells("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 20_000))),
    )
    yield case(
        "合并很多",
        changed(
            SHEET,
            "</sheetData>",
            "</sheetData><mergeCells>"
            + '<mergeCell ref="A1:XFD1048576"/>' * 50_000
            + "</mergeCells>",
        ),
        "合并",
    )
    yield case(
        "隐藏很多",
        changed(
            SHEET,
            "<sheetData>",
            "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols><sheetData>",
        ),
    )
    yield case("表很多", _sheets(5000), "张表")
    yield case(
        "样式很多",
        with_parts(
            {
                "xl/styles.xml": (
                    f'<styleSheet xmlns="{NS}"><cellXfs count="4000000000"/></styleSheet>'
                ).encode()
            }
        ),
        "XML",
    )
    yield case("不是工作簿", b"<html>", "不是 Excel")
    yield case("旧格式", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000), ".xls")
    yield case(
        "加密", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"
    )
    yield case("截断", GOOD[: len(GOOD) // 2], "损坏")
    yield case("空", b"", "空")
    yield case("爬出", with_parts({"../../a": b"x"}))
    yield case("控制字符", book(("甲\x0b乙", 1)), "U+000B")
    yield case("双向", book(("甲\u202e乙", 1)), "U+202E")
    yield case("关系绕圈", changed(RELS, "worksheets/sheet1.xml", "workbook.xml"), "空")
    yield case("关系爬出", changed(RELS, "worksheets/sheet1.xml", "../../../../etc/passwd"), "空")


def _sheets(count: int) -> bytes:
    text = unzipped(GOOD)[BOOK].decode()
    one = text[text.index("<sheet ") : text.index("</sheets>")]
    return changed(BOOK, one, one + "".join(one.replace("案例", f"表{n}") for n in range(count)))
