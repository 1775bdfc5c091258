"""Typed text → tags and halves of tags; a tag taken apart into prefix, statement and expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from docgen.fill.places import Spot

Fault: TypeAlias = Literal["", "unclosed", "unopened", "mixed"]

PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENER = re.compile(r"\{[{%#]|[}%#]\}")
_STEP = re.compile(r"\{[{%]|[}%]\}|[{}]")
_STEP_OR_QUOTED = re.compile(rf"{_STEP.pattern}|'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_MOST_HALVES = 20  # in one paragraph
_APART = re.compile(r"\{([{%#])(?:(tr|tc|p|r)(?=\s))?[-+]?\s*(\w+)?(.*?)[-+]?[}%#]\}$", re.DOTALL)
_SET_BLOCK = re.compile(r"\s+[\w.]+\s*(?:\|.*)?$", re.DOTALL)
STRAIGHT = str.maketrans("“”‘’", "\"\"''")

OPENERS = frozenset(["for", "if", "macro", "call", "filter", "with", "raw", "autoescape", "set"])
MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
CELL_WORDS = frozenset(["cellbg", "colspan", "vm", "hm"])
STATEMENTS = OPENERS | {f"end{word}" for word in OPENERS} | set(MIDDLES) | CELL_WORDS
REFUSED = frozenset(
    {"include", "import", "from", "extends", "block", "endblock", "do", "break", "continue"}
    | {"trans", "endtrans", "debug"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag in a text, or with a `fault` the half of one, and where it stands in the text."""

    text: str
    start: int
    fault: Fault = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def scan(text: str) -> Iterator[Piece]:
    """Every tag of a text and every half tag, in order; braces within quotation marks are text."""
    at = halves = 0
    while match := _OPENER.search(text, at):
        start, sign = match.start(), match.group()
        if sign not in PAIRS:
            at = match.end()
            yield Piece(sign, start, "unopened")
            continue
        at, fault = _close(text, match.end(), sign, quoting=halves < _MOST_HALVES)
        halves += bool(fault)
        yield Piece(text[start:at], start, fault)


def _close(text: str, at: int, opener: str, *, quoting: bool) -> tuple[int, Fault]:
    """Where a tag ends, and what is wrong with its end; braces in quotation marks end nothing.

    Quotation marks that do not pair (it's) are signs as any other where no end is found beyond
    them. To find none may take the whole text, so after many halves they are not looked at.
    """
    closer = PAIRS[opener]
    if opener == "{#":
        end = text.find(closer, at)
        return (end + 2, "") if end >= 0 else (len(text), "unclosed")
    if quoting:
        end, fault = _first_end(text, at, closer, _STEP_OR_QUOTED)
        if fault != "unclosed":
            return end, fault
    return _first_end(text, at, closer, _STEP)


def _first_end(text: str, at: int, closer: str, steps: re.Pattern[str]) -> tuple[int, Fault]:
    depth = 0
    while match := steps.search(text, at):
        sign, at = match.group(), match.end()
        if sign[0] not in "{%}":
            continue  # in quotation marks
        if sign in PAIRS and not depth:
            return match.start(), "unclosed"
        if sign == "{":
            depth += 1
        elif depth and "}" in sign:
            depth -= 1
            at = match.start() + (2 if sign == "%}" else 1)
        elif sign == closer:
            return at, ""
        elif sign in PAIRS.values():
            return at, "mixed"
    return len(text), "unclosed"


@dataclass(frozen=True, slots=True)
class Word:
    """A tag taken apart: delimiter, docxtpl's prefix ("" where none), first word, what follows."""

    text: str
    spot: Spot
    start: int
    delimiter: str
    prefix: str
    word: str
    rest: str

    @classmethod
    def of(cls, text: str, spot: Spot, start: int = 0) -> Word:
        match = _APART.match(text)
        delimiter, prefix, word, rest = match.groups() if match else ("", "", "", "")
        return cls(text, spot, start, delimiter, prefix or "", word or "", rest)

    @property
    def is_statement(self) -> bool:
        return self.delimiter == "%"

    @property
    def opens(self) -> bool:
        """Whether an end… belongs to it ({% set x = 1 %} has none)."""
        if self.word == "set":
            return bool(_SET_BLOCK.match(self.rest))
        return self.word in OPENERS

    @property
    def expression(self) -> str:
        """What stands between the delimiters, without docxtpl's prefix, in straight quotes."""
        return f"{self.word}{self.rest}".strip().translate(STRAIGHT)

    @property
    def where(self) -> str:
        """The place with the tag."""
        return self.spot.with_tag(self.text)


def words_of(spots: list[Spot]) -> list[Word]:
    """The whole tags of a part, in reading order."""
    return [
        Word.of(piece.text, spot, piece.start)
        for spot in spots
        for piece in scan(spot.text)
        if not piece.fault
    ]
