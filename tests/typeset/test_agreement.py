"""A PDF is held against its Word file: equal ones agree, and each planted difference is found."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdf
import pytest

from docgen.typeset import Unreadable, agreement
from tests.typeset.test_pages import contents_document, note, numbered, reference
from tests.typeset.word import GB, Word, field_runs, p, r, section, tbl, tc, tr

REPEATED = tr(tc("序号"), tc("名称"), properties="<w:tblHeader/>")
TALL = tr(tc("合并", "<w:vMerge w:val='restart'/>"), tc("甲"))
REST = tr(tc("", "<w:vMerge/>"), tc("丙"))
ROWS = [tr(tc(str(n)), tc("单位")) for n in range(60)]
MARK = '<w:r><w:footnoteReference w:id="1"/></w:r>'


def document(*, title: str = "标题", cell: str = "乙", more: str = "", rows: int = 60) -> Word:
    """Two pages and more: header, footer, a footnote, merged cells, a table with a header row."""
    parts = {
        "notes": ("footnotes", "footnotes.xml", note(1, "脚注的话。")),
        "head": ("header", "hdr1.xml", p("页眉的话")),
        "foot": ("footer", "ftr1.xml", numbered("— ", " —")),
    }
    body = (
        p(title)
        + p(
            r("“数字化转型”，")
            + MARK
            + r("ABC 123㎡；")
            + r("下", "<w:vertAlign w:val='subscript'/>")
        )
        + tbl((2000, 2000), TALL, tr(tc("", "<w:vMerge/>"), tc(cell)), REST)
        + p("之间")
        + more
        + tbl((2000, 2000), REPEATED, *ROWS[:rows])
        + p("末段")
    )
    end = reference("header", "default", "head") + reference("footer", "default", "foot") + GB
    return Word(body, end=section(end), parts=parts)


def told(word: Word, pdf: bytes) -> list[tuple[str, str]]:
    """The code and place of each difference."""
    return [(each.code, each.where.spot) for each in agreement(word.bytes(), pdf)]


def test_what_was_made_of_a_file_agrees_with_it(printed):
    made = printed(document())
    assert made.pages >= 3
    assert agreement(document().bytes(), made.pdf, pages=made.pages) == ()


def test_contents_with_true_numbers_agree_and_stale_ones_do_not(printed):
    word = contents_document()
    made = printed(word)
    stale = agreement(word.bytes(), made.pdf)
    assert {each.code for each in stale} == {"文字不一致"}
    assert "99" in stale[0].message
    for mark, page in made.marks.items():
        begin = f"PAGEREF {mark} \\h"
        old, new = (field_runs(begin, number) for number in ("99", page))
        assert old in word.body
        word.body = word.body.replace(old, new)
    assert agreement(word.bytes(), made.pdf) == ()


@pytest.mark.parametrize(
    ("changed", "differences"),
    [
        (document(title="别的题"), [("文字不一致", "第 1 段")]),
        (document(more=p("丢了的一段")), [("文字不一致", "第 4 段")]),
        (document(cell="庚"), [("文字不一致", "表 1 第 2 行"), ("表格不一致", "表 1 第 2 行")]),
        (document(rows=59), [("文字不一致", "第 4 段"), ("表格不一致", "表 2")]),
        (
            document(more=tbl((2000,), tr(tc("多")))),
            [("文字不一致", "表 2 第 1 行"), ("表格不一致", "")],
        ),
    ],
)
def test_a_difference_is_told_once_with_its_place(printed, changed, differences):
    assert told(changed, printed(document()).pdf) == differences


def test_words_in_another_order_do_not_agree(printed):
    made = printed(p("甲") + p("乙") + p("丙"))
    assert ("文字不一致", "第 1 段") in told(Word(p("乙") + p("甲") + p("丙")), made.pdf)


def test_words_that_only_the_pdf_has_are_told(printed):
    made = printed(p("甲") + p("多出") + p("乙") + p("尾"))
    first, last = agreement(Word(p("甲") + p("乙")).bytes(), made.pdf)
    assert "“多出”" in first.message
    assert (last.message, last.where.spot) == ("最后一段之后，PDF 里多出“尾”", "")


def test_a_page_too_many_is_told(printed):
    made = printed(p("甲"))
    (found,) = agreement(Word(p("甲")).bytes(), made.pdf, pages=2)
    assert (found.code, found.message) == ("页数不符", "应有 2 页，PDF 有 1 页")


def changed(pdf: bytes, change) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def test_a_glyph_that_no_font_has_is_told(printed):
    def blank(pdf):
        page = pdf.pages[0]
        instructions = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("Tj", "TJ"):
                operands, operator = [pikepdf.String(b"\0\0")], pikepdf.Operator("Tj")
            instructions.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))

    found = agreement(Word(p("甲")).bytes(), changed(printed(p("甲")).pdf, blank))
    assert "空白字形" in [each.code for each in found]
    assert "第 1 页" in next(each.message for each in found if each.code == "空白字形")


def test_a_font_that_is_not_embedded_is_told(printed):
    def strip(pdf):
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
                for name in ("/FontFile2", "/FontFile3"):
                    if name in each:
                        del each[name]

    found = agreement(Word(p("甲")).bytes(), changed(printed(p("甲")).pdf, strip))
    assert "字体未嵌入" in [each.code for each in found]


def test_a_pdf_without_structure_or_no_pdf_is_refused():
    out = BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)
    for pdf in (out.getvalue(), b"%PDF-1.7 nothing"):
        with pytest.raises(Unreadable):
            agreement(Word(p("甲")).bytes(), pdf)
