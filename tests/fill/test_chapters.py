"""Markdown chapters in the template's own styles."""

from __future__ import annotations

import pytest

from docgen.fill import compile_template
from docgen.model.blocks import (
    Block,
    Code,
    Heading,
    Item,
    LineBreak,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Table,
    Text,
)
from docgen.problem import Severity
from tests.fill.kit import (
    HERE,
    W,
    chapter,
    docx,
    filled,
    grid,
    highlighted,
    missing,
    part,
    png,
    styles_used,
    texts,
)


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def shown(*blocks: Block, tag: str = "{{p 正文.章 }}", **facts: object) -> bytes:
    facts["正文"] = {"章": chapter("章", {"节": blocks})}
    result = filled(docx(tag), facts)
    assert not result.problems, result.problems
    return result.docx


TABLE = Table((words("甲"), words("乙")), ((words("1"), words("2")),), ("", "right"), "表一", HERE)


def test_each_kind_of_block_has_its_style() -> None:
    data = shown(
        Paragraph(words("段"), HERE),
        Heading(3, "三级", HERE),
        Heading(4, "四级", HERE),
        Item("1.", 0, words("项"), HERE),
        Item("——", 1, words("子项"), HERE),
        Quote(words("引"), HERE),
        Code("if x:\n  y", HERE),
        TABLE,
        Picture(png(), "替代文字", "图一", HERE),
    )
    assert styles_used(data) == [
        ("Heading2", "节"),
        ("BodyText", "段"),
        ("Heading3", "三级"),
        ("Heading4", "四级"),
        ("ListText", "1.项"),
        ("ListText", "—— 子项"),
        ("Quote", "引"),
        ("CodeText", "if x:"),
        ("CodeText", "  y"),
        ("Caption", "表一"),
        ("CellHead", "甲"),
        ("CellHead", "乙"),
        ("CellText", "1"),
        ("CellText", "2"),
        ("Caption", "图一"),
    ]


def test_a_section_without_title_prints_no_heading() -> None:
    facts = {"正文": {"章": chapter("章", {"": (Paragraph(words("段"), HERE),)})}}
    assert styles_used(filled(docx("{{p 正文.章 }}"), facts).docx) == [("BodyText", "段")]


def test_an_empty_section_prints_its_heading_and_a_hole() -> None:
    facts = {"正文": {"章": chapter("章", {"甲节": (), "乙节": (Paragraph(words("段"), HERE),)})}}
    result = filled(docx("{{p 正文.章 }}"), facts)
    assert styles_used(result.docx)[:2] == [("Heading2", "甲节"), ("BodyText", "【待补：甲节】")]
    assert [hole.path for hole in result.holes] == ["正文.章.甲节"]


def test_one_section_can_be_printed_alone() -> None:
    facts = {"正文": {"章": chapter("章", {"甲": (Paragraph(words("段"), HERE),), "乙": ()})}}
    result = filled(docx("{{p 正文.章.甲 }}", "{{p 正文.章.乙 }}"), facts)
    assert texts(result.docx) == ["段", "【待补：乙】"]


def test_a_chapter_is_cut_around_a_table() -> None:
    made = chapter(
        "章", {"甲": (Paragraph(words("1"), HERE),), "乙": (Paragraph(words("2"), HERE),)}
    )
    template = docx("{{p 正文.章 | 截至('甲') }}", "表", "{{p 正文.章 | 之后('甲') }}")
    assert texts(filled(template, {"正文": {"章": made}}).docx) == ["甲", "1", "表", "乙", "2"]
    gone = filled(template, {"正文": {"章": missing("正文.章", "章", block=True)}})
    assert texts(gone.docx) == ["【待补：章】", "表"]


def test_emphasis_and_breaks_are_kept() -> None:
    inlines = (
        Text("粗", bold=True),
        Text("斜", italic=True),
        Text("删", strike=True),
        LineBreak(),
        Text("2", superscript=True),
        Text("i", subscript=True),
    )
    data = shown(Paragraph(inlines, HERE))
    assert texts(data)[1] == "粗斜删\n2i"
    marks = [str(c.tag).rpartition("}")[2] for r in part(data).iter(W + "rPr") for c in r]
    assert marks == ["b", "i", "strike", "vertAlign", "vertAlign"]


def test_a_reference_prints_the_value_or_a_hole() -> None:
    inlines = (Reference("数", HERE), Text("家，"), Reference("电话", HERE, bold=True))
    data = shown(Paragraph(inlines, HERE), 数=312, 电话=missing("电话", "联系电话"))
    assert texts(data)[1] == "312家，【待补：联系电话】"
    assert highlighted(data) == ["【待补：联系电话】"]


def test_a_reference_to_nothing_is_told_and_marked() -> None:
    facts = {"正文": {"章": chapter("章", {"节": (Paragraph((Reference("没有", HERE),), HERE),)})}}
    result = filled(docx("{{p 正文.章 }}"), facts)
    assert texts(result.docx)[1] == "【待补：没有】"
    assert [(p.code, p.where) for p in result.problems] == [("引用落空", HERE)]


def test_tables_fill_the_text_and_repeat_their_header() -> None:
    data = shown(TABLE, TABLE)
    body = part(data)
    assert [w.get(W + "w") for w in body.iter(W + "tblW")] == ["8845", "8845"]
    assert len(list(body.iter(W + "tblHeader"))) == 2
    kinds = [str(node.tag).rpartition("}")[2] for node in body.find(W + "body")]
    assert kinds == ["p", "p", "tbl", "p", "p", "tbl", "p", "sectPr"]


def test_neither_the_first_row_nor_the_last_two_stand_alone_on_a_page() -> None:
    rows = tuple((words(f"行{n}"),) for n in range(7))
    table = Table(TABLE.header[:1], rows, TABLE.align[:1], "题", HERE)
    kept = [
        row.find(f".//{W}keepNext") is not None
        for row in part(shown(table)).iter(W + "tr")
        if row.find(f"{W}trPr/{W}tblHeader") is None
    ]
    assert kept == [True, False, False, False, True, True, False]


def test_a_chapter_in_a_cell_takes_the_cells_room_and_style() -> None:
    facts = {"正文": {"章": chapter("章", {"": (Paragraph(words("段"), HERE), TABLE)})}}
    data = filled(docx(body=grid(("简介", "{{p 正文.章 }}"))), facts).docx
    assert ("CellText", "段") in styles_used(data)
    inner = list(part(data).iter(W + "tblW"))[1]
    assert int(inner.get(W + "w", "0")) < 8845 // 2
    cell = next(t for t in part(data).iter(W + "tc") if t.find(W + "tbl") is not None)
    assert cell[-1].tag == W + "p"


def test_prose_takes_the_style_of_the_paragraph_that_held_the_tag() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Remark"/></w:pPr><w:r><w:t>{{p 正文.章 }}</w:t></w:r></w:p>'
    )
    facts = {"正文": {"章": chapter("章", {"": (Paragraph(words("段"), HERE),)})}}
    assert styles_used(filled(docx(body=body), facts).docx) == [("Remark", "段")]


def test_a_picture_is_scaled_to_the_text_and_stored_once() -> None:
    data = shown(Picture(png(4000, 100), "宽", "", HERE), Picture(png(4000, 100), "宽", "", HERE))
    body = part(data)
    assert [e.get("cx") for e in body.iter("{*}extent")] == [str(8845 * 635)] * 2
    assert len({e.get("id") for e in body.iter("{*}docPr")}) == 2
    assert {e.get("{*}embed") or str(e.attrib) for e in body.iter("{*}blip")}.__len__() == 1
    assert [e.get("descr") for e in body.iter("{*}docPr")] == ["宽", "宽"]


def test_a_broken_picture_is_told_and_shown_in_words() -> None:
    broken = Picture(b"GIF89a", "坏图", "", HERE)
    result = filled(docx("{{p 正文.章 }}"), {"正文": {"章": chapter("章", {"节": (broken,)})}})
    assert texts(result.docx)[1] == "〔图片读不出来：坏图〕"
    assert result.problems[0].severity is Severity.ERROR


def test_a_template_without_house_styles_still_works() -> None:
    import io

    docx_module = pytest.importorskip("docx")
    document = docx_module.Document()
    document.add_paragraph("{{p 正文.章 }}")
    buffer = io.BytesIO()
    document.save(buffer)
    facts = {"正文": {"章": chapter("章", {"节": (TABLE, Picture(png(), "图", "题", HERE))})}}
    result = filled(compile_template(buffer.getvalue()), facts)
    assert ("Heading2", "节") in styles_used(result.docx)
    assert "1" in texts(result.docx)


def test_typed_braces_and_markup_stay_text() -> None:
    data = shown(Paragraph(words("{{ 7*7 }} <w:p/> & “引号”"), HERE), Code("{% raw %}", HERE))
    assert texts(data)[1:] == ["{{ 7*7 }} <w:p/> & “引号”", "{% raw %}"]
