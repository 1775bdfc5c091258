"""w:sectPr → page geometry, page numbers, headers and footers; the body cut into sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from docgen.typeset.model import Block, Margins, Page, Paragraph, Section
from docgen.typeset.read.numerals import PAGE_FORMATS
from docgen.typeset.read.properties import Properties, flatten, is_on
from docgen.typeset.read.story import Story, blocks
from docgen.typeset.read.xml import R, W, children, name, number, twips

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

GRIDS = frozenset(("lines", "linesAndChars", "snapToChars"))
PARITY: dict[str, Literal["", "odd", "even"]] = {"oddPage": "odd", "evenPage": "even"}
UNSHOWN = {
    "lnNumType.countBy": "行号",
    "vAlign.val": "页面的垂直对齐",
    "textDirection.val": "整节的文字方向",
    "pgBorders.top.val": "页面边框",
    "pgBorders.bottom.val": "页面边框",
    "pgBorders.left.val": "页面边框",
    "bidi.val": "从右向左的版面",
}
PAGES = {"default": "", "first": "首页", "even": "偶数页"}
INERT = frozenset(("0", "nil", "none", "false", "off", "top", "lrTb"))
MOST = 0.45  # of the paper, that one margin may take


@dataclass(slots=True)
class _Stretch:
    """Body elements up to and with the one that ends the section."""

    elements: list[Element] = field(default_factory=list)
    end: Element | None = None


def sections(body: Element, story: Story) -> Iterator[Section]:
    """The sections in order; a missing header or footer is the previous section's.

    A continuous section on the same paper goes on where the last one stopped.
    """
    parts: dict[tuple[str, str], str] = {}
    last: Section | None = None
    for n, stretch in enumerate(_stretches(body), 1):
        story.notes.place = f"第 {n} 节"
        section = _section(stretch, story, parts, is_first=last is None)
        is_continuous = flatten(stretch.end).get("type.val") == "continuous"
        if last is None:
            last = section
        elif is_continuous and _goes_on(last, section):
            last = replace(last, blocks=last.blocks + section.blocks)
        else:
            if is_continuous:
                story.notes.place = f"第 {n} 节"
                story.notes.warn("分节", "版面不同的连续分节从新的一页开始", office=True)
            yield last
            last = section
    if last is not None:
        yield replace(last, blocks=(*last.blocks, *story.endnotes.blocks(last.column_width)))


def _goes_on(one: Section, other: Section) -> bool:
    same = (one.page, one.columns, one.column_gap) == (other.page, other.columns, other.column_gap)
    return same and other.start is None


def _section(
    stretch: _Stretch, story: Story, parts: dict[tuple[str, str], str], *, is_first: bool
) -> Section:
    settings = flatten(stretch.end)
    for key, told in UNSHOWN.items():
        if settings.get(key, "0") not in INERT:
            story.notes.warn("版面", f"{told}未能显示", office=True)
    page = _page(settings, mirrored=story.habits.mirrored)
    for reference in stretch.end if stretch.end is not None else ():
        kind = name(reference).removesuffix("Reference")
        found = story.package.relations(story.part).get(reference.get(R + "id", ""))
        if kind in ("header", "footer") and found is not None:
            parts[kind, reference.get(W + "type", "default")] = found.target
    columns = int(min(max(number(settings.get("cols.num"), 1), 1), 8))
    if columns > 1 and settings.get("cols.equalWidth", "1") in ("0", "false"):
        story.notes.warn("分栏", "各栏宽度不等，按等宽排", office=True)
    if columns > 1 and settings.get("cols.sep", "0") not in INERT:
        story.notes.warn("分栏", "栏间的分隔线未能显示", office=True)
    start = settings.get("pgNumType.start")
    empty = Section(
        page=page,
        blocks=(),
        numbering=PAGE_FORMATS.get(settings.get("pgNumType.fmt", "decimal"), "1"),
        start=int(number(start)) if start is not None else None,
        parity="" if is_first else PARITY.get(settings.get("type.val", ""), ""),
        columns=columns,
        column_gap=twips(settings.get("cols.space"), 21.25) if columns > 1 else 0.0,
    )
    story.page = page
    story.width = page.text_width
    story.height = page.height - page.top - page.bottom
    is_titled, even = is_on(settings, "titlePg"), story.habits.even_and_odd
    header = _margins("header", parts, story, first=is_titled, even=even)
    footer = _margins("footer", parts, story, first=is_titled, even=even)
    _grid(settings, story)
    story.width = empty.column_width
    body = tuple(_section_blocks(stretch, story))
    return replace(empty, blocks=body, header=header, footer=footer)


def _stretches(body: Element) -> list[_Stretch]:
    found = [_Stretch()]
    for child in children(body):
        if name(child) == "sectPr":
            found[-1].end = child
            continue
        found[-1].elements.append(child)
        end = child.find(f"{W}pPr/{W}sectPr") if name(child) == "p" else None
        if end is not None:
            found[-1].end = end
            found.append(_Stretch())
    if len(found) > 1 and not found[-1].elements and found[-1].end is None:
        found.pop()
    return found


def _section_blocks(stretch: _Stretch, story: Story) -> Iterator[Block]:
    """The blocks, without the empty paragraph that only carries the section's end.

    A paragraph that wants a page of its own has it where a section begins: no second break.
    """
    elements = stretch.elements
    if len(elements) > 1:
        last = elements[-1]
        carries_end = last.find(f"{W}pPr/{W}sectPr") is not None
        if carries_end and last.find(f".//{W}r") is None:
            elements = elements[:-1]
    found = list(blocks(elements, story))
    first = next((block for block in found if isinstance(block, Paragraph)), None)
    on_its_own = first is not None and first.style.page_break_before
    yield from found[1:] if on_its_own and found[1:2] == [first] else found


def _page(settings: Properties, *, mirrored: bool) -> Page:
    def size(key: str, default: float) -> float:
        return min(max(twips(settings.get(f"pgSz.{key}"), default), 36.0), 14_400.0)

    width, height = size("w", 595.3), size("h", 841.9)

    def margin(key: str, default: float, side: float) -> float:
        return min(abs(twips(settings.get(f"pgMar.{key}"), default)), side * MOST)

    gutter = twips(settings.get("pgMar.gutter"))
    return Page(
        width=width,
        height=height,
        top=margin("top", 72.0, height),
        right=margin("right", 90.0, width),
        bottom=margin("bottom", 72.0, height),
        left=min(margin("left", 90.0, width) + gutter, width * MOST),
        header=margin("header", 42.55, height),
        footer=margin("footer", 49.6, height),
        mirrored=mirrored,
    )


def _grid(settings: Properties, story: Story) -> None:
    """The section's line and character grid (w:docGrid)."""
    kind = settings.get("docGrid.type", "default")
    story.pitch = twips(settings.get("docGrid.linePitch")) if kind in GRIDS else 0.0
    by_characters = kind in ("linesAndChars", "snapToChars")
    story.tracking = number(settings.get("docGrid.charSpace")) / 4096 if by_characters else 0.0


def _margins(
    which: str, parts: dict[tuple[str, str], str], story: Story, *, first: bool, even: bool
) -> Margins:
    def read(kind: str) -> tuple[Block, ...]:
        part = parts.get((which, kind))
        root = story.package.xml(part) if part else None
        if root is None or part is None:
            return ()
        place, heading = story.notes.place, story.notes.heading
        edge = "页眉" if which == "header" else "页脚"
        story.notes.place, story.notes.heading = PAGES[kind] + edge, ""
        found = tuple(blocks(root, story.margin(part)))
        story.notes.place, story.notes.heading = place, heading
        return found

    return Margins(
        read("default"), read("first") if first else None, read("even") if even else None
    )
