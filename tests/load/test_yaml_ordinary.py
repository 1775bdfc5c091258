"""The quick pass over ordinary files gives what the careful one gives, and is taken for them."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docgen.load.text import characters
from docgen.load.yaml import read_yaml
from docgen.load.yaml.ordinary import ordinary_tree
from docgen.load.yaml.slips import in_line, is_quiet
from docgen.load.yaml.source import Source
from docgen.problem import Where
from tests.load.kit import carefully, plain, tree

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("notices/**/*.yaml"), *ROOT.glob("data/**/*.yaml")])
WORDS = (
    *("甲", "单位名称", "电话", "示例 公司", "-5", "12:30", "http://a/b", "~", "null", "Ａ", "A"),
    *(": ", ":", "：", "- ", "-", "－", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\n\n", " "),
    *("'", '"', "''", "{", "}", "[", "]", ", ", "，", "|\n  ", "|2-\n  ", ">\n  ", "｜", "＞"),
    *(" #", " # ", "#", "＃", "&a ", "*a", "!", "! ", "!!str ", "<<", "? ", "---\n", "...\n", "%"),
    *("\t", "\u3000", "\u00a0", "\u200b", "\u2060", "\ufffd", "\x07", "\\x07", "\\t", "R&D", "@"),
    *(" |", " >-"),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A stretch of a file that ships, with a few words put in, taken out or doubled."""
    lines = draw(st.sampled_from(FILES)).read_text("utf-8").split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[start : start + 12])
    for _ in range(draw(st.integers(0, 3))):
        place, length = draw(st.integers(0, len(text))), draw(st.sampled_from((0, 0, 1, 2, 7)))
        text = text[:place] + draw(st.sampled_from(("", *WORDS))) + text[place + length :]
    return text


@given(damaged())
def test_a_damaged_file_reads_alike(text: str) -> None:
    tree(text)


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_any_words_in_any_order_read_alike(text: str) -> None:
    tree(text)
    tree(f"键:\n  - {text}\n尾: 1\n")


@given(st.lists(st.sampled_from([word for word in WORDS if "\n" not in word]), max_size=8))
def test_a_line_that_is_quiet_at_a_glance_holds_no_slip(words: list[str]) -> None:
    line = "".join(words)
    if is_quiet(line):
        assert list(in_line(Source("甲.yaml", [line]), 0)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_files_that_ship_are_ordinary(path: Path) -> None:
    data = path.read_bytes()
    assert ordinary_tree(data.decode(), "甲.yaml") == carefully(data).value is not None


@pytest.mark.parametrize(
    "text",
    [
        "甲: |\n\n    一\n  \n    二\n乙: >-\n  三\n",
        "甲: '一\n  二'\n乙: 一\n  二\n丙: ~\n丁:\n戊: ''\n",
        "甲:\n- 一\n-   乙: 1\n    丙: '2'\n- 二\n",
        "甲: [一, '二，三', {乙: 丙，丁}]\n戊: {}\n己: []\n",
        "# 注\n甲: 1   # 注\n  #乙: 2\n",
        "研发（R&D）: 一!\n",
        "说明:\n  一行里的字\n",
        "",
        "---\n",
        "甲",
    ],
)
def test_ordinary_ways_of_writing_take_the_quick_pass(text: str) -> None:
    assert ordinary_tree(text, "甲.yaml") == tree(text).value is not None


def test_depth_and_number_end_the_quick_pass() -> None:
    assert ordinary_tree("[" * 38 + "甲" + "]" * 38, "甲.yaml") is not None
    assert ordinary_tree("[" * 3000, "甲.yaml") is None
    assert ordinary_tree("- 1\n" * 49_999, "甲.yaml") is not None
    assert ordinary_tree("- 1\n" * 50_000, "甲.yaml") is None


def test_every_character_that_is_told_of_counts_as_not_printable() -> None:
    """So that one look suffices for a text without them."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if char.isprintable() and char != "\ufffd" and not 0xE0100 <= code <= 0xE01EF:
            assert characters(f"{char}\t", Where()) == ()  # the tab makes it look at each


def test_reading_costs_little_more_than_the_events_of_the_parser() -> None:
    """In one process and by turns, so that a busy machine slows both."""
    chance = Random(1)
    text = "".join(
        f"单位{number}:\n  名称: 示例{'字' * chance.randrange(60)}公司\n  金额: '{number}'\n"
        for number in range(40)
    )
    data = text.encode()
    reads, parses = [], []
    for _ in range(15):
        start = perf_counter()
        outcome = read_yaml(data, "甲.yaml")
        reads.append(perf_counter() - start)
        start = perf_counter()
        count = sum(1 for _ in yaml.parse(text, Loader=yaml.CSafeLoader))
        parses.append(perf_counter() - start)
    assert plain(outcome.value)["单位7"]["金额"] == "7" and count > 240
    assert min(reads) < 4 * min(parses)
