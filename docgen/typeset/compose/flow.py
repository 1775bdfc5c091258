"""Blocks → the program's blocks: the space between them, boxes joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from docgen.problem import Problem
from docgen.typeset.compose.cell_looks import CellLooks
from docgen.typeset.compose.drawings import drawing_item
from docgen.typeset.compose.paragraphs import ParagraphComposer
from docgen.typeset.compose.tables import TableComposer
from docgen.typeset.model import Block, Borders, NewPage, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Flow:
    """Blocks for the program and their height in pt, if they stand on one page."""

    data: list[dict[str, Any]]
    height: float


class FlowComposer:
    """Composes streams of blocks; `problems` collects what does not fit."""

    def __init__(self, paragraphs: ParagraphComposer) -> None:
        self._paragraphs = paragraphs
        self._width = 0.0
        paragraphs.note = lambda note: self.cell(note.blocks, self._width)[0]
        paragraphs.drawing = lambda drawing: drawing_item(drawing, self.cell)
        self.problems: list[Problem] = []
        self.looks = CellLooks()
        self._tables = TableComposer(self.cell, self.problems, self.looks)

    def body(self, blocks: Sequence[Block], width: float, height: float) -> list[dict[str, Any]]:
        """The blocks of a section whose columns have this size; its footnotes are as wide."""
        self._width, self._tables.room = width, height
        return self.compose(blocks, width, paged=True).data

    def compose(self, blocks: Sequence[Block], width: float, *, paged: bool = False) -> Flow:
        """Compose a stream; page breaks count only where it is `paged`, not in cells and headers.

        Space between two blocks is what one wants after and the other before; Word adds them.

        At the top of a page that the writer began it stays ("lead"), at one that came by itself
        it goes ("above").
        """
        data: list[dict[str, Any]] = []
        height = after = 0.0
        before: Block | None = None
        for n, block in enumerate(blocks):
            following = blocks[n + 1] if n + 1 < len(blocks) else None
            if isinstance(block, NewPage):
                if not paged:
                    continue
                data.append({"t": "new"})
                before, after = None, 0.0
                continue
            if isinstance(block, Table):
                entry, tall = self._tables.table(block)
                space, after = after, 0.0
            else:
                composed = self._paragraphs.compose(block, width, _joined(before, block, following))
                entry, tall = composed.data, composed.height
                space = after + _before(before, block)
                after = _after(block, following)
            if space:
                entry["lead" if before is None else "above"] = round(space, 3)
            data.append(entry)
            height += space + tall
            before = block
        return Flow(data, height + after)

    def cell(self, blocks: Sequence[Block], width: float) -> tuple[list[dict[str, Any]], float]:
        """Like compose(); the space after the last paragraph stays, too."""
        flow = self.compose(blocks, width)
        last = blocks[-1] if blocks else None
        if isinstance(last, Paragraph) and last.style.after:
            flow.data.append({"t": "space", "lead": round(last.style.after, 3)})
        return flow.data, flow.height


def _same_style(one: Block | None, other: Block | None) -> bool:
    return (
        isinstance(one, Paragraph)
        and isinstance(other, Paragraph)
        and one.style.name == other.style.name
    )


def _before(before: Block | None, block: Paragraph) -> float:
    if block.continues or (block.style.contextual and _same_style(before, block)):
        return 0.0
    return block.style.before


def _after(block: Paragraph, following: Block | None) -> float:
    if block.style.contextual and _same_style(block, following):
        return 0.0
    return block.style.after


def _joined(before: Block | None, block: Paragraph, following: Block | None) -> Borders:
    """Neighbours with the same borders share one box: the lines between them fall away."""
    borders = block.style.borders
    if not borders.visible:
        return borders
    if _shares(before, block):
        borders = replace(borders, top=borders.between)
    if _shares(block, following):
        borders = replace(borders, bottom=None)
    return borders


def _shares(one: Block | None, other: Block | None) -> bool:
    return (
        isinstance(one, Paragraph)
        and isinstance(other, Paragraph)
        and one.style.borders == other.style.borders
        and (one.style.left, one.style.right) == (other.style.left, other.style.right)
    )
