"""The table: one row a comparison, as Markdown that also lines up in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.fill.measure import Pair

HEADS = ("项目", "与谁比", "倍数（最小–中位–最大）", "门槛", "结论", "用时 docgen", "用时 对方")
MET, MISSED, NO_BAR = "达到", "未达到", "—"


@dataclass(frozen=True, slots=True)
class Bar:
    """What the middle ratio is held against."""

    limit: float
    at_most: bool = False

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.limit:g}×"

    def verdict(self, ratio: float) -> str:
        """Met, or by how much it is missed."""
        if self.at_most:
            over = ratio / self.limit
            return MET if over <= 1 else f"{MISSED}（是门槛的 {over:.1f} 倍）"
        return MET if ratio >= self.limit else f"{MISSED}（到门槛的 {ratio / self.limit:.0%}）"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, in words."""

    what: str
    peer: str
    ratio: str
    bar: str = NO_BAR
    verdict: str = NO_BAR
    ours: str = ""
    theirs: str = ""

    @property
    def cells(self) -> Sequence[str]:
        return (self.what, self.peer, self.ratio, self.bar, self.verdict, self.ours, self.theirs)


def compared(what: str, peer: str, pair: Pair, bar: Bar | None, *, inverse: bool = False) -> Row:
    """A row from a pair; `inverse` where ours was measured as the second of the two."""
    ours, theirs = (pair.theirs, pair.ours) if inverse else (pair.ours, pair.theirs)
    return Row(
        what,
        peer,
        str(pair.ratio),
        str(bar) if bar else NO_BAR,
        bar.verdict(pair.ratio.middle) if bar else NO_BAR,
        duration(ours.middle),
        duration(theirs.middle),
    )


def absent(what: str, peer: str, why: str, bar: Bar | None) -> Row:
    """A row for a peer that could not be had or made another text."""
    return Row(what, peer, why, str(bar) if bar else NO_BAR, "未测")


def duration(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e3:.3g} ms"


def table(rows: Iterable[Row]) -> str:
    lines = [HEADS, *(row.cells for row in rows)]
    widths = [max(_width(cell) for cell in column) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| "
        + " | ".join(cell + " " * (w - _width(cell)) for cell, w in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
