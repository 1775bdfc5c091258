"""Nothing typed is lost: every word of any text arrives in the blocks, in order."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from docgen.load.markdown import read_chapter
from docgen.model.blocks import Item, Table
from docgen.problem import Outcome
from tests.load.kit import PNG, words

RARE = st.characters(min_codepoint=0x20000, max_codepoint=0x323AF, categories=["Lo"])
PLAIN = st.text(
    st.sampled_from(
        "甲乙丙，。；：（）“”《》—…𠮷𫠉𰻞﨑葛\U000e0100e\u0301ñ🙂👨\u200d👩 &<>{}%$@^=/'\"0123ab"
    )
    | RARE,
    min_size=1,
    max_size=40,
)
MARKED = st.text(
    st.sampled_from("甲乙丙丁戊xyz，。 \n\n*_~`#>-+|[]()!<>&\\:=.1　") | RARE, max_size=80
)


def printed(text: str) -> str:
    """All that the blocks of a chapter print, one after the other."""
    outcome = read_chapter(text, "甲.md", "", pictures=lambda _: Outcome(PNG))
    assert outcome.value is not None
    found = ""
    for section in outcome.value.sections:
        found += section.title
        for block in section.blocks:
            found += (block.mark if isinstance(block, Item) else "") + words(block)
            found += block.caption if isinstance(block, Table) else ""
    return found


@given(PLAIN)
def test_text_that_people_type_comes_back_unchanged(text: str) -> None:
    # behind a word, so that no sign stands where Markdown would take it for a mark of a block
    assert printed("甲" + text) == ("甲" + text).rstrip()


@given(MARKED)
def test_every_word_of_any_markdown_arrives_in_order(text: str) -> None:
    """Letters and hanzi of the source are a subsequence of what prints; marks may go."""
    rest = iter(printed(text))
    typed = re.sub(r"(?m)^([ >*+\-.\d]*)(`{3,}|~{3,})[^\n]*", r"\1", text)  # a fence's language
    typed = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", typed)  # a picture prints itself
    typed = re.sub(r"(?ms)^ {0,3}<!--.*?--> *$", "", typed)  # a comment on its own lines
    missing = [char for char in typed if char.isalpha() and char not in rest]
    assert missing == []


@given(MARKED)
def test_every_block_stands_on_a_line_of_the_source(text: str) -> None:
    outcome = read_chapter(text, "甲.md", "", pictures=lambda _: Outcome(PNG))
    assert outcome.value is not None
    lines = [block.where.line or 0 for block in outcome.value.blocks]
    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
    assert all(1 <= (p.where.line or 0) <= text.count("\n") + 1 for p in outcome.problems)
