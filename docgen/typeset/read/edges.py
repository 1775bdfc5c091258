"""Who draws the line between two cells: Word's rules for conflicting borders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from docgen.typeset.model import Borders, Rule

Line: TypeAlias = tuple[bool, Rule | None]  # said by the cell itself?, the line
Place: TypeAlias = tuple[str, int, int]  # "h" or "v", row, column of the grid line


@dataclass(slots=True)
class Edges:
    """All grid lines of one table; add every cell's wishes, then ask for its four sides."""

    _lines: dict[Place, Line] = field(default_factory=dict)

    def add(self, box: tuple[int, int, int, int], wishes: tuple[Line, Line, Line, Line]) -> None:
        """`box` is row, column, rows, columns; `wishes` are top, right, bottom, left."""
        for places, wish in zip(_sides(box), wishes, strict=True):
            for place in places:
                known = self._lines.get(place)
                self._lines[place] = wish if known is None else _stronger(known, wish)

    def borders(self, box: tuple[int, int, int, int]) -> Borders:
        """The four lines as drawn; along a merged cell the heaviest piece stands for all."""
        drawn: list[Rule | None] = []
        for places in _sides(box):
            rules = [rule for place in places if (rule := self._lines[place][1]) is not None]
            drawn.append(max(rules, key=lambda rule: rule.width, default=None))
        top, right, bottom, left = drawn
        return Borders(top, right, bottom, left)


def _sides(box: tuple[int, int, int, int]) -> tuple[list[Place], ...]:
    row, column, rows, columns = box
    across = range(column, column + columns)
    down = range(row, row + rows)
    return (
        [("h", row, x) for x in across],
        [("v", y, column + columns) for y in down],
        [("h", row + rows, x) for x in across],
        [("v", y, column) for y in down],
    )


def _stronger(one: Line, other: Line) -> Line:
    """A line beats none, the cell's own word the table's; between equals the heavier line wins."""
    if one[1] is None or other[1] is None:
        return other if one[1] is None else one
    if one[0] != other[0]:
        return one if one[0] else other
    return one if one[1].width >= other[1].width else other
