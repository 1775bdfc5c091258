"""A data file as typed: its lines, and the stretch of them that each scalar takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from docgen.load.letters import is_wide
from docgen.problem import Where

_DASHES = re.compile(r"^ *(?:- +)*")


class Role(Enum):
    """Where a scalar stands: it is the whole file, a value of a mapping, an item of a list."""

    ROOT = auto()
    VALUE = auto()
    ITEM = auto()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as the parser saw it: `style` is "", ', ", | or >; the span is 0-based."""

    text: str
    style: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def is_plain(self) -> bool:
        return not self.style

    @property
    def is_quoted(self) -> bool:
        return self.style in ("'", '"')

    @property
    def is_block(self) -> bool:
        return self.style in ("|", ">")

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all was typed."""
        return self.is_plain and (self.line, self.column) == (self.end_line, self.end_column)


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name in messages and its lines, counted from 0."""

    file: str
    lines: list[str]

    def where(self, line: int, column: int, path: str = "") -> Where:
        """The place at a 0-based line and column."""
        return Where(self.file, line + 1, column + 1, path)

    def line(self, number: int) -> str:
        """That line; "" beyond the file's ends."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def indent(self, number: int) -> int:
        """How many spaces that line begins with."""
        return len(self.line(number)) - len(self.line(number).lstrip(" "))

    def depth(self, number: int) -> int:
        """Where the text of that line begins, list dashes counted as indentation."""
        text = self.line(number)
        return len(text) - len(_DASHES.sub("", text))

    def is_item(self, number: int) -> bool:
        """Whether that line begins an item of a list."""
        return self.line(number).lstrip(" ").startswith("- ")

    def is_content(self, number: int) -> bool:
        """Whether that line is neither blank nor a comment."""
        return self.line(number).strip()[:1] not in ("", "#")

    def starts_line(self, line: int, column: int) -> bool:
        """Whether only indentation and list dashes stand before that place."""
        return not self.line(line)[:column].strip("- ")

    def first(self, scalar: Scalar) -> tuple[int, int]:
        """0-based place of a scalar's first character; in a block, that of its first line."""
        if not (scalar.is_block and scalar.text.strip()):
            return scalar.line, scalar.column
        lines = range(scalar.line + 1, max(scalar.end_line, scalar.line + 2))
        indents = [self.indent(number) for number in lines if self.line(number).strip(" ")]
        return scalar.line + 1, min(indents, default=0)

    def unfold(self, scalar: Scalar) -> str:
        """The text of a plain scalar; where it runs over lines, hanzi join without a space."""
        if scalar.line == scalar.end_line:
            return scalar.text
        lines = self.lines[scalar.line : scalar.end_line + 1]
        lines[-1] = lines[-1][: scalar.end_column]
        lines[0] = lines[0][scalar.column :]
        text = ""
        for line in (line.strip(" \t") for line in lines):
            apart = text and line and not text.endswith("\n")
            spaced = apart and not (is_wide(text[-1]) and is_wide(line[0]))
            text += (" " if spaced else "") + line if line else "\n"
        return text
