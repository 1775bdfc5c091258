"""Footnotes and endnotes: the reference in the text, and the note's own blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.typeset.model import Block, Note, RunStyle
from docgen.typeset.read.numerals import FORMATS
from docgen.typeset.read.xml import W, name

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

PARTS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass(slots=True)
class NoteCounter:
    """Counts the notes of a document, through all of it; `format` is a w:numFmt."""

    format: str = "decimal"
    count: int = 0
    open: list[str] = field(default_factory=list)  # labels of the notes being read

    def next(self) -> str:
        self.count += 1
        return FORMATS.get(self.format, str)(self.count)


def read_note(reference: Element, style: RunStyle, story: Story) -> Note | None:
    """The note a w:footnoteReference stands for; an endnote becomes a footnote, and is told."""
    from docgen.typeset.read.story import blocks

    kind = PARTS[name(reference)]
    if kind == "endnotes":
        story.notes.warn("尾注", "尾注排在当页页脚处")
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
    label = story.numbers.next()
    story.numbers.open.append(label)
    found: tuple[Block, ...] = tuple(blocks(element, story.margin(part)))
    story.numbers.open.pop()
    return Note(label, style, found)
