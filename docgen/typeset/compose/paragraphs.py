"""Paragraph → the program's paragraph: cut into atoms, broken into lines, put into items."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docgen.problem import Problem
from docgen.typeset.compose import leading
from docgen.typeset.compose.atoms import SILENT, Atomizer
from docgen.typeset.compose.breaks import Measure, break_lines
from docgen.typeset.compose.items import Fixed, paragraph_items
from docgen.typeset.compose.paragraph_table import ParagraphTable
from docgen.typeset.compose.settings import Settings
from docgen.typeset.model import Borders, Drawing, Floating, Mark, Note, Paragraph, Text
from docgen.typeset.rules import Rules

HANGING_ALIGNS = ("justify", "left")
NARROWEST = 12.0  # pt that a line always has


@dataclass(frozen=True, slots=True)
class Composed:
    """A paragraph for the program, its height in pt without the space around it."""

    data: dict[str, Any]
    height: float


class ParagraphComposer:
    """Composes the paragraphs of one document; their styles go into `table`.

    `note` composes the blocks of a footnote, `drawing` those of shapes; who composes blocks sets
    them.
    """

    def __init__(
        self, settings: Settings, rules: Rules, marks: frozenset[str], images: dict[str, str]
    ) -> None:
        self._atomizer = Atomizer(settings, rules, marks)
        self._hanging = rules.hanging
        self._images = images
        self.note: Callable[[Note], list[dict[str, Any]]] = lambda note: []
        self.drawing: Callable[[Drawing], list[Any]] = lambda drawing: []
        self.table = ParagraphTable()

    @property
    def problems(self) -> list[Problem]:
        """What could not be composed as the file asks."""
        return self._atomizer.problems

    def compose(self, paragraph: Paragraph, width: float, borders: Borders) -> Composed:
        """Break the paragraph for `width` pt; `borders` are those left after joining boxes."""
        style = paragraph.style
        first = 0.0 if paragraph.continues else style.first
        edge = max(width - style.right, style.left + max(first, 0.0) + NARROWEST)
        hangs = style.hangs and style.align in HANGING_ALIGNS
        measure = Measure(
            width=edge,
            first=style.left + first,
            rest=style.left,
            tabs=style.tabs,
            default_tab=style.default_tab,
            hanging=self._hanging if hangs else "",
        )
        narrowest = edge - max(measure.first, measure.rest)
        atoms = self._atomizer.atoms(paragraph.inlines, narrowest, paragraph.spot)
        is_empty = all(atom.kind in SILENT for atom in atoms)
        lines = [] if is_empty else break_lines(atoms, measure)
        reach = leading.edges(style.spacing, atoms, paragraph.mark.size)
        if is_empty:
            items = [["mark", a.inline.name] for a in atoms if isinstance(a.inline, Mark)]
        else:
            items = paragraph_items(
                lines, style.align, reach, Fixed(self._images, self.note, self.drawing)
            )
        data: dict[str, Any] = {
            "t": "p",
            "s": self.table.index(
                style,
                borders,
                size=paragraph.mark.size,
                reach=reach,
                first=first,
                right=width - edge,
            ),
            "i": items,
        }
        if is_empty:
            data["empty"] = True
        if paragraph.level:
            data |= {
                "level": paragraph.level,
                "index": paragraph.index,
                "title": _title(paragraph),
            }
        if floats := list(self._floats(paragraph, width)):
            data["floats"] = floats
        return Composed(data, leading.height(lines, reach, borders))

    def _floats(self, paragraph: Paragraph, width: float) -> Iterator[dict[str, Any]]:
        for inline in paragraph.inlines:
            if isinstance(inline, Floating) and inline.picture.key in self._images:
                picture = inline.picture
                yield {
                    "file": self._images[picture.key],
                    "size": [round(picture.width, 3), round(picture.height, 3)],
                    "alt": picture.alt,
                    "x": _placed(inline.x, picture.width, width),
                    "y": inline.y if isinstance(inline.y, float) else 0.0,
                    "x_on_page": inline.x_on_page and isinstance(inline.x, float),
                    "y_on_page": inline.y_on_page and isinstance(inline.y, float),
                    "behind": inline.behind,
                }


def _title(paragraph: Paragraph) -> str:
    """A heading as the PDF's bookmarks name it: its number and its words."""
    words = "".join(inline.text for inline in paragraph.inlines if isinstance(inline, Text))
    return " ".join(words.split())


def _placed(x: float | str, own: float, width: float) -> float:
    """An aligned picture from the left edge of its column."""
    if isinstance(x, float):
        return round(x, 3)
    return round((width - own) / (2 if x == "center" else 1), 3)
