"""A template's bytes → what it holds: the headings that stand in it, the names it reads."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.fill.lint.reading import read_template
from docgen.fill.lint.uses import names_read
from docgen.fill.package import Unreadable
from docgen.fill.places import without_tags
from docgen.fill.program import program_of
from docgen.fill.xml import Malformed, W, value

PROSE = "正文"


@dataclass(frozen=True, slots=True)
class Headings:
    """`typed`: headings that stand in the template; `printed`: the 正文 paths printed."""

    typed: tuple[str, ...]
    printed: tuple[str, ...]

    def holds(self, chapter: str, section: str = "") -> bool:
        """Whether a chapter's heading, or a section of it, will stand in the document."""
        if not section:
            return chapter in self.typed
        whole = f"{PROSE}.{chapter}"
        return section in self.typed or whole in self.printed


def template_headings(data: bytes) -> Headings:
    """The headings a template holds; empty for what cannot be read."""
    try:
        reading = read_template(data)
    except (Unreadable, Malformed):
        return Headings((), ())
    typed = []
    for part in reading.tagged:
        for spot in part.spots:
            style = value(spot.paragraph.find(W + "pPr"), "pStyle") or ""
            if style in reading.styles.levels:
                typed.append(without_tags(spot.text).strip())
    names = (path for part in reading.tagged for path, _ in names_read(program_of(part.words, "")))
    printed = dict.fromkeys(path for path in names if path.startswith(PROSE + "."))
    return Headings(tuple(text for text in typed if text), tuple(printed))


def template_names(data: bytes) -> frozenset[str]:
    """The dotted paths of facts that a template reads, loops followed into their rows."""
    try:
        parts = read_template(data).tagged
    except (Unreadable, Malformed):
        return frozenset()
    return frozenset(path for part in parts for path, _ in names_read(program_of(part.words, "")))
