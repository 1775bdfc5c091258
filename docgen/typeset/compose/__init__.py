"""Document → the data that document.typ draws: fonts chosen, lines broken, spaces reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docgen.problem import Problem, error
from docgen.typeset.compose.flow import FlowComposer
from docgen.typeset.compose.paragraphs import ParagraphComposer
from docgen.typeset.compose.settings import Settings
from docgen.typeset.fonts import Fonts
from docgen.typeset.model import Block, Document, Margins, Mark, Paragraph, Section, Table
from docgen.typeset.rules import Rules


@dataclass(frozen=True, slots=True)
class Composition:
    """`data` is model.json; `marks` the bookmarks in its order; `headings` their paragraphs."""

    data: Mapping[str, Any]
    marks: tuple[str, ...]
    headings: tuple[Paragraph, ...]
    problems: tuple[Problem, ...]


def compose(
    document: Document, fonts: Fonts, rules: Rules, images: Mapping[str, str]
) -> Composition:
    """Lay the document out as far as Python does; `images` are file names by picture key."""
    paragraphs = list(_paragraphs(_body_blocks(document)))
    marks = dict.fromkeys(
        inline.name for paragraph in paragraphs for inline in paragraph.inlines
        if isinstance(inline, Mark) and inline.name
    )  # fmt: skip
    settings = Settings(fonts)
    composer = ParagraphComposer(settings, rules, frozenset(marks), dict(images))
    flow = FlowComposer(composer)
    sections = [_section(section, flow) for section in document.sections]
    _drop_repeated_marks(sections)
    headings = tuple(p for p in paragraphs if p.level)
    data = {
        "title": document.title,
        "author": [document.author] if document.author else [],
        "runs": settings.table(),
        "paragraphs": composer.table,
        "sections": sections,
        "marks": list(marks),
        "headings": len(headings),
    }
    missing = [
        error(
            "缺字",
            f"没有字体能显示“{character}”（U+{ord(character):04X}）",
            hint="把含有这个字的字体文件放入 fonts/",
        )
        for character in settings.missing()
    ]
    return Composition(data, tuple(marks), headings, (*flow.problems, *missing))


def _section(section: Section, flow: FlowComposer) -> dict[str, Any]:
    page, width = section.page, section.page.text_width
    header, top = _margins(section.header, flow, width)
    footer, bottom = _margins(section.footer, flow, width)
    return {
        "page": {
            "width": page.width,
            "height": page.height,
            "top": round(max(page.top, page.header + top if top else 0.0), 3),
            "right": page.right,
            "bottom": round(max(page.bottom, page.footer + bottom if bottom else 0.0), 3),
            "left": page.left,
            "header": page.header,
            "footer": page.footer,
        },
        "numbering": section.numbering,
        "start": section.start,
        "parity": section.parity,
        "header": header,
        "footer": footer,
        "blocks": flow.compose(section.blocks, width).data,
    }


def _margins(margins: Margins, flow: FlowComposer, width: float) -> tuple[dict[str, Any], float]:
    """Header or footer data, and the height of the tallest: the body makes room for it."""
    found: dict[str, Any] = {}
    tallest = 0.0
    for kind in ("default", "first", "even"):
        blocks = getattr(margins, kind)
        flowed = None if blocks is None else flow.compose(blocks, width)
        found[kind] = None if flowed is None else flowed.data
        tallest = max(tallest, flowed.height if flowed else 0.0)
    return found, tallest


def _body_blocks(document: Document) -> Iterator[Block]:
    for section in document.sections:
        yield from section.blocks


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)


def _drop_repeated_marks(sections: list[dict[str, Any]]) -> None:
    """Keep the first of each bookmark; headers and footers repeat, so they have none."""
    seen: set[str] = set()

    def keep(item: list[Any]) -> bool:
        if item[0] != "mark":
            return True
        is_new = item[1] not in seen
        seen.add(item[1])
        return is_new

    def walk(blocks: list[dict[str, Any]], *, body: bool) -> None:
        for block in blocks:
            if block["t"] == "p":
                block["i"] = [i for i in block["i"] if (body or i[0] != "mark") and keep(i)]
            elif block["t"] == "table":
                for row in block["rows"]:
                    for cell in row:
                        walk(cell["blocks"], body=body)

    for section in sections:
        for margins in (section["header"], section["footer"]):
            for blocks in margins.values():
                walk(blocks or [], body=False)
        walk(section["blocks"], body=True)
