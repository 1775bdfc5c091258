"""Whether two texts say the same value of a field; which rows of two tables are the same row."""

from __future__ import annotations

import hashlib
import json
import re
from collections import deque
from collections.abc import Sequence
from decimal import Decimal

from docgen.load.scalars import Unreadable, read_scalar
from docgen.model.form import Column
from docgen.model.notice import Field, FieldType
from docgen.model.tree import Node

_AS_TYPED = (FieldType.TEXT, FieldType.PROSE, FieldType.PICTURE)
_BLANK = re.compile(r"\A(?:[ \t]*\n)+")  # lines before prose that print nothing
_NESTED = (FieldType.GROUP, FieldType.TABLE)
MOST_PAIRS = 200_000  # pairs of rows that are held against each other
Row = dict[str, str]


def said(node: Node) -> str:
    """What a value says, as a person reads it; a list with 、."""
    if node.is_sequence:
        return "、".join(item.text for item in node.items)
    return node.text


def sense(node: Node, field: Field) -> str:
    """A text that is equal for two values that mean the same: 148.0 is 148, a list is its words."""
    text = said(node)
    if field.type in _AS_TYPED or field.type in _NESTED:
        return _BLANK.sub("", text).rstrip() if field.type is FieldType.PROSE else text.rstrip("\n")
    try:
        value = read_scalar(text, field)
    except Unreadable:
        return text.strip()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" + ("%" if field.type is FieldType.PERCENT else "")
    return str(value)


def senses(node: Node, columns: Sequence[Column]) -> Row:
    """The cells of a row that say anything, by their columns' paths."""
    cells = {column.path: (node.at(column.path), column.field) for column in columns}
    found = {
        path: sense(cell, field)
        for path, (cell, field) in cells.items()
        if cell is not None and not cell.is_mapping
    }
    return {path: text for path, text in found.items() if text}


def digest(value: object) -> str:
    """A short hash of texts, rows or lists of them: what is remembered tells nobody what it was."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def aligned(new: Sequence[Row], old: Sequence[Row]) -> list[int | None]:
    """For each new row the old one that it is, wherever that stands; None where it was not there.

    Rows may be the same where half of the new one's cells are; the most alike find each other
    first, and of those the nearest.
    """
    found, rest = _equal(new, old)
    taken = set(found.values())
    free = [j for j in range(len(old)) if j not in taken]
    if len(rest) * len(free) > MOST_PAIRS:
        found |= dict(zip(rest, free, strict=False))
        return [found.get(i) for i in range(len(new))]
    pairs = [
        (-alike, abs(i - j), i, j)
        for i in rest
        for j in free
        if (alike := _likeness(new[i], old[j]))
    ]
    for _, _, i, j in sorted(pairs):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return [found.get(i) for i in range(len(new))]


def _equal(new: Sequence[Row], old: Sequence[Row]) -> tuple[dict[int, int], list[int]]:
    """The old row for each new one that stands there unchanged; the new rows that are left."""
    places: dict[tuple[tuple[str, str], ...], deque[int]] = {}
    for j, row in enumerate(old):
        places.setdefault(tuple(sorted(row.items())), deque()).append(j)
    found: dict[int, int] = {}
    rest = []
    for i, row in enumerate(new):
        if there := places.get(tuple(sorted(row.items()))):
            found[i] = there.popleft()
        else:
            rest.append(i)
    return found, rest


def _likeness(new: Row, old: Row) -> int:
    """How many cells two rows share; 0 where they are not the same row."""
    same = sum(1 for path, text in new.items() if old.get(path) == text)
    return 2 * same + (new == old) if 2 * same >= len(new) and same else 0
