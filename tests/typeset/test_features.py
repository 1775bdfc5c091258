"""What templates meet now and then: drawn as Word draws it, or told with its place."""

from __future__ import annotations

import re
from io import BytesIO

import pypdf
import pytest

from docgen.typeset.read import read
from tests.typeset.paper import lines, pictures, text, words
from tests.typeset.word import GB, STYLES, Word, image, p, picture, r, section, tbl, tc, tr

PAPER, TEXT = (595.3, 841.9), (79.4, 104.9, 595.3 - 73.7, 841.9 - 99.2)  # left, top, right, bottom
SIDE = 40 / 25.4 * 72  # of a picture, pt
TABLE_STYLE = """
<w:style w:type="table" w:styleId="grid"><w:name w:val="grid"/><w:tblPr>{band}</w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="111111"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastCol"><w:tcPr><w:shd w:fill="222222"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="neCell"><w:tcPr><w:shd w:fill="333333"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:fill="aaaaaa"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:fill="bbbbbb"/></w:tcPr></w:tblStylePr></w:style>
"""


def fills(band: str, look: str) -> list[str]:
    """The shading of each cell of a table of 5 × 2, row by row: its first digit."""
    rows = [tr(tc("甲"), tc("乙")) for _ in range(5)]
    properties = f'<w:tblStyle w:val="grid"/><w:tblLook {look}/>'
    styles = STYLES + TABLE_STYLE.format(band=band)
    body = tbl((2000, 2000), *rows, properties=properties)
    (found,) = read(Word(body, styles=styles).bytes()).sections[0].blocks
    return ["".join((cell.fill or "#-")[1] for cell in row.cells) for row in found.rows]


def test_conditional_table_styles():
    on = 'w:firstRow="1" w:lastColumn="1" w:noHBand="0" w:noVBand="1"'
    assert fills("", on) == ["13", "a2", "b2", "a2", "b2"]
    assert fills('<w:tblStyleRowBandSize w:val="2"/>', on) == ["13", "a2", "a2", "b2", "b2"]
    assert fills("", 'w:firstRow="1" w:noHBand="1"') == ["11", "--", "--", "--", "--"]
    assert fills("", 'w:val="0400"') == ["aa", "bb", "aa", "bb", "aa"]


def test_tab_stops_lead_where_they_say(printed):
    stops = (
        '<w:tabs><w:tab w:val="left" w:leader="dot" w:pos="3000"/><w:tab w:val="center" '
        'w:pos="5000"/><w:tab w:val="right" w:leader="underscore" w:pos="8000"/></w:tabs>'
    )
    tab = "<w:r><w:tab/></w:r>"
    made = printed(p(r("甲") + tab + r("乙") + tab + r("丙") + tab + r("丁"), stops))
    assert made.problems == ()
    (line,) = lines(made.pdf)
    x = {g.text: g.x - TEXT[0] for g in line if g.text not in "._"}
    assert (x["乙"], x["丙"], x["丁"]) == pytest.approx((150, 250 - 8, 400 - 16), abs=0.1)
    assert re.fullmatch(r"甲\.{5,}乙丙_{5,}丁", words(line))


@pytest.mark.parametrize(
    ("origin", "align", "corner"),
    [
        ("margin", "right bottom", (TEXT[2] - SIDE, TEXT[3] - SIDE)),
        ("page", "center center", ((PAPER[0] - SIDE) / 2, (PAPER[1] - SIDE) / 2)),
        ("margin", "left top", TEXT[:2]),
    ],
)
def test_seals_are_aligned_with_the_paper_or_the_text(printed, origin, align, corner):
    across, down = (
        f"<wp:position{axis} relativeFrom='{origin}'><wp:align>{word}</wp:align>"
        f"</wp:position{axis}>"
        for axis, word in zip("HV", align.split(), strict=True)
    )
    parts = {"img": ("image", "a.png", image("PNG"))}
    body = p("甲") + p(r("乙") + picture("img", anchor=across + down + "<wp:wrapNone/>"))
    made = printed(Word(body, parts=parts))
    assert made.problems == ()
    assert pictures(made.pdf) == [pytest.approx(corner, abs=0.2)]


def test_pictures_keep_their_words_for_who_cannot_see_them(printed):
    parts = {"img": ("image", "a.png", image("PNG"))}
    made = printed(Word(p(picture("img", "网络拓扑图", millimetres=8)), parts=parts))
    reader = pypdf.PdfReader(BytesIO(made.pdf))
    found = [reader.get_object(n) for n in range(1, reader.trailer["/Size"])]
    alts = [each["/Alt"] for each in found if isinstance(each, dict) and "/Alt" in each]
    assert "网络拓扑图" in alts


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def test_symbols_are_drawn_or_told(printed):
    known = symbol("Wingdings", "F0FE") + symbol("Wingdings", "F081") + symbol("Symbol", "F0B3")
    made = printed(p(known))
    assert (text(made.pdf), made.problems) == ("☑①≥", ())
    made = printed(p("甲") + p(symbol("Wingdings 3", "F07D")))
    assert [(each.code, each.where.spot) for each in made.problems] == [("符号", "第 2 段")]


@pytest.mark.parametrize(
    ("body", "end", "code", "place"),
    [
        (p(r("甲", "<w:smallCaps/>")), GB, "字符格式", "第 1 段"),
        (p(r("甲", '<w:em w:val="dot"/>')), GB, "字符格式", "第 1 段"),
        (p("甲", "<w:bidi/>"), GB, "段落格式", "第 1 段"),
        (p("甲", '<w:framePr w:w="900" w:hAnchor="page"/>'), GB, "图文框", "第 1 段"),
        (p("甲"), GB + '<w:vAlign w:val="center"/>', "版面", "第 1 节"),
        (p("甲"), GB + '<w:lnNumType w:countBy="1"/>', "版面", "第 1 节"),
        (p("甲"), GB + '<w:textDirection w:val="tbRl"/>', "版面", "第 1 节"),
        (
            p("甲"),
            GB + '<w:pgBorders><w:top w:val="single"/></w:pgBorders>',
            "版面",
            "第 1 节",
        ),
    ],
)
def test_what_is_not_drawn_is_told_with_its_place(printed, body, end, code, place):
    made = printed(Word(body, end=section(end)))
    assert text(made.pdf) == "甲"
    assert [(each.code, each.where.spot) for each in made.problems] == [(code, place)]


def test_endnotes_follow_the_last_paragraph(printed):
    mark = '<w:r><w:{0}Reference w:id="1"/></w:r>'
    own = "<w:r><w:endnoteRef/></w:r>" + r("尾注的话。")
    parts = {"end": ("endnotes", "endnotes.xml", f'<w:endnote w:id="1">{p(own)}</w:endnote>')}
    made = printed(Word(p(r("甲") + mark.format("endnote")) + p("末段"), parts=parts))
    assert (text(made.pdf), made.problems) == ("甲i末段i尾注的话。", ())


def form(instruction: str, data: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_form_fields_show_what_was_chosen(printed):
    boxes = [
        form("FORMCHECKBOX", f"<w:checkBox>{state}</w:checkBox>")
        for state in (
            '<w:default w:val="0"/>',
            '<w:default w:val="1"/>',
            '<w:default w:val="0"/><w:checked/>',
            '<w:default w:val="1"/><w:checked w:val="0"/>',
        )
    ]
    entries = '<w:listEntry w:val="甲等"/><w:listEntry w:val="乙等"/>'
    chosen = form("FORMDROPDOWN", f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
    made = printed(p("".join(boxes) + chosen))
    assert (text(made.pdf), made.problems) == ("☐☒☒☐乙等", ())


def test_fields_without_a_result_are_drawn_or_told(printed):
    made = printed(p(r("甲") + form("EQ \\o\\ac(○,印)", "")))
    assert text(made.pdf) == "甲○印"
    assert [each.code for each in made.problems] == ["域"]
    made = printed(p(form("SYMBOL 254 \\f Wingdings", "") + form("TC 某目录项", "")))
    assert (text(made.pdf), made.problems) == ("☑", ())


def test_a_dropped_initial_joins_its_paragraph(printed):
    frame = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/>'
    made = printed(p(r("首", '<w:sz w:val="120"/>'), frame) + p("字下沉"))
    (line,) = lines(made.pdf)
    assert words(line) == "首字下沉"
    assert line[1].x - line[0].x == pytest.approx(line[2].x - line[1].x, abs=0.1)
    assert [each.code for each in made.problems] == ["首字下沉"]


@pytest.mark.parametrize(("requires", "shown"), [("wps", "新"), ("cx", "旧"), ("", "新")])
def test_the_branch_that_is_understood_is_read(printed, requires, shown):
    def branches(new, old):
        return (
            '<mc:AlternateContent xmlns:cx="urn:cx">'
            f'<mc:Choice Requires="{requires}">{new}</mc:Choice>'
            f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
        )

    within = f"<w:r>{branches('<w:t>新</w:t>', '<w:t>旧</w:t>')}</w:r>"
    made = printed(p(branches(r("新"), r("旧"))) + p(within) + branches(p("新"), p("旧")))
    assert text(made.pdf) == shown * 3


def test_left_and_right_margins_change_sides_where_the_file_says(printed):
    body = p("甲") + p('<w:r><w:br w:type="page"/></w:r>' + r("乙"))
    made = printed(Word(body, settings="<w:mirrorMargins/>"))
    (first,), (second,) = lines(made.pdf)
    assert first.x == pytest.approx(TEXT[0], abs=0.1)
    assert second.x == pytest.approx(PAPER[0] - TEXT[2], abs=0.1)


def test_hebrew_and_arabic_letters_are_all_there(printed):
    made = printed(p("קצת عربي 中文"))
    assert set(text(made.pdf)) == set("קצתعربي中文")


def test_rows_whose_deletion_is_tracked_are_left_out(printed):
    gone = tr(tc("去"), properties='<w:del w:id="1" w:author="甲"/>')
    made = printed(tbl((2000,), tr(tc("留")), gone))
    assert text(made.pdf) == "留"
    assert [each.code for each in made.problems] == ["修订"]
