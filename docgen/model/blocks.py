"""Parsed Markdown: a chapter as blocks and inlines that Word and the checks can read.

A value of type 正文 is never a template: `{{` is text. The one thing looked up is 【=路径】, a
`Reference`. Nothing that was typed is dropped: what Markdown does not know is text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from docgen.problem import Where


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text with its emphasis."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    superscript: bool = False
    subscript: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A break that the author asked for within a paragraph."""


@dataclass(frozen=True, slots=True)
class Reference:
    """【=路径】: prints the value of that field, so that a figure in prose is written once."""

    path: str
    where: Where
    bold: bool = False
    italic: bool = False


Inline = Text | LineBreak | Reference


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the chapter's own, 2 a section of it, and so on to 4."""

    level: int
    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    inlines: tuple[Inline, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its mark as it prints ("1.", "——") and its nesting, 0 outermost."""

    mark: str
    depth: int
    inlines: tuple[Inline, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Quote:
    """A paragraph set off as quoted."""

    inlines: tuple[Inline, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced or indented block, printed line by line as typed."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table; `align` holds "left", "center", "right" or "" for each column."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[str, ...]
    caption: str
    where: Where


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands alone in its paragraph; `data` holds the file's bytes, PNG or JPEG."""

    data: bytes
    alt: str
    caption: str
    where: Where


Block = Heading | Paragraph | Item | Quote | Code | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one `##` heading; title "" for what stands before the first one."""

    title: str
    blocks: tuple[Block, ...]
    where: Where

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text, _ in texts(self.blocks))


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown file, or a value of type 正文: its title and its sections in the order typed."""

    title: str
    sections: tuple[Section, ...]
    where: Where

    def section(self, title: str) -> Section | None:
        return next((section for section in self.sections if section.title == title), None)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def is_empty(self) -> bool:
        return all(section.is_empty for section in self.sections)

    def __str__(self) -> str:
        """The chapter as plain lines: section titles and the text of each block."""
        lines: list[str] = []
        for section in self.sections:
            lines += [section.title] if section.title else []
            lines += [text for text, _ in texts(section.blocks)]
        return "\n".join(lines)


def inlines_of(block: Block) -> Iterator[Inline]:
    """Every inline of a block, those of table cells included, in reading order."""
    if isinstance(block, Paragraph | Item | Quote):
        yield from block.inlines
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield from cell


def resolved(chapter: Chapter, told: Callable[[str], str]) -> Chapter:
    """The chapter with what `told` says of a path in the place of each Reference."""
    if not any(isinstance(i, Reference) for block in chapter.blocks for i in inlines_of(block)):
        return chapter

    def words(parts: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(Text(told(p.path)) if isinstance(p, Reference) else p for p in parts)

    def block_of(block: Block) -> Block:
        if isinstance(block, Paragraph | Item | Quote):
            return replace(block, inlines=words(block.inlines))
        if isinstance(block, Table):
            rows = tuple(tuple(words(cell) for cell in row) for row in block.rows)
            return replace(block, header=tuple(words(cell) for cell in block.header), rows=rows)
        return block

    sections = tuple(
        replace(section, blocks=tuple(block_of(block) for block in section.blocks))
        for section in chapter.sections
    )
    return replace(chapter, sections=sections)


def texts(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Where]]:
    """The text of each block, of a table's each cell, with its place: what a search reads."""
    for block in blocks:
        if isinstance(block, Heading | Code):
            yield block.text, block.where
        elif isinstance(block, Picture):
            yield block.caption or block.alt, block.where
        elif isinstance(block, Table):
            if block.caption:
                yield block.caption, block.where
            for row in (block.header, *block.rows):
                for cell in row:
                    yield _words(cell), block.where
        else:
            yield _words(block.inlines), block.where


def _words(parts: tuple[Inline, ...]) -> str:
    words = "".join(
        part.text if isinstance(part, Text) else "\n" if isinstance(part, LineBreak) else ""
        for part in parts
    )
    return words or ("【=】" if any(isinstance(part, Reference) for part in parts) else "")
