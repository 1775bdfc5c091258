"""Charts as values: what a template asks to be drawn, before anything knows how.

A cell that nobody filled in stays a Missing: it is shown as a hole, never as zero. `str()` of a
chart says in words what it shows, for who cannot see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from docgen.model.values import Missing, Month, Percent
from docgen.problem import Where

Words: TypeAlias = str | Missing
NOWHERE = Where()
Figure: TypeAlias = Decimal | int | str | Missing  # a text is printed and gets no bar


@dataclass(frozen=True, slots=True)
class Phase:
    """A row of a Gantt chart; `start` and `end` are months, both included."""

    name: Words
    start: Month | Missing
    end: Month | Missing
    path: str = ""
    where: Where = NOWHERE

    def __str__(self) -> str:
        return f"{told(self.name)} {told(self.start)}至{told(self.end)}"


@dataclass(frozen=True, slots=True)
class Gantt:
    """Phases against months (甘特图)."""

    title: str
    phases: tuple[Phase, ...]

    def __str__(self) -> str:
        return _sentence(self.title, map(str, self.phases))


@dataclass(frozen=True, slots=True)
class BarRow:
    """A thing measured: one figure a series, and what is asked of it (None: nothing is)."""

    name: Words
    unit: str
    values: tuple[Figure, ...]
    wanted: Figure | None = None
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars (条形图): `series` names the values of each row, `asked` what is wanted."""

    title: str
    series: tuple[str, ...]
    rows: tuple[BarRow, ...]
    asked: str = ""

    @property
    def is_to_scale(self) -> bool:
        """Whether the bars of different rows can be compared: all are of one unit."""
        return len({row.unit for row in self.rows}) <= 1

    def __str__(self) -> str:
        return _sentence(self.title, (self.row_told(row) for row in self.rows))

    def row_told(self, row: BarRow) -> str:
        """What the bars of a row show."""
        pairs = [*zip(self.series, row.values, strict=True)]
        if self.asked and row.wanted is not None:
            pairs.append((self.asked, row.wanted))
        figures = "，".join(f"{name}{told(value)}" for name, value in pairs)
        return f"{told(row.name)} {figures}" + (f"（{row.unit}）" if row.unit else "")


@dataclass(frozen=True, slots=True)
class Node:
    """A box of a tree; `note` is said below its name."""

    name: Words
    note: Words = ""
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This box and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def __str__(self) -> str:
        below = "、".join(map(str, self.children))
        return f"{told(self.name)}（{below}）" if below else told(self.name)


@dataclass(frozen=True, slots=True)
class Stray:
    """A row that has no place in the tree: what is wrong with it, and where it was typed."""

    message: str
    where: Where


@dataclass(frozen=True, slots=True)
class Tree:
    """Who stands below whom (结构图); `top` has the empty name where the rows have no one top.

    Rows that are wrong (`strays`) stand directly below the top.
    """

    title: str
    top: Node
    strays: tuple[Stray, ...] = ()

    def __str__(self) -> str:
        lone = not self.top.name and not isinstance(self.top.name, Missing)
        return _sentence(self.title, map(str, self.top.children if lone else (self.top,)))


Chart: TypeAlias = Gantt | Bars | Tree


def told(value: object) -> str:
    """A value within a description; an absent one is named as such."""
    if isinstance(value, Missing):
        return "资料不足"
    is_plain = isinstance(value, Decimal) and not isinstance(value, Percent)
    return f"{value:f}" if is_plain else str(value)


def _sentence(title: str, rows: Iterator[str]) -> str:
    said = "；".join(rows) or "（没有内容）"
    return f"{title}：{said}" if title else said
