"""Scalars stay as typed, and every key and value knows its line and column."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docgen.load.yaml import read_yaml
from docgen.model.tree import Node
from tests.load.kit import faults, plain, tree


@pytest.mark.parametrize(
    "typed, text",
    [
        ("00123", "00123"),
        ("91320000MA00000011", "91320000MA00000011"),
        ("123456789012345678", "123456789012345678"),
        ("NO", "NO"),
        ("on", "on"),
        ("是", "是"),
        ("1.10", "1.10"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1.5e+3", "1.5e+3"),
        ("12:30:45", "12:30:45"),
        ("16:9", "16:9"),
        ("2026-06-01", "2026-06-01"),
        ("=", "="),
        (".inf", ".inf"),
        ("", ""),
        ("~", ""),
        ("null", ""),
        ("nil", "nil"),
        ("'~'", "~"),
        ("'  前后有空格 '", "  前后有空格 "),
        ('"制表\\t换行\\n"', "制表\t换行\n"),
        ("'it''s'", "it's"),
        ("“全角引号”", "“全角引号”"),
        ("甲：乙，丙；丁（戊）", "甲：乙，丙；丁（戊）"),
        ("A&B<C> {{ x }} {% y %}", "A&B<C> {{ x }} {% y %}"),
        ("http://example.com/a?b=1#c", "http://example.com/a?b=1#c"),
        ("C#语言", "C#语言"),
        ("甲 - 乙", "甲 - 乙"),
        ("-5", "-5"),
        ("中\u3000间 有\u00a0空格", "中\u3000间 有\u00a0空格"),
    ],
)
def test_a_scalar_is_text_as_typed(typed: str, text: str) -> None:
    outcome = tree(f"键: {typed}\n")
    assert outcome.problems == ()
    assert plain(outcome.value) == {"键": text}


def test_every_key_and_value_knows_its_place_in_characters() -> None:
    text = (
        "\ufeff# 注释\n"
        "𠮷𠮷: 🙂甲   # 注\n"
        "列表:\n"
        "  - 甲\n"
        "  - {客户: 乙, 额: '1'}\n"
        "空:\n"
        "正文: |\n"
        "\n"
        "  第一行\n"
        "  第二行\n"
    )
    node = read_yaml(text.encode(), "甲.yaml").value
    assert node is not None

    def places(path: str) -> tuple[int | None, ...]:
        found = node.at(path)
        assert found is not None
        return found.line, found.column, found.key_line, found.key_column

    assert places("𠮷𠮷") == (2, 5, 2, 1)
    assert places("列表") == (4, 3, 3, 1)
    assert places("列表.1") == (4, 5, None, None)
    assert places("列表.2") == (5, 5, None, None)
    assert places("列表.2.额") == (5, 16, 5, 13)
    assert places("空")[2:] == (6, 1)
    assert places("正文") == (8, 3, 7, 1)  # the block's first line of text, not its header
    assert node.at("列表.2.额").quoted and not node.at("列表.1").quoted  # type: ignore[union-attr]


def test_windows_line_ends_and_a_document_mark_change_nothing() -> None:
    outcome = tree("---\r\n甲: 1\r\n乙: |\r\n  一\r\n  二\r\n...\r\n")
    assert outcome.problems == ()
    assert plain(outcome.value) == {"甲": "1", "乙": "一\n二\n"}


def test_a_plain_scalar_over_lines_joins_hanzi_without_a_space() -> None:
    outcome = tree("说明: 第一行，\n  第二行\n  use Python\n  3\n\n  另一段\n")
    assert plain(outcome.value) == {"说明": "第一行，第二行 use Python 3\n另一段"}


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n"])
def test_an_empty_file_is_an_empty_scalar(text: str) -> None:
    outcome = tree(text)
    assert outcome.problems == ()
    assert outcome.value == Node("", "甲.yaml")


def test_an_empty_list_is_kept_apart_from_nothing() -> None:
    assert plain(tree("甲: []\n乙: {}\n丙:\n").value) == {"甲": [], "乙": {}, "丙": ""}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("甲: 1\n乙: 2\n甲: 3\n", ["3:1 错误 重复键"]),
        ("甲: {乙: 1, 乙: 2}\n", ["1:11 错误 重复键"]),
        ("é: 1\ne\u0301: 2\n", ["2:1 错误 重复键"]),  # equal after NFC
        ("Ａ: 1\nA: 2\n", ["2:1 错误 重复键"]),  # full width
        ("甲\u200b: 1\n甲: 2\n", ["1:1 错误 键", "2:1 错误 重复键"]),
        ("- 甲: 1\n  甲: 2\n- 甲: 3\n", ["2:3 错误 重复键"]),
    ],
)
def test_a_key_written_twice_is_named_with_both_lines(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_of_two_equal_keys_the_message_names_both_lines_and_the_first_stands() -> None:
    outcome = tree("甲: 1\n\n甲: 2\n")
    assert "第 1 行和第 3 行" in outcome.problems[0].message
    assert outcome.problems[0].where.path == "甲"
    assert plain(outcome.value) == {"甲": "1"}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("甲: &名 乙\n", ["1:4 错误 别名"]),
        ("甲: *重要\n", ["1:4 错误 别名"]),
        ("甲: &a 乙\n丙: *a\n", ["1:4 错误 别名", "2:4 错误 别名"]),
        ("甲: &a [*a]\n", ["1:4 错误 别名", "1:8 错误 别名"]),
        ("甲:\n  <<: 乙\n", ["2:3 错误 别名"]),
        ("甲: !!python/object:os.system 乙\n", ["1:4 错误 标签"]),
        ("甲: !!str 1\n", ["1:4 错误 标签"]),
        ("甲: ! 乙\n", ["1:4 错误 标签"]),
        ("甲: !重要\n", ["1:4 错误 标签"]),
        ("甲: 1\n---\n乙: 2\n", ["2:1 错误 多文档"]),
        ('甲: "\\x07"\n', ["1:4 错误 字符"]),
        ('甲: "\\u202e"\n', ["1:4 错误 字符"]),
        ('甲: "一\\r二"\n', ["1:4 错误 字符"]),
        ("甲: 一\x07二\n乙: 1\n乙: 2\n", ["1:5 错误 字符", "3:1 错误 重复键"]),
    ],
)
def test_what_yaml_could_do_behind_ones_back_is_refused(text: str, expected: list[str]) -> None:
    outcome = tree(text)
    assert outcome.value is None or outcome.value.cut
    assert faults(text) == expected


@pytest.mark.parametrize("text", ["? [甲]\n: 1\n", "{甲: 1}: 2\n", "[甲]: 1\n"])
def test_a_key_that_is_no_word_is_refused(text: str) -> None:
    assert [fault.split()[-1] for fault in faults(text)] == ["键"]


def test_depth_and_number_are_bounded() -> None:
    assert faults("[" * 39 + "甲" + "]" * 39) == []
    assert faults("[" * 3000) == ["1:41 错误 过大"]
    assert faults("\n".join(" " * n + "甲:" for n in range(60))) == ["41:41 错误 过大"]
    assert faults("- 1\n" * 49_999) == []
    assert faults("- 1\n" * 60_000) == ["50000:3 错误 过大"]


def test_the_problems_of_one_file_are_capped() -> None:
    problems = tree("甲: 1\n" * 400).problems
    assert len(problems) == 201
    assert "199 处" in problems[-1].message
    assert problems[-1].where.line == 202


def test_the_parser_in_python_serves_where_the_one_in_c_is_absent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "𠮷: 甲\n丙: [一, '二']\n丁: |\n  戊\n己: 1\n己: 2\n庚：3\n"
    fast = tree(text)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert tree(text) == fast


TYPED = st.text(
    st.sampled_from("甲乙𠮷𫠉𰻞㐀﨑葛\U000e0100é\u0301🙂 '\"#:：,，-{}[]&*!|>%@`~?=<>\\/.0a\t")
    | st.characters(min_codepoint=0x20000, max_codepoint=0x323AF, categories=["Lo"]),
    max_size=30,
)


@given(TYPED)
def test_text_in_single_quotes_comes_back_unchanged(text: str) -> None:
    quoted = text.replace("'", "''")
    outcome = tree(f"键: '{quoted}'\n尾: 1\n")
    assert plain(outcome.value) == {"键": text, "尾": "1"}
    assert outcome.problems == ()


@given(TYPED)
def test_text_in_a_block_comes_back_unchanged(text: str) -> None:
    outcome = tree(f"键: |2-\n  {text}\n尾: 1\n")
    assert plain(outcome.value)["键"] in ((text,) if text.strip(" ") else (text, ""))


@given(TYPED)
def test_text_typed_plainly_is_kept_or_named(text: str) -> None:
    outcome = tree(f"键: {text}\n尾: 1\n")
    kept = outcome.value is not None and plain(outcome.value) == {
        "键": text.strip(" \t"),
        "尾": "1",
    }
    nothing = text.strip(" \t") in ("~", "") or text.strip(" \t").startswith("# ")
    comment = " #" in text or "\t#" in text or text.startswith("#")
    quoted = text.strip(" \t")[:1] in ("'", '"', "[", "{", "|", ">")
    assert kept or nothing or outcome.problems or comment or quoted


def test_a_file_in_another_encoding_has_no_tree() -> None:
    outcome = read_yaml("单位名称: 示例\n".encode("gbk"), "甲.yaml")
    assert (outcome.value, [p.code for p in outcome.problems]) == (None, ["编码"])
