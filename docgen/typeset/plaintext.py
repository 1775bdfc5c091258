"""A Word file → its words with their places: what a tie-out reads of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.problem import Where
from docgen.typeset.model import Block, Counter, Document, Note, Paragraph, Table, Text
from docgen.typeset.read import read

Words = tuple[str, Where]


@dataclass(frozen=True, slots=True)
class Plain:
    """Paragraphs in their order, those of tables among them; tables, each row with its place."""

    paragraphs: tuple[Words, ...]
    tables: tuple[tuple[tuple[tuple[str, ...], Where], ...], ...]


def read_plain(docx: bytes) -> Plain:
    """The words of a document's body. Raises Unreadable for what is no Word file."""
    document = read(docx)
    blocks = list(_blocks(document))
    return Plain(
        tuple(_paragraphs(blocks)),
        tuple(tuple(_rows(block)) for block in blocks if isinstance(block, Table)),
    )


def _blocks(document: Document) -> Iterator[Block]:
    for section in document.sections:
        yield from section.blocks


def _rows(table: Table) -> Iterator[tuple[tuple[str, ...], Where]]:
    for row in table.rows:
        cells = ("".join(words for words, _ in _paragraphs(cell.blocks)) for cell in row.cells)
        yield tuple(cells), row.spot


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Words]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if words := "".join(_inlines(block)):
                yield words, block.spot
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)


def _inlines(paragraph: Paragraph) -> Iterator[str]:
    for inline in paragraph.inlines:
        if isinstance(inline, Text):
            yield inline.text
        elif isinstance(inline, Counter):
            yield inline.cached
        elif isinstance(inline, Note):
            yield from (words for words, _ in _paragraphs(inline.blocks))
