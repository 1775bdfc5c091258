"""A chapter as typed becomes blocks that know their lines."""

from __future__ import annotations

import pytest

from docgen.load.markdown import is_missing_text, read_chapter
from docgen.model.blocks import (
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
from docgen.problem import Outcome, Where, error
from tests.load.kit import PNG, blocks, chapter, notes, said, words


def test_headings_become_the_title_sections_and_headings_in_them() -> None:
    text = "# 甲章\n\n前言。\n\n## 一节\n\n### 小目\n\n#### 细目\n\n正文。\n\n## 二节\n"
    outcome = chapter(text)
    assert outcome.problems == () and outcome.value is not None
    sections = outcome.value.sections
    assert [section.title for section in sections] == ["", "一节", "二节"]
    assert [section.where.line for section in sections] == [1, 5, 13]
    assert [words(block) for block in sections[1].blocks] == ["小目", "细目", "正文。"]
    levels = [block.level for block in sections[1].blocks if isinstance(block, Heading)]
    assert levels == [3, 4]
    assert sections[2].is_empty


def test_every_block_knows_its_line_and_column() -> None:
    text = "段落\n第二行\n\n- 甲\n  - 乙\n\n> 引\n\n```\n码\n```\n\n| 子 |\n| --- |\n| 丑 |\n"
    places = [(block.where.line, block.where.column) for block in blocks(text)]
    assert places == [(1, 1), (4, 1), (5, 3), (7, 1), (9, 1), (13, 1)]


def test_a_chapter_within_a_data_file_counts_from_its_place_there() -> None:
    outcome = read_chapter(
        "一\n\n【=a+b】\n",
        "甲.yaml",
        "",
        pictures=lambda _: Outcome(None),
        first_line=10,
        first_column=3,
        path="联合协议.责任",
    )
    assert outcome.value is not None
    assert outcome.value.blocks[0].where == Where("甲.yaml", 10, 3, "联合协议.责任")
    assert outcome.problems[0].where == Where("甲.yaml", 12, 3, "联合协议.责任")


def test_emphasis_becomes_styles() -> None:
    (paragraph,) = blocks("普通 **粗** *斜* ~~删~~ ***粗斜*** `码`\n")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (
        Text("普通 "),
        Text("粗", bold=True),
        Text(" "),
        Text("斜", italic=True),
        Text(" "),
        Text("删", strike=True),
        Text(" "),
        Text("粗斜", bold=True, italic=True),
        Text(" 码"),
    )


@pytest.mark.parametrize(
    "typed, bold",
    [
        ("**重点：**内容", "重点："),
        ("内容**“重点”**内容", "“重点”"),
        ("内容**（重点）**内容", "（重点）"),
        ("内容**重点**内容", "重点"),
        ("**重点**，内容", "重点"),
        ("《**重点**》", "重点"),
    ],
)
def test_bold_works_beside_hanzi_and_their_punctuation(typed: str, bold: str) -> None:
    (paragraph,) = blocks(typed)
    assert isinstance(paragraph, Paragraph)
    styled = [part.text for part in paragraph.inlines if isinstance(part, Text) and part.bold]
    assert styled == [bold]


@pytest.mark.parametrize(
    "typed",
    [
        "长*宽*高",
        "2*3*4",
        "138****1234",
        "张*、李*",
        "a_b_c",
        "甲_乙_丙",
        "5 * 3 * 2",
        "10~20，30~~40",
    ],
)
def test_signs_within_words_print_as_typed(typed: str) -> None:
    assert [words(block) for block in blocks(typed)] == [typed]


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("第一行\n第二行", "第一行第二行"),
        ("使用\nPython\n语言", "使用 Python 语言"),
        ("逗号，\nABC", "逗号，ABC"),
        ("one\ntwo", "one two"),
        ("**粗**\n细", "粗细"),
        ("共\n【=数】\n家", "共【=数】家"),
        ("in\n【=数】\nof", "in 【=数】 of"),
        ("硬  \n换行", "硬⏎换行"),
        ("硬\\\n换行", "硬⏎换行"),
        ("　　缩进", "缩进"),
    ],
)
def test_a_line_break_in_the_source_is_no_space_between_hanzi(typed: str, printed: str) -> None:
    assert [words(block) for block in blocks(typed)] == [printed]


def test_a_line_that_begins_with_two_full_width_spaces_begins_a_paragraph() -> None:
    found = blocks("　　第一段，\n接着写。\n　　第二段。\n　　**第三**段。\n")
    assert [words(block) for block in found] == ["第一段，接着写。", "第二段。", "第三段。"]
    assert [block.where.line for block in found] == [1, 3, 4]


def test_a_line_break_that_was_asked_for_is_a_block_of_its_own_kind() -> None:
    (paragraph,) = blocks("一  \n二")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (Text("一"), LineBreak(), Text("二"))


def test_lists_keep_their_marks_and_depth() -> None:
    text = "3. 甲\n4. 乙\n   - 丙\n     接\n\n     再一段\n   - 丁\n\n01) 戊\n\n* 己\n+\n"
    found = [(b.mark, b.depth, words(b)) for b in blocks(text) if isinstance(b, Item)]
    assert found == [
        ("3.", 0, "甲"),
        ("4.", 0, "乙"),
        ("——", 1, "丙接"),
        ("", 1, "再一段"),
        ("——", 1, "丁"),
        ("01)", 0, "戊"),
        ("——", 0, "己"),
        ("——", 0, ""),
    ]


def test_quotes_code_and_what_stands_in_lists() -> None:
    quote = "> 引一\n>\n> 引**二**\n>\n> 1. 引三\n\n"
    code = "```yaml\n{{ a }}\n  【=b】\n```\n\n"
    found = blocks(quote + code + "- 甲\n\n  ```\n  c\n  ```\n")
    assert [type(block) for block in found] == [Quote, Quote, Quote, Code, Item, Code]
    assert [words(block) for block in found] == [
        "引一",
        "引二",
        "1. 引三",
        "{{ a }}\n  【=b】",
        "甲",
        "c",
    ]


def test_a_table_with_caption_alignment_and_styles() -> None:
    head = "表：情况\n\n| 名 | 数 | 注 | 余 |\n|:--|--:|:-:|---|\n"
    (table,) = blocks(head + "| **甲** | 【=数】 | a\\|b |\n| 乙 | | | |\n")
    assert isinstance(table, Table)
    assert (table.caption, table.align) == ("情况", ("left", "right", "center", ""))
    assert table.header[0] == (Text("名"),)
    assert table.rows[0][0] == (Text("甲", bold=True),)
    assert isinstance(table.rows[0][1][0], Reference)
    assert table.rows[0][1][0].where == Where("甲.md", 5, 11)
    assert table.rows[0][2:] == ((Text("a|b"),), ())
    assert len(table.rows[1]) == 4


def test_a_caption_may_stand_on_the_line_above_the_table() -> None:
    (table,) = blocks("表:情况\n| 名 |\n| --- |\n| 甲 |\n")
    assert isinstance(table, Table) and table.caption == "情况"


def test_a_line_that_names_no_table_stays_text() -> None:
    assert [words(b) for b in blocks("表1 情况\n\n| 名 |\n| --- |\n")[:1]] == ["表1 情况"]


def test_a_picture_stands_alone_with_its_caption() -> None:
    found = blocks('![架构](图/架构.png "图 1 架构")\n\n![流程](<图 2.png>)\n![a](b.png)\n')
    assert found == [
        Picture(PNG, "架构", "图 1 架构", Where("甲.md", 1, 1)),
        Picture(PNG, "流程", "流程", Where("甲.md", 3, 1)),
        Picture(PNG, "a", "a", Where("甲.md", 4, 1)),
    ]


def test_a_picture_may_be_an_item_of_a_list() -> None:
    item, picture = blocks("- ![a](b.png)\n")
    assert isinstance(item, Item) and (item.mark, item.inlines) == ("——", ())
    assert isinstance(picture, Picture)


def test_a_table_needs_no_outer_lines() -> None:
    (table,) = blocks("甲 | 乙\n--- | ---\n一 | 二\n")
    assert isinstance(table, Table) and table.rows == (((Text("一"),), (Text("二"),)),)


def test_a_picture_that_is_not_there_is_a_hole_in_its_place() -> None:
    wrong = error("图片", "找不到", hint="放进去")
    outcome = read_chapter(
        "甲\n\n![x](y.png)\n", "甲.md", "", pictures=lambda _: Outcome(None, (wrong,))
    )
    assert outcome.value is not None
    assert [words(block) for block in outcome.value.blocks] == ["甲", "【待补：图片 y.png】"]
    assert said(outcome.problems) == ["3:1 错误 图片"]


def test_references_know_their_paths_and_places() -> None:
    (paragraph,) = blocks(
        "共【=服务企业数】家，\n**【= 成员单位.2.单位名称 】**等；`【=码】`不是\n"
    )
    assert isinstance(paragraph, Paragraph)
    found = [part for part in paragraph.inlines if isinstance(part, Reference)]
    assert found == [
        Reference("服务企业数", Where("甲.md", 1, 2)),
        Reference("成员单位.2.单位名称", Where("甲.md", 2, 3), bold=True),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "[^1]脚注 [甲][乙] [丙]: http://x",
        "&amp; &lt; &nbsp; &#65; &copy;",
        "1 < 2 > 0 & 3",
        "{{ 7*7 }} {% if %} {# 注 #}",
        "${x} #{y} $(z) %s",
        "=== 乙",
        "100% @某 #1 ^上 ~约 |竖",
        "<http://example.com> <a@b.c>",
    ],
)
def test_what_markdown_does_not_know_prints_as_typed(typed: str) -> None:
    assert [words(block) for block in blocks(typed)] == [typed]


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("[官网](http://甲.中国/a?b=1)", "官网（http://甲.中国/a?b=1）"),
        ("[http://x.cn](http://x.cn)", "http://x.cn"),
        ('[官网](http://x.cn "说明")', "官网（http://x.cn，说明）"),
        ("[](http://x.cn)", "http://x.cn"),
        ("\\*不是斜体\\*", "*不是斜体*"),
        ("标题\n===", "标题 ==="),
    ],
)
def test_nothing_of_a_link_or_an_escape_is_lost(typed: str, printed: str) -> None:
    assert [words(block) for block in blocks(typed)] == [printed]


FAULTS = [
    ("# 别的题\n", ["1:1 提醒 标题"]),
    ("# 甲章\n\n# 甲章\n", ["3:1 提醒 标题"]),
    ("##  \n", ["1:1 提醒 标题"]),
    ("## 甲\n\n##### 乙\n", ["3:1 提醒 标题", "3:1 提醒 标题"]),
    ("## 甲\n\n#### 乙\n", ["3:1 提醒 标题"]),
    ("## 甲\n\n## 乙\n\n## 甲\n", ["5:1 提醒 标题"]),
    ("##建设目标\n", ["1:1 提醒 标题"]),
    ("＃＃ 建设目标\n", ["1:1 提醒 标题"]),
    ("- ## 甲\n", ["1:1 提醒 标题"]),
    ("## 【=数】家\n", ["1:4 错误 引用"]),
    ("甲【=乙\n", ["1:2 错误 引用"]),
    ("甲【＝乙】\n", ["1:2 错误 引用"]),
    ("甲\n乙【=a + b】和【=a|b】\n", ["2:2 错误 引用", "2:11 错误 引用"]),
    ("【=】【=a..b】【=a。b】\n", ["1:1 错误 引用", "1:4 错误 引用", "1:11 错误 引用"]),
    ("文字 ![图](a.png) 文字\n", ["1:4 错误 图片"]),
    ("![图](图 1.png)\n", ["1:1 提醒 图片"]),
    ("甲\n\n---\n\n乙\n", ["3:1 提醒 标记"]),
    ("一<br>二 <!-- 注 -->\n", ["1:2 提醒 标记", "1:8 提醒 标记"]),
    ("<!-- 没有写完\n\n文字\n", ["1:1 提醒 标记"]),
    ("<!-- 注 --> 后面还有字\n", ["1:1 提醒 标记"]),
    ("- 一项\n  <!-- 注 -->\n", ["2:3 提醒 标记"]),
    ("<!-- 一\n\n## 二\n-->\n", []),
    ("H<sub>2</sub>O\n", ["1:2 提醒 标记", "1:8 提醒 标记"]),
    ("    四个空格\n", ["1:5 提醒 标记"]),
    ("甲\n\n```\n没有结束\n\n乙\n", ["3:1 提醒 标记"]),
    ("| 甲 | 乙 |\n| --- |\n", ["2:1 提醒 表格"]),
    ("｜甲｜乙｜\n｜---｜---｜\n", ["2:1 提醒 表格"]),
    ("| 甲 |\n| --- |\n| 一 | 二 |\n", ["3:1 错误 表格"]),
    ("> | 甲 |\n> | --- |\n> | 一 |\n", []),
]


@pytest.mark.parametrize("text, expected", FAULTS)
def test_a_fault_is_told_at_its_place(text: str, expected: list[str]) -> None:
    assert notes(text) == expected


def test_a_comment_on_lines_of_its_own_is_not_part_of_the_text() -> None:
    outcome = chapter(
        "<!-- 注 -->\n## 甲\n<!--\n一\n\n## 二\n-->\n前\n<!-- 三 -->\n后 <!-- 四 -->\n"
    )
    assert outcome.value is not None
    assert [section.title for section in outcome.value.sections] == ["甲"]
    found = outcome.value.blocks
    assert [(words(b), b.where.line) for b in found] == [("前", 8), ("后 <!-- 四 -->", 10)]


def test_lines_indented_by_hand_are_paragraphs_and_code_without_hanzi_is_code() -> None:
    outcome = chapter("    第一段**粗**【=数】\n\n    第二段\n\n文字\n\n    x = 1\n")
    assert outcome.value is not None
    found = outcome.value.blocks
    assert [words(block) for block in found] == ["第一段粗【=数】", "第二段", "文字", "x = 1"]
    assert [type(block) for block in found[1:]] == [Paragraph, Paragraph, Code]
    assert [block.where.line for block in found] == [1, 3, 5, 7]


def test_a_heading_that_is_not_the_title_is_kept_as_text() -> None:
    outcome = chapter("# 别的\n")
    assert outcome.value is not None
    assert [words(block) for block in outcome.value.blocks] == ["别的"]


def test_too_much_is_refused() -> None:
    def refused(text: str) -> tuple[bool, list[str]]:
        outcome = chapter(text)
        return outcome.value is None, [problem.code for problem in outcome.problems]

    assert refused("字" * 350_000) == (True, ["过大"])
    assert refused("> " * 500 + "甲") == (True, ["过大"])
    assert refused("".join("  " * n + "- 甲\n" for n in range(40))) == (True, ["过大"])
    assert refused("[" * 60_000) == (True, ["过大"])
    assert chapter("".join("  " * n + "- 甲\n" for n in range(8))).problems == ()


@pytest.mark.parametrize(
    "text", ["", " \n\u3000", "【待补】", "【待补：联系电话】", " 【待补充】\n【待补】", "待补"]
)
def test_a_text_that_says_nothing_is_missing(text: str) -> None:
    assert is_missing_text(text)


@pytest.mark.parametrize("text", ["无", "0", "/", "【待补】已补", "甲【待补：乙】", "待补贴发放"])
def test_a_text_that_says_something_is_not_missing(text: str) -> None:
    assert not is_missing_text(text)
