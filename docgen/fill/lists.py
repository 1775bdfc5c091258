"""numbering.xml: which list a paragraph counts in, and a list that begins anew.

A number may come from the paragraph or from its style. A new beginning is a w:num of its own, a
copy of the list's that overrides the start.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docgen.fill.package import Parts, related
from docgen.fill.styles import read_styles
from docgen.fill.xml import Element, W, parse, value

DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in which list; `indent` is what its style says of it."""

    number: str
    level: int
    indent: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Lists:
    """numbering.xml, and what the styles say of numbering."""

    root: Element
    styles: Mapping[str, Element]
    headings: Mapping[str, int]
    nums: Mapping[str, Element]
    last: Element
    added: int = 0

    @classmethod
    def read(cls, parts: Parts, numbering: str) -> Lists:
        root = parse(parts[numbering]) if numbering else parse("<none/>")
        nums = {num.get(W + "numId", ""): num for num in root.iterchildren(W + "num")}
        last = next(reversed(nums.values()), root)
        part = next(iter(related(parts, "styles")), "")
        if not part:
            return cls(root, {}, {}, nums, last)
        styles = {s.get(W + "styleId", ""): s for s in parse(parts[part]).iter(W + "style")}
        return cls(root, styles, read_styles(parts[part]).levels, nums, last)

    def place_of(self, paragraph: Element) -> Place | None:
        """The list that a paragraph counts in; None for a heading and for what is not numbered."""
        properties = paragraph.find(W + "pPr")
        style = value(properties, "pStyle") or ""
        outline = value(properties, "outlineLvl")
        if (outline or "9") != "9" or (outline is None and style in self.headings):
            return None
        own = properties.find(W + "numPr") if properties is not None else None
        number, level = value(own, "numId"), value(own, "ilvl")
        indent: dict[str, str] = {}
        if number is None:
            number, styled, indent = self._styled(style)
            level = level or styled
        if not number or number == "0" or number not in self.nums:
            return None
        return Place(number, int(level or 0), indent)

    def _styled(self, style: str) -> tuple[str, str, dict[str, str]]:
        """Number, level and indent of a style, its ancestors asked in turn."""
        indent: dict[str, str] = {}
        level = ""
        for key in self._line(style):
            properties = self.styles[key].find(W + "pPr")
            own = properties.find(W + "ind") if properties is not None else None
            for name, width in own.attrib.items() if own is not None else ():
                indent.setdefault(str(name), str(width))
            numbered = properties.find(W + "numPr") if properties is not None else None
            level = level or value(numbered, "ilvl") or ""
            number = value(numbered, "numId")
            if number is not None:
                return number, level or self._linked(number, key), indent
        return "", "", {}

    def _line(self, style: str) -> Iterator[str]:
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield style
            style = value(self.styles[style], "basedOn") or ""

    def _linked(self, number: str, style: str) -> str:
        """The level of a list that names a style as its own."""
        for level in self._levels(number):
            if value(level, "pStyle") == style:
                return level.get(W + "ilvl", "0")
        return "0"

    def _levels(self, number: str) -> list[Element]:
        """The w:lvl of the list's definition, followed through the style that it may refer to."""
        key = value(self.nums[number], "abstractNumId") if number in self.nums else None
        definitions = self.root.findall(W + "abstractNum")
        found = next((d for d in definitions if d.get(W + "abstractNumId") == key), None)
        if found is not None and (link := value(found, "numStyleLink")) is not None:
            found = next((d for d in definitions if value(d, "styleLink") == link), found)
        return [] if found is None else found.findall(W + "lvl")

    def begin_anew(self, place: Place) -> str:
        """A new w:num like the place's own, that starts its level and those below it again."""
        self.added += 1
        number = str(max(int(key) for key in self.nums if key.isdecimal()) + self.added)
        num = copy.deepcopy(self.nums[place.number])
        num.attrib.clear()
        num.set(W + "numId", number)
        levels = self._levels(place.number)
        starts = {level.get(W + "ilvl", ""): value(level, "start") for level in levels}
        for level in range(place.level, DEEPEST):
            if str(level) in starts or level == place.level:
                _override(num, str(level), starts.get(str(level)) or "1")
        self.last.addnext(num)
        self.last = num
        return number


def _override(num: Element, level: str, start: str) -> None:
    found = [o for o in num.findall(W + "lvlOverride") if o.get(W + "ilvl") == level]
    override = found[0] if found else num.makeelement(W + "lvlOverride", {W + "ilvl": level})
    if not found:
        num.append(override)
    own = override.find(W + "lvl")
    for old in override.findall(W + "startOverride"):
        start = old.get(W + "val", start)
        override.remove(old)
    start = value(own, "start") or start
    override.insert(0, num.makeelement(W + "startOverride", {W + "val": start}))
