"""Resolved paragraph properties → ParagraphStyle: indents, spacing, tab stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from docgen.typeset.model import Align, LineSpacing, ParagraphStyle, TabStop
from docgen.typeset.read.borders import paragraph_borders
from docgen.typeset.read.properties import Properties, is_on
from docgen.typeset.read.runs import colour
from docgen.typeset.read.xml import OFF, number, twips

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story

ALIGN: dict[str, Align] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "distribute",
    "thaiDistribute": "distribute",
}
LEADERS = {"dot": ".", "middleDot": "·", "hyphen": "-", "underscore": "_", "heavy": "_"}
TAB_KINDS: dict[str, Literal["left", "center", "right"]] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "decimal": "right",
}
AUTO_SPACE = 14.0  # what Word puts for "automatic" space around a paragraph, pt
LINE = 12.0  # what w:beforeLines counts in where there is no line grid, pt


def paragraph_style(
    properties: Properties, run: Properties, story: Story, name: str
) -> ParagraphStyle:
    """Lengths and switches of a paragraph; character units count the style's own size."""
    size = number(run.get("sz.val"), 20) / 2
    character = size + (number(run.get("spacing.val")) / 20 or story.tracking)

    def indent(key: str) -> float:
        characters = number(properties.get(f"ind.{key}Chars"))
        return characters / 100 * character if characters else twips(properties.get(f"ind.{key}"))

    def gap(key: str) -> float:
        if properties.get(f"spacing.{key}Autospacing", "0") not in OFF:
            return AUTO_SPACE
        lines = number(properties.get(f"spacing.{key}Lines"))
        given = twips(properties.get(f"spacing.{key}"))
        return max(lines / 100 * (story.pitch or LINE) if lines else given, 0.0)

    if is_on(properties, "bidi"):
        story.notes.warn("段落格式", "从右向左的段落按从左向右排", office=True)
    if any(key.startswith("framePr.") for key in properties):
        hint = "取消图文框，改用表格或普通段落"
        story.notes.warn("图文框", "图文框里的文字排在所在位置", hint, office=True)
    if any(
        key.startswith("tab.") and text.startswith("decimal,") for key, text in properties.items()
    ):
        story.notes.warn("制表位", "小数点对齐的制表位按右对齐排", office=True)
    pitch = story.pitch if is_on(properties, "snapToGrid", True) else 0.0
    return ParagraphStyle(
        name=name,
        left=indent("left"),
        right=indent("right"),
        first=indent("firstLine") - indent("hanging"),
        before=gap("before"),
        after=gap("after"),
        spacing=line_spacing(properties, pitch),
        align=ALIGN.get(properties.get("jc.val", "left"), "left"),
        keep_next=is_on(properties, "keepNext"),
        keep_lines=is_on(properties, "keepLines"),
        widow_control=is_on(properties, "widowControl", True),
        page_break_before=is_on(properties, "pageBreakBefore") and story.is_body,
        contextual=is_on(properties, "contextualSpacing"),
        borders=paragraph_borders(properties, story.notes),
        fill=colour(properties.get("shd.fill")),
        tabs=tab_stops(properties),
        default_tab=story.default_tab,
        hangs=is_on(properties, "overflowPunct", True),
    )


def line_spacing(properties: Properties, pitch: float) -> LineSpacing:
    """Exact spacing stands outside the line grid; the others snap to it where there is one."""
    amount = number(properties.get("spacing.line"), 240)
    kind = properties.get("spacing.lineRule", "auto")
    if kind == "exact":
        return LineSpacing("exact", max(abs(amount) / 20, 1.0))
    if kind == "atLeast":
        return LineSpacing("least", max(amount / 20, 0.0), pitch)
    return LineSpacing("auto", max(amount / 240, 0.06), pitch)


def tab_stops(properties: Properties) -> tuple[TabStop, ...]:
    """The stops by position; cleared ones and bars are none, decimal ones are right ones."""
    found = []
    for key, text in properties.items():
        if not key.startswith("tab."):
            continue
        kind, _, leader = text.partition(",")
        if kind not in ("clear", "bar"):
            position = twips(key.removeprefix("tab."))
            stop = TabStop(position, TAB_KINDS.get(kind, "left"), LEADERS.get(leader, ""))
            found.append(stop)
    return tuple(sorted(found, key=lambda stop: stop.position))
