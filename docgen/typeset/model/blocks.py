"""What stands one below the other: paragraphs, tables, page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from docgen.problem import Where
from docgen.typeset.model.inlines import Drawing, Inline, Note
from docgen.typeset.model.looks import Borders, ParagraphStyle, RunStyle, VerticalAlign

NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` is 1 to 9 for a heading, else 0; `label` its number, also the start of `inlines`."""

    style: ParagraphStyle
    mark: RunStyle
    inlines: tuple[Inline, ...]
    spot: Where
    level: int = 0
    label: str = ""
    index: int = -1  # the nth heading of the body, from 0
    continues: bool = False  # the second part of a paragraph that a page break cut


@dataclass(frozen=True, slots=True)
class NewPage:
    """A forced page break between blocks."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell from grid column `column` on, over `span` columns and `rows` rows.

    `vertical`: the text runs from top to bottom.
    """

    column: int
    span: int
    rows: int
    blocks: tuple[Block, ...]
    borders: Borders
    padding: tuple[float, float, float, float]  # top, right, bottom, left
    fill: str | None = None
    align: VerticalAlign = "top"
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    height: float = 0.0
    exact: bool = False
    whole: bool = False  # may not be split over pages
    spot: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Table:
    """`left` is the table's edge, from the left edge of the text; `header` rows repeat."""

    left: float
    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    header: int = 0
    spot: Where = NOWHERE


Block: TypeAlias = Paragraph | Table | NewPage


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs of a stream of blocks, those in cells, notes and shapes included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for inline in block.inlines:
                if isinstance(inline, Note):
                    yield from paragraphs(inline.blocks)
                elif isinstance(inline, Drawing):
                    for shape in inline.shapes:
                        yield from paragraphs(shape.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
