"""A document filled with marks is the document, and each mark says what it stands for."""

from __future__ import annotations

import pytest

from docgen.fill import compile_template, fill, fill_marked, prints_of, read_paragraphs
from docgen.fill.marked import without_marks
from docgen.model.values import Missing, Percent, Record, Rows
from docgen.pipeline import Workspace
from docgen.pipeline.tracing.papers import Papers
from docgen.problem import Where
from tests.fill.kit import docx
from tests.kit import ROOT

NOWHERE = Where()


@pytest.mark.parametrize("name", ["示例联合体", "示例综合"])
def test_without_its_marks_it_is_what_a_build_fills(name: str) -> None:
    papers = Papers(Workspace(ROOT))
    for paper in papers.of_subject(papers.desk.applicant(name)):
        assert paper.template is not None
        plain = fill(paper.template, paper.values.of(paper.job))
        expected = [one.text for one in read_paragraphs(plain.docx)]
        assert [one.text for one in paper.fresh] == expected
        assert paper.used == plain.used
        assert paper.prints


def test_marks_tell_paths_rows_expressions_and_holes() -> None:
    rows = Rows([Record({"额": 3}, "案例.1", NOWHERE), Record({"额": 4}, "案例.2", NOWHERE)])
    facts = {
        "名": "甲\n乙",
        "率": Percent.typed("23.5%"),
        "案例": rows,
        "缺": Missing("缺", "缺项", NOWHERE, required=True),
    }
    template = compile_template(
        docx(
            "{{ 名 }}", "率{{ 率 }}、{{ 缺 }}", "{% for 行 in 案例 %}{{ 行.额 * 2 }}；{% endfor %}"
        )
    )
    made = fill_marked(template, Record(facts, "", NOWHERE))
    assert made is not None
    first, second, third = read_paragraphs(made.docx)[:3]
    assert (first.text, second.text, third.text) == ("甲\n乙", "率23.5%、【待补：缺项】", "6；8；")
    assert [made.prints[n].path for n in prints_of(first.spans, 2, 3)] == ["名"]
    assert [made.prints[n].path for n in prints_of(second.spans, 0, 1)] == []
    assert [made.prints[n].path for n in prints_of(second.spans, 1, 6)] == ["率"]
    assert [made.prints[n].path for n in prints_of(second.spans, 8, 9)] == ["缺"]
    (doubled,) = (made.prints[n] for n in prints_of(third.spans, 2, 3))
    assert (doubled.path, doubled.tag, doubled.reads) == ("", "行.额 * 2", ("案例.2.额",))
    assert made.used["名"] == "甲\n乙"


def test_a_template_that_cannot_be_filled_has_no_marks() -> None:
    broken = compile_template(docx("{{ 名"))
    assert fill_marked(broken, Record({}, "", NOWHERE)) is None
    assert without_marks("无标记") == ("无标记", ())
    assert read_paragraphs(b"no zip") == ()
