"""Bars → a Word table: a row a thing measured, its bars drawn to scale, its figures beside them.

Shades of grey from white to dark, outlined: they stay apart on a copier. Where the units of rows
differ each row has its own scale, and the heading says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from docgen.fill.charts.paper import Paper, Text, cell, keeps, printed, row
from docgen.fill.charts.shapes import Shape, straight
from docgen.model.charts import BarRow, Bars, Figure

HEAD_FILL, ASKED = "F2F2F2", "000000"
FIGURE = 880  # twips of a column of figures
THICK, SLIM, BETWEEN = 150, 96, 26  # twips: a lone bar, one of several, the gap between
EDGE = 30  # twips that lines have beside the scale
KEPT = 6  # rows that stay on one page with the caption
OWN_SCALE = "（各行自成比例）"

Span: TypeAlias = tuple[Decimal, Decimal]


def bars_table(chart: Bars, paper: Paper, text: Text) -> str:
    """The table: name and unit, bars, and a column of figures for each series and for 要求."""
    figures = len(chart.series) + bool(chart.asked)
    each = min(FIGURE, paper.room * 48 // 100 // figures)
    names = paper.room * 26 // 100
    drawn = paper.room - names - each * figures
    widths = [names, drawn, *[each] * figures]
    shared = _span(chart.rows) if chart.is_to_scale else None
    rows = [_head(chart, paper, widths, text)]
    last = len(chart.rows) - 1
    for n, item in enumerate(chart.rows):
        keep = keeps(n, last, KEPT, has_caption=bool(chart.title))
        rows.append(_row(item, chart, paper, widths, shared or _span([item]), text, keep))
    return paper.table(widths, rows, chart.title, str(chart))


def _head(chart: Bars, paper: Paper, widths: Sequence[int], text: Text) -> str:
    scale = "" if chart.is_to_scale else OWN_SCALE
    unit = text(chart.rows[0].unit) if chart.is_to_scale else ""
    words = f"条形{scale}" + (f"（{unit}）" if unit else "")
    cells = [
        cell(paper.text("指标", align="center", keep=True, head=True), widths[0], fill=HEAD_FILL),
        cell(paper.text(words, align="center", keep=True, head=True), widths[1], fill=HEAD_FILL),
    ]
    signs = [*_fills(len(chart.series)), *([""] if chart.asked else [])]
    names = [*chart.series, *([chart.asked] if chart.asked else [])]
    for sign, name, width in zip(signs, names, widths[2:], strict=True):
        shown = paper.paragraph(_sign(sign, paper, name), size=8, align="center", keep=True)
        label = paper.text(name, align="center", keep=True, head=True)
        cells.append(cell(shown + label, width, fill=HEAD_FILL, tight=True))
    return row(cells, head=True)


def _sign(fill: str, paper: Paper, name: str) -> str:
    """The key to a series: its shade, or the upright line of what is asked."""
    upright = straight(200, 0, 200, 140, 18, ASKED)
    sign = Shape(0, 20, 400, 100, fill, 4) if fill else upright
    return paper.shapes(400, 140, [sign], f"图例：{name}")


def _row(
    item: BarRow,
    chart: Bars,
    paper: Paper,
    widths: Sequence[int],
    span: Span,
    text: Text,
    keep: bool,
) -> str:
    unit = f"（{text(item.unit)}）" if item.unit and not chart.is_to_scale else ""
    name = paper.text(printed(item.name, text) + unit, keep=keep)
    width = widths[1] - 160
    tall, shapes = _drawn(item, width, span)
    picture = paper.shapes(width, tall, shapes, chart.row_told(item))
    cells = [
        cell(name, widths[0]),
        cell(paper.paragraph(picture, size=4, align="center", keep=keep), widths[1], tight=True),
    ]
    figures = [
        *item.values,
        *([item.wanted if item.wanted is not None else ""] if chart.asked else []),
    ]
    for value, column in zip(figures, widths[2:], strict=True):
        words = printed(value, text)
        cells.append(cell(paper.text(words, align="center", keep=keep), column, tight=True))
    return row(cells)


def _drawn(item: BarRow, width: int, span: Span) -> tuple[int, list[Shape]]:
    """The bars of a row from the line of zero, and the mark of what is asked, over all of them."""
    count = len(item.values)
    thick = THICK if count == 1 else SLIM
    tall = count * thick + (count + 1) * BETWEEN
    zero = _at(Decimal(0), width, span)
    shapes = []
    for n, (value, fill) in enumerate(zip(item.values, _fills(count), strict=True)):
        number = number_of(value)
        if number:
            end = _at(number, width, span)
            top = BETWEEN + n * (thick + BETWEEN)
            shapes.append(Shape(min(zero, end), top, abs(end - zero), thick, fill, 4))
    shapes.append(straight(zero, 0, zero, tall, 6))
    wanted = number_of(item.wanted)
    if wanted is not None:
        at = _at(wanted, width, span)
        shapes.append(straight(at, 0, at, tall, 18, ASKED))
    return tall, shapes


def number_of(value: Figure | None) -> Decimal | None:
    """The number that a bar can show; None for a text and for what nobody filled in."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() else None


def _span(rows: Sequence[BarRow]) -> Span:
    """The least and the greatest of what the rows show, zero among them."""
    numbers = [
        n for row in rows for v in (*row.values, row.wanted) if (n := number_of(v)) is not None
    ]
    return min([Decimal(0), *numbers]), max([Decimal(0), *numbers])


def _at(number: Decimal, width: int, span: Span) -> int:
    """Where a number stands on the scale, in twips."""
    low, high = span
    room = width - 2 * EDGE
    return EDGE + (int((number - low) * room / (high - low)) if high > low else 0)


def _fills(count: int) -> list[str]:
    """A shade for each series: mid grey for one, else from white to dark."""
    if count == 1:
        return ["A6A6A6"]
    return [f"{255 - 170 * n // (count - 1):02X}" * 3 for n in range(count)]
