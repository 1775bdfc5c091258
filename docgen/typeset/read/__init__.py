""".docx → Document: a Word file read once into the neutral layout model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from docgen.typeset.model import Document
from docgen.typeset.read.notes import Notes
from docgen.typeset.read.numbering import Numbering
from docgen.typeset.read.package import Package, Unreadable
from docgen.typeset.read.sections import sections
from docgen.typeset.read.story import Story
from docgen.typeset.read.styles import Styles
from docgen.typeset.read.xml import W, name, number, switch, twips, value

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
MODERN = 15  # the compatibility mode of Word 2013 and later


def read(docx: bytes) -> Document:
    """Read a .docx. Raises Unreadable for bytes that are no Word document."""
    package = Package(docx)
    body = find_body(package)
    settings = package.related("settings")
    story = open_story(package, settings)
    found = tuple(sections(body, story, even_and_odd=bool(_has(settings, "evenAndOddHeaders"))))
    core = _core(package)
    return Document(
        sections=found,
        title=core.title,
        author=core.author,
        modified=core.modified,
        pictures=story.pictures,
        problems=story.notes.problems(),
    )


def find_body(package: Package) -> Element:
    """The w:body of the main part."""
    root = package.xml(package.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Unreadable("文件里没有 Word 正文，可能不是 .docx")
    return body


def open_story(package: Package, settings: Element | None) -> Story:
    """The body's story, with what settings.xml decides."""
    compat = settings.find(W + "compat") if settings is not None else None
    modes: Iterable[Element] = compat if compat is not None else ()
    mode = max(
        (
            number(item.get(W + "val"))
            for item in modes
            if item.get(W + "name") == "compatibilityMode"
        ),
        default=12.0,
    )
    return Story(
        package=package,
        styles=Styles(package),
        numbering=Numbering(package.related("numbering")),
        notes=Notes(),
        part=package.main,
        default_tab=twips(value(settings, "defaultTabStop"), 36.0),
        table_at_margin=mode >= MODERN,
        grid_in_tables=bool(_has(compat, "adjustLineHeightInTable")),
    )


def _has(parent: Element | None, child: str) -> bool | None:
    return switch(parent, child)


@dataclass(frozen=True, slots=True)
class _Core:
    title: str = ""
    author: str = ""
    modified: datetime | None = None


def _core(package: Package) -> _Core:
    """Title, author and date from docProps/core.xml; nothing is made up."""
    found = package.relations("").values()
    part = next((r.target for r in found if r.kind == "core-properties"), "docProps/core.xml")
    root = package.xml(part)
    texts = {name(child): CONTROL.sub(" ", child.text or "") for child in root} if root is not None else {}
    try:
        modified = datetime.fromisoformat(texts.get("modified", "").replace("Z", "+00:00"))
    except ValueError:
        modified = None
    return _Core(texts.get("title", "").strip(), texts.get("creator", "").strip(), modified)
