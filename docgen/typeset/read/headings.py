"""w:body → headings only: numbering is counted for every paragraph, text read for headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.typeset.model import HeadingText
from docgen.typeset.read.inlines import InlineReader
from docgen.typeset.read.paragraphs import heading_level, number_paragraph, title
from docgen.typeset.read.properties import flatten
from docgen.typeset.read.story import Story
from docgen.typeset.read.xml import W, name

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

APART = frozenset(("tc", "txbxContent", "Fallback"))  # what stands in these is no heading


def headings(body: Element, story: Story) -> tuple[HeadingText, ...]:
    """The headings in order. Paragraphs in tables count for numbering but are none."""
    for paragraph in body.iter(W + "p"):
        direct = flatten(paragraph.find(W + "pPr"))
        style_id = direct.get("pStyle.val")
        look = story.look(style_id, None)
        properties, label = number_paragraph(direct, style_id, look, story)
        level = heading_level(properties)
        if not level or any(name(above) in APART for above in paragraph.iterancestors()):
            continue
        reader = InlineReader(story, look.run, style_id)
        reader.read(paragraph)
        reader.flush()
        words = title(reader.out)
        if words:
            story.heading(paragraph, level, label.text if label else "", words)
    return heading_texts(body, story)


def heading_texts(body: Element, story: Story) -> tuple[HeadingText, ...]:
    """The headings a story has met, with their places among all w:p below `body`."""
    if not story.headings:
        return ()
    wanted = {heading.element for heading in story.headings}
    places = {p: n for n, p in enumerate(body.iter(W + "p")) if p in wanted}
    return tuple(
        HeadingText(places[heading.element], heading.level, heading.label, heading.text)
        for heading in story.headings
    )
