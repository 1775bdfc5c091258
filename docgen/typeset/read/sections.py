"""w:sectPr → page geometry, page numbers, headers and footers; the body cut into sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from docgen.typeset.model import Block, Margins, Page, Section
from docgen.typeset.read.numerals import PAGE_FORMATS
from docgen.typeset.read.properties import Properties, flatten, is_on
from docgen.typeset.read.story import Story, blocks
from docgen.typeset.read.xml import R, W, children, name, number, twips

if TYPE_CHECKING:
    from docgen.typeset.read.xml import Element

GRIDS = frozenset(("lines", "linesAndChars", "snapToChars"))
PARITY: dict[str, Literal["", "odd", "even"]] = {"oddPage": "odd", "evenPage": "even"}
MARGINS = ("header", "footer")
KINDS = ("default", "first", "even")


@dataclass(slots=True)
class _Stretch:
    """Body elements up to and with the one that ends the section."""

    elements: list[Element] = field(default_factory=list)
    end: Element | None = None


def sections(body: Element, story: Story, *, even_and_odd: bool) -> Iterator[Section]:
    """The sections in order; a missing header or footer is the previous section's."""
    parts: dict[tuple[str, str], str] = {}
    for n, stretch in enumerate(_stretches(body)):
        settings = flatten(stretch.end)
        page = _page(settings)
        _grid(settings, story)
        story.width = page.text_width
        if number(settings.get("cols.num"), 1) > 1:
            story.notes.warn("分栏", "分栏按单栏排", "用 LibreOffice 转换")
        if settings.get("type.val") == "continuous" and n:
            story.notes.warn("分节", "连续分节符按“下一页”处理")
        for reference in stretch.end if stretch.end is not None else ():
            kind = name(reference).removesuffix("Reference")
            found = story.package.relations(story.part).get(reference.get(R + "id", ""))
            if kind in MARGINS and found is not None:
                parts[kind, reference.get(W + "type", "default")] = found.target
        shown = {"default": True, "first": is_on(settings, "titlePg"), "even": even_and_odd}
        start = settings.get("pgNumType.start")
        yield Section(
            page=page,
            blocks=tuple(_section_blocks(stretch, story)),
            header=_margins("header", parts, shown, story),
            footer=_margins("footer", parts, shown, story),
            numbering=PAGE_FORMATS.get(settings.get("pgNumType.fmt", "decimal"), "1"),
            start=int(number(start)) if start is not None else None,
            parity=PARITY.get(settings.get("type.val", ""), "") if n else "",
        )


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
    elements = stretch.elements
    last = elements[-1] if elements else None
    is_bare = (
        last is not None
        and stretch.end is not None
        and stretch.end.getparent() is not None
        and last.find(f"{W}pPr/{W}sectPr") is not None
        and not any(True for _ in last.iter(W + "r"))
    )
    for element in elements[:-1] if is_bare and len(elements) > 1 else elements:
        yield from blocks([element], story)


def _page(settings: Properties) -> Page:
    def size(key: str, default: float) -> float:
        return min(max(twips(settings.get(key), default), 36.0), 14_400.0)

    width, height = size("pgSz.w", 595.3), size("pgSz.h", 841.9)
    gutter = twips(settings.get("pgMar.gutter"))

    def margin(key: str, default: float, most: float) -> float:
        return min(abs(twips(settings.get(f"pgMar.{key}"), default)), most * 0.45)

    return Page(
        width=width,
        height=height,
        top=margin("top", 72.0, height),
        right=margin("right", 90.0, width),
        bottom=margin("bottom", 72.0, height),
        left=min(margin("left", 90.0, width) + gutter, width * 0.45),
        header=margin("header", 42.55, height),
        footer=margin("footer", 49.6, height),
    )


def _grid(settings: Properties, story: Story) -> None:
    kind = settings.get("docGrid.type", "default")
    story.pitch = twips(settings.get("docGrid.linePitch")) if kind in GRIDS else 0.0
    by_characters = kind in ("linesAndChars", "snapToChars")
    story.tracking = number(settings.get("docGrid.charSpace")) / 4096 if by_characters else 0.0


def _margins(
    which: str, parts: dict[tuple[str, str], str], shown: dict[str, bool], story: Story
) -> Margins:
    def read(kind: str) -> tuple[Block, ...]:
        part = parts.get((which, kind))
        root = story.package.xml(part) if part else None
        if root is None:
            return ()
        place = story.notes.place
        story.notes.place = "页眉" if which == "header" else "页脚"
        found = tuple(blocks(root, story.margin(part or "")))
        story.notes.place = place
        return found

    return Margins(
        default=read("default"),
        first=read("first") if shown["first"] else None,
        even=read("even") if shown["even"] else None,
    )
