"""Bytes become text only if every one of them is meant; a refusal names line and column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.load.text import LIMIT, characters, decode
from docgen.problem import Where
from tests.load.kit import said


def refused(data: bytes) -> tuple[str, str]:
    outcome = decode(data, "甲.yaml")
    assert outcome.value is None
    assert outcome.problems[0].hint
    return said(outcome.problems)[0], outcome.problems[0].message


@pytest.mark.parametrize(
    "data, text",
    [
        ("单位：示例\n".encode(), "单位：示例\n"),
        (b"\xef\xbb\xbf" + "有 BOM".encode(), "有 BOM"),
        ("一\r\n二\r三\n".encode(), "一\n二\n三\n"),
        ("\t制表符、𠮷𫠉、👨‍👩‍👧、e\u0301、葛\ufe00".encode(), None),
        (b"", ""),
    ],
)
def test_utf8_reads_to_the_letter(data: bytes, text: str | None) -> None:
    outcome = decode(data, "甲.yaml")
    assert outcome.problems == ()
    assert outcome.value == (data.decode() if text is None else text)


LETTER = "单位名称: 示例数字科技有限公司\n地址: 示例市高新区\n"
TRADITIONAL = "單位名稱: 範例數位科技有限公司\n地址: 範例市高新區\n"


@pytest.mark.parametrize(
    "data, where, name",
    [
        (LETTER.encode("gbk"), "1:1 错误 编码", "GBK"),
        (b"a: 1\r\nb: 2\r\n" + LETTER.encode("gb18030"), "3:1 错误 编码", "GBK"),
        ("备注: 𠮷野\n".encode("gb18030"), "1:1 错误 编码", "GBK"),
        (TRADITIONAL.encode("big5"), "1:1 错误 编码", "Big5"),
        (LETTER.encode("utf-16"), "1:1 错误 编码", "UTF-16"),
        ("name: abc\n键: 1\n".encode("utf-16-le"), "1:1 错误 编码", "UTF-16"),
        ("name: abc\n键: 1\n".encode("utf-16-be"), "1:1 错误 编码", "UTF-16"),
        (LETTER.encode("utf-32"), "1:1 错误 编码", "UTF-32"),
        (LETTER.encode()[:-2], "2:10 错误 编码", "不完整"),
        ("甲: 乙\n丙: ".encode() + b"\xff\n", "2:4 错误 编码", "0xFF"),
        ("甲\n".encode() + b"\xed\xa0\x80", "2:1 错误 编码", "0xED"),
    ],
)
def test_another_encoding_is_named_where_it_breaks(data: bytes, where: str, name: str) -> None:
    place, message = refused(data)
    assert place == where
    assert name in message


def test_the_cure_for_another_encoding_is_to_save_as_utf8() -> None:
    (problem,) = decode(LETTER.encode("gbk"), "甲.yaml").problems
    assert "UTF-8" in problem.hint


@pytest.mark.parametrize(
    "char, name",
    [
        ("\0", "NUL"),
        ("\x0b", "U+000B"),
        ("\x1b", "控制字符"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "行分隔符"),
        ("\u202e", "双向"),
        ("\u2066", "双向"),
        ("\ufeff", "BOM"),
        ("\ufdd0", "非字符"),
        ("\uffff", "非字符"),
        ("\U0001fffe", "非字符"),
    ],
)
def test_a_character_that_no_document_can_hold_is_refused(char: str, name: str) -> None:
    place, message = refused(f"一\r\n二𠮷{char}三".encode())
    assert place == "2:3 错误 字符"
    assert name in message


def test_a_lone_surrogate_in_memory_is_refused() -> None:
    assert said(characters("甲\ud800", Where("表", 4, 2))) == ["4:3 错误 字符"]


@pytest.mark.parametrize("char", ["\ufffd", "\ue000", "\U000f0001", "\U000e0101"])
def test_a_doubtful_character_is_kept_with_a_warning(char: str) -> None:
    outcome = decode(f"甲{char}".encode(), "甲.md")
    assert outcome.value == f"甲{char}"
    assert said(outcome.problems) == ["1:2 提醒 字符"]


def test_many_bad_characters_are_counted() -> None:
    problems = decode(b"\x07" * 500, "甲.md").problems
    assert len(problems) == 21
    assert "480" in problems[-1].message


def test_a_tail_of_zero_bytes_after_a_power_cut_is_named_where_it_begins() -> None:
    place, message = refused("单位: 示例\n".encode() + bytes(64))
    assert (place, "NUL" in message) == ("2:1 错误 字符", True)


def test_a_file_over_the_limit_is_refused() -> None:
    assert decode(b"a" * LIMIT, "甲.md").value is not None
    outcome = decode(b"a" * (LIMIT + 1), "甲.md")
    assert (outcome.value, outcome.problems[0].code) == (None, "过大")
    assert "2 MB" in outcome.problems[0].message


@given(st.binary(max_size=60))
def test_any_bytes_read_or_are_refused(data: bytes) -> None:
    outcome = decode(data, "甲.md")
    assert (outcome.value is None) == outcome.failed


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cn"])))
def test_any_assigned_text_reads_unchanged(text: str) -> None:
    assert decode(text.encode(), "甲.md").value == text
