"""Document → the data that document.typ draws: fonts chosen, lines broken, spaces reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docgen.problem import Problem
from docgen.typeset.compose.flow import FlowComposer
from docgen.typeset.compose.paragraphs import ParagraphComposer
from docgen.typeset.compose.settings import Settings
from docgen.typeset.fonts import Fonts
from docgen.typeset.model import Document, Margins, Mark, Section, paragraphs
from docgen.typeset.rules import Rules


@dataclass(frozen=True, slots=True)
class Composition:
    """`data` is model.json; `marks` the bookmarks, in the order it lists them."""

    data: Mapping[str, Any]
    marks: tuple[str, ...]
    problems: tuple[Problem, ...]


def compose(
    document: Document, fonts: Fonts, rules: Rules, images: Mapping[str, str]
) -> Composition:
    """Lay the document out as far as Python does; `images` are file names by picture key."""
    marks = tuple(dict.fromkeys(_marks(document)))
    settings = Settings(fonts)
    composer = ParagraphComposer(settings, rules, frozenset(marks), dict(images))
    flow = FlowComposer(composer)
    sections = [_section(section, flow) for section in document.sections]
    _keep_first_marks(sections)
    data = {
        "title": document.title,
        "author": [document.author] if document.author else [],
        "runs": settings.table(),
        "paragraphs": composer.table.entries,
        "cells": flow.looks.entries,
        "sections": sections,
        "marks": marks,
        "headings": len(document.headings),
    }
    return Composition(data, marks, (*flow.problems, *composer.problems))


def _section(section: Section, flow: FlowComposer) -> dict[str, Any]:
    page = section.page
    header, tops = _margins(section.header, flow, page.text_width, page.header, page.top)
    footer, bottoms = _margins(section.footer, flow, page.text_width, page.footer, page.bottom)
    upper, lower = tops.usual, bottoms.usual
    return {
        "page": {
            "width": page.width,
            "height": page.height,
            "top": upper,
            "right": page.right,
            "bottom": lower,
            "left": page.left,
            "header": page.header,
            "footer": page.footer,
            "mirrored": page.mirrored,
        },
        "numbering": section.numbering,
        "start": section.start,
        "parity": section.parity,
        "columns": section.columns,
        "gap": section.column_gap,
        "header": header,
        "footer": footer,
        "first": [tops.more, bottoms.more],
        "blocks": flow.body(section.blocks, section.column_width, page.height - upper - lower),
    }


@dataclass(frozen=True, slots=True)
class _Edge:
    """How far the text stays from an edge of the paper, in pt; `more`: on a first page."""

    usual: float
    more: float


def _margins(
    margins: Margins, flow: FlowComposer, width: float, distance: float, least: float
) -> tuple[dict[str, Any], _Edge]:
    """Header or footer data, and the room that the text leaves for it: `least`, or more."""
    found: dict[str, Any] = {}
    rooms: dict[str, float] = {}
    for kind, blocks in (
        ("default", margins.default),
        ("first", margins.first),
        ("even", margins.even),
    ):
        flowed = None if blocks is None else flow.compose(blocks, width)
        found[kind] = None if flowed is None else flowed.data
        if flowed is not None:
            rooms[kind] = max(least, distance + flowed.height if flowed.height else 0.0)
    usual = max(rooms["default"], rooms.get("even", 0.0))
    more = max(rooms.get("first", usual) - usual, 0.0)
    return found, _Edge(round(usual, 3), round(more, 3))


def _marks(document: Document) -> Iterator[str]:
    for section in document.sections:
        for paragraph in paragraphs(section.blocks):
            for inline in paragraph.inlines:
                if isinstance(inline, Mark) and inline.name:
                    yield inline.name


def _keep_first_marks(sections: list[dict[str, Any]]) -> None:
    """Keep the first of each bookmark; headers and footers repeat, so they keep none."""
    seen: set[str] = set()

    def is_kept(item: list[Any], body: bool) -> bool:
        if item[0] != "mark":
            return True
        is_first = body and item[1] not in seen
        if is_first:
            seen.add(item[1])
        return is_first

    def walk(blocks: list[dict[str, Any]], *, body: bool) -> None:
        for block in blocks:
            if block["t"] == "p":
                block["i"] = [item for item in block["i"] if is_kept(item, body)]
            elif block["t"] == "table":
                for row in block["rows"]:
                    for cell in row:
                        walk(cell["blocks"], body=body)

    for section in sections:
        for margins in (section["header"], section["footer"]):
            for blocks in margins.values():
                walk(blocks or [], body=False)
        walk(section["blocks"], body=True)
