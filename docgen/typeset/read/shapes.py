"""The shapes of an inline w:drawing → Drawing: groups resolved, text read as any other text.

Read are rectangles, rounded ones, ellipses and straight lines, filled and outlined in plain
colours, alone or in groups. A drawing with anything else is not shown in part: it is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docgen.typeset.model import Drawing, Rule, Shape, VerticalAlign
from docgen.typeset.read.runs import colour
from docgen.typeset.read.xml import EMU, WP, A, W, name, number

if TYPE_CHECKING:
    from docgen.typeset.model import Block
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
KINDS: dict[str, Literal["rect", "ellipse", "line"]] = {
    "rect": "rect",
    "roundRect": "rect",
    "flowChartProcess": "rect",
    "flowChartAlternateProcess": "rect",
    "ellipse": "ellipse",
    "line": "line",
    "straightConnector1": "line",
}
ROUNDED = frozenset(("roundRect", "flowChartAlternateProcess"))
ROUNDING = 1 / 6  # of the shorter side
DASHES: dict[str, Literal["dashed", "dotted"]] = {"sysDot": "dotted", "dot": "dotted"}
ANCHORS: dict[str, VerticalAlign] = {"ctr": "horizon", "b": "bottom"}
USUAL_LINE = 9525  # EMU
HAIRLINE = 3175  # EMU: what a line of no width is drawn in
SIDE, EDGE = 91440, 45720  # EMU that Word keeps beside and above text, where the file says nothing
PRESETS = {"black": "#000000", "white": "#ffffff", "gray": "#808080"}
THEMED = {"bg1": "#ffffff", "lt1": "#ffffff", "tx1": "#000000", "dk1": "#000000"}
NAMELESS = "图形"


class _Unknown(Exception):
    """Something that is not drawn."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the coordinates of a group lie on the drawing: in EMU, `scale` on each axis."""

    x: float = 0.0
    y: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def box(self, form: Element) -> tuple[float, float, float, float]:
        """Left, top, width and height of an a:xfrm in pt."""
        x, y = _pair(form.find(A + "off"), "x", "y")
        width, height = _pair(form.find(A + "ext"), "cx", "cy")
        return (
            (self.x + x * self.across) / EMU,
            (self.y + y * self.down) / EMU,
            width * self.across / EMU,
            height * self.down / EMU,
        )

    def within(self, form: Element) -> _Frame:
        """The frame of what is grouped below an a:xfrm."""
        x, y = _pair(form.find(A + "off"), "x", "y")
        width, height = _pair(form.find(A + "ext"), "cx", "cy")
        from_x, from_y = _pair(form.find(A + "chOff"), "x", "y")
        own_width, own_height = _pair(form.find(A + "chExt"), "cx", "cy")
        across = self.across * (width / own_width if own_width else 1.0)
        down = self.down * (height / own_height if own_height else 1.0)
        left, top = self.x + x * self.across, self.y + y * self.down
        return _Frame(left - from_x * across, top - from_y * down, across, down)


def shapes(element: Element, story: Story) -> Drawing | None:
    """What is drawn in a w:drawing in the line of text; None where it is more than we draw."""
    frame = next((child for child in element if name(child) == "inline"), None)
    data = frame.find(f"{A}graphic/{A}graphicData") if frame is not None else None
    if frame is None or data is None or element.find(f".//{A}blip") is not None:
        return None
    try:
        found = [shape for child in data for shape in _whole(child)]
    except _Unknown:
        return None
    width, height = _pair(frame.find(WP + "extent"), "cx", "cy")
    words = frame.find(WP + "docPr")
    alt = (words.get("descr") or words.get("title") or "") if words is not None else ""
    spot = story.notes.where
    drawn = tuple(_shape(form, frame, story) for form, frame in found)
    return Drawing(drawn, width / EMU, height / EMU, alt or NAMELESS, spot)


def _whole(element: Element) -> Iterator[tuple[Element, _Frame]]:
    """A shape alone, which stands at the corner of its drawing, or a group."""
    if name(element) == "wgp":
        yield from _grouped(element, _Frame())
    elif name(element) == "wsp":
        form = _form(element)
        x, y = _pair(form.find(A + "off"), "x", "y")
        _check(element)
        yield element, _Frame(-x, -y)
    else:
        raise _Unknown


def _grouped(group: Element, frame: _Frame) -> Iterator[tuple[Element, _Frame]]:
    form = group.find(f"*/{A}xfrm")
    if form is not None:
        _check_form(form)
        if group.tag.endswith("}wgp"):  # the outermost group fills its drawing
            x, y = _pair(form.find(A + "off"), "x", "y")
            frame = _Frame(-x, -y)
        frame = frame.within(form)
    for child in group:
        kind = name(child)
        if kind == "wsp":
            _check(child)
            yield child, frame
        elif kind == "grpSp":
            yield from _grouped(child, frame)
        elif kind in ("pic", "graphicFrame", "contentPart", "wgp"):
            raise _Unknown


def _check(shape: Element) -> None:
    """Raises _Unknown for a shape of another form, or one that is turned."""
    geometry = shape.find(f"{WPS}spPr/{A}prstGeom")
    if geometry is None or geometry.get("prst") not in KINDS:
        raise _Unknown
    _check_form(_form(shape))
    body = shape.find(WPS + "bodyPr")
    if body is not None and body.get("vert", "horz") != "horz":
        raise _Unknown


def _check_form(form: Element) -> None:
    if number(form.get("rot")):
        raise _Unknown


def _form(shape: Element) -> Element:
    form = shape.find(f"{WPS}spPr/{A}xfrm")
    if form is None:
        raise _Unknown
    return form


def _shape(shape: Element, frame: _Frame, story: Story) -> Shape:
    looks = shape.find(WPS + "spPr")
    form, geometry = _form(shape), shape.find(f"{WPS}spPr/{A}prstGeom")
    assert looks is not None and geometry is not None
    preset = geometry.get("prst", "")
    kind = KINDS[preset]
    x, y, width, height = frame.box(form)
    body = shape.find(WPS + "bodyPr")
    padding = _padding(body)
    flips = form.get("flipV") in ("1", "true"), form.get("flipH") in ("1", "true")
    return Shape(
        kind,
        x,
        y,
        width,
        height,
        fill=None if kind == "line" else _fill(looks, story),
        line=_line(looks, shape, story),
        rises=flips[0] != flips[1],
        radius=min(width, height) * ROUNDING if preset in ROUNDED else 0.0,
        blocks=_text(shape, width - padding[1] - padding[3], story),
        padding=padding,
        align=ANCHORS.get(body.get("anchor", "") if body is not None else "", "top"),
    )


def _text(shape: Element, width: float, story: Story) -> tuple[Block, ...]:
    """The blocks of a shape's text, read for its width; its paragraphs are no headings."""
    from docgen.typeset.read.story import blocks

    content = shape.find(f"{WPS}txbx/{W}txbxContent")
    if content is None:
        return ()
    room, is_body = story.width, story.is_body
    story.width, story.is_body = max(width, 1.0), False
    found = tuple(blocks(content, story))
    story.width, story.is_body = room, is_body
    return found


def _padding(body: Element | None) -> tuple[float, float, float, float]:
    def side(key: str, default: int) -> float:
        told = body.get(key) if body is not None else None
        return max(number(told, default) if told else default, 0) / EMU

    return side("tIns", EDGE), side("rIns", SIDE), side("bIns", EDGE), side("lIns", SIDE)


def _fill(looks: Element, story: Story) -> str | None:
    if looks.find(A + "noFill") is not None:
        return None
    solid = looks.find(A + "solidFill")
    if solid is not None:
        return _paint(solid, story)
    if any(name(child) in ("gradFill", "pattFill", "blipFill") for child in looks):
        story.notes.warn("图形", "图形的渐变或图案填充未能显示", "改为单色填充")
    return None


def _line(looks: Element, shape: Element, story: Story) -> Rule | None:
    line = looks.find(A + "ln")
    styled = shape.find(f"{WPS}style/{A}lnRef")
    if line is None:
        has_line = styled is not None and styled.get("idx", "0") != "0"
        return Rule(USUAL_LINE / EMU) if has_line else None
    if line.find(A + "noFill") is not None:
        return None
    solid, dash = line.find(A + "solidFill"), line.find(A + "prstDash")
    if solid is None and styled is None:
        return None
    kind = dash.get("val", "solid") if dash is not None else "solid"
    for end in ("headEnd", "tailEnd"):
        tip = line.find(A + end)
        if tip is not None and tip.get("type", "none") != "none":
            story.notes.warn("图形", "连线的箭头未能显示", "用 LibreOffice 转换")
    return Rule(
        max(number(line.get("w"), USUAL_LINE), HAIRLINE) / EMU,
        "solid" if kind == "solid" else DASHES.get(kind, "dashed"),
        (_paint(solid, story) if solid is not None else None) or "#000000",
    )


def _paint(solid: Element, story: Story) -> str | None:
    """The colour of an a:solidFill; one of the theme that is neither black nor white is told."""
    chosen = next(iter(solid), None)
    if chosen is None:
        return None
    value = chosen.get("val", "")
    if name(chosen) == "srgbClr" and not len(chosen):
        return colour(value)
    known = PRESETS.get(value) or THEMED.get(value)
    if known is None or len(chosen):
        story.notes.warn("图形", "图形的主题颜色未能显示，按灰色排", "改为标准颜色")
        return "#bfbfbf"
    return known


def _pair(element: Element | None, one: str, other: str) -> tuple[float, float]:
    if element is None:
        return 0.0, 0.0
    return number(element.get(one)), number(element.get(other))
