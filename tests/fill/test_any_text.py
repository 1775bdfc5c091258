"""What a stranger typed arrives as typed, or is refused by name: nothing in between."""

# ruff: noqa: E501  (signs, one beside the other)

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.fill import Unfillable, compile_template, fill
from tests.fill.kit import docx, grid, record, texts

LOOP = grid(("{%tr for 行 in 表 %}",), ("{{ 行.值 }}",), ("{%tr endfor %}",))
TEMPLATE = compile_template(
    docx(
        "前{{ 值 }}后", "{{ 值 ~ '' }}", "{% if 值 %}{{ 值 | trim }}{% endif %}{{r 值 }}", body=LOOP
    )
)
NASTY = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "{_{", "&", "<", ">", '"', "'", "&amp;", "]]>", "<!--", "<w:p>",
     "</w:t>", "\u0301", "\u200b", "\u3000", "\u00a0", "𬭎", "䶮", "\U0002ebf0", "🧑\u200d🔬", "\ufeff", "\x00",
     "\x0b", "\x1f", "\x7f", "\x85", "\ud800", "\udfff", "\ufdd0", "\ufdd1", "\ufdd2", "\ufffe", "\uffff",
     "\U0001fffe", "\ue000", "\r", "\u2028"]
)  # fmt: skip
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=6)), max_size=12).map("".join)


def carried(text: str) -> bool:
    """Whether XML can hold it, said independently of the code under test."""
    return not any(
        (ord(sign) < 32 and sign not in "\t\n\r")
        or unicodedata.category(sign) == "Cs"
        or sign in "\ufffe\uffff"
        or 0xFDD0 <= ord(sign) <= 0xFDEF
        for sign in text
    )


def lines(text: str) -> str:
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return text


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_text_arrives_as_typed_or_is_refused_by_name(text: str) -> None:
    result = fill(TEMPLATE, record({"值": text, "表": [{"值": text}]}))
    if not carried(text):
        assert result.failed
        assert all("U+" in problem.message for problem in result.problems)
        return
    assert not result.problems
    assert texts(result.docx)[:2] == [f"前{lines(text)}后", lines(text)]
    assert texts(result.docx)[-1] == lines(text)
    assert result.used["值"] == lines(text)


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_a_plain_context_is_printed_as_typed_too(text: str) -> None:
    values = {"值": text, "表": [{"值": text}]}
    breaks = [sign for sign in "\a\f" if sign in text]
    if not carried(text.replace("\a", "").replace("\f", "")):
        with pytest.raises(Unfillable, match=r"U\+"):
            TEMPLATE.render(values)
    elif not breaks:  # which docxtpl reads as new paragraphs
        assert texts(TEMPLATE.render(values))[:2] == [f"前{lines(text)}后", lines(text)]


def test_a_long_text_arrives_whole() -> None:
    text = "长&<𬭎" * 25_000
    result = fill(TEMPLATE, record({"值": text, "表": []}))
    assert not result.problems
    assert texts(result.docx)[0] == f"前{text}后"


def test_a_reference_that_xml_has_no_character_for_is_refused() -> None:
    template = compile_template(docx("{{ v|safe }}"))
    for reference in ("&#0;", "&#55296;", "&#xFFFF;"):
        with pytest.raises(Unfillable):
            template.render({"v": f"金额{reference}元"})


@pytest.mark.parametrize("value", ["甲\a乙", "甲\f乙"])
def test_a_break_where_none_can_stand_is_refused_not_written(value: str) -> None:
    link = '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>{{ v }}</w:t></w:r></w:hyperlink></w:p>'
    with pytest.raises(Unfillable):
        compile_template(docx(body=link)).render({"v": value})
    assert compile_template(docx("{{ v }}")).render({"v": value})
