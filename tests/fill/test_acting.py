"""What strangers' values put into fields, or bring as markup, does not act when Word opens it."""

from __future__ import annotations

import pytest

from docgen.fill import compile_template, fill
from tests.fill.kit import docx, record
from tests.hostile.templates import field

MARKUP = "甲</w:t></w:r><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r><w:r><w:t>"
SPLIT = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDE</w:instrText></w:r>'
    "<w:r><w:t>{{% if 备注 %}}</w:t></w:r><w:r><w:instrText>{}</w:instrText></w:r>"
    "<w:r><w:t>{{% endif %}}</w:t></w:r>"
    '<w:r><w:instrText>AUTO cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("template", "value", "says"),
    [
        (field(" INCLUDE{{ 备注 }} c:\\a "), "TEXT", "INCLUDETEXT"),
        (field(" {{ 备注 }} c:\\a "), "DDEAUTO", "DDEAUTO"),
        (field(" {% if 备注 %}DDE{% endif %}AUTO cmd "), "是", "DDEAUTO"),
        (field(" {{ 'DDE' }}AUTO cmd "), "", "DDEAUTO"),
        (docx(body=f"<w:p>{SPLIT.format('')}</w:p>"), "是", "DDEAUTO"),
        (docx(body=f"<w:p>{SPLIT.format('X')}</w:p>"), "", "DDEAUTO"),
        (field(" HYPERLINK &quot;{{ 备注 }}&quot; "), "file://a.example/s", "外部内容"),
        (field(" HYPERLINK &quot;{{ 备注 }}&quot; "), "\\\\a.example\\s", "外部内容"),
        (field(" HYPERLINK &quot;{{ 备注 }}&quot; "), "javascript:alert(1)", "外部内容"),
        (docx("{{ 备注|safe }}"), MARKUP, "DDEAUTO"),
        (docx("{% set x %}{{ 备注|safe }}{% endset %}{{ x }}"), MARKUP, "DDEAUTO"),
        (docx("{% macro m() %}{{ 备注|safe }}{% endmacro %}{{ m() }}"), MARKUP, "DDEAUTO"),
    ],
)
def test_what_would_act_is_refused(template: bytes, value: str, says: str) -> None:
    made = fill(compile_template(template, "模板.docx"), record({"备注": value}))
    assert made.failed
    assert any(says in problem.message for problem in made.problems), made.problems


@pytest.mark.parametrize(
    ("template", "value"),
    [
        (field(" HYPERLINK &quot;{{ 备注 }}&quot; "), "https://a.example/甲?b=1&c"),
        (field(" HYPERLINK &quot;https://a.example/{{ 备注 }}&quot; "), "a b"),
        (field(" QUOTE {{ 备注 }} "), MARKUP),
        (field(" TOC \\o &quot;1-3&quot; "), MARKUP),
        (docx("{{ 备注 }}"), MARKUP),
        (docx("{{ '<w:br/>'|safe }}"), ""),
        (docx("{{ 备注|e|safe }}{% autoescape false %}{{ 备注 }}{% endautoescape %}"), MARKUP),
    ],
)
def test_what_is_only_said_is_printed(template: bytes, value: str) -> None:
    assert not fill(compile_template(template, "模板.docx"), record({"备注": value})).failed
