"""Pages: headers, footers, page numbers, sections, contents with true numbers."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from tests.typeset.paper import glyphs, lines, pages, text, words
from tests.typeset.word import A4, GB, STYLES, TEXT_WIDTH, Word, bookmark, field_runs, p, r, section

LEFT = 1588 / 20
PAGE = '<w:r><w:br w:type="page"/></w:r>'
STORY = "".join(p("字" * 600) for _ in range(3))


def reference(kind: str, which: str, relation: str) -> str:
    return f'<w:{kind}Reference w:type="{which}" r:id="{relation}"/>'


def numbered(before: str, after: str, properties: str = "") -> str:
    return p(r(before) + field_runs("PAGE") + r(after), properties)


def test_official_page_numbers_stand_outside(printed):
    """GB/T 9704: odd pages at the right, even ones at the left, one character in."""
    parts = {
        "odd": ("footer", "ftr1.xml", numbered("— ", " —", "<w:jc w:val='right'/>")),
        "even": ("footer", "ftr2.xml", numbered("— ", " —", "<w:jc w:val='left'/>")),
    }
    end = section(reference("footer", "default", "odd") + reference("footer", "even", "even") + GB)
    word = Word(STORY, end=end, parts=parts, settings="<w:evenAndOddHeaders/>")
    made = printed(word)
    feet = [[g for g in glyphs(made.pdf) if g.page == n and g.y > 750] for n in range(made.pages)]
    assert [words(foot) for foot in feet] == [f"—{n + 1}—" for n in range(made.pages)]
    assert feet[0][-1].x == pytest.approx(LEFT + TEXT_WIDTH - 16, abs=0.1)
    assert feet[1][0].x == pytest.approx(LEFT, abs=0.1)


def test_the_first_page_may_have_a_header_of_its_own(printed):
    parts = {
        "first": ("header", "hdr1.xml", p("首页")),
        "rest": ("header", "hdr2.xml", p("续页")),
    }
    end = section(
        reference("header", "first", "first")
        + reference("header", "default", "rest")
        + GB
        + "<w:titlePg/>"
    )
    made = printed(Word(STORY, end=end, parts=parts))
    heads = [text(made.pdf, n)[:2] for n in range(made.pages)]
    assert heads == ["首页"] + ["续页"] * (made.pages - 1)


def test_sections_inherit_headers_restart_numbers_and_turn_the_paper(printed):
    parts = {"head": ("header", "hdr1.xml", p(r("共") + field_runs("NUMPAGES", "9") + r("页"))),
             "foot": ("footer", "ftr1.xml", numbered("第", "页"))}  # fmt: skip
    first = reference("header", "default", "head") + reference("footer", "default", "foot") + GB
    landscape = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgNumType w:start="5"/>'
    body = p("甲") + p("", f"<w:sectPr>{first}</w:sectPr>") + p("乙" * 60)
    made = printed(Word(body, end=section(landscape), parts=parts))
    assert [round(width) for width, _ in pages(made.pdf)] == [595, 842]
    assert [text(made.pdf, n)[-3:] for n in range(2)] == ["第1页", "第5页"]
    assert [text(made.pdf, n)[:3] for n in range(2)] == ["共2页"] * 2
    widest = max(len(words(line)) for line in lines(made.pdf))
    assert widest == int((16838 / 20 - 180) // 16)


def test_a_section_counts_its_own_pages(printed):
    foot = p(r("本节") + field_runs("SECTIONPAGES", "9") + r("页"))
    body = (
        p("甲")
        + p("", f"<w:sectPr>{reference('footer', 'default', 'foot')}{GB}</w:sectPr>")
        + STORY
    )
    made = printed(Word(body, parts={"foot": ("footer", "ftr1.xml", foot)}))
    shown = [text(made.pdf, n)[-4:] for n in range(made.pages)]
    assert shown == ["本节1页"] + [f"本节{made.pages - 1}页"] * (made.pages - 1)


def test_a_tall_header_pushes_the_body_down(printed):
    parts = {"head": ("header", "hdr1.xml", "".join(p(f"眉{n}") for n in range(6)))}
    end = section(reference("header", "default", "head") + GB)
    made = printed(Word(p("正文"), end=end, parts=parts))
    y = {words(line): line[0].y for line in lines(made.pdf)}
    assert y["正文"] - y["眉5"] == pytest.approx(28.95, abs=0.1)


CONTENTS = (
    "<w:tabs><w:tab w:val='right' w:leader='dot' w:pos='8844'/></w:tabs>"
    "<w:spacing w:line='579' w:lineRule='exact'/><w:jc w:val='left'/>"
)


def entry(name: str, title: str, before: str = "", after: str = "") -> str:
    inner = r(title) + "<w:r><w:tab/></w:r>" + field_runs(f"PAGEREF {name} \\h", "99")
    link = f'<w:hyperlink w:anchor="{name}">{inner}</w:hyperlink>'
    return p(before + link + after, CONTENTS)


def contents_document() -> Word:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> TOC \\o "1-2" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    names = [f"_Toc{n}" for n in range(12)]
    entries = [
        entry(name, f"第{n}章", begin if n == 0 else "", end if n == 11 else "")
        for n, name in enumerate(names)
    ]
    chapters = [
        p(bookmark(name, r(f"第{n}章"), n), style="1") + p("字" * 27 * 9)
        for n, name in enumerate(names)
    ]
    front = p("目录") + "".join(entries) + p("", f"<w:sectPr>{GB}</w:sectPr>")
    return Word(front + "".join(chapters), end=section(GB + '<w:pgNumType w:start="1"/>'))


def test_the_contents_show_the_true_pages_flush_right(printed):
    made = printed(contents_document())
    shown = {}
    for line in lines(made.pdf):
        if line[0].page == 0 and "." in words(line):
            title, number = words(line).split(".")[0], words(line).rsplit(".")[-1]
            shown[title] = number
            digit = 0.5 * 16
            assert line[-1].x + digit == pytest.approx(LEFT + TEXT_WIDTH, abs=0.1)
    assert len(shown) == 12
    for heading in made.headings:
        assert shown[heading.text] == heading.page
        assert heading.text in text(made.pdf, heading.physical - 1)
        assert int(heading.page) == heading.physical - 1
    assert made.marks == {f"_Toc{n}": shown[f"第{n}章"] for n in range(12)}


def test_bookmarks_of_the_pdf_are_the_headings_with_their_numbers(printed):
    reader = pypdf.PdfReader(BytesIO(printed(contents_document()).pdf))
    titles = [item.title for item in reader.outline]
    assert titles[:2] == ["一、第0章", "二、第1章"]
    assert [reader.get_destination_page_number(item) for item in reader.outline][:2] == [1, 1]


def test_a_reference_without_its_bookmark_is_told(printed):
    made = printed(entry("gone", "旧章"))
    assert words(lines(made.pdf)[0]).endswith("99")
    assert [problem.code for problem in made.problems] == ["书签"]


def test_keep_with_next_holds_a_heading_on_the_page_of_its_text(printed):
    for filler in range(18, 23):
        body = p("字" * 27 * filler) + p("章", style="1") + p("正文" * 60)
        made = printed(Word(body, styles=STYLES))
        (heading,) = made.headings
        assert "正文" in text(made.pdf, heading.physical - 1).split("章")[-1]


def test_pdf_is_tagged_and_says_its_title_and_language(printed):
    reader = pypdf.PdfReader(BytesIO(printed(Word(p("甲"), title="建设方案")).pdf))
    assert reader.metadata.title == "建设方案"
    assert reader.metadata.author is None
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("zh")


def test_page_breaks_in_paragraphs(printed):
    made = printed(p(r("甲") + PAGE + r("乙")) + p(PAGE) + p("丙", "<w:pageBreakBefore/>"))
    assert [text(made.pdf, n) for n in range(made.pages)] == ["甲", "乙", "", "丙"]


def test_a_page_of_its_own_where_a_section_begins_is_not_a_blank_one(printed):
    end = f"<w:sectPr>{A4}</w:sectPr>"
    made = printed(p("甲") + p("", end) + p("乙", "<w:pageBreakBefore/>"))
    assert [text(made.pdf, n) for n in range(made.pages)] == ["甲", "乙"]


def test_continuous_sections_go_on_and_columns_are_narrow(printed):
    columns = '<w:cols w:num="2" w:space="400"/>'
    body = p("甲") + p("", f"<w:sectPr>{GB}</w:sectPr>") + p("乙" * 30)
    same = printed(Word(body, end=section('<w:type w:val="continuous"/>' + GB)))
    assert same.pages == 1
    two = printed(Word(p("乙" * 30), end=section(GB + columns)))
    assert max(len(words(line)) for line in lines(two.pdf)) == int((TEXT_WIDTH - 20) / 2 // 16)


def note(number: int, words_: str) -> str:
    ref = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    small = "<w:sz w:val='18'/>"
    return f'<w:footnote w:id="{number}">{p(ref + r(" " + words_, small))}</w:footnote>'


def test_footnotes_stand_at_the_foot_of_their_page(printed):
    def mark(number: int) -> str:
        raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        return f'<w:r>{raised}<w:footnoteReference w:id="{number}"/></w:r>'

    notes = note(1, "甲注。" * 20) + note(2, "乙注。")
    body = p(r("前") + mark(1) + r("，后")) + p(PAGE) + p(r("次页") + mark(2))
    made = printed(Word(body, parts={"notes": ("footnotes", "footnotes.xml", notes)}))
    assert made.problems == ()
    assert text(made.pdf, 0) == "前1，后1" + "甲注。" * 20
    assert text(made.pdf, 1) == "次页22乙注。"
    foot = [g for g in glyphs(made.pdf) if g.text == "乙"]
    assert foot[0].y > 700


def test_a_footnote_without_content_is_told(printed):
    made = printed(p(r("甲") + "<w:r><w:footnoteReference w:id='7'/></w:r>"))
    assert [problem.code for problem in made.problems] == ["脚注"]


def heights(printed, first: str, rest: str, which: str = "header") -> list[float]:
    """Where the first line of the text stands (or the last), page by page."""
    parts = {"first": (which, "one1.xml", first), "rest": (which, "two1.xml", rest)}
    end = reference(which, "first", "first") + reference(which, "default", "rest") + GB
    made = printed(Word(STORY, end=section(end + "<w:titlePg/>"), parts=parts))
    shown = [[g.y for g in glyphs(made.pdf) if g.page == n and g.text == "字"] for n in range(3)]
    assert text(made.pdf).count("字") == 1800
    return [min(page) if which == "header" else max(page) for page in shown]


def test_a_tall_first_header_pushes_down_its_own_page_only(printed):
    tall, low = "".join(p(f"眉{n}") for n in range(6)), p("续")
    first, second, third = heights(printed, tall, low)
    assert first - second == pytest.approx(42.5 + 6 * 28.95 - 2098 / 20, abs=0.1)
    assert second == third
    assert heights(printed, low, low)[0] == second


def test_a_tall_first_header_keeps_its_own_heights(printed):
    parts = {"first": ("header", "hdr1.xml", "".join(p(f"眉{n}") for n in range(6)))}
    end = section(reference("header", "first", "first") + GB + "<w:titlePg/>")
    made = printed(Word(p("正文"), end=end, parts=parts))
    y = {words(line): line[0].y for line in lines(made.pdf)}
    steps = [y[f"眉{n + 1}"] - y[f"眉{n}"] for n in range(5)] + [y["正文"] - y["眉5"]]
    assert steps == pytest.approx([28.95] * 6, abs=0.1)


def test_a_tall_first_footer_takes_room_on_its_own_page_only(printed):
    tall, low = "".join(p(f"脚{n}") for n in range(6)), p("续")
    first, second, _ = heights(printed, tall, low, "footer")
    usual = heights(printed, low, low, "footer")[0]
    assert usual - first >= 3 * 28.95
    assert second >= usual
