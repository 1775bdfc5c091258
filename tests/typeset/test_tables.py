"""Tables: merged cells, repeated headers, heights, borders, everything typed in order."""

from __future__ import annotations

import pytest

from tests.typeset.paper import bare, glyphs, lines, text, words
from tests.typeset.word import p, r, tbl, tc, tr

LEFT = 1588 / 20
EXACT = "<w:spacing w:line='400' w:lineRule='exact'/>"


def cell(words_: str) -> str:
    return tc(p(words_, EXACT))


def test_merged_cells_keep_their_text_once_and_in_order(printed):
    body = tbl(
        (2000, 2000, 2000),
        tr(tc("甲", "<w:vMerge w:val='restart'/>"), tc("乙丙", "<w:gridSpan w:val='2'/>")),
        tr(tc("", "<w:vMerge/>"), tc("丁"), tc("戊")),
        tr(tc("己"), tc("庚", "<w:gridSpan w:val='2'/>")),
    )
    made = printed(body)
    assert made.problems == ()
    assert sorted(text(made.pdf)) == sorted("甲乙丙丁戊己庚")
    places = {g.text: g.x - LEFT for g in glyphs(made.pdf)}
    assert places["丁"] == pytest.approx(places["乙"], abs=0.1)
    assert places["戊"] == pytest.approx(places["丁"] + 100, abs=0.1)


def test_the_header_row_stands_on_every_page(printed):
    header = tr(cell("序号"), cell("名称"), properties="<w:tblHeader/><w:cantSplit/>")
    rows = [tr(cell(str(n)), cell("单位")) for n in range(1, 90)]
    made = printed(tbl((2000, 4000), header, *rows))
    assert made.pages == 3
    assert all(text(made.pdf, page).startswith("序号名称") for page in range(3))
    body = text(made.pdf).replace("序号名称", "")
    assert body == "".join(f"{n}单位" for n in range(1, 90))


def test_a_row_that_may_not_split_moves_as_a_whole(printed):
    tall = tc("".join(p(f"第{n}行", EXACT) for n in range(10)))
    rows = [tr(tall, properties="<w:cantSplit/>") for _ in range(6)]
    made = printed(tbl((5000,), *rows))
    starts = [text(made.pdf, page)[:3] for page in range(made.pages)]
    assert set(starts) == {"第0行"}


KEPT = "<w:keepNext/>" + EXACT


def kept(words_: str) -> str:
    return tr(tc(p(words_, KEPT)), tc(p("内容", EXACT)))


@pytest.mark.parametrize("before", range(28, 33))
def test_a_group_heading_stays_with_the_row_it_heads(printed, before):
    """20 pt a row: the heading of the group comes near the foot of the page."""
    rows = [tr(cell(f"第{n}行"), cell("内容")) for n in range(before)]
    made = printed(
        tbl((3000, 3000), *rows, kept("小组"), kept("栏目"), tr(cell("首行"), cell("甲")))
    )
    pages = [text(made.pdf, n) for n in range(made.pages)]
    holder = next(page for page in pages if "小组" in page)
    assert "栏目" in holder
    assert "首行" in holder


def test_kept_rows_that_no_page_holds_are_cut_where_the_page_is_full(printed):
    rows = [kept(f"第{n}行") for n in range(80)]
    made = printed(tbl((3000, 3000), *rows, tr(cell("末行"), cell("甲"))))
    assert made.pages == 3
    whole = "".join(f"第{n}行内容" for n in range(80)) + "末行甲"
    assert text(made.pdf) == whole
    foot = max(g.y for g in glyphs(made.pdf))
    assert foot < 16838 / 20 - 1984 / 20


def test_a_caption_stays_with_its_table_and_its_kept_rows(printed):
    for before in range(16, 24):
        body = p("字" * 27 * before) + p("表名", KEPT)
        head = tr(cell("序号"), cell("名称"), properties="<w:tblHeader/><w:cantSplit/>")
        made = printed(body + tbl((3000, 3000), head, kept("小组"), tr(cell("首行"), cell("甲"))))
        pages = [text(made.pdf, n) for n in range(made.pages)]
        holder = next(page for page in pages if "表名" in page)
        assert all(word in holder for word in ("序号", "小组", "首行"))


@pytest.mark.parametrize("rule", ["", " w:hRule='exact'"])
def test_row_heights(printed, rule):
    high = f"<w:trHeight w:val='1000'{rule}/>"
    rows = [tr(cell(name), properties=high) for name in "甲乙丙"]
    y = [g.y for g in glyphs(printed(tbl((4000,), *rows)).pdf)]
    assert [y[1] - y[0], y[2] - y[1]] == pytest.approx([50, 50], abs=0.05)


def test_an_exact_height_that_is_too_small_grows_and_is_told(printed):
    made = printed(
        tbl((4000,), tr(cell("字" * 30), properties="<w:trHeight w:val='300' w:hRule='exact'/>"))
    )
    assert text(made.pdf) == "字" * 30
    (problem,) = made.problems
    assert (problem.code, problem.where.spot) == ("行高", "表 1 第 1 行")


def test_a_merged_cell_higher_than_its_rows_makes_room(printed):
    long = tc("".join(p("说明", EXACT) for _ in range(6)), "<w:vMerge w:val='restart'/>")
    body = tbl((2000, 2000), tr(long, cell("甲")), tr(tc("", "<w:vMerge/>"), cell("乙"))) + p("后")
    shown = glyphs(printed(body).pdf)
    last = max(g.y for g in shown if g.text in "说明")
    assert next(g.y for g in shown if g.text == "后") > last + 20


def test_cells_align_vertically(printed):
    high = "<w:trHeight w:val='2000'/>"
    cells = [tc(p(name, EXACT), f"<w:vAlign w:val='{v}'/>") for name, v in
             (("甲", "top"), ("乙", "center"), ("丙", "bottom"))]  # fmt: skip
    top, middle, bottom = (
        g.y for g in glyphs(printed(tbl((2000,) * 3, tr(*cells, properties=high))).pdf)
    )
    assert bottom - middle == pytest.approx(middle - top, abs=0.6)
    assert bottom - top == pytest.approx(100 - 20, abs=0.6)


def test_page_breaks_in_cells_do_not_count(printed):
    broken = p(r("甲") + '<w:r><w:br w:type="page"/></w:r>' + r("乙"), "<w:pageBreakBefore/>")
    made = printed(tbl((4000,), tr(tc(broken))))
    assert (made.pages, text(made.pdf)) == (1, "甲乙")


def test_nested_tables(printed):
    inner = tbl((1000, 1000), tr(tc("内"), tc("表")))
    made = printed(tbl((6000,), tr(tc(p("前") + inner + p("后")))))
    assert text(made.pdf) == "前内表后"


def test_vertical_text_stands_one_below_the_other(printed):
    body = tbl((700, 3000), tr(tc("基本情况", "<w:textDirection w:val='tbRlV'/>"), tc("甲")))
    made = printed(body)
    assert made.problems == ()
    shown = [g for g in glyphs(made.pdf) if g.text in "基本情况"]
    assert len({round(g.x, 1) for g in shown}) == 1
    assert [g.text for g in sorted(shown, key=lambda g: g.y)] == list("基本情况")


def test_own_cell_widths_count_before_the_grid(printed):
    wide = "<w:tcW w:w='4000' w:type='dxa'/>"
    body = tbl((1000, 1000), tr(tc("甲", wide), tc("乙")))
    first, second = glyphs(printed(body).pdf)
    assert second.x - first.x == pytest.approx(200, abs=0.1)


def test_tables_in_the_middle_and_at_the_right(printed):
    def first_x(align):
        shown = glyphs(printed(tbl((2000,), tr(tc("甲")), properties=align)).pdf)
        return shown[0].x - LEFT

    width = (11906 - 1474 - 1588) / 20
    assert first_x("") == pytest.approx(0, abs=0.05)  # Word 2007: the text is at the margin
    assert first_x("<w:jc w:val='center'/>") == pytest.approx((width - 100) / 2 + 5.4, abs=0.05)
    assert first_x("<w:jc w:val='right'/>") == pytest.approx(width - 100 + 5.4, abs=0.05)


def test_a_table_style_makes_its_first_row_bold(printed, fonts):
    from docgen.typeset.read import read
    from tests.typeset.word import STYLES, Word

    styles = STYLES + (
        '<w:style w:type="table" w:styleId="grid"><w:tblPr/><w:tblStylePr w:type="firstRow">'
        '<w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="D9E2F3"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )
    body = tbl((2000,), tr(tc("甲")), tr(tc("乙")), properties='<w:tblStyle w:val="grid"/>')
    (section,) = read(Word(body, styles=styles).bytes()).sections
    (table,) = section.blocks
    first, second = (row.cells[0] for row in table.rows)
    assert first.fill == "#d9e2f3"
    assert second.fill is None
    assert first.blocks[0].inlines[0].style.bold
    assert not second.blocks[0].inlines[0].style.bold


def test_a_damaged_grid_still_prints_every_cell(printed):
    body = tbl(
        (1000,),
        tr(tc("甲", "<w:gridSpan w:val='3'/>"), tc("乙", "<w:vMerge w:val='restart'/>")),
        tr(tc("丙"), tc("丁", "<w:vMerge/>")),
        tr(tc("戊", "<w:vMerge/>")),
        properties="<w:tblW w:w='5000' w:type='pct'/>",
    )
    assert sorted(text(printed(body).pdf)) == sorted("甲乙丙丁戊")


def test_a_long_table_keeps_its_text(printed):
    rows = [tr(cell(f"第{n}号"), cell("评估咨询、方案开发，共3项")) for n in range(300)]
    expected = "".join(f"第{n}号评估咨询、方案开发，共3项" for n in range(300))
    assert text(printed(tbl((2000, 6000), *rows)).pdf) == bare(expected)


def test_spacing_between_table_and_text(printed):
    body = p("前") + tbl((2000,), tr(cell("中"))) + p("后")
    y = {words([g]): g.y for line in lines(printed(body).pdf) for g in line}
    assert y["前"] < y["中"] < y["后"]
    assert r("x")
