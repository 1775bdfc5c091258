"""w:p → Paragraph: style, numbering and inlines brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.typeset.model import (
    Block,
    Drawing,
    Inline,
    Mark,
    NewPage,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Picture,
    Tab,
    Text,
)
from docgen.typeset.read.inlines import InlineReader
from docgen.typeset.read.numbering import Label
from docgen.typeset.read.paragraph_styles import paragraph_style
from docgen.typeset.read.properties import Properties, flatten, is_on, lay
from docgen.typeset.read.styles import Look
from docgen.typeset.read.xml import W, number

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element


def paragraph(element: Element, story: Story, table: Look | None) -> Iterator[Block]:
    """The paragraph's parts between page breaks, then what its text boxes hold."""
    from docgen.typeset.read.story import blocks

    own = element.find(W + "pPr")
    direct = flatten(own)
    mark = flatten(own.find(W + "rPr")) if own is not None else {}
    style_id = direct.get("pStyle.val")
    look = story.look(style_id, table)
    properties, label = number_paragraph(direct, style_id, look, story)
    level = heading_level(properties) if story.is_body and table is None else 0
    reader = InlineReader(
        story,
        look.run,
        (style_id, table),
        gaps=is_on(properties, "autoSpaceDE", True) and is_on(properties, "autoSpaceDN", True),
    )
    reader.read(element)
    reader.flush()
    words = title(reader.out)
    if level and words:
        story.heading(element, level, label.text if label else "", words)
    else:
        level = 0
    inlines: list[Inline] = [Mark(name) for name in story.marks]
    story.marks.clear()
    if label is not None and label.text:
        inlines.extend(_label_inlines(label, lay(mark, look.run), reader))
    inlines.extend(reader.out)
    whole = Paragraph(
        style=_style(properties, look, direct, label, style_id or "", story),
        mark=reader.style(mark, None),
        inlines=tuple(inlines),
        spot=story.notes.where,
        level=level,
        label=label.text if label else "",
        index=len(story.headings) - 1 if level else -1,
    )
    _warn_of_cut_pictures(whole, story)
    yield from _split(whole)
    for box in reader.boxes:
        yield from blocks(box, story, table)


def _style(
    properties: Properties,
    look: Look,
    direct: Properties,
    label: Label | None,
    name: str,
    story: Story,
) -> ParagraphStyle:
    """The paragraph's style; made once for all that are formatted alike."""
    level = label.level if label else None
    key = look, level and id(level), tuple(direct.items()), story.pitch, story.tracking
    if key not in story.paragraph_styles:
        made = paragraph_style(properties, look.run, story, name)
        story.paragraph_styles[key] = made
    return story.paragraph_styles[key]


def title(inlines: Sequence[Inline]) -> str:
    """The words of a heading; nothing where there are none."""
    return " ".join("".join(part.text for part in inlines if isinstance(part, Text)).split())


def number_paragraph(
    direct: Properties, style_id: str | None, look: Look, story: Story
) -> tuple[Properties, Label | None]:
    """Paragraph properties with the list level's indents laid in, and the label counted."""
    properties = lay(direct, look.paragraph)
    num_id = properties.get("numPr.numId.val", "0")
    if num_id == "0":
        return properties, None
    is_direct = "numPr.numId.val" in direct
    ilvl = properties.get("numPr.ilvl.val", "0" if is_direct else None)
    label = story.numbering.label(num_id, None if ilvl is None else int(number(ilvl)), style_id)
    if label is None:
        return properties, None
    under = lay(label.level.paragraph, look.paragraph)
    if not is_direct:
        under = lay(story.styles.since_numbering(style_id), under)
    return lay(direct, under), label


def heading_level(properties: Properties) -> int:
    """1 to 9 for a paragraph with an outline level, else 0."""
    level = int(number(properties.get("outlineLvl.val"), 9))
    return level + 1 if 0 <= level < 9 else 0


def _label_inlines(label: Label, mark: Properties, reader: InlineReader) -> list[Inline]:
    """The number, styled as the paragraph's mark and the level say, and what follows it."""
    direct = lay(label.level.run, {key: text for key, text in mark.items() if key != "u.val"})
    style = reader.style(direct, None)
    out: list[Inline] = [Text(label.text, style)]
    if label.level.suffix == "tab":
        out.append(Tab(style))
    elif label.level.suffix == "space":
        out.append(Text(" ", style))
    return out


def _warn_of_cut_pictures(whole: Paragraph, story: Story) -> None:
    spacing = whole.style.spacing
    for inline in whole.inlines:
        is_tall = isinstance(inline, Picture | Drawing) and inline.height > spacing.value
        if is_tall and spacing.rule == "exact":
            told = f"图片所在段落行距固定为 {spacing.value:g} 磅，Word 里图片会被截去一部分"
            story.notes.warn("图片行距", told, "把这一段的行距改为“单倍行距”")


def _split(whole: Paragraph) -> Iterator[Block]:
    """A paragraph cut at its page breaks; an empty rest after the last one is not a line."""
    if whole.style.page_break_before:
        yield NewPage()
    parts: list[list[Inline]] = [[]]
    for inline in whole.inlines:
        if isinstance(inline, PageBreak):
            parts.append([])
        else:
            parts[-1].append(inline)
    if len(parts) == 1:
        yield whole
        return
    begun = headed = False
    for n, part in enumerate(parts):
        if n:
            yield NewPage()
        shown = any(not isinstance(inline, Mark) for inline in part)
        if not part:
            continue
        is_heading = whole.level > 0 and not headed and bool(title(part))
        yield replace(
            whole,
            inlines=tuple(part),
            continues=begun,
            level=whole.level if is_heading else 0,
            index=whole.index if is_heading else -1,
        )
        begun, headed = begun or shown, headed or is_heading
