"""What goes wrong while filling names tag, place, path, value and where that was typed."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.fill import Filled, compile_template, fill
from docgen.fill.house.text import paragraph
from docgen.problem import Problem, Where
from tests.fill.kit import docx, grid, missing, record
from tests.fill.planted import PLACES, placed

DATA = "data/申报单位/甲/申报单位.yaml"
LINES = {"金额": 4, "单位名称": 2, "日期": 3, "案例.1.价": 7, "案例.2.价": 9, "案例.2.客户": 8}
FACTS = {
    "单位名称": "甲公司",
    "金额": 0,
    "日期": date(2026, 6, 2),
    "案例": [
        {"客户": "乙", "价": 3, "成效": "好"},
        {"客户": "丙", "价": 0, "成效": missing("案例.2.成效")},
    ],
    "电话": missing("电话"),
    "地址": missing("地址"),
    "传真": missing("传真", required=False),
}


def places(path: str) -> Where:
    return Where(DATA, LINES.get(path, 1), 5, path)


def run(template: bytes, *, draft: bool = True) -> Filled:
    made = compile_template(template, "模板.docx")
    assert made.is_usable, made.problems
    return fill(made, record(FACTS), draft=draft, places=places)


def fault(body: str) -> Problem:
    result = run(docx("单位：{{ 单位名称 }}", body=body))
    assert not result.docx
    (found,) = result.problems
    return found


@pytest.mark.parametrize(
    ("tag", "said", "path"),
    [
        ("{{ 10 / 金额 }}", "除数是零", "金额"),
        ("{{ 10 // 金额 }}", "除数是零", "金额"),
        ("{{ 10 % 金额 }}", "除数是零", "金额"),
        ("{{ 单位名称 + 1 }}", "文字和数不能相加", "单位名称"),
        ("{{ 日期 + 1 }}", "日期和数不能用“+”计算", "日期"),
        ("{% if 单位名称 > 3 %}{% endif %}", "文字和数不能用“>”比较", "单位名称"),
        ("{{ 单位名称 | 大写金额 }}", "“甲公司”不是数", "单位名称"),
        ("{{ 金额 | 中文日期 }}", "不是日期", "金额"),
        ("{% for 字 in 金额 %}{% endfor %}", "数不能循环", "金额"),
        ("{% set 比 = 1 / 金额 %}", "除数是零", "金额"),
        ("{{ 单位名称 * 999999 }}", "重复后超过", "单位名称"),
        ("{{ 单位名称() }}", "", "单位名称"),
    ],
)
def test_a_fault_names_the_value_and_where_it_was_typed(tag: str, said: str, path: str) -> None:
    found = fault(paragraph(tag))
    assert said in found.message
    assert (found.where.file, found.where.path) == ("模板.docx", path)
    assert found.where.spot.startswith("正文第2段：{")
    assert f"{DATA}:{LINES[path]}:5" in found.message
    assert found.hint


@pytest.mark.parametrize(
    "body",
    [
        paragraph("{% for 行 in 案例 %}{{ 9 / 行.价 }}{% endfor %}"),
        grid(("{%tr for 行 in 案例 %}",), ("{{ 9 / 行.价 }}",), ("{%tr endfor %}",)),
        paragraph("{% for 行 in 案例 %}{% for 次 in [1] %}{{ 9 / 行.价 }}{% endfor %}{% endfor %}"),
        paragraph("{% for 行 in 案例 %}{% set 价 = 行.价 %}{{ 9 / 价 }}{% endfor %}"),
    ],
    ids=["段", "表", "两层", "变量"],
)
def test_in_a_loop_the_row_is_named(body: str) -> None:
    found = fault(body)
    assert "“0”" in found.message
    if "set" not in body:
        assert found.where.path == "案例.2.价"
        assert f"案例.2.价=“0”（{DATA}:9:5）" in found.message


def test_a_name_that_a_row_lacks_tells_the_row() -> None:
    found = fault(paragraph("{% for 行 in 案例 %}{{ 行.客 }}{% endfor %}"))
    assert (found.code, found.where.path, found.hint) == (
        "模板未知名称",
        "案例.1",
        "是否想写“客户”？",
    )
    assert DATA in found.message


@pytest.mark.parametrize("where", PLACES)
def test_each_place_of_a_document_is_named(where: str) -> None:
    (found,) = run(placed(where, "{{ 1 / 金额 }}", splitting=True)).problems
    assert found.where.spot == f"{PLACES[where]}：{{{{ 1 / 金额 }}}}"


def test_everything_wrong_and_everything_missing_comes_in_one_run() -> None:
    body = (
        paragraph("{{ 电话 }}{{ 1 / 金额 }}")
        + paragraph("{{ 电活 }}")
        + grid(("{%tr for 行 in 案例 %}",), ("{{ 1 / 行.价 }}{{ 行.成效 }}",), ("{%tr endfor %}",))
        + paragraph("{% if 单位名称 < 2 %}{% else %}{{ 地址 }}{{ 传真 }}{% endif %}")
    )
    result = run(docx("单位", body=body), draft=False)
    assert [p.where.path for p in result.problems if p.code != "待补"] == [
        "金额",
        "",
        "案例.2.价",
        "单位名称",
    ]
    lacking = [p for p in result.problems if p.code == "待补"]
    assert [p.message for p in lacking] == ["缺“电话”", "缺“案例.2.成效”", "缺“地址”"]
    assert all(p.where.line for p in lacking)
    assert [hole.path for hole in result.holes] == ["电话", "案例.2.成效", "地址"]


def test_holes_of_other_parts_come_too() -> None:
    from tests.fill.planted import with_story

    data = with_story(docx("{{ 1 / 金额 }}"), "header", paragraph("{{ 电话 }}"))
    result = run(data, draft=False)
    assert [p.code for p in result.problems] == ["模板写法", "待补"]


def test_a_fault_told_once_is_not_told_again() -> None:
    result = run(docx("{% for 行 in 案例 %}{{ 1 / 金额 }}{% endfor %}", "{{ 1 / 金额 }}"))
    assert len(result.problems) == 2


def test_what_runs_away_is_not_tried_again() -> None:
    steps = "{% set n = 9000 + 999 %}"
    loops = "{% for a in range(n) %}{% for b in range(n) %}{% endfor %}{% endfor %}"
    (found,) = run(docx(steps + loops, "{{ 1 / 金额 }}")).problems
    assert "循环" in found.message


def test_an_error_never_gives_a_document() -> None:
    assert run(docx("{{ 1 / 金额 }}")).docx == b""


def test_any_number_of_unknown_names_is_told_in_one_run() -> None:
    result = run(docx(*(f"{{{{ 无{number} }}}}" for number in range(50))))
    assert [p.where.spot for p in result.problems] == [
        f"正文第{number + 1}段：{{{{ 无{number} }}}}" for number in range(50)
    ]


def test_what_is_not_told_is_counted() -> None:
    result = run(docx(*(f"{{{{ 无{number} }}}}" for number in range(230))))
    assert len(result.problems) == 201
    assert result.problems[-1].message == "还有 30 处错误没有列出"
    result = run(docx(*("{% if 无 %}{% endif %}" for _ in range(30))))
    assert len(result.problems) == 22, result.problems
    assert result.problems[-1].message == "还可能有别的错误没有列出"


def test_a_fault_in_each_row_of_a_loop_is_told_once_and_the_rest_goes_on() -> None:
    body = grid(("{%tr for 行 in 案例 %}",), ("{{ 行.无 }}{{ 9 / 金额 }}",), ("{%tr endfor %}",))
    result = run(docx(body=body + paragraph("{{ 地址 }}")), draft=False)
    assert [p.code for p in result.problems] == ["模板未知名称", "模板写法", "待补"]
