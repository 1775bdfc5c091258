"""What YAML takes without a word, or stumbles over, is named where a person must mend it."""

from __future__ import annotations

from random import Random

import pytest

from docgen.load.yaml import read_yaml
from tests.load.kit import faults, plain, tree

SLIPS = [
    # full-width colons and missing spaces
    ("单位名称：示例\n", ["1:5 错误 全角冒号"]),
    ("单位名称：示例\n电话：1\n", ["1:5 错误 全角冒号", "2:3 错误 全角冒号"]),
    ("单位名称：示例\n电话: 1\n", ["1:5 错误 全角冒号"]),
    ("电话: 1\n单位名称：示例\n地址: 乙\n", ["2:5 错误 全角冒号"]),
    ("电话: 1\n单位名称：示例\n", ["2:5 错误 全角冒号"]),
    ("联系人:\n  姓名：甲\n  电话：1\n", ["2:5 提醒 全角冒号", "3:5 提醒 全角冒号"]),
    ("单位名称: 示例\n  电话：1\n", ["2:5 提醒 全角冒号"]),
    ("- 单位：示例\n  电话: 1\n", ["1:5 错误 全角冒号"]),
    ("- 单位: 示例\n- 单位：乙\n", ["2:5 错误 全角冒号"]),
    ("{单位：示例, 电话: 1}\n", ["1:4 错误 全角冒号"]),
    ("a：1\nb: 2\nc：3\n", ["1:2 错误 全角冒号", "3:2 错误 全角冒号"]),
    ("单位名称:示例\n", ["1:5 错误 冒号"]),
    ("电话: 1\n单位名称:示例\n地址: 乙\n", ["2:5 错误 冒号"]),
    ("单位名称:\u3000示例\n", ["1:5 错误 冒号"]),
    ("单位名称:\u00a0示例\n", ["1:5 错误 冒号"]),
    ("{甲:1}\n", ["1:3 错误 冒号"]),
    ("甲:{乙: 1}\n", ["1:2 错误 冒号"]),
    ("甲 {乙: 1}\n", ["1:2 错误 冒号"]),
    ("甲: 乙: 丙\n", ["1:5 错误 冒号"]),
    ("甲: 1\n没有冒号\n乙: 2\n", ["2:1 错误 语法"]),
    ("联系人:\n  姓名 甲\n  地址 乙\n  电话: 1\n", ["2:3 错误 语法", "3:3 错误 语法"]),
    # commas
    ("甲: [一，二]\n", ["1:6 错误 全角逗号"]),
    ("甲: [一，二, 三，四]\n", ["1:6 错误 全角逗号", "1:11 错误 全角逗号"]),
    ("甲: {客户: 乙，行业: 丙}\n", ["1:10 错误 全角逗号"]),
    ("甲: {客户: 乙公司, 丙公司}\n", ["1:14 错误 逗号"]),
    ("甲: {合同额: 1,000}\n", ["1:12 错误 逗号"]),
    # lists
    ("甲:\n  -一\n  -二\n", ["2:3 错误 列表", "3:3 错误 列表"]),
    ("甲:\n  - 一\n  -二\n", ["3:3 错误 列表"]),
    ("- 一\n-二\n", ["2:1 错误 列表"]),
    ("甲:\n  -乙: 1\n", ["2:3 错误 列表"]),
    ("甲:\n  －一\n", ["2:3 错误 列表"]),
    ("甲: - 一\n", ["1:4 错误 列表"]),
    ("- 一\n乙: 2\n", ["2:1 错误 缩进"]),
    # indentation
    ("甲:\n\t乙: 1\n", ["2:1 错误 缩进"]),
    ("甲:\n  乙: 1\n\t丙: 2\n", ["3:1 错误 缩进"]),
    ("甲: |\n\t一\n", ["2:1 错误 缩进"]),
    ("甲:\n\u3000\u3000乙: 1\n", ["2:1 错误 缩进"]),
    ("甲: 1\n\u00a0\u00a0乙: 2\n", ["2:1 错误 缩进"]),
    ("\u200b甲: 1\n", ["1:1 错误 缩进"]),
    ("正文: |\n\u3000\u3000第一段\n", ["2:1 错误 缩进"]),
    ("甲: 1\n  乙: 2\n", ["2:3 错误 缩进"]),
    ("甲:\n  乙: 1\n 丙: 2\n", ["3:2 错误 缩进"]),
    ("甲:\n   乙: 1\n  丙: 2\n  丁: 3\n", ["2:4 错误 缩进"]),  # the odd one out, above
    ("甲:\n  - 乙: 1\n     丙: 2\n", ["3:6 错误 缩进"]),
    # keys
    ("单位\u3000名称: 1\n", ["1:1 错误 键"]),
    ("单位\u200b名称: 1\n", ["1:1 错误 键"]),
    ("甲: 1\n: 2\n", ["2:1 错误 键"]),
    (": 2\n", ["1:1 错误 键"]),
    ("附件：甲 乙: 1\n", ["1:3 提醒 全角冒号"]),
    # comments
    ("语言: C #语言\n", ["1:7 提醒 井号"]),
    ("颜色: #fff\n", ["1:5 提醒 井号"]),
    ("- #一\n- 二\n", ["1:3 提醒 井号"]),
    ("甲: [C #语言, 乙]\n丙: 1\n", ["1:7 错误 井号"]),
    ("甲: 一\n  # 注\n  二\n", ["2:3 错误 井号"]),
    ("＃ 注\n甲: 1\n", ["1:1 错误 井号"]),
    # quotes
    ('甲: "一\n乙: 1\n', ["1:4 错误 引号"]),
    ("甲: '一\n乙: 1\n", ["1:4 错误 引号"]),
    ('甲: "一\n乙: "二"\n丙: 1\n', ["1:4 错误 引号"]),
    ('甲: "一\n乙: 二"\n', ["1:4 提醒 引号"]),
    ('甲: "一" 二\n', ["1:8 错误 引号"]),
    ('甲: "一"二\n', ["1:7 错误 引号"]),
    ("甲: 'it's'\n", ["1:8 错误 引号"]),
    ('甲: "C:\\数据"\n', ["1:7 错误 引号"]),
    # brackets
    ("甲: [一, 二\n乙: 1\n", ["1:4 错误 括号"]),
    ("甲: {乙: 1\n丙: 2\n", ["1:4 错误 括号"]),
    ("甲: [一, 二】\n乙: 1\n", ["1:9 错误 括号"]),
    ("甲: [一: 1: 2]\n", ["1:9 错误 括号"]),
    ("甲: ]\n", ["1:4 错误 语法"]),
    # signs that begin something else
    ("甲: @乙\n", ["1:4 错误 语法"]),
    ("甲: `乙`\n", ["1:4 错误 语法"]),
    ("甲: %5\n", ["1:4 错误 语法"]),
    ("%甲: 1\n", ["1:1 错误 语法"]),
    ("甲: ? 乙\n", ["1:4 错误 语法"]),
    ("甲: *重要\n", ["1:4 错误 别名"]),
    ("甲: !重要\n", ["1:4 错误 标签"]),
    ("甲: > 3\n", ["1:4 错误 块"]),
    ("甲: >3\n", ["1:4 提醒 块"]),
    ("甲: | 乙\n", ["1:4 错误 块"]),
    ("甲: ｜\n  一\n", ["1:4 错误 块"]),
    ("甲 |\n  一\n乙: 1\n", ["1:2 错误 块"]),
    ("{甲: 1}乙\n", ["1:7 错误 语法"]),
]


@pytest.mark.parametrize("text, expected", SLIPS)
def test_a_slip_is_named_where_it_must_be_mended(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


INNOCENT = [
    "备注: 注意：以合同为准，含税\n",
    "- 第一类：含税\n- 第二类：不含税\n",
    "甲: 1   # 一般的注释\n乙: 2 # 也是\n丙:  # 空\n丁: 3  #紧跟的\n# 整行\n#整行\n",
    "说明: 第一行写不下，\n  接着写第二行。\n",
    "甲: [一、二, 三]\n乙: ['一，二', \"三，四\"]\n",
    "存疑: [{事项: 甲，乙, 采用: 丙；丁}]\n",
    "时间: 12:30\n比例: 16:9\n网址: http://example.com\n路径: C:\\数据\n",
    "差额:\n  -5\n",
    "甲: '#一'\n乙: a#b\n丙: '- 一'\n",
    "甲: |\n  单位：乙\n  -一\n  \t制表\n  # 一\n",
    '甲: "多行\n  文字"\n',
    "甲:\n- 一\n- 二\n乙:\n    丙: 1\n    丁: 2\n",
    "'甲：乙': 1\n\"- 丙\": 2\n",
    "甲: 一\n\n\n乙: 二\n",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_ordinary_writing_raises_nothing(text: str) -> None:
    assert faults(text) == []


def test_a_syntax_error_comes_with_what_was_found_before_and_certain_slips_after() -> None:
    text = (
        "甲: 1\n甲: 2\n乙: [一，二]\n丙: 三: 四\n丁：五\n正文: |\n  注：这是正文\n  -也是\n戊:六\n"
    )
    assert faults(text) == [
        "2:1 错误 重复键",
        "3:6 错误 全角逗号",
        "4:5 错误 冒号",
        "5:2 错误 全角冒号",
        "9:2 错误 冒号",
    ]


def test_after_a_syntax_error_the_value_holds_what_was_read() -> None:
    node = tree("甲: 1\n乙: 2\n  丙: 3\n丁: 4\n").value
    assert node is not None and node.cut
    assert plain(node) == {"甲": "1", "乙": ""}  # “2 丙” was never meant
    assert node.mapping["乙"].cut and not node.mapping["甲"].cut


def test_every_message_is_chinese() -> None:
    for text, _ in SLIPS:
        for problem in tree(text).problems:
            letters = [c for c in problem.message + problem.hint if c.isascii() and c.isalpha()]
            assert len("".join(letters).replace("YAML", "").replace("Tab", "")) < 8, problem


def test_a_message_says_what_was_seen_and_the_hint_what_to_do() -> None:
    (problem,) = tree("单位名称：示例\n").problems
    assert problem.message == "“单位名称”后是全角冒号，没有读作“键: 值”"
    assert problem.hint == "改为半角冒号加一个空格“: ”；若确是文字，加引号"


def test_any_mutilated_file_is_read_or_told_never_an_exception() -> None:
    whole = "".join(text for text, _ in SLIPS[::3])
    chance = Random(20261120)
    for _ in range(400):
        start, length = chance.randrange(len(whole)), chance.randrange(1, 90)
        outcome = read_yaml(whole[start : start + length].encode(), "甲.yaml")
        assert outcome.value is not None or outcome.failed
        lines = whole[start : start + length].count("\n") + 2
        assert all(0 < (p.where.line or 0) <= lines for p in outcome.problems)
