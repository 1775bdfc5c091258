"""A chart → WordprocessingML: native tables and shapes in the template's own styles, no pictures.

Gantt charts and bars are tables, which break over pages and say their figures as text; what is
drawn within them, and trees, are DrawingML shapes (`shapes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.fill.charts.bars import bars_table
from docgen.fill.charts.gantt import gantt_table
from docgen.fill.charts.paper import Paper, Text
from docgen.fill.charts.trees import tree_drawings
from docgen.model.charts import Bars, Chart, Gantt, Tree
from docgen.problem import Problem, error


@dataclass(frozen=True, slots=True)
class Drawn:
    """Paragraphs and tables, and what is wrong with the data that they show."""

    xml: str
    problems: tuple[Problem, ...] = field(default=())


def draw(chart: Chart, paper: Paper, text: Text) -> Drawn:
    """The blocks of a chart with its caption below; nothing where it has no rows.

    `text` prints a value as the document prints it, an absent one as a hole.
    """
    if isinstance(chart, Gantt):
        drawn, problems = gantt_table(chart, paper, text) if chart.phases else ("", ())
    elif isinstance(chart, Bars):
        drawn, problems = bars_table(chart, paper, text) if chart.rows else "", ()
    else:
        shown = chart.top.children or chart.top.name != ""
        drawn = tree_drawings(chart, paper, text) if shown else ""
        problems = tuple(_strays(chart))
    return Drawn(drawn, problems)


def _strays(chart: Tree) -> Iterator[Problem]:
    for stray in chart.strays:
        yield error("图的资料", stray.message, stray.where, "请改正这一行的上级")
