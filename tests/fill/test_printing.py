"""How facts print, and that what a stranger typed arrives as typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.fill import compile_template
from docgen.model.values import Choices, Image, Month, Percent
from tests.fill.kit import W, chapter, docx, filled, part, png, printed, texts


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 6, 2), "2026年6月2日"),
        (Month(2026, 6), "2026年6月"),
        (True, "是"),
        (False, "否"),
        (Choices(("机械", "汽车")), "机械、汽车"),
        (Decimal("1E+2"), "100"),
        (Decimal("128.50"), "128.50"),
        (Decimal("0.0000001"), "0.0000001"),
        (Percent.typed("23.50%"), "23.50%"),
        (0, "0"),
        ("", ""),
        ("甲&乙<丙>\"丁'", "甲&乙<丙>\"丁'"),
        ("{{ 7*7 }} {% if %} {# x #} {_{ }_}", "{{ 7*7 }} {% if %} {# x #} {_{ }_}"),
        ("𬭎䶮犇㛃🧪", "𬭎䶮犇㛃🧪"),
        ("甲\n乙\r\n丙\t丁", "甲\n乙\n丙\t丁"),
        ("  两头空格  ", "  两头空格  "),
        (None, ""),
        (["甲", date(2026, 1, 1)], "甲、2026年1月1日"),
    ],
)
def test_a_fact_prints_as_documents_write_it(value: object, shown: str) -> None:
    data = filled(docx("前{{ 值 }}后"), {"值": tuple(value) if isinstance(value, list) else value})
    assert texts(data.docx) == [f"前{shown}后"]


def test_what_is_joined_prints_as_documents_write_it() -> None:
    facts = {"日": date(2026, 6, 2), "行": [{"日": date(2026, 1, 2)}, {"日": date(2026, 1, 3)}]}
    template = "{{ '于' ~ 日 }}", "{{ 行 | 列('日') | join('；') }}", "{{ 行 | join('/', '日') }}"
    assert printed(*template, **facts) == [
        "于2026年6月2日",
        "2026年1月2日；2026年1月3日",
        "2026年1月2日/2026年1月3日",
    ]


def test_a_delimiter_can_be_printed_by_the_template() -> None:
    assert printed("{_{ 不是标记 }_} {_% 也不是 %_}") == ["{{ 不是标记 }} {% 也不是 %}"]


def test_a_tag_split_over_runs_is_one_tag() -> None:
    runs = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("{", "{ 名", "称 }", "}"))
    assert printed(body=f"<w:p>{runs}</w:p>", 名称="甲") == ["甲"]


def test_typographic_quotes_in_a_tag_are_plain_ones() -> None:
    assert printed("{{ 日 | 日期(“年月”) }}", 日=date(2026, 6, 2)) == ["2026年6月"]


def test_a_value_in_an_attribute_is_text() -> None:
    cell = (
        '<w:tbl><w:tblPr><w:tblW w:w="100" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol/>'
        "</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w='100' w:type='dxa'/></w:tcPr><w:p><w:r>"
        "<w:t>{% cellbg 底色 %}文字</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    result = filled(docx(body=cell), {"底色": "FF0000"})
    shade = next(part(result.docx).iter(W + "shd"))
    assert shade.get(W + "fill") == "FF0000"


def test_paragraph_and_run_tags_take_plain_values() -> None:
    assert printed("{{p 值 }}", 值="甲\n乙") == ["甲", "乙"]
    assert printed("前{{r 值 }}后", 值="甲&乙") == ["前甲&乙后"]


def test_a_chapter_within_a_line_prints_its_text() -> None:
    assert printed("{{ 章 }}", 章=chapter("章", {"节": ()})) == ["节"]


def test_a_picture_field_prints_the_picture_where_it_is_named() -> None:
    image = Image(png(), "图.png")
    for tag in ("前{{ 图 }}后", "{{p 图 }}", "前{{r 图 }}后"):
        result = filled(docx(tag), {"图": image})
        assert len(list(part(result.docx).iter("{*}blip"))) == 1
        assert "".join(texts(result.docx)) in ("前后", "")


@pytest.mark.parametrize("sign", ["\x07", "\x0c", "\ud800", "\ufdd0", "\uffff"])
def test_a_character_word_cannot_carry_is_refused_by_name(sign: str) -> None:
    result = filled(docx("{{ 名 }}"), {"名": f"甲{sign}乙"})
    assert not result.docx
    assert f"U+{ord(sign):04X}" in result.problems[0].message
    assert result.problems[0].where.path == "名"


TEMPLATE = compile_template(docx("前{{ 值 }}后"))
CARRIED = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029").filter(
    lambda sign: not 0xFDD0 <= ord(sign) <= 0xFDEF and sign not in "\ufffe\uffff"
)


@settings(max_examples=60, deadline=None)
@given(st.text(CARRIED, max_size=40))
def test_any_text_arrives_as_typed(text: str) -> None:
    assert texts(filled(TEMPLATE, {"值": text}).docx) == [f"前{text}后"]
