"""Labels: multilevel counting, formats, restarts, and what outline() says of headings."""

from __future__ import annotations

import pytest

from docgen.typeset import outline
from docgen.typeset.read.numerals import FORMATS
from tests.typeset.paper import lines, text, words
from tests.typeset.word import NUMBERING, Word, p, tbl, tc, tr


def listed(number: int, level: int = 0) -> str:
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"


HEADINGS = "".join(
    p(title, style=style)
    for style, title in (("1", "总则"), ("2", "目标"), ("2", "原则"), ("1", "任务"), ("2", "分工"))
)


def test_headings_count_by_level_and_restart_below_their_parent(printed):
    made = printed(HEADINGS)
    assert text(made.pdf) == "一、总则（一）目标（二）原则二、任务（一）分工"


def test_outline_and_typeset_tell_the_same_headings(printed):
    body = p("封面") + HEADINGS + tbl((3000,), tr(tc(p("表中", style="1")))) + p("", style="2")
    word = Word(body + p("末章", style="1"))
    told = [(h.index, h.paragraph, h.level, h.label, h.text) for h in outline(word.bytes())]
    assert told == [
        (0, 1, 1, "一、", "总则"),
        (1, 2, 2, "（一）", "目标"),
        (2, 3, 2, "（二）", "原则"),
        (3, 4, 1, "二、", "任务"),
        (4, 5, 2, "（一）", "分工"),
        (5, 8, 1, "四、", "末章"),  # the one in the table counts, but is no heading
    ]
    made = printed(word)
    assert [(h.index, h.paragraph, h.level, h.label, h.text) for h in made.headings] == told
    assert {(h.page, h.physical) for h in made.headings} == {("1", 1)}


def test_a_list_restarts_where_it_is_overridden(printed):
    body = "".join(p("项", listed(n)) for n in (2, 2, 3, 3, 2))
    assert text(printed(body).pdf) == "①项②项①项②项③项"


def test_deeper_levels_show_their_own_numbers(printed):
    body = (
        p("甲", listed(1)) + p("乙", listed(1, 2)) + p("丙", listed(1, 2)) + p("丁", listed(1, 3))
    )
    assert text(printed(body).pdf) == "一、甲1.乙2.丙（1）丁"


def test_several_places_in_one_label(printed):
    numbering = NUMBERING.replace('w:lvlText w:val="%3."', 'w:lvlText w:val="%1.%2.%3 "')
    legal = numbering.replace('w:val="%1.%2.%3 "/>', 'w:val="%1.%2.%3 "/><w:isLgl/>')
    body = p("甲", listed(1)) + p("乙", listed(1, 1)) + p("丙", listed(1, 2))
    assert text(printed(Word(body, numbering=numbering)).pdf) == "一、甲（一）乙一.一.1丙"
    assert text(printed(Word(body, numbering=legal)).pdf) == "一、甲（一）乙1.1.1丙"


def test_a_tab_after_the_label_reaches_the_hanging_indent(printed):
    indent = '<w:pPr><w:ind w:left="960" w:hanging="480"/></w:pPr>'
    level = f'<w:suff w:val="tab"/><w:lvlText w:val="%1"/>{indent}'
    numbering = NUMBERING.replace('<w:suff w:val="nothing"/><w:lvlText w:val="%1"/>', level)
    (first, second) = lines(printed(Word(p("字" * 30, listed(2)), numbering=numbering)).pdf)
    assert words(first).startswith("①字")
    assert first[0].x - 1588 / 20 == pytest.approx(24, abs=0.05)
    assert first[1].x == pytest.approx(second[0].x, abs=0.05)


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("ideographDigital", 2026, "二〇二六"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircleChinese", 51, "51"),
        ("decimalFullWidth", 12, "１２"),
        ("ideographTraditional", 3, "丙"),
        ("lowerRoman", 14, "xiv"),
        ("upperLetter", 28, "BB"),
        ("decimalZero", 7, "07"),
    ],
)
def test_number_formats(kind, number, shown):
    found = FORMATS[kind](number)
    assert found.removeprefix("壹") == shown.removeprefix("壹")


def test_a_missing_list_leaves_the_paragraph(printed):
    assert text(printed(p("甲", listed(99))).pdf) == "甲"
