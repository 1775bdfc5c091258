"""How things look: lines, borders, characters, paragraphs. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

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
