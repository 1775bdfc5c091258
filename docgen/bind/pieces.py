"""What goes into a volume: a Scan as listed, a Piece as opened; and what a PDF says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.problem import Where

if TYPE_CHECKING:
    from docgen.bind.paper import Shape


@dataclass(frozen=True, slots=True)
class Scan:
    """One entry of the list of evidence: 证07, 营业执照, its file and what kind that is."""

    code: str
    name: str
    path: Path
    kind: str  # pdf, jpg or png, by content
    where: Where


@dataclass(frozen=True, slots=True)
class Piece:
    """A scan that can be bound: a PDF of it, its pages' shapes, the number of the first, from 1.

    `baggage`: metadata and the like hang on its pictures.
    """

    scan: Scan
    path: Path
    shapes: tuple[Shape, ...]
    first: int
    baggage: bool = False

    @property
    def pages(self) -> int:
        return len(self.shapes)

    @property
    def last(self) -> int:
        return self.first + self.pages - 1


@dataclass(frozen=True, slots=True)
class Title:
    """A PDF's title and date, and a name for its contents that stays while they stay."""

    text: str
    dated: date | None = None
    identity: bytes = b""
