"""A chart at its tag: printed as blocks, with what is wrong told to the ledger of the rendering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.fill.blanks import START
from docgen.fill.charts import draw
from docgen.fill.charts.paper import Paper
from docgen.fill.ledger import printed_path
from docgen.fill.misplaced import Misplaced
from docgen.fill.printed import plain_lines, uncarriable
from docgen.problem import Where

if TYPE_CHECKING:
    from docgen.fill.generator import Site
    from docgen.fill.session import PartSession
    from docgen.model.charts import Chart


def show(chart: Chart, session: PartSession, site: Site, root: object) -> str:
    """The markup of a chart; Misplaced where no paragraph of its own is there for it.

    What no Word file can carry is told and left out, as in any other value.
    """
    if site.slot.level != "block":
        raise Misplaced("图放不进一行文字里", "独占一段，写 {{p 表 | 甘特图(…) }}")
    where = Where(path=printed_path(site, root))

    def text(value: object) -> str:
        words = plain_lines(session.words(value))
        problems = tuple(uncarriable(session.without_holes(words), where))
        for problem in problems:
            session.ledger.fail(problem)
        return "" if problems else words

    drawn = draw(chart, Paper(session.styles, session.album, site.slot.width), text)
    session.ledger.problems += drawn.problems
    session.note(site, root, str(chart))
    session.marked = session.marked or START in drawn.xml
    session.markup = True
    return drawn.xml
