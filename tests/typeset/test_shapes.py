"""Shapes in the line of text: read with their groups resolved, drawn where they stand."""

from __future__ import annotations

import pytest

from docgen.typeset import agreement
from docgen.typeset.model import Drawing, Rule, Shape
from docgen.typeset.read import read
from tests.typeset.paper import glyphs, text
from tests.typeset.word import Word, p, r

MM = 36000  # EMU
PT = 12700
AUTO = '<w:spacing w:line="240" w:lineRule="auto"/>'
WORD = "http://schemas.microsoft.com/office/word/2010"


def shape(
    box: tuple[int, int, int, int],
    *,
    form: str = "rect",
    paint: str = '<a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill>',
    line: str = '<a:ln w="12700"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln>',
    turn: str = "",
    words: str = "",
) -> str:
    """A wps:wsp; `box` is left, top, width and height in EMU."""
    x, y, width, height = box
    content = f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>" if words else ""
    return (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm{turn}><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="{form}"><a:avLst/>'
        f"</a:prstGeom>{paint}{line}</wps:spPr>{content}"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
    )


def group(*inside: str, at: str = "0,0,100,50", own: str = "0,0,100,50", kind: str = "wgp") -> str:
    """A group of a place and size with coordinates of its own, both "x,y,width,height" in mm."""
    (x, y, width, height), (ox, oy, owidth, oheight) = (
        [int(number) * MM for number in given.split(",")] for given in (at, own)
    )
    return (
        f'<wpg:{kind} xmlns:wpg="{WORD}/wordprocessingGroup"><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
        f'<a:chOff x="{ox}" y="{oy}"/><a:chExt cx="{owidth}" cy="{oheight}"/></a:xfrm>'
        f"</wpg:grpSpPr>{''.join(inside)}</wpg:{kind}>"
    )


def inline(content: str, width: int = 100, height: int = 50) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * MM}" cy="{height * MM}"/>'
        f'<wp:docPr id="1" name="图" descr="说明"/><a:graphic><a:graphicData uri="x">{content}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def drawing(content: str) -> Drawing:
    document = read(Word(p(inline(content), AUTO)).bytes())
    assert not document.problems, document.problems
    (found,) = [i for q in document.paragraphs() for i in q.inlines if isinstance(i, Drawing)]
    return found


def mm(shape: Shape) -> tuple[float, ...]:
    sides = shape.x, shape.y, shape.width, shape.height
    return tuple(round(side * PT / MM, 3) for side in sides)


def test_a_shape_is_read_with_its_fill_its_line_and_its_place():
    found = drawing(group(shape((10 * MM, 5 * MM, 30 * MM, 20 * MM))))
    (one,) = found.shapes
    assert (found.alt, round(found.width * PT / MM, 3)) == ("说明", 100)
    assert (one.kind, mm(one), one.fill) == ("rect", (10, 5, 30, 20), "#d9d9d9")
    assert one.line == Rule(1.0, colour="#404040")


def test_groups_within_groups_are_scaled_and_moved():
    inner = group(shape((0, 0, 10 * MM, 10 * MM)), at="20,10,40,20", own="0,0,20,20", kind="grpSp")
    outer = drawing(group(inner, at="0,0,100,50", own="10,0,200,100"))
    (one,) = outer.shapes
    assert mm(one) == (5, 5, 10, 5)


def test_a_shape_alone_a_dashed_line_a_rising_one_and_round_corners():
    assert mm(drawing(shape((9 * MM, 9 * MM, 30 * MM, 20 * MM))).shapes[0]) == (0, 0, 30, 20)
    black = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    dash = f'<a:ln w="6350">{black}<a:prstDash val="dash"/></a:ln>'
    box = (0, 0, 10 * MM, 6 * MM)
    rising = shape(box, form="line", line=dash, turn=' flipV="1"')
    round_one = shape(box, form="roundRect", paint="<a:noFill/>", line="<a:ln><a:noFill/></a:ln>")
    first, second = drawing(group(rising, round_one)).shapes
    assert (first.kind, first.rises, first.line) == ("line", True, Rule(0.5, "dashed"))
    assert (second.fill, second.line) == (None, None)
    assert second.radius == pytest.approx(6 * MM / PT / 6)


def test_the_words_of_shapes_are_text_in_their_order_within_their_shapes(printed, fonts):
    left = shape((0, 0, 40 * MM, 20 * MM), words=p("左边的框"))
    right = shape((60 * MM, 30 * MM, 40 * MM, 20 * MM), words=p("右边的框"))
    word = Word(p(r("前") + inline(group(left, right)) + r("后"), AUTO) + p("下一段"))
    made = printed(word)
    assert made.problems == ()
    assert text(made.pdf) == "前左边的框右边的框后下一段"
    assert agreement(word.bytes(), made.pdf, pages=made.pages) == ()
    at = {glyph.text: glyph for glyph in glyphs(made.pdf)}
    assert at["右"].x - at["左"].x == pytest.approx(60 * MM / PT, abs=0.1)
    assert at["右"].y - at["左"].y == pytest.approx(30 * MM / PT, abs=0.1)
    assert at["后"].x > at["前"].x + 100 * MM / PT


@pytest.mark.parametrize(
    "odd",
    [
        shape((0, 0, MM, MM), form="cloud", words=p("框中文字")),
        shape((0, 0, MM, MM), turn=' rot="900000"', words=p("框中文字")),
    ],
)
def test_a_drawing_with_what_is_not_drawn_is_told_and_keeps_its_words(printed, odd):
    made = printed(p(r("段落") + inline(group(odd))) + p("之后"))
    assert text(made.pdf) == "段落框中文字之后"
    assert [problem.code for problem in made.problems] == ["文本框"]


def test_colours_of_the_theme_are_told():
    themed = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    document = read(Word(p(inline(group(shape((0, 0, MM, MM), paint=themed))), AUTO)).bytes())
    assert [problem.code for problem in document.problems] == ["图形"]
    black = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    assert drawing(group(shape((0, 0, MM, MM), paint=black))).shapes[0].fill == "#000000"


@pytest.mark.parametrize("size", ["x", "-5", "1e99", ""])
def test_numbers_that_are_none_do_no_harm(printed, size):
    broken = group(shape((0, 0, MM, MM))).replace('cx="360', f'cx="{size}')
    assert printed(p(r("甲") + inline(broken)) + p("乙")).pages >= 1


def test_a_drawing_in_a_line_too_low_for_it_is_told():
    document = read(Word(p(inline(group(shape((0, 0, MM, MM)))))).bytes())
    assert [problem.code for problem in document.problems] == ["图片行距"]
