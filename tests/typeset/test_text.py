"""Every character typed arrives in the PDF, in order, or is refused by name."""

from __future__ import annotations

import pytest

from docgen.problem import Severity
from tests.typeset.paper import bare, glyphs, lines, text, words
from tests.typeset.word import bookmark, field_runs, p, r

SENTENCES = [
    "为推动制造业数字化转型，我单位拟于2026年6月1日提出申报。",
    "“引号”、《书名》、（括号）、【方括】、〔六角〕——破折号……省略号：顿、逗，句。",
    "人名䶮、𬭎、𫖯；单位㎡、℃；勾选☑☐；序号①⑳；符号×÷±≥≤→№。",
    'A&B <C> "x" \'y\' #read("/etc/passwd") $x^2$ *粗* _斜_ @ref `code` \\ // /* */ ~ = - +',
    "https://example.com/a-b/c_d?e=f&g=h#i 与 SM2/SM3/SM4、GB/T 9704-2012 混排100%。",
    "αβγ Я é ü ñ 15～20万元，第3—5页",
]


def test_every_character_arrives_in_order(printed):
    made = printed("".join(p(sentence) for sentence in SENTENCES))
    assert made.problems == ()
    assert text(made.pdf) == bare("".join(SENTENCES))


def test_typst_source_in_a_document_is_only_text(printed):
    hostile = '#panic("x") #read("/etc/passwd") #import "@preview/a:1.0.0": * "])) <label> @label $'
    made = printed(p(hostile) + p(r(hostile, "<w:b/>")))
    assert text(made.pdf) == bare(hostile * 2)


def test_runs_of_spaces_keep_their_width(printed):
    (line,) = lines(printed(p("a    b")).pdf)
    start, end = line[0], line[-1]
    assert end.x - start.x == pytest.approx(16 * (0.444 + 4 * 0.25), abs=0.1)


def test_a_character_without_a_font_is_an_error_and_never_a_box(printed):
    made = printed(p("甲\U0003fffd乙"))
    (problem,) = made.problems
    assert problem.severity is Severity.ERROR
    assert "U+3FFFD" in problem.message
    assert problem.where.spot == "第 1 段"
    assert text(made.pdf) == "甲[U+3FFFD]乙"


def test_missing_glyphs_are_told_beforehand(fonts):
    assert fonts.missing_glyphs(["仿宋_GB2312"], "甲䶮 \u3000\U0003fffd") == ("\U0003fffd",)


def test_hidden_and_deleted_text_is_not_printed(printed):
    body = p(
        r("甲")
        + r("藏", "<w:vanish/>")
        + f"<w:del>{r('删').replace('w:t', 'w:delText')}</w:del>"
        + f"<w:ins>{r('乙')}</w:ins>"
    )
    made = printed(body)
    assert text(made.pdf) == "甲乙"
    assert [problem.code for problem in made.problems] == ["修订"]


def test_text_boxes_follow_their_paragraph_and_are_told(printed):
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wps:txbx>'
        f"<w:txbxContent>{p('框中文字')}</w:txbxContent></wps:txbx></wp:inline></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )
    made = printed(p(r("段落") + box) + p("之后"))
    assert text(made.pdf) == "段落框中文字之后"
    assert [problem.code for problem in made.problems] == ["文本框"]


def test_what_cannot_be_shown_is_told_with_its_place(printed):
    body = p("甲", style="1") + p("<w:r><w:footnoteReference w:id='1'/></w:r>") + p("乙")
    (problem,) = printed(body).problems
    assert problem.code == "脚注"
    assert problem.where.spot == "第 2 段（“甲”之下）"


def test_field_results_and_links_are_text(printed):
    body = p(
        r("见")
        + field_runs('HYPERLINK "https://example.com"', "网站")
        + f'<w:hyperlink w:anchor="here">{r("上文")}</w:hyperlink>'
        + field_runs("DATE \\@ yyyy", "2026年")
        + bookmark("here", r("处"))
    )
    assert text(printed(body).pdf) == "见网站上文2026年处"


def test_symbols_of_symbol_fonts_become_unicode(printed):
    box = '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>'
    assert text(printed(p(r("是") + box)).pdf) == "是☑"


def test_bold_italic_and_small_text_stay_text(printed):
    marks = ("<w:b/>", "<w:i/>", "<w:u w:val='single'/>", "<w:strike/>")
    body = "".join(p(r("粗体bold", mark)) for mark in marks)
    assert text(printed(body).pdf) == "粗体bold" * 4


def test_superscript_is_smaller_and_raised(printed):
    raised = r("2", "<w:vertAlign w:val='superscript'/>")
    drawn = glyphs(printed(p(r("平方米") + raised)).pdf)
    assert drawn[-1].text == "2"
    assert drawn[-1].y < drawn[0].y - 3


def test_toggles_set_by_paragraph_and_character_style_cancel(printed):
    from tests.typeset.word import STYLES, Word

    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="bold"><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="strong"><w:rPr><w:caps/></w:rPr></w:style>'
    )
    body = p(r("abc") + r("def", '<w:rStyle w:val="strong"/>'), style="bold")
    made = printed(Word(body, styles=styles))
    assert words(lines(made.pdf)[0]) == "ABCdef"
