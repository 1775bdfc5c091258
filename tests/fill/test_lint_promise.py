"""A template whose findings hold no error compiles and fills; no template breaks the lint."""

from __future__ import annotations

import random

from docgen.fill import annotate
from docgen.fill.house.text import paragraph
from docgen.problem import Severity
from tests.fill.kit import chapter, docx, filled, grid
from tests.fill.planted import lint, split

INLINE = [
    *("甲", "", "{{ 电话 }}", "{% if 电话 %}甲{% endif %}", "{# 注 #}"),
    *("{% for 行 in 案例 %}{{ 行.客户 }}{% endfor %}", "{% set 数 = 2 %}{{ 数 }}"),
]
SOUND = [
    *INLINE[:4],
    *("{%p if 电话 %}", "{%p endif %}", "{%tr for 行 in 案例 %}", "{%tr endfor %}"),
]
BROKEN = [
    *("{{", "}}", "{%", "%}", "{#", "#}", " if ", " for ", "'", "“", "|", "{", "}", "p ", "tr "),
    *("{% if 电话 %}", "{% endif %}", "{% else %}", "{% endfor %}", "{% raw %}", "{% endraw %}"),
    *(
        "{{p 正文.重点 }}",
        "{% vm %}",
        "{% colspan 电话 %}",
        "{%- if 电话 -%}",
        "\\",
        "｛｛",
        "｝｝",
    ),
    *(
        "{% macro 甲() %}",
        "{% endmacro %}",
        "{{r 照片 }}",
        "{%tc for 行 in 案例 %}",
        "{% set x = 1 %}",
    ),
]
FACTS = {
    "单位名称": "甲",
    "电话": "1",
    "照片": "乙",
    "案例": [{"客户": "丙"}, {"客户": "丁"}],
    "正文": {"重点": chapter("重点", {})},
}


def made_up(dice: random.Random) -> bytes:
    pieces = INLINE if dice.random() < 0.4 else SOUND * 8 + BROKEN

    def text(most: int) -> str:
        return "".join(dice.choice(pieces) for _ in range(dice.randint(0, most)))

    body = "".join(paragraph(text(3)) for _ in range(dice.randint(1, 4)))
    if dice.random() < 0.5:
        body += grid(*[(text(2), text(1)) for _ in range(dice.randint(1, 4))])
    return docx(body=split(body) if dice.random() < 0.3 else body)


def test_no_error_means_that_it_fills() -> None:
    dice = random.Random(3)
    sound = 0
    for _ in range(60):
        data = made_up(dice)
        found = lint(data)
        assert annotate(data, found)
        if not any(problem.severity is Severity.ERROR for problem in found):
            sound += 1
            result = filled(data, FACTS)
            assert result.docx and not result.problems
    assert sound > 5
