"""What may be the name of an applicant, bureau, notice or 文种."""

from __future__ import annotations

import pytest

from docgen.plan.naming import safe_name, shown


@pytest.mark.parametrize(
    "name",
    [
        "示例联合体",
        "江苏数促中心-2026",
        "申报书（综合类）",
        "甲 & 乙公司",
        "Example Co",
        "𠮷野家",
        "甲.乙",
        "$(touch P)",
        "CONSOLE",
        "草稿",
        "長" * 66,
    ],
)
def test_a_plain_name_is_taken(name: str) -> None:
    assert safe_name(name) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "是空的"),
        (" \u3000", "是空的"),
        ("..", "路径"),
        ("../示例", "路径"),
        ("甲/乙", "路径"),
        ("甲\\乙", "路径"),
        ("甲..乙", "路径"),
        ("/etc/passwd", "路径"),
        (".隐藏", "以“.”开头"),
        ("-rf", "以“-”开头"),
        ("~$方案", "以“~”开头"),
        (" 甲", "以空格开头"),
        ("甲 ", "以点或空格结尾"),
        ("甲.", "以点或空格结尾"),
        ("甲\u3000", "以点或空格结尾"),
        ("甲\n乙", "U+000A"),
        ("甲\0乙", "U+0000"),
        ("甲\u200b乙", "U+200B"),
        ("甲\u202e乙", "U+202E"),
        ("甲\ue000", "U+E000"),
        ("\udc80", "U+DC80"),
        ("甲:乙", "含“:”"),
        ("甲*", "含“*”"),
        ('甲"乙', '含“"”'),
        ("CON", "保留名"),
        ("con.txt", "保留名"),
        ("Lpt1", "保留名"),
        ("COM²", "保留名"),
        ("建设方案.草稿", "结尾"),
        ("建设方案.新", "结尾"),
        ("建设方案.新2", "结尾"),
        ("e\u0301", "组合字符"),
        ("\uf900", "兼容汉字"),
        ("长" * 67, "201 字节"),
    ],
)
def test_what_is_no_name_is_refused_with_a_cure(name: str, said: str) -> None:
    problem = safe_name(name, "申报单位")
    assert problem is not None
    assert problem.code == "名称"
    assert problem.message.startswith("申报单位“")
    assert said in problem.message
    assert problem.hint


def test_a_name_in_a_message_stays_on_one_short_line() -> None:
    assert shown("甲\n\x1b[31m乙") == "甲<U+000A><U+001B>[31m乙"
    assert len(shown("长" * 500)) == 60
