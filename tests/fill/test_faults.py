"""What goes wrong in a template is told with its place and cause, in Chinese."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from docgen.fill import compile_template, lint_template
from docgen.fill.house.text import paragraph
from tests.fill.kit import docx, filled, grid, problem

FACTS = {"单位名称": "甲公司", "日期": date(2026, 6, 2), "金额": 3, "案例": [{"客户": "乙"}]}


@pytest.mark.parametrize(
    ("tag", "said", "hint"),
    [
        ("{{ 单位名 }}", "没有“单位名”这个字段", "是否想写“单位名称”？"),
        ("{% if 单位名 %}{% endif %}", "没有“单位名”这个字段", "是否想写“单位名称”？"),
        ("{% for 行 in 案例 %}{{ 行.客 }}{% endfor %}", "没有“客”这个字段", "“客户”"),
        ("{{ 1 / 0 }}", "除数是零", "除数为零"),
        ("{{ 日期 | 没有的 }}", "没有“没有的”这个过滤器", "过滤器"),
        ("{{ 单位名称 | 保留 }}", "“甲公司”不是数", "类型"),
        ("{{ 单位名称 + 1 }}", "值的类型不合", "类型"),
        ("{{ ''.__class__ }}", "没有“__class__”", ""),
        ("{{ 单位名称.format }}", "没有“format”", ""),
        ("{% include 'x' %}", "不允许使用include", ""),
        ("{{ 'a' * 99999999 }}", "重复后超过", ""),
        ("{{ range(99999) }}", "range 最多", ""),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
            "循环合计超过",
            "",
        ),
        ("{{ range }}", "不是资料里的内容", ""),
        ("{% for x in 案例 %}{{ loop }}{% endfor %}", "不是资料里的内容", ""),
        ("{{ 单位名称 ** 2 }}", "乘方", ""),
        ("{{ 金额 日期 }}", "写法不对", "半角"),
        ("{{ dict(a=1, a=2) }}", "同一个参数写了两次", "重复"),
        ("{% for x in 案例 %}{{ loop.indx }}{% endfor %}", "没有“indx”", "“index”"),
        ("{% if ( %}{% endif %}", "写法不对", "半角"),
    ],
)
def test_each_fault_names_tag_place_and_cause(tag: str, said: str, hint: str) -> None:
    body = paragraph("总则", "标题1") + paragraph("好段") + paragraph(tag)
    found = problem(body=body, **FACTS)
    assert said in found.message
    assert found.where.file == "模板.docx"
    assert found.where.spot.startswith("正文“总则”下第3段：")
    assert hint in found.hint


def test_a_fault_in_a_table_names_row_and_cell() -> None:
    table = grid(
        ("头", "头"),
        ("{%tr for 行 in 案例 %}",),
        ("{{ 行.客户 }}", "{{ 行.价 }}"),
        ("{%tr endfor %}",),
    )
    found = problem("段", body=table, **FACTS)
    assert found.where.spot == "正文表1第3行第2格：{{ 行.价 }}"


def test_the_second_of_two_tags_in_a_line_is_the_one_named() -> None:
    found = problem("{{ 单位名称 }}与{{ 单位 }}与{{ 日期 }}", **FACTS)
    assert found.where.spot.endswith("：{{ 单位 }}")


def test_faults_of_body_and_footer_are_told_at_once() -> None:
    from lxml import etree

    from tests.fill.kit import W, part, with_part

    template = docx("{{ 单位名 }}")
    footer = part(template, "word/footer1.xml")
    next(footer.iter(W + "t")).text = "{{ 日 }}"
    result = filled(with_part(template, "word/footer1.xml", etree.tostring(footer)), FACTS)
    assert [p.where.spot for p in result.problems] == [
        "正文第1段：{{ 单位名 }}",
        "页脚第1段：{{ 日 }}",
    ]


def test_an_unclosed_loop_is_found_where_it_opens() -> None:
    found = problem("甲", "{%p if 单位名称 %}", "乙", **FACTS)
    assert found.message == "“{%p if 单位名称 %}”没有结束"
    assert found.where.spot == "正文第2段：{%p if 单位名称 %}"


def test_tags_that_break_the_document_are_told() -> None:
    found = problem("{%p if 单位名称 %}", "甲{% else %}乙", "{%p endif %}", **FACTS)
    assert found.code == "模板写法"


def test_tags_nested_too_deep_are_told() -> None:
    loops = "{% for x in 案例 %}" * 30 + "{% endfor %}" * 30
    assert "层次太深" in problem(loops, **FACTS).message


@pytest.mark.parametrize(
    "deep",
    [
        "{% for x in 案例 %}" * 30 + "{% endfor %}" * 30,
        "{% if 金额 %}" * 130 + "{% endif %}" * 130,
        "{% if 金额 %}" * 2000 + "{% endif %}" * 2000,
        "{{ " + "[" * 300 + "1" + "]" * 300 + " }}",
        "{{ " + "1 + " * 3000 + "1 }}",
    ],
    ids=["for", "if", "ifs", "list", "sum"],
)
def test_what_is_nested_too_deep_is_told_with_its_place(deep: str) -> None:
    found = problem("{{ 单位名称 }}", deep, **FACTS)
    assert "层次太深" in found.message
    assert found.where.spot.startswith("正文第2段：{")


def test_all_tags_that_cannot_be_read_are_told_at_once() -> None:
    made = compile_template(
        docx("{{ 金额 日期 }}{{ 日期 | 无此 }}", "{% if 金额 is 大 %}{% endif %}")
    )
    assert [p.where.spot for p in made.problems] == [
        "正文第1段：{{ 金额 日期 }}",
        "正文第1段：{{ 日期 | 无此 }}",
        "正文第2段：{% if 金额 is 大 %}",
    ]


@pytest.mark.parametrize("half", ["{", "{{ ", "{% ", "{# ", "{{ '", "{{p ", "-%}"])
def test_any_number_of_halves_is_told_soon(half: str) -> None:
    template = docx("{{ 单位名称 }}", half * 20_000)
    before = process_time()
    problems = compile_template(template).problems + lint_template(template)
    assert process_time() - before < 10  # each half against all that follows would take minutes
    assert {p.code for p in problems} == {"模板括号"}
    assert all(p.where.spot.startswith("正文第2段：") for p in problems)
