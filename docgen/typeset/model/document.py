"""A whole document: sections with their pages, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from docgen.problem import Problem
from docgen.typeset.model.blocks import Block, Paragraph, paragraphs


@dataclass(frozen=True, slots=True)
class Margins:
    """Header and footer blocks of a section; None where the section does not tell pages apart."""

    default: tuple[Block, ...] = ()
    first: tuple[Block, ...] | None = None
    even: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Page geometry in pt; `header` and `footer` are distances from the paper's edge."""

    width: float = 595.3
    height: float = 841.9
    top: float = 72.0
    right: float = 90.0
    bottom: float = 72.0
    left: float = 90.0
    header: float = 42.55
    footer: float = 49.6
    mirrored: bool = False  # `left` is the inner margin, `right` the outer one

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Section:
    page: Page
    blocks: tuple[Block, ...]
    header: Margins = Margins()
    footer: Margins = Margins()
    numbering: str = "1"  # a Typst numbering pattern
    start: int | None = None
    parity: Literal["", "odd", "even"] = ""  # begin on such a page
    columns: int = 1
    column_gap: float = 0.0

    @property
    def column_width(self) -> float:
        """The width of text in pt."""
        free = self.page.text_width - self.column_gap * (self.columns - 1)
        return free / self.columns


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A heading of the body: place among all w:p, level 1 to 9, number, words without it."""

    paragraph: int
    level: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `pictures` are raw bytes as found, keyed as Picture.key names them."""

    sections: tuple[Section, ...]
    title: str = ""
    author: str = ""
    modified: datetime | None = None
    headings: tuple[HeadingText, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph: of the body, of tables, of headers and footers."""
        for section in self.sections:
            yield from paragraphs(section.blocks)
            for margins in (section.header, section.footer):
                for blocks in (margins.default, margins.first, margins.even):
                    yield from paragraphs(blocks or ())
