"""Paragraph → the program's paragraph: broken into lines, its line height known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from docgen.typeset.compose.atoms import Atom, Atomizer
from docgen.typeset.compose.breaks import Line, Measure, break_lines
from docgen.typeset.compose.items import paragraph_items
from docgen.typeset.compose.settings import Settings
from docgen.typeset.model import (
    Borders,
    LineSpacing,
    Paragraph,
    ParagraphStyle,
    Picture,
    Rule,
    Text,
)
from docgen.typeset.rules import Rules

SINGLE = 1.3  # the height of a single-spaced line of Chinese, in em (as Word sets its own fonts)
MIDDLE = 0.76  # ascent less descent of Chinese characters, in em: centres them in their line
ABOVE = 0.8  # the share of an exact line above the baseline


@dataclass(frozen=True, slots=True)
class Composed:
    """A paragraph for the program, its height in pt without the space around it."""

    data: dict[str, Any]
    height: float


class ParagraphComposer:
    """Composes paragraphs of one document; equal styles are written once."""

    def __init__(
        self, settings: Settings, rules: Rules, marks: frozenset[str], images: dict[str, str]
    ) -> None:
        self._atomizer = Atomizer(settings, rules, marks)
        self._rules = rules
        self._images = images
        self._styles: dict[tuple[object, ...], int] = {}
        self.table: list[dict[str, Any]] = []

    def compose(self, paragraph: Paragraph, width: float, borders: Borders) -> Composed:
        """Break the paragraph for `width` pt; `borders` are those left after joining boxes."""
        style = paragraph.style
        start = style.left + style.first
        indents = (
            0.0 if paragraph.continues else style.first,
            style.left,
        )
        measure = Measure(
            width=max(width - style.right, 12.0),
            first=style.left + indents[0],
            rest=style.left,
            tabs=style.tabs,
            default_tab=style.default_tab,
            hangs=self._rules.hangs and style.align in ("justify", "distribute", "left"),
        )
        room = measure.width - max(measure.first, measure.rest)
        atoms = self._atomizer.atoms(paragraph.inlines, max(room, 12.0))
        lines = break_lines(atoms, measure) if atoms else []
        top, bottom = _edges(style.spacing, _size(paragraph, atoms))
        items = paragraph_items(lines, style.align, self._images)
        title = "".join(i.text for i in paragraph.inlines if isinstance(i, Text))
        data = {
            "t": "p",
            "s": self._style(style, top, bottom, start, paragraph, borders),
            "i": items,
            "level": paragraph.level,
            "index": paragraph.index,
            "title": " ".join(title.split()),
            "space": list(style.borders.space),
        }
        return Composed(data, _height(lines, top + bottom, bottom) + _rules_height(borders, style))

    def _style(
        self,
        style: ParagraphStyle,
        top: float,
        bottom: float,
        start: float,
        paragraph: Paragraph,
        borders: Borders,
    ) -> int:
        first = 0.0 if paragraph.continues else style.first
        hanging = first < 0
        align = {"justify": "left", "distribute": "left"}.get(style.align, style.align)
        fields = (
            paragraph.mark.size, round(top, 3), round(bottom, 3),
            round(style.left + first if hanging else style.left, 3), round(style.right, 3),
            0.0 if hanging else round(first, 3), round(-first, 3) if hanging else 0.0,
            align, style.align in ("justify", "distribute"), style.keep_next,
            not style.keep_lines, style.widow_control, borders, style.fill,
        )  # fmt: skip
        if fields not in self._styles:
            self._styles[fields] = len(self.table)
            entry: dict[str, Any] = dict(zip(FIELDS, fields, strict=True))
            entry["borders"] = border_data(borders) if borders.visible else None
            self.table.append(entry)
        return self._styles[fields]


FIELDS = (
    "size", "top", "bottom", "left", "right", "first", "hang", "align", "justify", "sticky",
    "breakable", "widow", "borders", "fill",
)  # fmt: skip


def rule_data(rule: Rule | None) -> list[Any] | None:
    return None if rule is None else [rule.width, rule.dash, rule.colour]


def border_data(borders: Borders) -> dict[str, Any]:
    return {
        side: rule_data(getattr(borders, side)) for side in ("top", "right", "bottom", "left")
    }


def _size(paragraph: Paragraph, atoms: list[Atom]) -> float:
    """The size that decides the line height: the largest in the paragraph."""
    sizes = [atom.setting.size for atom in atoms if atom.setting and atom.text]
    return max(sizes, default=paragraph.mark.size)


def _edges(spacing: LineSpacing, size: float) -> tuple[float, float]:
    """How far a line reaches above and below its baseline."""
    if spacing.rule == "exact":
        return spacing.value * ABOVE, spacing.value * (1 - ABOVE)
    natural = size * SINGLE
    if spacing.pitch > 0:
        natural = math.ceil(natural / spacing.pitch - 1e-6) * spacing.pitch
    height = natural * spacing.value if spacing.rule == "auto" else max(natural, spacing.value)
    top = (height + MIDDLE * size) / 2
    return top, height - top


def _height(lines: list[Line], line: float, below: float) -> float:
    total = 0.0
    for each in lines:
        tallest = max(
            (a.inline.height for a in each.atoms if isinstance(a.inline, Picture)), default=0.0
        )
        total += max(line, tallest + below if tallest else 0.0)
    return total if lines else line


def _rules_height(borders: Borders, style: ParagraphStyle) -> float:
    top = style.borders.space[0] if borders.top else 0.0
    return top + (style.borders.space[2] if borders.bottom else 0.0)
