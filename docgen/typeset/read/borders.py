"""Border and shading attributes → Rule, Borders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from docgen.typeset.model import Borders, Rule
from docgen.typeset.read.properties import Properties
from docgen.typeset.read.runs import colour
from docgen.typeset.read.xml import number

if TYPE_CHECKING:
    from docgen.typeset.read.notes import Notes

Dash = Literal["solid", "dashed", "dotted"]
DASHES: Mapping[str, Dash] = {
    "dotted": "dotted",
    "dashed": "dashed",
    "dashSmallGap": "dashed",
    "dotDash": "dashed",
    "dotDotDash": "dashed",
}
PLAIN = frozenset((*DASHES, "single", "thick"))
DOUBLE = frozenset(("double", "thinThickSmallGap", "thickThinSmallGap"))
THIN = GAP = 0.75  # of the thin-thick lines, pt
ABSENT = frozenset(("nil", "none"))


def is_set(properties: Properties, side: str) -> bool:
    """Whether a side ("tcBorders.top") is spoken of at all; none is an answer, too."""
    return f"{side}.val" in properties


def rule(properties: Properties, side: str, notes: Notes, *, doubles: bool = False) -> Rule | None:
    """The line of one side; None where there is none or the file does not say.

    `doubles`: whether double lines can be drawn here, as above and below a paragraph.
    """
    kind = properties.get(f"{side}.val", "none")
    if kind in ABSENT:
        return None
    if kind not in PLAIN and not (doubles and kind in DOUBLE):
        notes.warn("边框", f"边框样式 {kind} 按单线显示", "需要双线时用 LibreOffice 转换")
    width, ink = properties.get(f"{side}.sz"), properties.get(f"{side}.color")
    return _rule(kind, width, ink, doubles)


@lru_cache(maxsize=1024)
def _rule(kind: str, size: str | None, ink: str | None, doubles: bool) -> Rule:
    width, ink = min(max(number(size, 4), 2), 96) / 8, colour(ink) or "#000000"
    if kind in DOUBLE and doubles:
        first, second = {
            "double": (width, width),
            "thinThickSmallGap": (THIN, width),
        }.get(kind, (width, THIN))
        return Rule(first, "solid", ink, second, width if kind == "double" else GAP)
    return Rule(width, DASHES.get(kind, "solid"), ink)


def paragraph_borders(properties: Properties, notes: Notes) -> Borders:
    """w:pBdr with the gaps between its lines and the text."""
    if not any(key.startswith("pBdr.") for key in properties):
        return Borders()

    def space(side: str) -> float:
        return min(number(properties.get(f"pBdr.{side}.space")), 31)

    return Borders(
        top=rule(properties, "pBdr.top", notes, doubles=True),
        right=rule(properties, "pBdr.right", notes),
        bottom=rule(properties, "pBdr.bottom", notes, doubles=True),
        left=rule(properties, "pBdr.left", notes),
        between=rule(properties, "pBdr.between", notes),
        space=(space("top"), space("right"), space("bottom"), space("left")),
    )
