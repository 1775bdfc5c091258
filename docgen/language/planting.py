"""Rows that name who stands above them → a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from docgen.model.charts import Node, Stray, Tree, Words
from docgen.model.values import Missing
from docgen.problem import Where

Row: TypeAlias = tuple[Words, Words, Words, Where]  # name, above, note, where
DEEPEST = 4  # levels, the top one counted: what a page shows


def planted(title: str, top: Words, rows: Sequence[Row]) -> Tree:
    """The tree of rows; one whose 上级 is empty, or is the top, stands below the top.

    Without a `top`, a single row that has nobody above it is the top.
    """
    parents, strays = _parents(top, rows)
    below: dict[int, list[int]] = {}
    for number, parent in parents.items():
        below.setdefault(parent, []).append(number)

    def node(number: int) -> Node:
        name, _, note, _ = rows[number]
        return Node(name, note, tuple(map(node, below.get(number, ()))))

    first = tuple(map(node, below.get(-1, ())))
    if top == "" and len(first) == 1 and not isinstance(top, Missing):
        return Tree(title, first[0], tuple(strays))
    return Tree(title, Node(top, "", first), tuple(strays))


def _parents(top: Words, rows: Sequence[Row]) -> tuple[Mapping[int, int], list[Stray]]:
    """The number of the row above each, -1 for the top; rows that are wrong go to the top."""
    names: dict[str, list[int]] = {}
    for number, (name, *_) in enumerate(rows):
        if isinstance(name, str):
            names.setdefault(name, []).append(number)
    strays: list[Stray] = []
    parents: dict[int, int] = {}
    for number, (_, above, _, where) in enumerate(rows):
        parents[number] = -1
        if isinstance(above, Missing) or above in ("", top):
            continue
        found = names.get(above, [])
        if len(found) == 1 and found[0] != number:
            parents[number] = found[0]
        elif found == [number]:
            strays.append(Stray(f"“{above}”的上级写成了它自己", where))
        elif found:
            strays.append(Stray(f"上级“{above}”在表里有 {len(found)} 行，不知道是哪一行", where))
        else:
            strays.append(Stray(f"上级“{above}”在表里没有这一行", where))
    highest = 1 if top == "" and not isinstance(top, Missing) else 2
    for number in range(len(rows)):
        if said := _wrong_way(number, parents, highest):
            strays.append(Stray(f"“{rows[number][0]}”{said}", rows[number][3]))
            parents[number] = -1
    return parents, strays


def _wrong_way(number: int, parents: Mapping[int, int], highest: int) -> str:
    """What is wrong with the way from a row up to the level `highest`; "" where nothing is."""
    seen, steps, above = {number}, highest, parents[number]
    while above >= 0:
        if above in seen:
            return "和它的上级互为上下级"
        seen.add(above)
        steps, above = steps + 1, parents[above]
    return f"在第 {steps} 级，图里最多 {DEEPEST} 级" if steps > DEEPEST else ""
