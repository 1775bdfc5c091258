"""A story is one stream of blocks: the body, a header, a footer. Here its state, and its walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docgen.typeset.model import Block, Page, ParagraphStyle, RunStyle
from docgen.typeset.read.alternatives import chosen
from docgen.typeset.read.drop_caps import joins_the_next
from docgen.typeset.read.fields import Field
from docgen.typeset.read.footnotes import EndNotes, NoteCounter
from docgen.typeset.read.notes import Notes
from docgen.typeset.read.numbering import Numbering
from docgen.typeset.read.package import Package
from docgen.typeset.read.styles import Look, Styles
from docgen.typeset.read.xml import W, children, name

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element


@dataclass(frozen=True, slots=True)
class Habits:
    """What settings.xml decides for the whole document; lengths in pt."""

    default_tab: float = 36.0
    table_at_margin: bool = False  # a table's edge, not its text, stands at the margin
    grid_in_tables: bool = False
    stretch_before_breaks: bool = True  # justified lines that end in a manual break
    even_and_odd: bool = False
    mirrored: bool = False  # left and right margins change sides on even pages


@dataclass(frozen=True, slots=True)
class MetHeading:
    """A heading as reading meets it."""

    element: Element
    level: int
    label: str
    text: str


@dataclass(slots=True)
class Story:
    """What reading carries along. `pitch` and `tracking` come from the section's grid, in pt."""

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Notes
    part: str
    habits: Habits = Habits()
    is_body: bool = True
    pitch: float = 0.0
    tracking: float = 0.0
    width: float = 415.3
    height: float = 697.9
    page: Page = field(default_factory=Page)  # for what is placed on the paper
    numbers: NoteCounter = field(default_factory=NoteCounter)
    endnotes: EndNotes = field(default_factory=EndNotes)
    pictures: dict[str, bytes] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    headings: list[MetHeading] = field(default_factory=list)
    run_styles: dict[object, RunStyle] = field(default_factory=dict)
    paragraph_styles: dict[object, ParagraphStyle] = field(default_factory=dict)
    _looks: dict[tuple[str | None, Look | None], Look] = field(default_factory=dict)

    @property
    def default_tab(self) -> float:
        return self.habits.default_tab

    def look(self, style_id: str | None, table: Look | None) -> Look:
        """What a paragraph of a style inherits, in a table or outside."""
        key = style_id, table
        if key not in self._looks:
            self._looks[key] = self.styles.paragraph(style_id, table)
        return self._looks[key]

    def margin(self, part: str) -> Story:
        """A story of its own for a header or footer part: no line grid there."""
        return replace(
            self,
            part=part,
            is_body=False,
            pitch=0.0,
            tracking=0.0,
            fields=[],
            marks=[],
            headings=[],
        )

    def heading(self, element: Element, level: int, label: str, text: str) -> None:
        self.headings.append(MetHeading(element, level, label, text))
        self.notes.heading = text[:30]


def blocks(parent: Iterable[Element], story: Story, table: Look | None = None) -> Iterator[Block]:
    """The blocks below w:body, w:tc, w:hdr, w:ftr or w:txbxContent, in order."""
    from docgen.typeset.read.paragraphs import paragraph
    from docgen.typeset.read.tables import read_table

    for child in children(parent):
        kind = name(child)
        if kind == "p":
            if table is None and story.is_body:
                story.notes.paragraphs += 1
                story.notes.place = f"第 {story.notes.paragraphs} 段"
            if not joins_the_next(child, story):
                yield from paragraph(child, story, table)
        elif kind == "tbl":
            yield from read_table(child, story, is_nested=table is not None)
        elif kind == "bookmarkStart":
            story.marks.append(child.get(W + "name", ""))
        elif kind in ("altChunk", "subDoc"):
            hint = "在 Word 中把内容粘贴进来"
            story.notes.warn("嵌入文档", "嵌入的其他文档未能显示", hint, office=True)
        elif kind in ("oMathPara", "oMath"):
            story.notes.warn("公式", "公式未能显示", "改为图片", office=True)
        elif kind == "AlternateContent":
            branch = chosen(child)
            yield from blocks(branch if branch is not None else (), story, table)
        elif kind in ("ins", "moveTo"):
            yield from blocks(child, story, table)
