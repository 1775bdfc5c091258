"""A Word file and the PDF made of it → where the two do not say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docgen.problem import Problem, Where, error
from docgen.typeset.model import Block, Counter, Document, Drawing, Note, Paragraph, Table, Text
from docgen.typeset.paper import PaperTable, read_paper
from docgen.typeset.read import read
from docgen.typeset.spots import bare

MOST = 20  # disagreements of a kind that are told
SHOWN = 24  # characters of a text that a message quotes
AHEAD = 4000  # characters in which a paragraph is looked for, when it is not where it should be
AGAIN = "重新生成；仍不一致的，把这两个文件发给维护者"


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words of one paragraph, and where it stands."""

    words: str
    spot: Where


def agreement(docx: bytes, pdf: bytes, *, pages: int | None = None) -> tuple[Problem, ...]:
    """What differs between a filled .docx and its PDF; nothing where they agree.

    Compared are the words of the body in their order, the tables cell by cell, and the number of
    pages where `pages` is told; every glyph must be one of its font, every font embedded. Live
    numbers count as the Word file shows them: contents that are out of date do not agree. Headers,
    footers and repeated rows are left out. Raises Unreadable for bytes that are no such files.
    """
    document, paper = read(docx), read_paper(pdf)
    found: list[Problem] = []
    found += _first(_in_text(_pieces(document), bare(paper.text)))
    found += _first(_in_tables(_tables(document), paper.tables))
    found += [
        error("空白字形", f"PDF 第 {page} 页有字体里没有的字，印成空框", hint=AGAIN)
        for page in paper.blank
    ]
    found += [
        error("字体未嵌入", f"PDF 没有嵌入字体 {name}，别的机器上会变样", hint=AGAIN)
        for name in paper.loose
    ]
    if pages is not None and pages != paper.pages:
        found.append(error("页数不符", f"应有 {pages} 页，PDF 有 {paper.pages} 页", hint=AGAIN))
    return tuple(found)


def _first(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for _, problem in zip(range(MOST), problems, strict=False)]


# ---- words in order


def _in_text(pieces: Iterable[_Piece], paper: str) -> Iterator[Problem]:
    """Paragraph by paragraph; one that is not there is told, and the next looked for further on."""
    at, is_lost = 0, False
    for piece in pieces:
        place = paper.find(piece.words, at, at + AHEAD + len(piece.words))
        if place < 0:
            same = _common(piece.words, paper[at : at + len(piece.words)])
            differs = _short(piece.words[same:]), _short(paper[at + same :])
            told = f"Word 里是“{differs[0]}”，PDF 的这个位置是“{differs[1]}”"
            yield error("文字不一致", told, piece.spot, AGAIN)
            is_lost = True
            continue
        if place > at and not is_lost:
            told = f"“{_short(piece.words)}”之前，PDF 里多出“{_short(paper[at:place])}”"
            yield error("文字不一致", told, piece.spot, AGAIN)
        at, is_lost = place + len(piece.words), False
    if at < len(paper) and not is_lost:
        told = f"最后一段之后，PDF 里多出“{_short(paper[at:])}”"
        yield error("文字不一致", told, hint=AGAIN)


def _common(one: str, other: str) -> int:
    """How many characters two strings share at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[:SHOWN] + "……"


# ---- tables


def _in_tables(tables: Sequence[Table], paper: Sequence[PaperTable]) -> Iterator[Problem]:
    if len(tables) != len(paper):
        told = f"Word 里有 {len(tables)} 张表，PDF 里有 {len(paper)} 张"
        yield error("表格不一致", told, hint=AGAIN)
        return
    for table, printed in zip(tables, paper, strict=True):
        if len(table.rows) != len(printed.rows):
            told = f"Word 里有 {len(table.rows)} 行，PDF 里有 {len(printed.rows)} 行"
            yield error("表格不一致", told, table.spot, AGAIN)
            continue
        for row, cells in zip(table.rows, printed.rows, strict=True):
            wanted = [words for cell in row.cells if (words := _joined(cell.blocks))]
            found = [words for cell in cells if (words := bare(cell))]
            if wanted != found:
                sides = _short("｜".join(wanted)), _short("｜".join(found))
                told = f"Word 里这一行是“{sides[0]}”，PDF 里是“{sides[1]}”"
                yield error("表格不一致", told, row.spot, AGAIN)


# ---- the Word file


def _pieces(document: Document) -> Iterator[_Piece]:
    for section in document.sections:
        yield from _of_blocks(section.blocks)


def _of_blocks(blocks: Iterable[Block]) -> Iterator[_Piece]:
    for block in blocks:
        if isinstance(block, Paragraph):
            words = bare("".join(_words(block)))
            if words:
                yield _Piece(words, block.spot)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _of_blocks(cell.blocks)


def _words(paragraph: Paragraph) -> Iterator[str]:
    """The words of a paragraph; a footnote is read where its number stands."""
    for inline in paragraph.inlines:
        if isinstance(inline, Text):
            yield inline.text
        elif isinstance(inline, Counter):
            yield inline.cached
        elif isinstance(inline, Note):
            yield inline.label + _joined(inline.blocks)
        elif isinstance(inline, Drawing):
            yield from (_joined(shape.blocks) for shape in inline.shapes)


def _joined(blocks: Iterable[Block]) -> str:
    return "".join(piece.words for piece in _of_blocks(blocks))


def _tables(document: Document) -> list[Table]:
    return [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    ]
