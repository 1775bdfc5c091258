"""Where lines end and where each character stands: the punctuation that Typst would squeeze."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from docgen.typeset import Rules
from tests.typeset.paper import glyphs, lines, words
from tests.typeset.word import GB, TEXT_WIDTH, Word, bookmark, p, r, section, tbl, tc, tr

LEFT = 1588 / 20
RIGHT = LEFT + TEXT_WIDTH
FULL = 16.0
PER_LINE = int(TEXT_WIDTH // FULL)  # 27 characters of 16 pt


def steps(line):
    return [round(b.x - a.x, 2) for a, b in pairwise(line)]


def test_adjacent_marks_keep_their_full_width(printed):
    (line,) = lines(printed(p("甲（《乙》、“丙”）。《丁》（戊）：“己”")).pdf)
    assert set(steps(line)) == {FULL}


def test_a_mark_at_the_end_of_a_line_is_not_trimmed(printed):
    body = p("字" * (PER_LINE - 1) + "）" + "字" * 5, "<w:jc w:val='left'/>")
    first = lines(printed(body, Rules.LIBREOFFICE).pdf)[0]
    assert words(first).endswith("）")
    body = p("字" * 5 + "）", "<w:jc w:val='right'/>")
    (line,) = lines(printed(body).pdf)
    assert line[-1].x == pytest.approx(RIGHT - FULL, abs=0.1)


def test_a_mark_at_the_start_of_a_line_is_not_trimmed(printed):
    body = p("《书" + "字" * (PER_LINE - 2) + "《名》" + "字" * 3, "<w:jc w:val='left'/>")
    for line in lines(printed(body, Rules.LIBREOFFICE).pdf):
        assert line[0].text == "《"
        assert line[0].x == pytest.approx(LEFT, abs=0.05)
        assert set(steps(line)) == {FULL}


@pytest.mark.parametrize(("mark", "rules"), [("，", Rules.WORD), ("；", Rules.LIBREOFFICE)])
def test_a_final_mark_hangs_in_the_margin(printed, mark, rules):
    body = p("字" * PER_LINE + mark + "字" * 3, "<w:jc w:val='left'/>")
    first = lines(printed(body, rules).pdf)[0]
    assert words(first) == "字" * PER_LINE + mark
    assert first[-1].x == pytest.approx(LEFT + PER_LINE * FULL, abs=0.05)


def test_the_last_mark_of_a_paragraph_hangs_too(printed):
    shown = lines(printed(p("字" * PER_LINE + "。") + p("后")).pdf)
    assert [words(line) for line in shown] == ["字" * PER_LINE + "。", "后"]
    broken = p(r("字" * PER_LINE + "，") + "<w:r><w:br/></w:r>" + r("后"))
    shown = lines(printed(broken).pdf)
    assert [words(line) for line in shown] == ["字" * PER_LINE + "，", "后"]
    assert shown[1][0].y - shown[0][0].y == pytest.approx(28.95, abs=0.05)


def test_marks_that_do_not_hang_take_a_character_with_them(printed):
    body = p("字" * PER_LINE + "；" + "字" * 3)
    assert words(lines(printed(body).pdf)[0]) == "字" * (PER_LINE - 1)


def test_a_hanging_mark_takes_no_room_in_a_justified_line(printed):
    first = lines(printed(p("字" * PER_LINE + "，" + "字" * 40)).pdf)[0]
    assert first[-2].x == pytest.approx(RIGHT - FULL, abs=0.5)
    assert first[-1].x == pytest.approx(RIGHT, abs=0.5)


def test_hanging_can_be_switched_off_in_the_document(printed):
    body = p("字" * PER_LINE + "，字", "<w:overflowPunct w:val='0'/>")
    assert words(lines(printed(body).pdf)[0]) == "字" * (PER_LINE - 1)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(printed):
    sentence = "按照《通知》（文号）要求，“政府引导、市场主导”；一、二、三：四！五？" * 6
    for line in lines(printed(p(sentence)).pdf):
        assert line[0].text not in "》）”，。；：！？、"
        assert line[-1].text not in "《（“"


def test_latin_words_stay_whole_and_long_ones_are_cut(printed):
    body = p("中" * 25 + "transformation" + "文")
    assert [words(line)[:5] for line in lines(printed(body).pdf)] == ["中中中中中", "trans"]
    long = "x" * 200
    assert "".join(words(line) for line in lines(printed(p(long)).pdf)) == long


def test_dashes_and_ellipses_are_never_parted(printed):
    for n in range(20, 30):
        shown = [words(line) for line in lines(printed(p("字" * n + "——" + "字……字")).pdf)]
        assert not any(line.startswith(("—", "…")) for line in shown)


@pytest.mark.parametrize("rules", Rules)
def test_chinese_and_latin_stand_apart(printed, rules):
    (line,) = lines(printed(p("共128家，占86.3%以上"), rules).pdf)
    gap = line[1].x - line[0].x - FULL
    assert gap == pytest.approx(rules.gap * 16, abs=0.05)
    after = next(n for n, g in enumerate(line) if g.text == "，")
    assert line[after].x - line[after - 1].x == pytest.approx(FULL, abs=0.05)


def test_tracking_is_added_to_every_character(printed):
    body = p(r("字" * 28 + "与ABC混排（、）", "<w:spacing w:val='-5'/>"), "<w:jc w:val='left'/>")
    first = lines(printed(body).pdf)[0]
    assert words(first) == "字" * 28
    assert set(steps(first)) == {15.75}


def test_the_grid_of_official_documents_is_28_by_22(printed):
    paragraphs = [p(r("国" * 28 * 50, "<w:spacing w:val='-5'/>"))]
    made = printed("".join(paragraphs))
    page = [line for line in lines(made.pdf) if line[0].page == 0]
    assert [len(line) for line in page] == [28] * 22
    pitches = {round(b[0].y - a[0].y, 2) for a, b in pairwise(page)}
    assert pitches == {28.95}


def test_justified_lines_end_at_the_margin(printed):
    body = p("为深入贯彻落实制造业数字化转型行动部署，2026年服务企业128家，占比86.3%。" * 3)
    shown = lines(printed(body, Rules.LIBREOFFICE).pdf)
    for line in shown[:-1]:
        assert line[-1].x + FULL == pytest.approx(RIGHT, abs=0.6) or line[-1].text.isascii()
    assert shown[-1][-1].x + FULL < RIGHT - 1


@pytest.mark.parametrize("rules", Rules)
@pytest.mark.parametrize("tracking", [-10, -5, 0, 7])
def test_no_line_is_wider_than_its_paragraph(printed, rules, tracking):
    sentence = "项目（SM2/SM3/SM4）共12个，“甲”《乙》、ABC-def与3.14%：https://a.example/b；完。"
    spacing = f"<w:spacing w:val='{tracking}'/>"
    indents = ("", "<w:ind w:firstLineChars='200'/>", "<w:ind w:left='640' w:hanging='640'/>")
    body = "".join(p(r(sentence * 4, spacing), indent) for indent in indents)
    made = printed(body, rules)
    hanging = FULL
    for line in lines(made.pdf):
        assert len(words(line)) > 1 or line is lines(made.pdf)[-1]
        assert max(g.right for g in line) <= RIGHT + hanging + 0.3


def test_paragraphs_are_broken_where_the_model_says(fonts):
    """Typst adds no break of its own: as many lines on paper as in the model."""
    from docgen.typeset.compose import compose
    from docgen.typeset.read import read
    from docgen.typeset.typst import draw

    body = "".join(
        p("为推动制造业数字化转型GB/T 9704，（《甲》）、“乙”。" * n) for n in range(1, 12)
    )
    for rules in Rules:
        composition = compose(read(Word(body).bytes()), fonts, rules, {})
        blocks = composition.data["sections"][0]["blocks"]
        expected = sum(1 + sum(i[0] in ("line", "full") for i in block["i"]) for block in blocks)
        from datetime import UTC, datetime

        drawn = draw(composition.data, (), fonts.engine, datetime(2026, 1, 1, tzinfo=UTC))
        assert len(lines(drawn.pdf)) == expected


def test_first_line_indent_counts_characters(printed):
    body = p("字" * 40, "<w:ind w:firstLineChars='200' w:firstLine='1'/>")
    first, second = lines(printed(body).pdf)
    assert first[0].x == pytest.approx(LEFT + 32, abs=0.05)
    assert second[0].x == pytest.approx(LEFT, abs=0.05)


def test_hanging_indent(printed):
    body = p("1.字" + "字" * 40, "<w:ind w:left='640' w:hanging='640'/>")
    first, second = lines(printed(body).pdf)
    assert first[0].x == pytest.approx(LEFT, abs=0.05)
    assert second[0].x == pytest.approx(LEFT + 32, abs=0.05)


def test_distributed_text_fills_the_line(printed):
    (line,) = lines(printed(p("联合发文", "<w:jc w:val='distribute'/>")).pdf)
    assert line[0].x == pytest.approx(LEFT, abs=0.05)
    assert line[-1].x == pytest.approx(RIGHT - FULL, abs=0.1)
    assert max(steps(line)) - min(steps(line)) < 0.05


def test_manual_breaks_and_empty_paragraphs_take_a_line(printed):
    body = p(r("甲") + "<w:r><w:br/></w:r>" + r("乙") + "<w:r><w:br/></w:r>") + p("丙")
    body += p() + p(bookmark("x", "")) + p("   ") + p("丁")
    y = [line[0].y for line in lines(printed(body).pdf) if words(line)]
    assert [round((b - a) / 28.95, 2) for a, b in pairwise(y)] == [1, 2, 4]


def test_tabs_reach_their_stops(printed):
    tab = "<w:r><w:tab/></w:r>"
    stops = (
        "<w:tabs><w:tab w:val='left' w:pos='1000'/><w:tab w:val='center' w:pos='4000'/>"
        "<w:tab w:val='right' w:pos='8000' w:leader='dot'/></w:tabs>"
    )
    body = p(r("左") + tab + r("甲") + tab + r("中中") + tab + r("右右"), stops)
    (line,) = lines(printed(body).pdf)
    shown = [g for g in line if g.text != "."]
    places = [g.x - LEFT for g in shown]
    assert places[:2] == pytest.approx([0, 50], abs=0.05)
    assert places[2] == pytest.approx(200 - 16, abs=0.05)
    assert places[-1] == pytest.approx(400 - 16, abs=0.05)
    assert any(g.text == "." for g in line)


def test_lines_in_cells_break_at_the_cell(printed):
    body = tbl((2000, 4000), tr(tc("字" * 12), tc("字" * 20)))
    counts = Counter((g.x > LEFT + 90, round(g.y)) for g in glyphs(printed(body).pdf))
    for column, width in ((False, 100), (True, 200)):
        longest = max(count for (place, _), count in counts.items() if place is column)
        assert longest == int((width - 2 * 5.4) // FULL)


def test_spacing_before_stays_at_the_top_of_a_chosen_page(printed):
    spaced = "<w:spacing w:before='1000' w:line='579' w:lineRule='exact'/>"
    broken = p(r("甲") + '<w:r><w:br w:type="page"/></w:r>') + p("乙", spaced)
    first, second = lines(printed(Word(p("丙", spaced) + broken, end=section(GB))).pdf)[::2]
    assert first[0].y == pytest.approx(second[0].y, abs=0.05)
