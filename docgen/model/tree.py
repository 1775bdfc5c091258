"""A data file as read: every scalar is text, every value and key knows its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docgen.problem import Where


@dataclass(unsafe_hash=True, slots=True)
class Node:
    """One value of a data file; never changed once made.

    A frozen dataclass would say so, but takes three times as long to make, and a thousand files
    have a hundred thousand Nodes.

    `value` is the text of a scalar as typed, a list of Nodes, or a dict of Nodes by key.
    `line` and `column` are 1-based and belong to the value; `key_line`, `key_column` to its key.
    A scalar that was empty or the plain null of YAML has the value "". `cut` tells that reading
    broke off within this value: what is not there may stand in the file below. What stands in an
    Excel sheet has a `spot` (案例!C7) and no line: `line` and `column` are 0.
    """

    value: str | list[Node] | dict[str, Node]
    file: str = ""
    line: int = 1
    column: int = 1
    key_line: int | None = None
    key_column: int | None = None
    quoted: bool = False
    cut: bool = False
    spot: str = ""

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, dict)

    @property
    def is_sequence(self) -> bool:
        return isinstance(self.value, list)

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.value, str)

    @property
    def text(self) -> str:
        """The scalar's text; "" for a mapping or sequence."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def mapping(self) -> dict[str, Node]:
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        return self.value if isinstance(self.value, list) else []

    def where(self, path: str = "") -> Where:
        """The place of the value."""
        return Where(self.file, self.line or None, self.column or None, path, self.spot)

    def where_key(self, path: str = "") -> Where:
        """The place of the key, or of the value where it has none."""
        line, column = self.key_line or self.line, self.key_column or self.column
        return Where(self.file, line or None, column or None, path, self.spot)

    def get(self, key: str) -> Node | None:
        return self.mapping.get(key)

    def at(self, path: str) -> Node | None:
        """The Node at a dotted path; items are counted from 1: 成员单位.2.单位名称."""
        node: Node | None = self
        for step in path.split(".") if path else []:
            if node is None:
                return None
            if node.is_sequence and step.isdecimal():
                index = int(step) - 1
                node = node.items[index] if 0 <= index < len(node.items) else None
            else:
                node = node.get(step)
        return node

    def nearest(self, path: str) -> Where:
        """The place of `path`, or of the nearest parent that stands in the file."""
        steps = path.split(".") if path else []
        for length in range(len(steps), 0, -1):
            node = self.at(".".join(steps[:length]))
            if node is not None:
                place = node.where_key(path)
                return place if length < len(steps) else node.where(path)
        return replace(self.where(path), line=1, column=1)

    def scalars(self, path: str = "") -> Iterator[tuple[str, Node]]:
        """Every scalar below this Node with its dotted path, in file order."""
        if isinstance(self.value, str):
            yield path, self
        elif isinstance(self.value, list):
            for number, node in enumerate(self.value, 1):
                yield from node.scalars(f"{path}.{number}" if path else str(number))
        else:
            for key, node in self.value.items():
                yield from node.scalars(f"{path}.{key}" if path else key)
