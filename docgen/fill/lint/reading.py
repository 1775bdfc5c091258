"""A template's bytes → its parts as lint looks at them: paragraphs with places, tags, styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from docgen.fill.package import CONTENT_TYPES, Parts, read_package, related
from docgen.fill.places import Spot, paragraphs
from docgen.fill.styles import Styles, read_styles
from docgen.fill.tags import Word, scan, words_of
from docgen.fill.template import tagged_parts
from docgen.fill.xml import Element, Malformed, W, local, parse

NOWHERE = Spot(parse(b"<none/>"), "", "")
_UNFILLED = ("word/", "docProps/custom.xml", "customXml/")


@dataclass(frozen=True)
class Part:
    """One part with paragraphs; `filled` tells whether its tags are filled in."""

    name: str
    root: Element
    spots: list[Spot]
    filled: bool = True

    @cached_property
    def words(self) -> list[Word]:
        """The whole tags, in reading order."""
        return words_of(self.spots)

    @cached_property
    def _spots(self) -> dict[Element, Spot]:
        return {spot.paragraph: spot for spot in self.spots}

    def spot_of(self, node: Element) -> Spot:
        """The paragraph around (or first within) a node, with its place."""
        around = [node, *node.iterancestors()]
        found = next((self._spots[a] for a in around if a in self._spots), None)
        if found is None:
            found = next((self._spots[p] for p in node.iter(W + "p") if p in self._spots), None)
        if found is None:
            row = next((a for a in around if local(a) in ("tr", "tbl", "sectPr")), node)
            found = next((self._spots[p] for p in row.iter(W + "p") if p in self._spots), None)
        if found is None and self.spots:
            found = Spot(self.spots[0].paragraph, "", self.spots[0].place.partition("第")[0])
        return found or NOWHERE


@dataclass(frozen=True)
class Reading:
    """A template laid open."""

    name: str
    parts: Parts
    styles: Styles
    tagged: tuple[Part, ...]
    others: tuple[Part, ...] = ()

    @property
    def all(self) -> tuple[Part, ...]:
        return (*self.tagged, *self.others)


def read_template(data: bytes, name: str = "") -> Reading:
    """The parts of a template; Unreadable or Malformed where it cannot be opened."""
    parts = read_package(data, name)
    found = next(iter(related(parts, "styles")), "")
    styles = read_styles(parts[found]) if found else Styles()
    wanted = [part for part in tagged_parts(parts) if part in parts]
    tagged = [_part(parts, part, styles) for part in wanted]
    others = list(_unfilled(parts, set(wanted), styles))
    return Reading(name, parts, styles, tuple(tagged), tuple(others))


def _part(parts: Parts, part: str, styles: Styles, *, filled: bool = True) -> Part:
    root = parse(parts[part])
    return Part(part, root, list(paragraphs(root, part, styles)), filled)


def _unfilled(parts: Parts, filled: set[str], styles: Styles) -> Iterator[Part]:
    """The parts that are not filled in and hold text all the same: comments, charts, diagrams."""
    for part, data in parts.items():
        if part in filled or part == CONTENT_TYPES or not part.endswith(".xml"):
            continue
        if not part.startswith(_UNFILLED) or (b"{" not in data and "comments" not in part):
            continue
        try:
            root = parse(data)
        except Malformed:
            continue
        if root.tag == W + "comments":
            yield Part(part, root, list(paragraphs(root, part, styles)), filled=False)
        elif root.tag not in (W + "styles", W + "numbering", W + "settings", W + "fonts"):
            texts = [n.text for n in root.iter() if n.text and any(scan(n.text))]
            spots = [Spot(root, text, f"部件 {part}") for text in texts]
            if spots:
                yield Part(part, root, spots, filled=False)
