"""docs/模板写法.md says what the code does: every code is in it, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.fill import Known, lint_template
from docgen.fill.findings import CODES
from docgen.fill.house.text import paragraph
from docgen.fill.places import Spot
from docgen.fill.program import program_of
from docgen.fill.tags import scan, words_of
from docgen.fill.xml import parse
from docgen.model.notice import FieldType
from docgen.problem import Severity
from tests.fill.kit import docx, grid

GUIDE = (Path(__file__).parents[2] / "docs/模板写法.md").read_text("utf-8")
LESSON, LIST = GUIDE.split("## 检查说了什么")
FACTS = {
    "单位名称": Known("单位名称", FieldType.TEXT, always=True),
    "电话": Known("电话", FieldType.TEXT),
    "日期": Known("日期", FieldType.DATE),
    "案例": Known("案例", FieldType.TABLE),
    "案例.客户": Known("客户", FieldType.TEXT),
    "正文": Known("正文", FieldType.GROUP),
    "正文.重点建设内容": Known("重点建设内容", FieldType.PROSE),
}
SHOWN = [
    *("模板全角", "模板括号", "模板单括号", "模板标点", "模板语句", "模板配对", "模板吞内容"),
    *("模板写法", "模板未知名称", "模板段标记", "模板循环", "模板成员", "模板过滤器", "必填受限"),
]


def test_every_code_is_explained_in_its_order_and_no_other() -> None:
    assert re.findall(r"^\| (\S+) \| (?!说的是)", LIST, re.M) == list(CODES)


@pytest.mark.parametrize("code", SHOWN)
def test_the_example_of_a_code_raises_it(code: str) -> None:
    examples = re.findall(r"`([^`]*)`", next(ln for ln in LIST.splitlines() if f"| {code} |" in ln))
    raised = {
        problem.code
        for example in examples
        for body in (paragraph(example), grid((example,)))
        for problem in lint_template(docx("单位", body=body), FACTS)
    }
    assert code in raised, (examples, raised)


def test_every_tag_of_the_lesson_can_be_read() -> None:
    fences = re.findall(r"```\n(.*?)```", LESSON, re.S)
    inline = [text for line in LESSON.splitlines() for text in re.findall(r"`([^`]+)`", line)]
    texts = [*fences, *(text for text in inline if "…" not in text and "_" not in text)]
    assert len(texts) > 40
    for text in texts:
        spot = Spot(parse(b"<p/>"), text, "这里")
        assert not [p for p in scan(text) if p.fault] or text in ("{%tr %}", "{{"), text
        if text.startswith(("{%p %}", "{%tr %}", "{%")) and "end" not in text and "set" not in text:
            continue
        if text in ("{{p }}", "{{r }}"):
            continue
        assert not program_of(words_of([spot]), "").problems, text


def test_errors_are_what_would_lose_something() -> None:
    heavy = {code for code, kind in CODES.items() if kind.severity is Severity.ERROR}
    assert {"模板吞内容", "模板配对", "模板全角", "模板拆分", "模板不安全"} <= heavy
    assert not {"模板字体", "模板批注", "模板跨段", "疑似实际资料"} & heavy
    assert all(kind.meaning and kind.cure for kind in CODES.values())
