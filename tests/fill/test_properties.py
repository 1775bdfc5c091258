"""Tags in a document's properties: what is wrong or missing there is told as in its text."""

from __future__ import annotations

import io

import pytest
from docxtpl import DocxTemplate, Listing, RichText

from docgen.fill import Unfillable, compile_template, fill
from docgen.fill.house.text import paragraph
from docgen.fill.package import declare, read_package, relate, write_package
from docgen.problem import Problem
from tests.fill.kit import docx, missing, part, record
from tests.fill.planted import with_story

METADATA = "http://schemas.openxmlformats.org/package/2006"
CORE = "docProps/core.xml"
LINK = '<w:p><w:hyperlink w:tooltip="{{ 名 }}"><w:r><w:t>见</w:t></w:r></w:hyperlink></w:p>'
FIELD = '<w:p><w:r><w:instrText>TITLE "{{ 名 }}"</w:instrText></w:r></w:p>'


def titled(title: str, *lines: str) -> bytes:
    parts = read_package(docx(*lines))
    parts[CORE] = (
        f'<cp:coreProperties xmlns:cp="{METADATA}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        "</cp:coreProperties>"
    ).encode()
    declare(parts, CORE, "application/vnd.openxmlformats-package.core-properties+xml")
    relate(parts, "", f"{METADATA}/relationships/metadata/core-properties", CORE)
    return write_package(parts)


def refused(template: bytes, value: object) -> tuple[Problem, ...]:
    with pytest.raises(Unfillable) as caught:
        compile_template(template, "模板.docx").render({"名": value})
    return caught.value.problems


@pytest.mark.parametrize("value", ["甲\a乙", "甲\f乙", Listing("甲\a乙"), Listing("甲\f乙")])
@pytest.mark.parametrize("template", [titled("{{ 名 }}"), docx(body=LINK)], ids=["标题", "提示"])
def test_a_break_where_none_can_stand_is_refused_by_name(template: bytes, value: object) -> None:
    (found,) = refused(template, value)
    sign = "000C" if "\f" in str(value) else "0007"
    assert f"“名”里有 Word 文件存不了的字符 U+{sign}" in found.message
    assert found.where.path == "名"


@pytest.mark.parametrize("body", [FIELD, paragraph("{{p 名 }}")], ids=["域", "段"])
def test_so_is_one_in_a_field_or_between_paragraphs(body: str) -> None:
    (found,) = refused(docx(body=body), "甲\a乙")
    assert "“名”里有 Word 文件存不了的字符 U+0007" in found.message


@pytest.mark.parametrize("template", [titled("{{ 名 }}"), docx(body=LINK)], ids=["标题", "提示"])
def test_what_brings_its_own_markup_is_refused_where_only_text_can_be(template: bytes) -> None:
    (found,) = refused(template, RichText("甲", bold=True))
    assert "只能放文字" in found.message and found.where.path == "名"


def test_lines_and_plain_markup_are_kept() -> None:
    made = compile_template(titled("关于{{ 名 }}")).render({"名": Listing("甲&乙\n丙")})
    assert part(made, CORE)[0].text == "关于甲&乙\n丙"


def test_a_title_that_fails_is_told_with_its_place_and_value() -> None:
    made = compile_template(titled("{{ 名 }}第{{ 1 / 期 }}期", "{{ 名 }}{{ 1 / 期 }}"), "模板.docx")
    result = fill(made, record({"名": "甲", "期": 0}))
    assert not result.docx
    assert [p.where.spot for p in result.problems] == [
        "正文第1段：{{ 1 / 期 }}",
        "文档属性：{{ 1 / 期 }}",
    ]
    assert all("期=“0”" in problem.message for problem in result.problems)


@pytest.mark.parametrize("sign", ["\a", "\x01"])
def test_a_character_that_only_the_title_prints_is_told(sign: str) -> None:
    result = fill(compile_template(titled("{{ 名 }}")), record({"名": f"甲{sign}"}))
    assert [p.where.path for p in result.problems] == ["名"] and not result.docx


def test_what_only_the_title_lacks_is_a_hole() -> None:
    made = compile_template(titled("关于{{ 名 }}", "段"))
    values = record({"名": missing("名")})
    assert [hole.path for hole in fill(made, values).holes] == ["名"]
    final = fill(made, values, draft=False)
    assert [p.message for p in final.problems] == ["缺“名”"] and not final.docx


def test_a_link_in_a_header_is_refused_with_what_is_the_matter() -> None:
    template = with_story(docx("{{r 名 }}"), "header", paragraph("{{r 名 }}"))
    host = DocxTemplate(io.BytesIO(template))
    link = RichText("网址", url_id=host.build_url_id("https://example.com"))
    with pytest.raises(Unfillable) as caught:
        compile_template(template, "模板.docx").render({"名": link}, host=host)
    (found,) = caught.value.problems
    assert "只能放在正文里" in found.message and found.where.spot == "首页页眉"
    assert "host" not in found.hint
