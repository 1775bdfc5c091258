"""Boxes and lines → an inline DrawingML group, as Word 2010 and later, WPS and LibreOffice read it.

Lengths are twips. Word itself writes such groups within mc:AlternateContent; older readers, which
know no shapes, show nothing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.fill.printed import carriable
from docgen.fill.xml import escape

EMU = 635  # in a twip
FIRST_SHAPE = 1_000_000  # so that the ids of shapes and of drawings stay apart
INK = "404040"
LONGEST = 1_000  # characters of an alternative text
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "http://schemas.microsoft.com/office/word/2010"


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle with text (`blocks`: paragraphs of WordprocessingML), or a straight line.

    `fill` "" is none, of a line its colour; `line` is the outline's width in eighths of a point, 0
    for none.
    """

    x: int
    y: int
    width: int
    height: int
    fill: str = ""
    line: int = 6
    blocks: str = ""
    is_line: bool = False


def straight(x: int, y: int, to_x: int, to_y: int, line: int = 6, ink: str = INK) -> Shape:
    """A line between two points, across or down."""
    left, top = min(x, to_x), min(y, to_y)
    return Shape(left, top, abs(to_x - x), abs(to_y - y), ink, line, is_line=True)


def inline_group(
    width: int, height: int, shapes: Sequence[Shape], words: str, number: int, first: int
) -> str:
    """The w:r of a group; `number` is the drawing's, `first` that of its first shape.

    An empty shape as large as the group lies below: LibreOffice reckons a group's size from what
    is in it, and would move it.
    """
    shapes = [Shape(0, 0, width, height, line=0), *shapes]
    size = f'cx="{width * EMU}" cy="{height * EMU}"'
    inside = "".join(_shape(shape, first + n) for n, shape in enumerate(shapes))
    described = described_as(words)
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        f'/2006"><mc:Choice xmlns:wpg="{_WORD}/wordprocessingGroup" Requires="wpg"><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWINGML}/wordprocessingDrawing" xmlns:a="{_DRAWINGML}/main" '
        'distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{2000 + number}" name="图形 {number}" descr="{described}"/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_WORD}/wordprocessingGroup"><wpg:wgp>'
        f'<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        f'<a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm></wpg:grpSpPr>'
        f"{inside}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )


def described_as(words: str) -> str:
    """Words as the alternative text of a drawing or a table: on one line, not without end."""
    words = carriable(" ".join(words.split()))
    return escape(words if len(words) <= LONGEST else words[:LONGEST] + "……")


def _shape(shape: Shape, number: int) -> str:
    kind = "cNvCnPr" if shape.is_line else "cNvSpPr"
    form = "line" if shape.is_line else "rect"
    fill = _paint(shape.fill) if shape.fill and not shape.is_line else "<a:noFill/>"
    ink = shape.fill if shape.is_line else INK
    line = f'<a:ln w="{shape.line * 1588}">{_paint(ink)}</a:ln>' if shape.line else ""
    text = f"<wps:txbx><w:txbxContent>{shape.blocks}</w:txbxContent></wps:txbx>"
    return (
        f'<wps:wsp xmlns:wps="{_WORD}/wordprocessingShape">'
        f'<wps:cNvPr id="{FIRST_SHAPE + number}" name="形状 {number}"/><wps:{kind}/>'
        f'<wps:spPr><a:xfrm><a:off x="{shape.x * EMU}" y="{shape.y * EMU}"/>'
        f'<a:ext cx="{shape.width * EMU}" cy="{shape.height * EMU}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}'
        f"{line or '<a:ln><a:noFill/></a:ln>'}</wps:spPr>{text if shape.blocks else ''}"
        '<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="38100" tIns="0" rIns="38100" bIns="0" '
        'anchor="ctr" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _paint(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
