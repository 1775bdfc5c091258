"""{{ 重新编号 }}: the automatic numbering that follows begins anew, as Word's own 重新开始于一.

The mark may stand in the first paragraph of a list, or in a paragraph before it (a title in the
loop): then the next list that is no heading begins anew. The paragraphs from there on get a w:num
of their own, a copy of theirs that overrides the start.
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.fill.lists import Lists, Place
from docgen.fill.package import Parts, related
from docgen.fill.xml import Element, W, local, parse, serialise

MARK = "\ufdd3"  # what {{ 重新编号 }} prints: a noncharacter that no data may hold
_BEFORE_NUMBER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
_BEFORE_INDENT = (
    *_BEFORE_NUMBER, "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens",
    "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi",
    "adjustRightInd", "snapToGrid", "spacing",
)  # fmt: skip


def restart_lists(parts: Parts) -> None:
    """Restarts the lists of every part that holds a mark, and takes the marks away."""
    mark = MARK.encode()
    marked = [name for name, data in parts.items() if name.endswith(".xml") and mark in data]
    if not marked:
        return
    numbering = next(iter(related(parts, "numbering")), "")
    lists = Lists.read(parts, numbering)
    for name in marked:
        root = parse(parts[name])
        _restart(root, lists)
        parts[name] = serialise(root)
    if lists.added:
        parts[numbering] = serialise(lists.root)


def _restart(root: Element, lists: Lists) -> None:
    inside, before = _take_marks(root)
    current: dict[str, str] = {}
    waiting = False
    for paragraph in root.iter(W + "p"):
        waiting |= paragraph in before
        found = lists.place_of(paragraph)
        if found is None:
            waiting |= paragraph in inside
            continue
        if waiting or paragraph in inside:
            current[found.number] = lists.begin_anew(found)
            waiting = False
        if found.number in current:
            _renumber(paragraph, current[found.number], found)


def _take_marks(root: Element) -> tuple[set[Element], set[Element]]:
    """Removes the marks: the paragraphs that held one, and those before which one stood."""
    inside: set[Element] = set()
    before: set[Element] = set()
    for node in root.iter():
        if node.text and MARK in node.text:
            node.text = node.text.replace(MARK, "")
            holder = next(node.iterancestors(W + "p"), None)
            first = next(node.iter(W + "p"), None)
            if holder is not None:
                inside.add(holder)
            elif first is not None:
                before.add(first)
        if node.tail and MARK in node.tail:
            node.tail = node.tail.replace(MARK, "") or None
            following = next(_paragraphs_after(node), None)
            if following is not None:
                before.add(following)
    return inside, before


def _paragraphs_after(node: Element | None) -> Iterator[Element]:
    while node is not None:
        for sibling in node.itersiblings():
            yield from sibling.iter(W + "p")
        node = node.getparent()


def _renumber(paragraph: Element, number: str, place: Place) -> None:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = paragraph.makeelement(W + "pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(W + "numPr"):
        properties.remove(old)
    numbered = properties.makeelement(W + "numPr")
    numbered.append(numbered.makeelement(W + "ilvl", {W + "val": str(place.level)}))
    numbered.append(numbered.makeelement(W + "numId", {W + "val": number}))
    _put(properties, numbered, _BEFORE_NUMBER)
    if place.indent and properties.find(W + "ind") is None:
        # a number of the paragraph's own would outrank the indent of its style
        _put(properties, properties.makeelement(W + "ind", dict(place.indent)), _BEFORE_INDENT)


def _put(properties: Element, node: Element, before: tuple[str, ...]) -> None:
    places = [index for index, child in enumerate(properties) if local(child) in before]
    properties.insert(places[-1] + 1 if places else 0, node)
