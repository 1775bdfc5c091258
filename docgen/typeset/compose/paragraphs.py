"""Paragraph → the program's paragraph: broken into lines, its line height known."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docgen.problem import Problem
from docgen.typeset.compose.atoms import SILENT, Atom, Atomizer
from docgen.typeset.compose.breaks import SLACK, Line, Measure, break_lines
from docgen.typeset.compose.items import Fixed, paragraph_items
from docgen.typeset.compose.settings import Settings
from docgen.typeset.model import (
    Borders,
    Floating,
    LineSpacing,
    Note,
    Paragraph,
    ParagraphStyle,
    Picture,
    Rule,
    Text,
)
from docgen.typeset.rules import Rules

SINGLE = 1.3  # a single-spaced line of Chinese, in em (as Word sets its own fonts)
SINGLE_LATIN = 1.15  # likewise of Times New Roman
MIDDLE = 0.76  # ascent less descent of Chinese characters, in em: centres them in their line
ABOVE = 0.8  # the share of an exact line above the baseline
HANGING_ALIGNS = ("justify", "left")
NARROWEST = 12.0  # pt that a line always has
FIELDS = (
    "size", "top", "bottom", "left", "right", "first", "hang", "align", "justify", "sticky",
    "breakable", "widow", "borders", "fill",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Composed:
    """A paragraph for the program, its height in pt without the space around it."""

    data: dict[str, Any]
    height: float


class ParagraphComposer:
    """Composes paragraphs of one document; equal styles are written once, into `table`.

    `note` composes the blocks of a footnote; who composes blocks sets it.
    """

    def __init__(
        self, settings: Settings, rules: Rules, marks: frozenset[str], images: dict[str, str]
    ) -> None:
        self._atomizer = Atomizer(settings, rules, marks)
        self._hanging = rules.hanging
        self._images = images
        self.note: Callable[[Note], list[dict[str, Any]]] = lambda note: []
        self._styles: dict[tuple[object, ...], int] = {}
        self.table: list[dict[str, Any]] = []

    @property
    def problems(self) -> list[Problem]:
        """What could not be composed as the file asks."""
        return self._atomizer.problems

    def compose(self, paragraph: Paragraph, width: float, borders: Borders) -> Composed:
        """Break the paragraph for `width` pt; `borders` are those left after joining boxes."""
        style = paragraph.style
        first = 0.0 if paragraph.continues else style.first
        edge = max(width - style.right, style.left + max(first, 0.0) + NARROWEST)
        measure = Measure(
            width=edge,
            first=style.left + first,
            rest=style.left,
            tabs=style.tabs,
            default_tab=style.default_tab,
            hanging=self._hanging if style.hangs and style.align in HANGING_ALIGNS else "",
        )
        narrowest = edge - max(measure.first, measure.rest)
        atoms = self._atomizer.atoms(paragraph.inlines, narrowest, paragraph.spot)
        is_empty = all(atom.kind in SILENT for atom in atoms)
        lines = [] if is_empty else break_lines(atoms, measure)
        top, bottom = _edges(style.spacing, *_size(paragraph, atoms))
        fixed = Fixed(self._images, self.note)
        items = paragraph_items(lines, style.align, (top, bottom), fixed)
        if is_empty:
            items = [["mark", atom.inline.name] for atom in atoms if atom.inline]  # type: ignore[union-attr]
        title = "".join(inline.text for inline in paragraph.inlines if isinstance(inline, Text))
        data = {
            "t": "p",
            "s": self._style(paragraph, first, width - edge, (top, bottom), borders),
            "i": items,
            "empty": is_empty,
            "level": paragraph.level,
            "index": paragraph.index,
            "title": " ".join(title.split()),
            "floats": self._floats(paragraph, width),
        }
        return Composed(data, _height(lines, top + bottom, bottom) + _rules_height(borders, style))

    def _style(
        self,
        paragraph: Paragraph,
        first: float,
        right: float,
        edges: tuple[float, float],
        borders: Borders,
    ) -> int:
        """The style's place in the table; a hanging indent is one of Typst's own."""
        style = paragraph.style
        hang = max(-first, 0.0)
        fields = (
            paragraph.mark.size,
            round(edges[0], 3),
            round(edges[1], 3),
            round(style.left - hang, 3),
            round(right - SLACK, 3),
            round(max(first, 0.0), 3),
            round(hang, 3),
            {"justify": "left", "distribute": "left"}.get(style.align, style.align),
            style.align == "justify",
            style.keep_next,
            not style.keep_lines,
            style.widow_control,
            borders,
            style.fill,
        )
        if fields not in self._styles:
            self._styles[fields] = len(self.table)
            entry: dict[str, Any] = dict(zip(FIELDS, fields, strict=True))
            entry["borders"] = paragraph_border_data(borders) if borders.visible else None
            self.table.append(entry)
        return self._styles[fields]

    def _floats(self, paragraph: Paragraph, width: float) -> list[dict[str, Any]]:
        found = []
        for inline in paragraph.inlines:
            if isinstance(inline, Floating) and inline.picture.key in self._images:
                picture = inline.picture
                found.append(
                    {
                        "file": self._images[picture.key],
                        "size": [round(picture.width, 3), round(picture.height, 3)],
                        "alt": picture.alt,
                        "x": _placed(inline.x, picture.width, width),
                        "y": inline.y if isinstance(inline.y, float) else 0.0,
                        "x_on_page": inline.x_on_page and isinstance(inline.x, float),
                        "y_on_page": inline.y_on_page and isinstance(inline.y, float),
                        "behind": inline.behind,
                    }
                )
        return found


def _placed(x: float | str, own: float, width: float) -> float:
    """An aligned picture from the left edge of its column."""
    if isinstance(x, float):
        return round(x, 3)
    return round((width - own) / (2 if x == "center" else 1), 3)


def rule_data(rule: Rule | None) -> list[Any] | None:
    return None if rule is None else [rule.width, rule.dash, rule.colour]


def border_data(borders: Borders) -> dict[str, Any]:
    """The four sides for the program, one line each."""
    sides = {"top": borders.top, "right": borders.right}
    sides |= {"bottom": borders.bottom, "left": borders.left}
    return {side: rule_data(rule) for side, rule in sides.items()}


def paragraph_border_data(borders: Borders) -> dict[str, Any]:
    """A paragraph's box: its outer lines, and the inner ones where a line is double."""
    outer, inner, gaps = border_data(borders), {}, {"top": 0.0, "bottom": 0.0}
    for side, rule in (("top", borders.top), ("bottom", borders.bottom)):
        if rule is not None and rule.second:
            pair = (rule.width, rule.second) if side == "top" else (rule.second, rule.width)
            outer[side] = [pair[0], rule.dash, rule.colour]
            inner[side] = [pair[1], rule.dash, rule.colour]
            gaps[side] = rule.gap + sum(pair) / 2
    return {"outer": outer, "inner": inner or None, "gaps": gaps, "space": list(borders.space)}


def _size(paragraph: Paragraph, atoms: list[Atom]) -> tuple[float, float]:
    """The size that decides the line height, the largest, and the height of a single line in em."""
    settings = [atom.setting for atom in atoms if atom.setting and atom.text]
    size = max((setting.size for setting in settings), default=paragraph.mark.size)
    is_latin = bool(settings) and all(a.kind != "han" for a in atoms if a.text)
    return size, SINGLE_LATIN if is_latin else SINGLE


def _edges(spacing: LineSpacing, size: float, single: float) -> tuple[float, float]:
    """How far a line reaches above and below its baseline, in pt."""
    if spacing.rule == "exact":
        return spacing.value * ABOVE, spacing.value * (1 - ABOVE)
    natural = size * single
    if spacing.pitch > 0:
        natural = math.ceil(natural / spacing.pitch - 1e-6) * spacing.pitch
    height = natural * spacing.value if spacing.rule == "auto" else max(natural, spacing.value)
    top = (height + MIDDLE * size) / 2
    return top, height - top


def _height(lines: list[Line], line: float, below: float) -> float:
    total = 0.0
    for each in lines:
        pictures = [a.inline.height for a in each.atoms if isinstance(a.inline, Picture)]
        total += max(line, max(pictures) + below if pictures else 0.0)
    return total if lines else line


def _rules_height(borders: Borders, style: ParagraphStyle) -> float:
    """What a box adds to the height of its text."""
    total = 0.0
    for rule, space in (
        (borders.top, style.borders.space[0]),
        (borders.bottom, style.borders.space[2]),
    ):
        if rule is not None:
            total += space + (rule.gap + rule.second if rule.second else 0.0)
    return total
