"""A template's bytes → its parts as lint looks at them: paragraphs with places, tags, styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from docgen.fill.package import CONTENT_TYPES, Parts, read_package, related, tagged_parts
from docgen.fill.places import Spot, paragraphs, part_label, unseen_texts
from docgen.fill.styles import Styles, read_styles
from docgen.fill.tags import Word, scan, words_of
from docgen.fill.template import CORE
from docgen.fill.xml import Element, Malformed, W, local, parse

TITLE = "{http://purl.org/dc/elements/1.1/}title"
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
        """The whole tags, in reading order; after a paragraph's own those of its fields."""
        return [
            word
            for spot in self.spots
            for word in (*words_of([spot]), *(w for w in _unseen(spot) if not w.is_statement))
        ]

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
        return found or Spot(self.root, "", "")


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
    tagged += _title(parts)
    others = list(_unfilled(parts, set(wanted), styles))
    return Reading(name, parts, styles, tuple(tagged), tuple(others))


def _unseen(spot: Spot) -> list[Word]:
    """The tags of a paragraph's fields and attributes (the address of a link, a picture's name)."""
    return words_of([replace(spot, text=text) for text in unseen_texts(spot.paragraph)])


def _title(parts: Parts) -> Iterator[Part]:
    """The document's title, which is filled in like its text."""
    if CORE in parts:
        title = parse(parts[CORE]).findtext(TITLE) or ""
        if any(scan(title)):
            root = parse(b"<none/>")
            yield Part(CORE, root, [Spot(root, title, "文档属性“标题”")])


def _part(parts: Parts, part: str, styles: Styles, *, filled: bool = True) -> Part:
    root = parse(parts[part])
    label = part_label(part, parts)
    return Part(part, root, list(paragraphs(root, label, styles)), filled)


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
            yield Part(part, root, list(paragraphs(root, part_label(part), styles)), filled=False)
        elif root.tag not in (W + "styles", W + "numbering", W + "settings", W + "fonts"):
            texts = [n.text for n in root.iter() if n.text and any(scan(n.text))]
            spots = [Spot(root, text, f"部件 {part}") for text in texts]
            if spots:
                yield Part(part, root, spots, filled=False)
