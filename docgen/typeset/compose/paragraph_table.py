"""The program's table of paragraph styles: equal ones are written once."""

from __future__ import annotations

from typing import Any

from docgen.typeset.compose.breaks import SLACK
from docgen.typeset.model import Borders, ParagraphStyle, Rule

ALIGN = {"justify": "left", "distribute": "left"}


class ParagraphTable:
    """Paragraph styles in order of first use."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self._known: dict[tuple[object, ...], tuple[int, ParagraphStyle]] = {}

    def index(
        self,
        style: ParagraphStyle,
        borders: Borders,
        *,
        size: float,
        reach: tuple[float, float],
        first: float,
        right: float,
    ) -> int:
        """The place of a style in the table.

        `reach` is the line above and below its baseline, `first` and `right` are the indents as
        the lines were broken for; `borders` are those left after joining boxes.
        """
        key = id(style), borders, size, reach, first, right
        if key not in self._known:  # the style is kept, too: else its id could come again
            self._known[key] = len(self.entries), style
            self.entries.append(_entry(style, borders, size, reach, first, right))
        return self._known[key][0]


def _entry(
    style: ParagraphStyle,
    borders: Borders,
    size: float,
    reach: tuple[float, float],
    first: float,
    right: float,
) -> dict[str, Any]:
    hang = max(-first, 0.0)  # a hanging indent is one of Typst's own
    return {
        "size": size,
        "top": round(reach[0], 3),
        "bottom": round(reach[1], 3),
        "left": round(style.left - hang, 3),
        "right": round(right - SLACK, 3),
        "first": round(max(first, 0.0), 3),
        "hang": round(hang, 3),
        "align": ALIGN.get(style.align, style.align),
        "justify": style.align == "justify",
        "sticky": style.keep_next,
        "breakable": not style.keep_lines,
        "widow": style.widow_control,
        "borders": _box(borders) if borders.visible else None,
        "fill": style.fill,
    }


def border_data(borders: Borders) -> dict[str, Any]:
    """The four sides for the program, one line each."""
    return {
        "top": _rule(borders.top),
        "right": _rule(borders.right),
        "bottom": _rule(borders.bottom),
        "left": _rule(borders.left),
    }


def _rule(rule: Rule | None) -> list[Any] | None:
    return None if rule is None else [rule.width, rule.dash, rule.colour]


def _box(borders: Borders) -> dict[str, Any]:
    """A paragraph's box: its outer lines, and the inner ones where a line is double.

    The program draws a line around the middle of an edge, a word processor outside it: half of
    each width is added to the space within, half goes around ("rims").
    """
    outer, inner, gaps = border_data(borders), {}, {"top": 0.0, "bottom": 0.0}
    top, right, bottom, left = borders.space
    space, rims = {"top": top, "bottom": bottom}, {"top": 0.0, "bottom": 0.0}
    for side, rule in (("top", borders.top), ("bottom", borders.bottom)):
        if rule is None:
            continue
        pair = (rule.width, rule.second) if side == "top" else (rule.second, rule.width)
        if rule.second:
            outer[side] = [pair[0], rule.dash, rule.colour]
            inner[side] = [pair[1], rule.dash, rule.colour]
            gaps[side] = rule.gap + sum(pair) / 2
        rims[side] = (pair[0] if rule.second else rule.width) / 2
        space[side] += (pair[1] if rule.second else rule.width) / 2
    return {
        "outer": outer,
        "inner": inner or None,
        "gaps": gaps,
        "space": [space["top"], right, space["bottom"], left],
        "rims": rims,
    }
