"""w:body → headings only: numbering is counted for every paragraph, text read for headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.typeset.model import Text
from docgen.typeset.read.inlines import InlineReader
from docgen.typeset.read.paragraphs import heading_level, number_paragraph
from docgen.typeset.read.properties import flatten
from docgen.typeset.read.story import Story
from docgen.typeset.read.xml import W, name

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element


@dataclass(frozen=True, slots=True)
class Found:
    """A heading: place among all w:p, level 1 to 9, number, words."""

    paragraph: int
    level: int
    label: str
    text: str


def headings(body: Element, story: Story) -> Iterator[Found]:
    """The headings in order. Tables count for numbering but hold no headings."""
    for n, paragraph in enumerate(body.iter(W + "p")):
        direct = flatten(paragraph.find(W + "pPr"))
        style_id = direct.get("pStyle.val")
        look = story.styles.paragraph(style_id)
        properties, label = number_paragraph(direct, style_id, look, story)
        level = heading_level(properties)
        if not level or any(name(above) in ("tc", "txbxContent") for above in paragraph.iterancestors()):
            continue
        reader = InlineReader(story, look.run, style_id)
        reader.read(paragraph)
        reader.flush()
        text = "".join(part.text for part in reader.out if isinstance(part, Text)).strip()
        if text:
            yield Found(n, level, label.text if label else "", text)
