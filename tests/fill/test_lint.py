"""A template is judged before any data: all findings at once, each with its place."""

from __future__ import annotations

import pytest

from docgen.fill import lint_template, template_headings, template_names
from docgen.fill.house.text import paragraph
from docgen.problem import Severity
from tests.fill.kit import docx, grid

KNOWN = dict.fromkeys(
    ["单位名称", "日期", "案例", "案例.客户", "正文", "正文.重点", "联合协议.责任"], ""
)


def lint(*paragraphs: str, body: str = "") -> list[tuple[str, str]]:
    """Message and place of each finding."""
    found = lint_template(docx(*paragraphs, body=body), KNOWN, "模板.docx")
    assert all(p.where.file == "模板.docx" and p.hint for p in found)
    return [(p.message, p.where.spot) for p in found]


GOOD = (
    "{{ 单位名称 }}",
    "{% if 单位名称 %}甲{% else %}乙{% endif %}",
    "{%p for 行 in 案例 %}",
    "{{ 行.客户 }}{{ loop.index }}",
    "{%p endfor %}",
    "{{p 正文.重点 | 截至('节') }}",
    "{{ 日期 | 日期('年月') }}{{ 日期.年 }}{# 注 #}",
    "{% set 数 = 3 %}{{ 数 }}{{ 加年(日期, 1) }}",
    "{% set 段 %}甲{% endset %}{{ 段 }}",
)


def test_a_sound_template_has_no_finding() -> None:
    table = grid(("客户",), ("{%tr for 行 in 案例 %}",), ("{{ 行.客户 }}",), ("{%tr endfor %}",))
    assert lint(*GOOD, body=table) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("｛｛单位名称｝｝", "全角括号"),
        ("{｛ 单位名称 }}", "全角括号"),
        ("{{ 单位名称", "没有在同一段里结束"),
        ("单位名称 }}", "多了一个标记的结尾"),
        ("{单位名称}", "只有一层花括号"),
        ("{% if 单位名称 %}", "没有结束"),
        ("{% endif %}", "前面没有对应的 if"),
        ("{% else %}", "前面没有对应的 if"),
        ("{% if 单位名称 %}{% endfor %}", "用“{% endfor %}”结束"),
        ("{%p if 单位名称 %}文字", "填写时会一起消失"),
        ("文字{{p 正文.重点 }}", "填写时会一起消失"),
        ("{%tr if 单位名称 %}", "不在表格里"),
        ("{{ 单位名 }}", "没有“单位名”这个字段"),
        ("{{ 单位名称 | 无此 }}", "没有“无此”这个过滤器"),
    ],
)
def test_each_trap_is_named(text: str, said: str) -> None:
    found = lint("甲", text)
    assert any(said in message for message, _ in found), found
    assert all("第2段" in spot for _, spot in found)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("{%tr for 行 in 案例 %}{{ 行.客户 }}",), ("{%tr endfor %}",)), "填写时会一起消失"),
        ((("{%tr for 行 in 案例 %}", "{%tr endfor %}"),), "填写时会一起消失"),
        ((("{%tr for 行 in 案例 %}",), ("{{ 行.客户 }}",), ("{% endfor %}",)), "不在同一层"),
        ((("{% for 行 in 案例 %}", "{% endfor %}"),), "不在同一个单元格"),
        ((("{%tc for 行 in 案例 %}甲", "{%tc endfor %}"),), "所在的格还有“甲”"),
    ],
)
def test_tags_that_would_swallow_their_row_are_named(
    rows: tuple[tuple[str, ...], ...], said: str
) -> None:
    found = lint(body=grid(*rows))
    assert any(said in message for message, _ in found), found
    assert all("表1第" in spot for _, spot in found)


def test_all_findings_come_at_once_under_their_heading() -> None:
    body = (
        paragraph("总则", "标题1")
        + paragraph("{{ 单位名 }}")
        + paragraph("{{ 日子 }}{{ 行.客户 }}")
    )
    assert [spot for _, spot in lint(body=body)] == [
        "正文“总则”下第2段：{{ 单位名 }}",
        "正文“总则”下第3段：{{ 日子 }}",
        "正文“总则”下第3段：{{ 行.客户 }}",
    ]


def test_members_are_judged_by_their_group() -> None:
    assert lint("{{ 联合协议.责任 }}") == []
    (message, _), *rest = lint("{{ 联合协议.责 }}")
    assert message == "没有“责”这个字段" and not rest
    (message, _), *rest = lint("{% for 行 in 案例 %}{{ 行.客 }}{% endfor %}")
    assert message == "没有“客”这个字段" and not rest


def test_a_loop_over_paragraphs_with_plain_tags_is_a_warning() -> None:
    (found,) = lint_template(docx("{% if 日期 %}甲", "乙{% endif %}"), KNOWN)
    assert found.severity is Severity.WARNING


def test_headings_and_names_can_be_listed() -> None:
    body = paragraph("总则", "标题1") + paragraph("{{p 正文.重点 }}") + paragraph("{{ 单位名称 }}")
    loop = grid(("{%tr for 行 in 案例 %}",), ("{{ 行.客户 }}",), ("{%tr endfor %}",))
    headings = template_headings(docx(body=body))
    assert headings.typed == ("总则",) and headings.printed == ("正文.重点",)
    assert headings.holds("总则") and not headings.holds("重点")
    assert headings.holds("重点", "评估咨询") and not headings.holds("总则", "评估咨询")
    names = template_names(docx(body=body + loop))
    assert names == {"正文.重点", "单位名称", "案例", "案例.客户"}
