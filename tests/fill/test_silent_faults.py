"""What docxtpl lets pass without a word: each is told before any data, or does not happen."""

from __future__ import annotations

import pytest

from docgen.fill.house.text import paragraph
from tests.fill.kit import docx, grid, printed
from tests.fill.planted import lint, lint_body, placed

LOOP, END = "{%tr for 行 in 案例 %}", "{%tr endfor %}"


@pytest.mark.parametrize("value", ["R&D投入 <研发> 费", "A & B 公司", "x<y", "<5%"])
def test_text_is_not_cut_at_markup(value: str) -> None:
    assert printed("前 {{ 值 }} 后", "末段", 值=value) == [f"前 {value} 后", "末段"]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (paragraph("{{ 联系人.姓名字 }}"), ["模板未知名称"]),
        (paragraph("{% if 电话 %}甲"), ["模板配对"]),
        (grid((LOOP + "{{ 行.客户 }}",), (END,)), ["模板吞内容", "模板空循环"]),
        (grid((LOOP, END)), ["模板吞内容", "模板吞内容"]),
        (paragraph("{{ 电活 }}") + paragraph("{{ 曰期 }}"), ["模板未知名称", "模板未知名称"]),
        (paragraph("电话 }}"), ["模板括号"]),
        (paragraph("｛｛ 电话 ｝｝"), ["模板全角"]),
        (paragraph("{{ 正文.重点 }}"), ["模板段标记"]),
        (grid(("{%p if 电话 %}\n甲\n{%p endif %}",)), ["模板空格子"]),
        (paragraph("甲{%p if 电话 %}") + paragraph("{%p endif %}"), ["模板吞内容", "模板空循环"]),
        (paragraph("{{ 9**9**9 }}"), ["模板写法"]),
    ],
)
def test_each_silent_fault_is_told(body: str, codes: list[str]) -> None:
    assert [p.code for p in lint_body(body)] == codes


def test_a_fault_in_a_header_is_told_as_such() -> None:
    (found,) = lint(placed("页眉", "{{ 电活 }}"))
    assert found.where.spot == "首页页眉第1段：{{ 电活 }}"


def test_a_missing_end_is_told_with_page_and_cell() -> None:
    body = paragraph("总则", "标题1") + grid(("甲", "{% if 电话 %}乙"))
    (found,) = lint(docx("前", body=body))
    assert found.where.spot == "正文“总则”下表1第1行第2格：{% if 电话 %}"
