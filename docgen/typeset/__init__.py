"""Stage `typeset`: filled .docx bytes → neutral layout model → PDF bytes.

    docx ── read/ ──► model.Document ── compose/ ──► model.json ── typst.py + document.typ ──► PDF

`read/` resolves every inheritance, `compose/` chooses fonts and breaks lines, the fixed program
draws. Nothing is dropped in silence: what cannot be shown as the file asks is a Problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from docgen.problem import Problem, Severity, error
from docgen.typeset.fonts import Face, Fonts, StandIn, find_fonts
from docgen.typeset.outline import Heading, outline
from docgen.typeset.read.package import Unreadable
from docgen.typeset.rules import Rules
from docgen.typeset.soffice import convert_with_libreoffice

if TYPE_CHECKING:
    from docgen.typeset.model import Block, Document

__all__ = [
    "Face", "Fonts", "Heading", "Rules", "StandIn", "Typeset", "Unreadable",
    "convert_with_libreoffice", "find_fonts", "outline", "typeset",
]  # fmt: skip

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document as printed.

    `pages`: how many sheets. `headings`: as outline(), with page labels and sheets. `marks`:
    bookmark name → label of its page. `problems`: what is not shown as the file asks (warnings),
    and characters or pictures that could not be shown at all (errors).
    """

    pdf: bytes
    pages: int
    headings: tuple[Heading, ...]
    marks: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether something could not be printed at all: reason enough to refuse a final."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def typeset(
    docx: bytes,
    fonts: Fonts,
    *,
    rules: Rules = Rules.WORD,
    timestamp: datetime | None = None,
    engine: Literal["typst", "soffice"] = "typst",
) -> Typeset:
    """Print a filled .docx.

    `timestamp` becomes the PDF's date; without it the file's own dcterms:modified, or 1980-01-01:
    the same input gives the same bytes. Raises Unreadable for bytes that are no Word document.
    """
    from docgen.typeset.compose import compose
    from docgen.typeset.read import read
    from docgen.typeset.typst import EngineFailed, draw

    document = read(docx)
    images, files, bad = _pictures(document)
    composition = compose(document, fonts, rules, images)
    problems = (*document.problems, *bad, *composition.problems)
    when = timestamp or document.modified or EPOCH
    try:
        drawn = draw(composition.data, files, fonts.engine, when if when.tzinfo else when.replace(tzinfo=UTC))
    except EngineFailed as failure:
        told = error("排版失败", f"排版引擎未能处理这份文件：{failure}", hint="改用 LibreOffice 转换")
        raise Unreadable(told.message, told.hint) from failure
    labels = drawn.report["headings"]
    headings = tuple(
        Heading(
            index=n,
            paragraph=found.paragraph,
            level=found.level,
            label=found.label,
            text=found.text,
            page=labels[n][0],
            physical=labels[n][1],
        )
        for n, found in enumerate(outline(docx))
    )
    marks = dict(zip(composition.marks, drawn.report["marks"], strict=True))
    return Typeset(drawn.pdf, drawn.report["pages"], headings, marks, problems)


def _pictures(
    document: Document,
) -> tuple[dict[str, str], list[tuple[str, bytes]], list[Problem]]:
    """File names by picture key, the files, and what could not be read; each picture once."""
    from docgen.typeset.model import Picture
    from docgen.typeset.pictures import prepare

    names: dict[str, str] = {}
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for inline in _inlines(document):
        if not isinstance(inline, Picture) or inline.key in seen:
            continue
        seen.add(inline.key)
        made = prepare(document.pictures[inline.key], inline.spot)
        if isinstance(made, Problem):
            problems.append(made)
            continue
        names[inline.key] = f"{inline.key}.{made.extension}"
        files.append((names[inline.key], made.data))
    return names, files, problems


def _inlines(document: Document) -> Iterator[object]:
    from docgen.typeset.model import Paragraph, Table

    def walk(blocks: Iterable[Block]) -> Iterator[object]:
        for block in blocks:
            if isinstance(block, Paragraph):
                yield from block.inlines
            elif isinstance(block, Table):
                for row in block.rows:
                    for cell in row.cells:
                        yield from walk(cell.blocks)

    for section in document.sections:
        yield from walk(section.blocks)
        for margins in (section.header, section.footer):
            for blocks in (margins.default, margins.first, margins.even):
                yield from walk(blocks or ())
