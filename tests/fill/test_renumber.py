"""{{ 重新编号 }}: the list that follows begins anew, in Word and in print."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from docgen.fill import compile_template, lint_template
from docgen.typeset import find_fonts, typeset
from tests.fill.kit import W, docx, filled, part, texts, with_part
from tests.typeset.paper import text

ROOT = Path(__file__).parents[2]
NUMBERING = "word/numbering.xml"
LEVELS = (("decimal", "%1)", 1), ("lowerLetter", "%2:", 3))


def p(words: str, number: str = "", level: int = 0, style: str = "BodyText") -> str:
    listed = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{listed}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def loop(*inside: str, of: str = "组") -> str:
    return p(f"{{%p for 项 in {of} %}}") + "".join(inside) + p("{%p endfor %}")


def template(body: str) -> bytes:
    """A document whose numbering.xml holds a list 7 beside the headings'; level 2 starts with c."""
    data = docx(body=body)
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/></w:lvl>'
        for n, (form, shown, start) in enumerate(LEVELS)
    )
    added = f'<w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
    num = '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>'
    new = xml(data, NUMBERING).replace('<w:num w:numId="1">', added + '<w:num w:numId="1">', 1)
    return with_part(data, NUMBERING, new.replace("</w:numbering>", num + "</w:numbering>"))


def xml(data: bytes, name: str) -> str:
    return etree.tostring(part(data, name), encoding="unicode")


def ids(data: bytes) -> list[tuple[str, str]]:
    """numId and text of each numbered paragraph."""
    found = []
    for node in part(data).iter(W + "p"):
        number = node.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            found.append(
                (number.get(W + "val", ""), "".join(t.text or "" for t in node.iter(W + "t")))
            )
    return found


GROUPS = {"组": [{"名": "甲"}, {"名": "乙"}, {"名": "丙"}]}


def test_without_the_mark_a_list_counts_on() -> None:
    made = filled(template(loop(p("{{ 项.名 }}", "7"))), GROUPS).docx
    assert {number for number, _ in ids(made)} == {"7"}


def test_each_turn_of_the_loop_has_a_list_of_its_own() -> None:
    body = loop(p("一{{ 重新编号 }}", "7"), p("二", "7"))
    made = filled(template(body + p("后", "7")), GROUPS).docx
    assert ids(made) == [
        *(("8", "一"), ("8", "二"), ("9", "一"), ("9", "二"), ("10", "一"), ("10", "二")),
        ("10", "后"),
    ]
    nums = {n.get(W + "numId"): n for n in part(made, NUMBERING).iter(W + "num")}
    assert list(nums) == ["1", "7", "8", "9", "10"]
    starts = [
        (o.get(W + "ilvl"), o.find(W + "startOverride").get(W + "val"))
        for o in nums["9"].iter(W + "lvlOverride")
    ]
    assert starts == [("0", "1"), ("1", "3")]
    assert made == filled(template(body + p("后", "7")), GROUPS).docx


def test_a_mark_before_the_list_serves_it_and_spares_headings() -> None:
    body = loop(
        p("项目{{ 项.名 }}{{ 重新编号 }}", style="Heading2"),
        p("节", style="Heading3"),
        p("点", "7"),
    )
    assert ids(filled(template(body), GROUPS).docx) == [("8", "点"), ("9", "点"), ("10", "点")]


@pytest.mark.parametrize("tag", ["{{ 重新编号 }}", "{{p 重新编号 }}", "{{r 重新编号 }}"])
def test_every_way_of_printing_the_mark_leaves_nothing_behind(tag: str) -> None:
    made = filled(template(loop(p(tag), p("点", "7"))), GROUPS)
    assert ids(made.docx) == [("8", "点"), ("9", "点"), ("10", "点")]
    assert "重新编号" not in made.used
    assert not any("\ufdd3" in words for words in texts(made.docx))


def test_rows_of_a_table_are_numbered_anew() -> None:
    row = "<w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr>"
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="100" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol/>'
        "</w:tblGrid>"
        + row.format(p("{%tr for 行 in 项.行 %}"))
        + row.format(p("{{ 行.名 }}", "7"))
        + row.format(p("{%tr endfor %}"))
        + "</w:tbl>"
    )
    groups = {"组": [{"行": [{"名": "甲"}, {"名": "乙"}]}, {"行": [{"名": "丙"}]}, {"行": []}]}
    made = filled(template(loop(p("表{{ 重新编号 }}"), table)), groups)
    assert ids(made.docx) == [("8", "甲"), ("8", "乙"), ("9", "丙")]


def test_a_number_that_comes_from_the_style_is_given_to_the_paragraph_with_its_indent() -> None:
    data = template(loop(p("{{ 重新编号 }}{{ 项.名 }}", style="点")))
    style = (
        '<w:style w:type="paragraph" w:styleId="点"><w:name w:val="点"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr><w:ind w:left="420"/></w:pPr></w:style>'
    )
    styles = xml(data, "word/styles.xml").replace("</w:styles>", style + "</w:styles>")
    data = with_part(data, "word/styles.xml", styles)
    made = filled(data, GROUPS).docx
    assert ids(made) == [("8", "甲"), ("9", "乙"), ("10", "丙")]
    properties = part(made).find(f".//{W}pPr")
    assert [node.tag.rpartition("}")[2] for node in properties] == ["pStyle", "numPr", "ind"]
    assert properties.find(f"{W}numPr/{W}ilvl").get(W + "val") == "1"
    assert properties.find(f"{W}ind").get(W + "left") == "420"


def test_the_mark_is_no_unknown_name() -> None:
    data = template(loop(p("{{ 重新编号 }}{{ 项.名 }}", "7")))
    assert compile_template(data).problems == ()
    assert lint_template(data, {"组": "组", "组.名": "名"}) == ()


def test_a_document_without_lists_only_loses_the_mark() -> None:
    assert texts(filled(docx("甲{{ 重新编号 }}乙"), {}).docx) == ["甲乙"]


def test_render_restarts_lists_as_fill_does() -> None:
    body = loop(p("{{ 项.名 }}{{ 重新编号 }}", "7"))
    made = compile_template(template(body)).render(GROUPS)
    assert ids(made) == [("8", "甲"), ("9", "乙"), ("10", "丙")]


@pytest.mark.parametrize("tag", ["{{ 名 }}", "{{ 名 | e }}", "{{r 名 | e }}"])
def test_data_cannot_print_the_mark(tag: str) -> None:
    made = filled(docx(tag), {"名": "甲\ufdd3乙"})
    assert made.failed
    assert "U+FDD3" in made.problems[0].message


def test_the_numbers_begin_anew_in_print() -> None:
    fonts = find_fonts([ROOT / "fonts", ROOT / ".local" / "fonts"])
    if any(not stand_in.family for stand_in in fonts.substitutions().values()):
        pytest.skip("没有中文字体：先运行 make fonts")
    body = loop(
        p("{{ 项.名 }}{{ 重新编号 }}"), p("子", "7"), p("丑", "7", 1), p("寅", "7", 1), p("卯", "7")
    )
    made = filled(template(body), GROUPS).docx
    once = "1)子c:丑d:寅2)卯"
    assert f"甲{once}乙{once}丙{once}" in text(typeset(made, fonts).pdf)
