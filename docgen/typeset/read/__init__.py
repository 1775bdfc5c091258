""".docx → Document: a Word file read once into the neutral layout model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from docgen.typeset.failure import Unreadable
from docgen.typeset.model import Document, HeadingText
from docgen.typeset.read.footnotes import EndNotes, NoteCounter
from docgen.typeset.read.headings import heading_texts, headings
from docgen.typeset.read.notes import Notes
from docgen.typeset.read.numbering import Numbering, parse_lists
from docgen.typeset.read.package import Package
from docgen.typeset.read.sections import sections
from docgen.typeset.read.story import Habits, Story
from docgen.typeset.read.styles import parse_styles
from docgen.typeset.read.xml import W, name, number, switch, twips, value

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
MODERN = 15  # the compatibility mode of Word 2013 and later


def read(docx: bytes) -> Document:
    """Read a .docx. Raises Unreadable for bytes that are no Word document."""
    package = Package(docx)
    body, story = _open(package)
    found = tuple(sections(body, story))
    core = _core(package)
    return Document(
        sections=found,
        title=core.title,
        author=core.author,
        modified=core.modified,
        headings=heading_texts(body, story),
        pictures=story.pictures,
        problems=story.notes.problems(),
    )


def main_part(docx: bytes) -> str:
    """The name of the part that holds the text. Raises Unreadable likewise."""
    return Package(docx).main


def read_headings(docx: bytes) -> tuple[HeadingText, ...]:
    """The headings only, as read() finds them. Raises Unreadable likewise."""
    return headings(*_open(Package(docx)))


def _open(package: Package) -> tuple[Element, Story]:
    root = package.xml(package.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Unreadable("文件里没有 Word 正文，可能不是 .docx")
    settings = package.related("settings")
    footnotes, endnotes = (
        settings.find(W + kind) if settings is not None else None
        for kind in ("footnotePr", "endnotePr")
    )
    story = Story(
        package=package,
        styles=parse_styles(
            package.blob(package.part_of("styles")) or b"",
            package.blob(package.part_of("theme")) or b"",
        ),
        numbering=Numbering(parse_lists(package.blob(package.part_of("numbering")) or b"")),
        notes=Notes(),
        part=package.main,
        habits=_habits(settings),
        numbers=NoteCounter(value(footnotes, "numFmt") or "decimal"),
        endnotes=EndNotes(NoteCounter(value(endnotes, "numFmt") or "lowerRoman")),
    )
    shows = switch(settings, "displayBackgroundShape")
    if root is not None and shows and root.find(W + "background") is not None:
        story.notes.warn("版面", "页面底色未能显示", office=True)
    return body, story


def _habits(settings: Element | None) -> Habits:
    compat = settings.find(W + "compat") if settings is not None else None
    modes = [
        number(item.get(W + "val"))
        for item in (compat.findall(W + "compatSetting") if compat is not None else ())
        if item.get(W + "name") == "compatibilityMode"
    ]
    return Habits(
        default_tab=twips(value(settings, "defaultTabStop"), 36.0),
        table_at_margin=max(modes, default=0.0) >= MODERN,
        grid_in_tables=bool(switch(compat, "adjustLineHeightInTable")),
        stretch_before_breaks=not switch(compat, "doNotExpandShiftReturn"),
        even_and_odd=bool(switch(settings, "evenAndOddHeaders")),
        mirrored=bool(switch(settings, "mirrorMargins")),
    )


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
    texts = {}
    for child in root if root is not None else ():
        texts[name(child)] = CONTROL.sub(" ", child.text or "").strip()
    try:
        modified = datetime.fromisoformat(texts.get("modified", "").replace("Z", "+00:00"))
    except ValueError:
        modified = None
    return _Core(texts.get("title", ""), texts.get("creator", ""), modified)
