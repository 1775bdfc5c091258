"""A Gantt chart → a Word table: phases down, months across, shaded where a phase lasts."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.fill.charts.axis import Axis, axis_of
from docgen.fill.charts.paper import SIDE, TINY, Paper, Text, cell, keeps, printed, row
from docgen.fill.charts.widths import text_width
from docgen.model.charts import Gantt, Phase
from docgen.model.values import Missing, Month
from docgen.problem import Problem, error

FILL, HEAD_FILL = "7F7F7F", "F2F2F2"
NARROWEST, WIDEST = 0.16, 0.34  # of the room, for the names
HEIGHT = 330  # twips of a row
KEPT = 14  # phases that stay on one page with the caption
_FAINT = '<w:{0} w:val="single" w:sz="2" w:space="0" w:color="BFBFBF"/>'
_FIRM = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'


def gantt_table(chart: Gantt, paper: Paper, text: Text) -> tuple[str, tuple[Problem, ...]]:
    """The table, and a Problem for each phase that ends before it begins or lies too far off."""
    right = [phase for phase in chart.phases if _is_sound(phase)]
    months = [month for phase in right for month in (phase.start, phase.end)]
    names = max(text_width(text(phase.name), 9) for phase in chart.phases) + 2 * SIDE + 60
    names = int(min(max(names, NARROWEST * paper.room), WIDEST * paper.room))
    sound = [month for month in months if isinstance(month, Month)]
    axis = axis_of(sound, paper.room - names)
    problems = [*_problems(chart, axis is None and bool(sound))]
    count = axis.count if axis else 1
    each = (paper.room - names) // count
    widths = [paper.room - each * count, *[each] * count]
    rows = [*_head(paper, axis, widths)]
    last = len(chart.phases) - 1
    for n, phase in enumerate(chart.phases):
        keep = keeps(n, last, KEPT, has_caption=bool(chart.title))
        rows.append(_row(phase, axis, widths, paper, text, keep))
    return paper.table(widths, rows, chart.title, str(chart)), tuple(problems)


def _is_sound(phase: Phase) -> bool:
    return (
        isinstance(phase.start, Month) and isinstance(phase.end, Month) and phase.start <= phase.end
    )


def _problems(chart: Gantt, is_endless: bool) -> Iterator[Problem]:
    for phase in chart.phases:
        is_told = isinstance(phase.start, Month) and isinstance(phase.end, Month)
        if is_told and not _is_sound(phase):
            said = f"“{phase.name}”止于{phase.end}，早于起的{phase.start}，画不进甘特图"
            yield error("图的资料", said, phase.where, "请改正这一行的起止")
    if is_endless:
        sound = [phase for phase in chart.phases if _is_sound(phase)]
        first = min(sound, key=lambda phase: phase.start)
        final = max(sound, key=lambda phase: phase.end)
        said = f"从{first.start}到{final.end}太长，一幅甘特图最多 40 年"
        for where in dict.fromkeys((first.where, final.where)):
            yield error("图的资料", said, where, "请检查这一行的起止")


def _head(paper: Paper, axis: Axis | None, widths: list[int]) -> Iterator[str]:
    """Years over their months; both rows are repeated."""
    if axis is None:
        cells = [
            paper.text(words, align="center", keep=True, head=True) for words in ("阶段", "起止")
        ]
        pairs = zip(cells, widths, strict=True)
        yield row((cell(c, width, fill=HEAD_FILL) for c, width in pairs), head=True)
        return
    yearly = axis.unit == "年"
    corner = paper.text(f"阶段／{axis.unit}", align="center", keep=True, head=True)
    empty = paper.text("", keep=True, head=True)
    if not yearly:
        years = [cell(corner, widths[0], merge="restart", fill=HEAD_FILL)]
        for year, count in axis.years():
            label = paper.text(f"{year}年", align="center", keep=True, head=True)
            years.append(cell(label, widths[1] * count, span=count, fill=HEAD_FILL, tight=True))
        yield row(years, head=True)
    merge = "" if yearly else "continue"
    below = [cell(corner if yearly else empty, widths[0], merge=merge, fill=HEAD_FILL)]
    for n, label in enumerate(axis.labels()):
        words = paper.text(label, size=TINY, align="center", keep=True)
        below.append(cell(words, widths[1], borders=_borders(axis, n), fill=HEAD_FILL, tight=True))
    yield row(below, head=True)


def _row(
    phase: Phase, axis: Axis | None, widths: list[int], paper: Paper, text: Text, keep: bool
) -> str:
    """One phase; what lies before and after it stays empty, month by month."""
    cells = [cell(paper.text(printed(phase.name, text), keep=keep), widths[0])]
    empty = paper.text("", size=TINY, keep=keep)
    if axis is None or not _is_sound(phase):
        words = paper.text(_span(phase, text), align="center", keep=keep)
        cells.append(cell(words, sum(widths[1:]), span=len(widths) - 1))
        return row(cells, height=HEIGHT)
    assert isinstance(phase.start, Month) and isinstance(phase.end, Month)
    first, last = axis.place(phase.start), axis.place(phase.end)
    for n in range(first):
        cells.append(cell(empty, widths[1], borders=_borders(axis, n), tight=True))
    count = last - first + 1
    cells.append(cell(empty, widths[1] * count, span=count, fill=FILL, tight=True))
    for n in range(last + 1, axis.count):
        cells.append(cell(empty, widths[1], borders=_borders(axis, n), tight=True))
    return row(cells, height=HEIGHT)


def _span(phase: Phase, text: Text) -> str:
    """The months of a phase in words, where they cannot be drawn."""
    start, end = (
        printed(month, text) if isinstance(month, Missing) else str(month)
        for month in (phase.start, phase.end)
    )
    return f"{start}至{end}"


def _borders(axis: Axis, period: int) -> str:
    """Faint lines between the periods of a year, firm ones between years."""
    left = _FIRM if not period or axis.begins_year(period) else _FAINT
    ends = period == axis.count - 1 or axis.begins_year(period + 1)
    return left.format("left") + (_FIRM if ends else _FAINT).format("right")
