"""w:p → Paragraph: style, numbering and inlines brought together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.typeset.model import (
    Align,
    Block,
    Inline,
    LineSpacing,
    Mark,
    NewPage,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Tab,
    TabStop,
    Text,
)
from docgen.typeset.read.borders import paragraph_borders
from docgen.typeset.read.inlines import InlineReader
from docgen.typeset.read.numbering import Label
from docgen.typeset.read.properties import Properties, flatten, is_on, lay
from docgen.typeset.read.runs import colour
from docgen.typeset.read.styles import Look
from docgen.typeset.read.xml import W, number, twips

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

ALIGN: dict[str, Align] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "distribute",
    "thaiDistribute": "distribute",
}
LEADERS = {"dot": ".", "middleDot": "·", "hyphen": "-", "underscore": "_", "heavy": "_"}
AUTO_SPACE = 14.0


def paragraph(element: Element, story: Story, table: Look | None) -> Iterator[Block]:
    """The paragraph's parts between page breaks, then what its text boxes hold."""
    from docgen.typeset.read.story import blocks

    direct = flatten(element.find(W + "pPr"))
    style_id = direct.get("pStyle.val")
    look = story.styles.paragraph(style_id, table)
    mark = lay(flatten(element.find(f"{W}pPr/{W}rPr")), look.run)
    properties, label = number_paragraph(direct, style_id, look, story)
    reader = InlineReader(
        story,
        look.run,
        (style_id, id(table) if table else 0),
        gaps=is_on(properties, "autoSpaceDE", True) and is_on(properties, "autoSpaceDN", True),
    )
    reader.out.extend(Mark(name) for name in story.marks)
    story.marks.clear()
    if label is not None and label.text:
        reader.out.extend(_label_inlines(label, mark, reader))
    reader.read(element)
    reader.flush()
    inlines = tuple(reader.out)
    level = heading_level(properties) if story.is_body and table is None else 0
    title = "".join(part.text for part in inlines if isinstance(part, Text))
    if not title.strip():
        level = 0
    if level:
        story.notes.heading = title.strip()[:30]
    base = Paragraph(
        style=paragraph_style(properties, look.run, story, style_id or ""),
        mark=reader.style(flatten(element.find(f"{W}pPr/{W}rPr")), None),
        inlines=inlines,
        spot=story.notes.where,
        level=level,
        label=label.text if label else "",
        index=story.headings if level else -1,
    )
    story.headings += bool(level)
    yield from _split(base)
    for box in reader.boxes:
        yield from blocks(box, story, table)


def number_paragraph(
    direct: Properties, style_id: str | None, look: Look, story: Story
) -> tuple[Properties, Label | None]:
    """Paragraph properties with the list level's indents laid in, and the label counted."""
    properties = lay(direct, look.paragraph)
    num_id = properties.get("numPr.numId.val", "0")
    if num_id == "0":
        return properties, None
    ilvl = properties.get("numPr.ilvl.val")
    if "numPr.numId.val" in direct and ilvl is None:
        ilvl = "0"
    label = story.numbering.label(num_id, None if ilvl is None else int(number(ilvl)), style_id)
    if label is None:
        return properties, None
    if "numPr.numId.val" in direct:
        under = lay(label.level.paragraph, look.paragraph)
    else:
        own = story.styles.since_numbering(style_id)
        under = lay(own, lay(label.level.paragraph, look.paragraph))
    return lay(direct, under), label


def heading_level(properties: Properties) -> int:
    """1 to 9 for a paragraph with an outline level, else 0."""
    level = int(number(properties.get("outlineLvl.val"), 9))
    return level + 1 if 0 <= level < 9 else 0


def _label_inlines(label: Label, mark: Properties, reader: InlineReader) -> list[Inline]:
    direct = {key: text for key, text in lay(label.level.run, mark).items() if key != "u.val"}
    style = reader.style(direct, None)
    out: list[Inline] = [Text(label.text, style)]
    if label.level.suffix == "tab":
        out.append(Tab(style))
    elif label.level.suffix == "space":
        out.append(Text(" ", style))
    return out


def _split(whole: Paragraph) -> Iterator[Block]:
    """A paragraph cut at its page breaks; an empty rest after the last one is not a line."""
    if whole.style.page_break_before:
        yield NewPage()
    if not any(isinstance(part, PageBreak) for part in whole.inlines):
        yield whole
        return
    parts: list[list[Inline]] = [[]]
    for inline in whole.inlines:
        if isinstance(inline, PageBreak):
            parts.append([])
        else:
            parts[-1].append(inline)
    seen = False
    for n, part in enumerate(parts):
        if n:
            yield NewPage()
        shown = any(not isinstance(inline, Mark) for inline in part)
        if shown or part or (n == 0 and whole.label):
            yield replace(
                whole,
                inlines=tuple(part),
                continues=seen,
                level=whole.level if not seen else 0,
                index=whole.index if not seen else -1,
            )
            seen = seen or shown


def paragraph_style(
    properties: Properties, run: Properties, story: Story, name: str
) -> ParagraphStyle:
    """Lengths and switches of a paragraph; character units count the style's own size."""
    size = number(run.get("sz.val"), 20) / 2
    character = size + (number(run.get("spacing.val")) / 20 or story.tracking)

    def indent(key: str) -> float:
        characters = number(properties.get(f"ind.{key}Chars"))
        return characters / 100 * character if characters else twips(properties.get(f"ind.{key}"))

    pitch = story.pitch if is_on(properties, "snapToGrid", True) else 0.0

    def gap(key: str) -> float:
        if is_on_value(properties.get(f"spacing.{key}Autospacing")):
            return AUTO_SPACE
        lines = number(properties.get(f"spacing.{key}Lines"))
        return lines / 100 * (story.pitch or 12) if lines else twips(properties.get(f"spacing.{key}"))

    return ParagraphStyle(
        name=name,
        left=indent("left"),
        right=indent("right"),
        first=indent("firstLine") - indent("hanging"),
        before=gap("before"),
        after=gap("after"),
        spacing=line_spacing(properties, pitch),
        align=ALIGN.get(properties.get("jc.val", "left"), "left"),
        keep_next=is_on(properties, "keepNext"),
        keep_lines=is_on(properties, "keepLines"),
        widow_control=is_on(properties, "widowControl", True),
        page_break_before=is_on(properties, "pageBreakBefore") and story.is_body,
        contextual=is_on(properties, "contextualSpacing"),
        borders=paragraph_borders(properties, story.notes),
        fill=colour(properties.get("shd.fill")),
        tabs=tab_stops(properties),
        default_tab=story.default_tab,
    )


def is_on_value(text: str | None) -> bool:
    return text is not None and text not in ("0", "false", "off")


def line_spacing(properties: Properties, pitch: float) -> LineSpacing:
    amount = number(properties.get("spacing.line"), 240)
    kind = properties.get("spacing.lineRule", "auto")
    if kind == "exact":
        return LineSpacing("exact", max(amount / 20, 1.0))
    if kind == "atLeast":
        return LineSpacing("least", amount / 20, pitch)
    return LineSpacing("auto", max(amount / 240, 0.06), pitch)


def tab_stops(properties: Properties) -> tuple[TabStop, ...]:
    found = []
    for key, text in properties.items():
        kind, _, leader = text.partition(",") if key.startswith("tab.") else ("clear", "", "")
        if kind in ("clear", "bar"):
            continue
        where = twips(key.partition(".")[2])
        side = kind if kind in ("center", "right") else {"end": "right", "decimal": "right"}.get(kind)
        found.append(
            TabStop(where, "center" if side == "center" else "right" if side else "left",
                    LEADERS.get(leader, ""))
        )  # fmt: skip
    return tuple(sorted(found, key=lambda stop: stop.position))

