"""The neutral layout model: what a document looks like, before any engine draws it.

All lengths are points, all inheritance is resolved, all strings are plain. Font names are the
document's own (仿宋_GB2312 …); which file stands for them is the renderer's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from docgen.problem import Problem, Where

NOWHERE = Where()

Align: TypeAlias = Literal["left", "center", "right", "justify", "distribute"]
VerticalAlign: TypeAlias = Literal["top", "horizon", "bottom"]
Script: TypeAlias = Literal["", "super", "sub"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One border line: thickness in pt, dash pattern, colour as #rrggbb.

    A double line has a second one of `second` pt, `gap` pt below or to the right of the first.
    """

    width: float
    dash: Literal["solid", "dashed", "dotted"] = "solid"
    colour: str = "#000000"
    second: float = 0.0
    gap: float = 0.0

    @property
    def extent(self) -> float:
        """The thickness of all of it."""
        return self.width + self.gap + self.second


@dataclass(frozen=True, slots=True)
class Borders:
    """The four sides of a paragraph or cell; `space` is the gap between line and text in pt."""

    top: Rule | None = None
    right: Rule | None = None
    bottom: Rule | None = None
    left: Rule | None = None
    between: Rule | None = None
    space: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # top, right, bottom, left

    @property
    def visible(self) -> bool:
        return any((self.top, self.right, self.bottom, self.left))


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How characters look. `latin` and `han` are the document's font names for the two scripts."""

    latin: str = "Times New Roman"
    han: str = "宋体"
    size: float = 10.5
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: str = "#000000"
    highlight: str | None = None
    tracking: float = 0.0
    kerning: bool = False
    script: Script = ""
    lift: float = 0.0  # raised above the baseline, pt
    gaps: bool = True  # the small gap between Chinese and Latin


# ---- inlines


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    style: RunStyle
    link: str = ""  # "#bookmark" or an http(s)/mailto address


@dataclass(frozen=True, slots=True)
class Break:
    """A line break within the paragraph; `stretches`: justified text fills the line before it."""

    stretches: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break within the paragraph; the reader splits paragraphs at it."""


@dataclass(frozen=True, slots=True)
class Tab:
    style: RunStyle
    link: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An inline picture: key into Document.pictures, size in pt, words for who cannot see it."""

    key: str
    width: float
    height: float
    alt: str
    spot: Where


@dataclass(frozen=True, slots=True)
class Floating:
    """A picture in front of or behind the text, such as a seal; text does not flow around it.

    `x`, `y`: the picture's upper left corner from the edges of the paper, or of the paragraph's
    column and top (`on_page` false); an axis aligned instead has "center", "right", "bottom".
    """

    picture: Picture
    x: float | str
    y: float | str
    x_on_page: bool
    y_on_page: bool
    behind: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """A live number: this page, all pages, this section's pages, or the page of a bookmark."""

    kind: Literal["page", "pages", "section", "ref"]
    style: RunStyle
    format: str = ""  # a Typst numbering pattern; empty: as the section counts
    bookmark: str = ""
    cached: str = ""  # what the file shows; stands in where the bookmark is missing
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark."""

    name: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the label that stands in the text, and what stands at the foot of the page."""

    label: str
    style: RunStyle
    blocks: tuple[Block, ...]


Inline: TypeAlias = Text | Break | PageBreak | Tab | Picture | Floating | Counter | Mark | Note


# ---- blocks


@dataclass(frozen=True, slots=True)
class TabStop:
    position: float
    kind: Literal["left", "center", "right"]
    leader: str = ""  # the character that fills the gap


@dataclass(frozen=True, slots=True)
class LineSpacing:
    """`auto`: value is a factor; `exact` and `least`: pt. `pitch` > 0 snaps to the line grid."""

    rule: Literal["auto", "exact", "least"] = "auto"
    value: float = 1.0
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph stands. `first` is relative to `left` and negative for a hanging indent."""

    name: str = ""
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: LineSpacing = LineSpacing()
    align: Align = "justify"
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True
    page_break_before: bool = False
    contextual: bool = False
    borders: Borders = Borders()
    fill: str | None = None
    tabs: tuple[TabStop, ...] = ()
    default_tab: float = 21.0
    hangs: bool = True  # a final ，。、 may stand in the margin


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


# ---- the whole


@dataclass(frozen=True, slots=True)
class Margins:
    """Header and footer blocks of a section; None where the section does not tell pages apart."""

    default: tuple[Block, ...] = ()
    first: tuple[Block, ...] | None = None
    even: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Page geometry in pt; `header` and `footer` are distances from the paper's edge."""

    width: float = 595.3
    height: float = 841.9
    top: float = 72.0
    right: float = 90.0
    bottom: float = 72.0
    left: float = 90.0
    header: float = 42.55
    footer: float = 49.6

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Section:
    page: Page
    blocks: tuple[Block, ...]
    header: Margins = Margins()
    footer: Margins = Margins()
    numbering: str = "1"  # a Typst numbering pattern
    start: int | None = None
    parity: Literal["", "odd", "even"] = ""  # begin on such a page
    columns: int = 1
    column_gap: float = 0.0

    @property
    def column_width(self) -> float:
        """The width of text in pt."""
        free = self.page.text_width - self.column_gap * (self.columns - 1)
        return free / self.columns


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading of the body: place among all w:p, level 1 to 9, number, words without it."""

    paragraph: int
    level: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `pictures` are raw bytes as found, keyed as Picture.key names them."""

    sections: tuple[Section, ...]
    title: str = ""
    author: str = ""
    modified: datetime | None = None
    headings: tuple[HeadingText, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph: of the body, of tables, of headers and footers."""
        for section in self.sections:
            yield from paragraphs(section.blocks)
            for margins in (section.header, section.footer):
                for blocks in (margins.default, margins.first, margins.even):
                    yield from paragraphs(blocks or ())


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs of a stream of blocks, those in table cells and notes included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for inline in block.inlines:
                if isinstance(inline, Note):
                    yield from paragraphs(inline.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
