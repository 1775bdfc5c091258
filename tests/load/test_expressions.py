"""An expression that YAML has cut, or typed with full-width signs, is named with its cure."""

from __future__ import annotations

import pytest

from docgen.load.yaml import expression_hazards
from tests.load.kit import said, tree


def hazards(text: str) -> list[str]:
    node = tree(text).value
    assert node is not None
    problems = expression_hazards(node)
    assert all(p.where.file == "甲.yaml" and p.hint and p.code == "表达式" for p in problems)
    return [place.removesuffix(" 表达式") for place in said(problems)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("- 须: 数（案例） > 3\n", ["1:7 错误", "1:10 错误"]),
        ("- 须: 名称 == “甲”\n", ["1:12 错误", "1:14 错误"]),
        ("- 取值: 行业｜length\n", ["1:9 错误"]),
        ("- 须: |\n    甲 > 1\n    and 乙 ＞ 2\n", ["3:11 错误"]),
        ("- 不超过: [1, 2]\n", ["1:8 错误"]),
        ("- 须: 甲) > 1\n", ["1:6 错误"]),
        ("- 须: {甲: 1}\n", ["1:6 错误"]),
        ("- {编号: A, 须: 查(甲, 乙), 提示: 丙}\n", ["1:14 错误"]),
        ("- 须: 案例 | 列('甲 #乙')\n", ["1:6 错误"]),
        ('- 等于: "联合体"\n', ["1:7 提醒"]),
        ("- 任一:\n  - 甲 ＝ 1\n  - 须: 乙 ＝ 1\n", ["2:7 错误", "3:10 错误"]),
        ("- 分项:\n  - 适用: 甲 ！= 1\n", ["2:11 错误"]),
    ],
)
def test_a_damaged_expression_is_named(text: str, expected: list[str]) -> None:
    assert sorted(hazards(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "- 须: 申报方式 == '联合体（含牵头单位）'\n  提示: 请写明（一）、（二），并盖章\n",
        "- 须: |\n    \"甲\" in 服务 and\n    数(案例, '乙') > 3\n",
        "- 取值: 服务行业 | length\n  不超过: 3\n  须填: [甲, 乙]\n",
        "- 须: '甲 == \"乙\"'\n",
        "- 等于: \"'联合体'\"\n- 须:\n",
    ],
)
def test_a_sound_expression_raises_nothing(text: str) -> None:
    assert hazards(text) == []


def test_the_comma_that_cut_an_expression_is_told_by_the_reader_too() -> None:
    outcome = tree("- {编号: A, 须: 查(甲, 乙), 提示: 丙}\n")
    assert said(outcome.problems) == ["1:19 错误 逗号"]
    assert "单独一行" in outcome.problems[0].hint


def test_only_the_keys_named_are_expressions() -> None:
    node = tree("说明: 甲（乙\n口径: 丙｜丁\n").value
    assert node is not None
    assert expression_hazards(node) == ()
    assert said(expression_hazards(node, keys=["口径"])) == ["2:6 错误 表达式"]
