"""What a paragraph is made of: text, breaks, tabs, pictures, live numbers, bookmarks, notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from docgen.problem import Where
from docgen.typeset.model.looks import Rule, RunStyle, VerticalAlign

if TYPE_CHECKING:
    from docgen.typeset.model.blocks import Block


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
class Shape:
    """A rectangle, an ellipse or a straight line of a drawing, in pt from its upper left corner.

    A line runs to the opposite corner, from the lower left one where it `rises`. `blocks` stand
    within `padding` (top, right, bottom, left); `radius` rounds the corners.
    """

    kind: Literal["rect", "ellipse", "line"]
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    line: Rule | None = None
    rises: bool = False
    radius: float = 0.0
    blocks: tuple[Block, ...] = ()
    padding: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    align: VerticalAlign = "top"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the line of text, later ones over earlier ones; size in pt."""

    shapes: tuple[Shape, ...]
    width: float
    height: float
    alt: str
    spot: Where


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


Inline: TypeAlias = (
    Text | Break | PageBreak | Tab | Picture | Drawing | Floating | Counter | Mark | Note
)
