"""A template's styles by the name a person sees; which of them each kind of block is written in.

The first name of a role that the template has is used; a template without any of them gets the
formatting that the role cannot do without, put directly on the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from docgen.fill.xml import OFF, W, parse, value


class Role(Enum):
    """What a paragraph or table is for; the values are style names, best first, then the rescue."""

    HEADING_1 = ("heading 1",), '<w:outlineLvl w:val="0"/>'
    HEADING_2 = ("heading 2",), '<w:outlineLvl w:val="1"/>'
    HEADING_3 = ("heading 3",), '<w:outlineLvl w:val="2"/>'
    HEADING_4 = ("heading 4",), '<w:outlineLvl w:val="3"/>'
    BODY = ("Body Text", "正文文本", "Body Text First Indent", "Normal Indent"), ""
    LIST = ("列表", "List Paragraph", "Body Text"), ""
    QUOTE = ("Quote", "引文", "Body Text"), ""
    CODE = ("代码", "HTML Preformatted", "Plain Text"), '<w:jc w:val="left"/>'
    TABLE_CAPTION = ("表题", "caption", "题注"), '<w:keepNext/><w:jc w:val="center"/>'
    CAPTION = ("caption", "题注"), '<w:keepNext/><w:jc w:val="center"/>'
    PICTURE = (
        ("图片",),
        '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="center"/>',
    )
    CELL = (
        ("表格文字",),
        '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>',
    )
    HEAD_CELL = (
        ("表头", "表格文字"),
        '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="center"/>',
    )
    TABLE = ("Table Grid", "网格型", "表格"), ""
    CONTENTS_1 = ("toc 1",), ""
    CONTENTS_2 = ("toc 2",), '<w:ind w:left="320"/>'
    CONTENTS_3 = ("toc 3",), '<w:ind w:left="640"/>'

    @property
    def names(self) -> tuple[str, ...]:
        names: tuple[str, ...] = self.value[0]
        return names

    @property
    def rescue(self) -> str:
        formatting: str = self.value[1]
        return formatting


_MEMBER = re.compile(r"<w:(\w+)[^>]*/>")
_ORDER = ("keepNext", "spacing", "ind", "jc", "outlineLvl")
HEADINGS = {1: Role.HEADING_1, 2: Role.HEADING_2, 3: Role.HEADING_3, 4: Role.HEADING_4}
CONTENTS = {1: Role.CONTENTS_1, 2: Role.CONTENTS_2, 3: Role.CONTENTS_3}


@dataclass(frozen=True, slots=True)
class Styles:
    """`ids` by kind and lower-case name, `levels`: the outline level (0 to 8) of headings."""

    ids: Mapping[tuple[str, str], str] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    default: str = ""

    def find(self, role: Role) -> str:
        """The id of the style that stands for a role, "" where the template has none."""
        kind = "table" if role is Role.TABLE else "paragraph"
        keys = ((kind, name.lower()) for name in role.names)
        return next((self.ids[key] for key in keys if key in self.ids), "")

    def properties(self, role: Role, inner: str = "") -> str:
        """w:pPr for a paragraph of a role; `inner` is what follows w:pStyle in schema order."""
        style = self.find(role)
        content = f'<w:pStyle w:val="{style}"/>{inner}' if style else _joined(role.rescue, inner)
        return f"<w:pPr>{content}</w:pPr>" if content else ""


def _joined(rescue: str, inner: str) -> str:
    """Both, `inner` winning, in schema order."""
    found = {match.group(1): match.group() for match in _MEMBER.finditer(rescue + inner)}
    return "".join(found[name] for name in sorted(found, key=_ORDER.index))


def read_styles(xml: bytes) -> Styles:
    """The styles of a styles.xml part."""
    root = parse(xml)
    ids: dict[tuple[str, str], str] = {}
    own: dict[str, int] = {}
    parents: dict[str, str] = {}
    default = ""
    for style in root.iter(W + "style"):
        kind, key = style.get(W + "type", "paragraph"), style.get(W + "styleId", "")
        names = [value(style, "name") or "", *(value(style, "aliases") or "").split(",")]
        for name in names:
            ids.setdefault((kind, name.strip().lower()), key)
        if kind != "paragraph":
            continue
        if style.get(W + "default", "0") not in OFF:
            default = key
        parents[key] = value(style, "basedOn") or ""
        outline = value(style.find(W + "pPr"), "outlineLvl") or ""
        if outline.isdecimal():
            own[key] = int(outline)
    levels = {key: level for key in parents if (level := _inherited(key, own, parents)) < 9}
    return Styles(ids, levels, default)


def _inherited(key: str, own: Mapping[str, int], parents: Mapping[str, str]) -> int:
    seen: set[str] = set()
    while key and key not in seen:
        if key in own:
            return own[key]
        seen.add(key)
        key = parents.get(key, "")
    return 9
