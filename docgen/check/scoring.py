"""One line of a scoring table → its points; the worst and best while a figure is absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.language import LanguageError
from docgen.model.rule import Score
from docgen.model.values import Missing, MissingValueError

Evaluate = Callable[[str, Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """The points of a line; `worst` and `best` differ only while `missing` is absent."""

    line: Score
    worst: Decimal
    best: Decimal
    missing: Missing | None = None

    @property
    def is_short(self) -> bool:
        """Whether the line fails its own minimum, whatever is still absent."""
        return self.line.least is not None and self.best < self.line.least

    @property
    def may_be_short(self) -> bool:
        return self.line.least is not None and self.worst < self.line.least

    @property
    def shortage(self) -> str:
        return f"“{self.line.name}”得 {self.best:f} 分，至少要 {self.line.least:f} 分"


def score(line: Score, facts: Mapping[str, Any], evaluate: Evaluate) -> Scored:
    """The points of a line within its range; LanguageError for what is no number."""
    try:
        value = evaluate(line.points or line.value, facts)
        if isinstance(value, Missing):
            raise MissingValueError(value)
    except MissingValueError as absent:
        worst, best = _range(line)
        return Scored(line, worst, best, absent.missing)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise LanguageError(f"评分“{line.name}”算出来的不是数")
    points = Decimal(value)
    if line.bands:
        points = next((points for floor, points in line.bands if value >= floor), Decimal(0))
    worst, best = _range(line)
    points = max(worst, min(points, best))
    return Scored(line, points, points)


def _range(line: Score) -> tuple[Decimal, Decimal]:
    """The fewest and the most points that a line can give; one with 满分 below 0 only deducts."""
    return min(Decimal(0), line.full), max(Decimal(0), line.full)
