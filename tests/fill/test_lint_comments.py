"""The copy with comments: each finding hangs where it stands, the document itself is unchanged."""

from __future__ import annotations

import pytest
from lxml import etree

from docgen.fill import annotate, lint_template
from docgen.fill.house.text import paragraph
from docgen.fill.package import read_package, related
from docgen.problem import Problem
from tests.fill.kit import W, docx, grid, part, text_of, texts
from tests.fill.planted import FACTS, PLACES, lint, placed, split


def noted(data: bytes) -> tuple[bytes, list[Problem]]:
    found = lint(data)
    assert found
    return annotate(data, found), found


def comments(copy: bytes) -> list[str]:
    return ["\n".join(texts_of(node)) for node in part(copy, "word/comments.xml")]


def texts_of(node: etree._Element) -> list[str]:
    return [text_of(p) for p in node.iter(W + "p")]


def anchored(copy: bytes) -> list[str]:
    """The text between the marks of each comment, in order of their numbers."""
    root = part(copy)
    found = []
    for start in sorted(
        root.iter(W + "commentRangeStart"), key=lambda n: int(n.get(W + "id") or 0)
    ):
        key, inside = start.get(W + "id"), []
        for node in start.itersiblings():
            if node.tag == W + "commentRangeEnd" and node.get(W + "id") == key:
                break
            inside += [t.text or "" for t in node.iter(W + "t")]
        found.append("".join(inside))
    return found


def test_a_comment_stands_around_its_tag() -> None:
    copy, found = noted(docx("甲", body=split(paragraph("前文甲{{ 电活 }}后文乙"), 4)))
    assert anchored(copy) == ["前文甲{{ 电活 }}后"]
    (comment,) = comments(copy)
    assert comment.split("\n") == [
        "错误 模板未知名称：没有“电活”这个字段",
        f"改法：{found[0].hint}",
        "位置：正文第2段：{{ 电活 }}",
    ]
    (node,) = part(copy, "word/comments.xml")
    assert node.get(W + "author") == "docgen" and node.get(W + "date") is None


def test_the_text_of_the_document_is_not_touched() -> None:
    data = docx("{{ 电活 }}", "{% if 电话 %}", body=grid(("{%tr if 日期 %}甲",)))
    copy, found = noted(data)
    assert texts(copy) == texts(data)
    assert len(comments(copy)) == len(found) >= 3
    numbers = [node.get(W + "id") for node in part(copy).iter(W + "commentReference")]
    assert sorted(numbers, key=lambda n: int(n or 0)) == [str(n) for n in range(len(found))]


@pytest.mark.parametrize("where", PLACES)
def test_what_word_cannot_annotate_hangs_on_the_body(where: str) -> None:
    copy, _ = noted(placed(where, "前{{ 电活 }}"))
    (comment,) = comments(copy)
    assert f"位置：{PLACES[where]}" in comment
    (mark,) = part(copy).iter(W + "commentReference")
    holder = [text_of(p) for p in mark.iterancestors(W + "p")]
    assert len(holder) == 1
    expected = {
        "页眉": "单位：",
        "页脚": "单位：",
        "脚注": "{{ 日期",
        "尾注": "{{ 日期",
        "文本框": "图",
    }
    assert holder[0].startswith(expected.get(where, "前{{ 电活"))


def test_comments_that_were_there_are_kept() -> None:
    once, found = noted(docx("{{ 电活 }}"))
    twice = annotate(once, found)
    assert len(comments(twice)) == 2
    assert related(read_package(twice), "comments") == ("word/comments.xml",)
    again = [p.code for p in lint(once)]
    assert again == ["模板未知名称", "模板批注"]


def test_a_paragraph_without_text_and_a_finding_without_a_place() -> None:
    (found,) = lint(docx("{{ 电活 }}"))
    lost = Problem(found.code, found.severity, found.message)
    assert anchored(annotate(docx(""), [lost])) == [""]


def test_what_cannot_be_opened_has_no_copy() -> None:
    assert annotate(b"nothing", lint_template(b"nothing", FACTS)) == b""
