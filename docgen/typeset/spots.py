"""Where in a .docx a Problem of typesetting lies → the words that stand there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from docgen.typeset.font_names import INVISIBLE
from docgen.typeset.model import Block, Counter, Drawing, Paragraph, Table, Text


def bare(words: str) -> str:
    """Words as they are compared: no white space, nothing invisible, one form of each character."""
    return "".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", words)).split())


def words_by_spot(docx: bytes) -> Mapping[str, str]:
    """The words of each paragraph and table row, without white space, by their Where.spot.

    Raises Unreadable for bytes that are no Word document.
    """
    from docgen.typeset.read import read

    found: dict[str, str] = {}
    for section in read(docx).sections:
        for spot, words in _of(section.blocks):
            found[spot] = found.get(spot, "") + words
    return found


def _of(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.spot.spot, _words(block)
        elif isinstance(block, Table):
            for row in block.rows:
                inner = "".join(w for cell in row.cells for _, w in _of(cell.blocks))
                yield row.spot.spot, inner


def _words(paragraph: Paragraph) -> str:
    parts: list[str] = []
    for inline in paragraph.inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, Counter):
            parts.append(inline.cached)
        elif isinstance(inline, Drawing):
            parts += (words for shape in inline.shapes for _, words in _of(shape.blocks))
    return bare("".join(parts))
