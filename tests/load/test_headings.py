"""A number typed before a heading goes where Word will print one, and stays where it is a word."""

from __future__ import annotations

import pytest

from docgen.load.markdown.headings import same_title, split_number, value
from tests.load.kit import chapter, said


@pytest.mark.parametrize(
    "typed, ordinal, mark, words",
    [
        ("一、总则", 1, "一、", "总则"),
        ("十二、 附则", 12, "十二、", "附则"),
        ("（一）牵头单位概况", 1, "（一）", "牵头单位概况"),
        ("(一) 牵头单位概况", 1, "(一)", "牵头单位概况"),
        ("（3）丙", 3, "（3）", "丙"),
        ("1.总则", 1, "1.", "总则"),
        ("1、总则", 1, "1、", "总则"),
        ("2．总则", 2, "2．", "总则"),
        ("第一章 总则", 1, "第一章", "总则"),
        ("1.1 目标", 1, "1.1", "目标"),
        ("2.1.3 目标", 3, "2.1.3", "目标"),
        ("一、二期建设", 1, "", "一、二期建设"),
        ("三、四线城市", 3, "", "三、四线城市"),
        ("5、6月工作", 5, "", "5、6月工作"),
        ("1.5亿元投资", 1, "", "1.5亿元投资"),
        ("3.5 亿元投资", 1, "", "3.5 亿元投资"),
        ("5G应用", 5, "", "5G应用"),
        ("2023年情况", 2, "", "2023年情况"),
        ("第一产业", 1, "", "第一产业"),
        ("一是创新", 1, "", "一是创新"),
        ("（2023）号文", 1, "", "（2023）号文"),
        ("一、", 1, "", "一、"),
        ("总则", 1, "", "总则"),
    ],
)
def test_a_number_goes_only_where_it_is_one(
    typed: str, ordinal: int, mark: str, words: str
) -> None:
    found = split_number(typed, ordinal)
    assert (found.mark, found.words) == (mark, words)


@pytest.mark.parametrize(
    "digits, number", [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十一", 21), ("08", 8)]
)
def test_chinese_numbers_have_values(digits: str, number: int) -> None:
    assert value(digits) == number


def test_numbers_that_fit_the_order_go_without_a_word() -> None:
    outcome = chapter("## （一）甲\n\n### 1.子\n\n### 2.丑\n\n## （二）乙\n\n### 1. 寅\n")
    assert outcome.problems == () and outcome.value is not None
    assert [section.title for section in outcome.value.sections] == ["甲", "乙"]


def test_a_number_that_will_change_is_told() -> None:
    outcome = chapter("## （一）甲\n\n## （三）乙\n")
    assert said(outcome.problems) == ["3:1 提醒 标题"]
    assert "（三）" in outcome.problems[0].message
    assert "第 2" in outcome.problems[0].message


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("四、重点建设内容", "重点建设内容", True),
        ("重点 建设", "重点建设", True),
        ("甲", "乙", False),
    ],
)
def test_titles_are_the_same_but_for_number_and_space(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) is same
