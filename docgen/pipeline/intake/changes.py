"""What an import changes in one data file: values, lists arranged anew, what is told of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docgen.load.letters import short
from docgen.load.yaml.rewriting import Path
from docgen.load.yaml.writing import Value
from docgen.model.tree import Node
from docgen.pipeline.intake.record import Known
from docgen.problem import Problem

CURE = "核对后改成一样；要用表格的，加 --take 表格"
_SEPARATORS = re.compile(r"\s*[、，,；;\n]\s*")


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changes, told once the new file stands: its path there, what it was and is."""

    path: Path
    label: str
    old: str
    new: str
    spot: str


@dataclass(slots=True)
class Merge:
    """What comes of one file: values to set, lists to arrange anew, what is told and remembered."""

    values: dict[Path, Value] = field(default_factory=dict)
    plans: dict[Path, list[int | Value]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    record: dict[str, Known] = field(default_factory=dict)

    def put(self, path: Path, old: Node | None, text: str) -> None:
        """A cell's text in the place of a value; a list stays one, and keeps the items it has."""
        if old is None or not old.is_sequence:
            self.values[path] = text
            return
        words = list(dict.fromkeys(word for word in _SEPARATORS.split(text.strip()) if word))
        had = [item.text for item in old.items]
        if old.items:
            self.plans[path] = [had.index(word) if word in had else word for word in words]
        else:
            self.values[path] = words


def grown(row: Node) -> dict[str, Value]:
    """A row of the sheet as a mapping of texts."""
    return {key: grown(node) if node.is_mapping else node.text for key, node in row.mapping.items()}


def summary(row: Node) -> str:
    """The first words of a row, to know it by."""
    texts = [node.text for _, node in row.scalars() if node.text]
    return short("、".join(texts[:3]), 30)
