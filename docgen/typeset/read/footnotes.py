"""Footnotes and endnotes: the reference in the text, and the note's own blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.problem import Where
from docgen.typeset.model import (
    Block,
    Borders,
    Inline,
    LineSpacing,
    Note,
    Paragraph,
    ParagraphStyle,
    Rule,
    RunStyle,
    Text,
)
from docgen.typeset.read.numerals import FORMATS
from docgen.typeset.read.xml import W, name

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

PARTS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
SEPARATOR = 144.0  # the length of the line before the endnotes, pt


@dataclass(slots=True)
class NoteCounter:
    """Counts the notes of a document, through all of it; `format` is a w:numFmt."""

    format: str = "decimal"
    count: int = 0
    open: list[str] = field(default_factory=list)  # labels of the notes being read

    def next(self) -> str:
        self.count += 1
        return FORMATS.get(self.format, str)(self.count)


@dataclass(slots=True)
class EndNotes:
    """The endnotes met so far; they are printed after the last paragraph of the document."""

    numbers: NoteCounter = field(default_factory=lambda: NoteCounter("lowerRoman"))
    found: list[Block] = field(default_factory=list)

    def blocks(self, width: float) -> Iterator[Block]:
        """The line that separates them from the text, and the notes."""
        if self.found:
            line = Borders(top=Rule(0.5))
            spacing = LineSpacing("exact", 6.0)
            style = ParagraphStyle(
                right=max(width - SEPARATOR, 0.0), before=12.0, spacing=spacing, borders=line
            )
            yield Paragraph(style, RunStyle(), (), Where())
            yield from self.found


def read_note(reference: Element, style: RunStyle, story: Story) -> Inline | None:
    """The note a w:footnoteReference stands for, or the number of an endnote."""
    from docgen.typeset.read.story import blocks

    kind = PARTS[name(reference)]
    part = story.package.part_of(kind)
    root = story.package.xml(part) if part else None
    wanted = reference.get(W + "id")
    element = (
        next((note for note in root if note.get(W + "id") == wanted), None)
        if (root is not None)
        else None
    )
    if element is None or story.numbers.open:
        story.notes.warn("脚注", "脚注的内容找不到，未能显示")
        return None
    is_end = kind == "endnotes"
    label = (story.endnotes.numbers if is_end else story.numbers).next()
    story.numbers.open.append(label)
    found: tuple[Block, ...] = tuple(blocks(element, story.margin(part)))
    story.numbers.open.pop()
    if not is_end:
        return Note(label, style, found)
    story.endnotes.found.extend(found)
    return Text(label, style)
