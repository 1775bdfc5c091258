"""What is proven when a template is compiled, and what a rendering is still looked at for."""

from __future__ import annotations

import pytest

from docgen.fill import compile_template
from docgen.fill.package import read_package
from docgen.fill.skeleton import Traits
from docgen.fill.template import Part
from tests.fill.kit import docx, filled, grid, texts

DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="5" name="图"/></wp:inline></w:drawing></w:r></w:p>'
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def part(body: str) -> Part:
    template = compile_template(docx(body=body))
    assert template.is_usable, template.problems
    return template.faithful.parts[0]


def within(kind: str, inner: str) -> str:
    return paragraph(f"{{%p {kind} %}}") + inner + paragraph(f"{{%p end{kind.split()[0]} %}}")


ROWS = grid(("头",), ("{%tr for r in x %}",), ("{{ r }}",), ("{%tr endfor %}",))


@pytest.mark.parametrize(
    ("body", "traits"),
    [
        (paragraph("{{ x }}{% if x %}甲{% else %}乙{% endif %}"), Traits()),
        (ROWS, Traits()),
        (within("for r in x", paragraph("{{ r }}")), Traits()),
        (paragraph("{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}"), Traits()),
        (paragraph("{% for r in x %}甲") + paragraph("{% endfor %}"), Traits(False, True)),
        (paragraph("{% filter upper %}a{% endfilter %}"), Traits(False, True)),
        (grid(("{%tr for r in x %}",), ("{{ r }}",), ("{%tr endfor %}",)), Traits(mends=True)),
        (grid(("{{p x }}",)), Traits(mends=True)),
        (DRAWING + DRAWING, Traits()),
        (within("for r in x", DRAWING), Traits(repeats=True)),
        (paragraph("甲\t{{ x }}"), Traits(breaks=True)),
    ],
)
def test_the_tree_tells_what_each_rendering_needs(body: str, traits: Traits) -> None:
    assert part(body).traits == traits


def test_a_part_that_is_proven_and_plain_goes_through_no_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    template = compile_template(docx("{{ x }}", body=ROWS))
    monkeypatch.setattr("docgen.fill.settle.parse", lambda *_: pytest.fail("parsed"))
    monkeypatch.setattr("docgen.fill.settle._check", lambda *_: pytest.fail("checked"))
    monkeypatch.setattr("docgen.fill.engine.resolve_listing", lambda *_: pytest.fail("listed"))
    made = template.render({"x": ["甲&\n乙\t", "丙"]})
    assert texts(made)[2:] == ["甲&\n乙\t", "丙"]


def test_what_cannot_be_proven_is_parsed_each_time() -> None:
    body = paragraph("{% if x %}甲") + paragraph("乙{% endif %}")
    assert texts(filled(docx(body=body), {"x": True}).docx) == ["甲", "乙"]
    crooked = "<w:tbl><w:tr><w:tc>" + paragraph("{% if x %}") + "</w:tc></w:tr></w:tbl>"
    assert filled(docx(body=crooked + paragraph("{% endif %}")), {"x": False}).failed


def test_untouched_parts_are_the_same_bytes_in_every_document() -> None:
    template = compile_template(docx("{{ x }}"))
    first, second = (read_package(template.render({"x": x})) for x in ("甲", "乙"))
    assert {name for name in first if first[name] != second[name]} == {"word/document.xml"}


def test_one_template_prints_any_number_of_records_alike() -> None:
    template = compile_template(docx("{{ x }}", body=ROWS.replace("in x", "in y")))
    values = [{"x": str(n), "y": list(range(n % 5))} for n in range(50)]
    once = [template.render(each) for each in values]
    assert [template.render(each) for each in reversed(values)] == once[::-1]
