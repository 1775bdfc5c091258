"""A fault in any kind of statement: its own tag is blamed, and nothing behind it stays untold."""

from __future__ import annotations

import pytest

from docgen.fill import Filled, compile_template, fill
from docgen.fill.house.text import paragraph
from tests.fill.kit import docx, filled, missing, record, texts

FACTS = {
    "单位名称": "甲公司",
    "金额": 0,
    "案例": [{"客户": "乙", "价": 0}],
    "电话": missing("电话"),
    "地址": missing("地址"),
}
SHOWING = "{% macro m(a) %}{{ caller(3) }}{% endmacro %}"


def run(*lines: str) -> Filled:
    body = "".join(map(paragraph, lines))
    return fill(compile_template(docx(body=body), "模板.docx"), record(FACTS), draft=False)


@pytest.mark.parametrize(
    ("tag", "rest"),
    [
        ("{% with x = 1 / 金额 %}", "{{ x + 1 }}{{ x.年 }}{{ 地址 }}{% endwith %}"),
        ("{% with a = 1 / 金额, b = 2 %}", "{{ a }}{{ 地址 }}{% endwith %}"),
        ("{% with (a, b) = 金额 %}", "{{ a }}{{ 地址 }}{% endwith %}"),
        ("{% filter truncate(1 / 金额) %}", "{{ 地址 }}{% endfilter %}"),
        ("{% filter 大写金额 | upper %}", "某{{ 地址 }}{% endfilter %}"),
        ("{% set x = 1 / 金额 %}", "{{ x + 1 }}{% for y in x %}{{ y.客 }}{% endfor %}{{ 地址 }}"),
        ("{% set x | 大写金额 %}", "某{{ 地址 }}{% endset %}{{ x }}"),
        ("{% set a, b = 金额 %}", "{{ a }}{{ 地址 }}"),
        ("{% set n = namespace(x=1 / 金额) %}", "{% set n.y = 1 %}{{ n.x + n.y }}{{ 地址 }}"),
        ("{% set 单位名称.甲 = 1 %}", "{{ 地址 }}"),
        ("{% for 行 in 案例 if 1 / 行.价 %}", "{{ 行.客户 }}{% endfor %}{{ 地址 }}"),
        ("{% for 字 in 金额 %}", "{% else %}{{ 地址 }}{% endfor %}"),
        ("{% macro m(a, b=1 / 金额) %}", "{{ a + b }}{{ 地址 }}{% endmacro %}{{ m(1) }}"),
        ("{% autoescape 1 / 金额 %}", "{{ 地址 }}{% endautoescape %}"),
    ],
)
def test_a_statement_that_fails_is_blamed_itself_and_hides_nothing(tag: str, rest: str) -> None:
    result = run("{{ 单位名称 }}", tag + rest, "{{ 电话 }}{{ 2 / 金额 }}")
    assert [problem.where.spot for problem in result.problems if problem.code != "待补"] == [
        f"正文第2段：{tag}",
        "正文第3段：{{ 2 / 金额 }}",
    ]
    assert [hole.path for hole in result.holes] == ["地址", "电话"]


def test_a_call_that_fails_still_shows_what_stands_in_it() -> None:
    tag = "{% call(数) m(1 / 金额) %}"
    result = run(SHOWING + tag + "{{ 数 + 1 }}{{ 地址 }}{{ 无此 }}{% endcall %}")
    spots = [problem.where.spot for problem in result.problems if problem.code != "待补"]
    assert spots == [f"正文第1段：{tag}", "正文第1段：{{ 无此 }}"]
    assert [hole.path for hole in result.holes] == ["地址"]


def test_an_elif_that_fails_goes_on_with_else() -> None:
    result = run("{% if 0 %}{% elif 1 / 金额 %}{% else %}{{ 地址 }}{% endif %}")
    assert result.problems[0].where.spot == "正文第1段：{% elif 1 / 金额 %}"
    assert [hole.path for hole in result.holes] == ["地址"]


@pytest.mark.parametrize(
    "tag",
    [
        "{% with a = 1, x = 1 / 金额 %}{% endwith %}",
        "{% filter truncate(1 / 金额) %}甲{% endfilter %}",
        "{% macro m(a=1 / 金额) %}{% endmacro %}{{ m() }}",
        SHOWING + "{% call m(1 / 金额) %}{% endcall %}",
    ],
)
def test_the_value_that_a_statement_read_is_named(tag: str) -> None:
    (found,) = run(tag).problems
    assert found.message.endswith("用到 金额=“0”") and found.where.path == "金额"


@pytest.mark.parametrize(
    "text",
    [
        "{% set 段 %}地址：{{ 地址 }}{% endset %}{{ 段 }}",
        "{% macro m() %}地址：{{ 地址 }}{% endmacro %}{{ m() }}",
        "{% macro m() %}地址：{{ caller() }}{% endmacro %}{% call m() %}{{ 地址 }}{% endcall %}",
        "{% filter upper %}地址：{{ 地址 }}{% endfilter %}",
        "{% with x = 地址 %}地址：{{ x }}{% endwith %}",
    ],
)
def test_what_is_missing_within_a_block_is_a_hole_as_anywhere(text: str) -> None:
    result = filled(docx(text), FACTS)
    assert [hole.path for hole in result.holes] == ["地址"]
    assert texts(result.docx) == ["地址：【待补：地址】"]
