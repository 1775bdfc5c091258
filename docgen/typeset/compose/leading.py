"""How high a line is: line spacing, the line grid, pictures in the line."""

from __future__ import annotations

import math

from docgen.typeset.compose.atoms import Atom
from docgen.typeset.compose.breaks import Line
from docgen.typeset.model import Borders, Drawing, LineSpacing, Picture

SINGLE = 1.3  # a single-spaced line of Chinese, in em (as Word sets its own fonts)
SINGLE_LATIN = 1.15  # likewise of Times New Roman
MIDDLE = 0.76  # ascent less descent of Chinese characters, in em: centres them in their line
ABOVE = 0.8  # the share of an exact line above the baseline


def edges(spacing: LineSpacing, atoms: list[Atom], usual: float) -> tuple[float, float]:
    """How far the lines of a paragraph reach above and below their baseline, in pt.

    The largest characters decide; `usual` is the size of the paragraph's end, for empty ones.
    """
    if spacing.rule == "exact":
        return spacing.value * ABOVE, spacing.value * (1 - ABOVE)
    size = max((a.setting.size for a in atoms if a.setting and a.text), default=usual)
    kinds = {atom.kind for atom in atoms if atom.text}
    natural = size * (SINGLE_LATIN if kinds and "han" not in kinds else SINGLE)
    if spacing.pitch > 0:
        natural = math.ceil(natural / spacing.pitch - 1e-6) * spacing.pitch
    height = natural * spacing.value if spacing.rule == "auto" else max(natural, spacing.value)
    top = (height + MIDDLE * size) / 2
    return top, height - top


def height(lines: list[Line], reach: tuple[float, float], borders: Borders) -> float:
    """The height of a paragraph's lines and of the box around it; one line where it is empty."""
    line, below = sum(reach), reach[1]
    total = 0.0 if lines else line
    for each in lines:
        pictures = [a.inline.height for a in each.atoms if isinstance(a.inline, Picture | Drawing)]
        total += max(line, max(pictures) + below if pictures else 0.0)
    for rule, space in ((borders.top, borders.space[0]), (borders.bottom, borders.space[2])):
        if rule is not None:
            total += space + rule.extent
    return total
