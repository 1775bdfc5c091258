"""Where things stand in a Word part, in the words of a person: 表2第3行第1格."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docgen.fill.package import Unreadable, main_part, relations
from docgen.fill.styles import Styles
from docgen.fill.xml import Element, Malformed, R, W, local, parse, text_in, value

MANY = 500  # tags of one part
_OPENER = re.compile(r"\{[{%#]")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_PREFIX = re.compile(r"^(\{[{%#]-?\s*)(?:tr|tc|p|r)\s")
_CELL_WORD = re.compile(r"\{%\s*(?:colspan|cellbg)\s(.*)%\}", re.DOTALL)  # printed by docxtpl
_QUOTES = str.maketrans("“”‘’", "\"\"''")
PART_NAMES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
}
_PAGES = {"first": "首页", "even": "偶数页"}
_HOLDERS = frozenset(
    ["sdt", "sdtContent", "customXml", "footnote", "endnote", "comment", "ins", "moveTo"]
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph and where it stands; `row` and `cell` are the table's elements around it."""

    paragraph: Element
    text: str
    place: str
    row: Element | None = None
    cell: Element | None = None

    def with_tag(self, tag: str) -> str:
        return f"{self.place}：{tag}" if tag else self.place


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as typed, with the paragraph it stands in."""

    text: str
    spot: Spot

    @property
    def key(self) -> str:
        """The tag without spaces, docxtpl's prefix and typographic quotes, to compare by."""
        plain = _PREFIX.sub(r"\1", self.text.translate(_QUOTES) + " ")
        plain = _CELL_WORD.sub(r"{{\1}}", plain)
        return "".join(plain.replace("-", "").split())


def tags_in(text: str) -> list[str]:
    """Every tag of a text, from an opener to the first end of its kind."""
    return [text[start:end] for start, end in _spans(text)]


def without_tags(text: str, instead: str = "") -> str:
    """The text with something else for each of its tags."""
    kept, at = [], 0
    for start, end in _spans(text):
        kept.append(text[at:start])
        at = end
    return instead.join((*kept, text[at:]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where tags start and end; what has no end is looked for once, not from every opener."""
    at, endless = 0, set[str]()
    while match := _OPENER.search(text, at):
        opener = match.group()
        end = -1 if opener in endless else text.find(_ENDS[opener], match.end())
        if end < 0:
            endless.add(opener)
            at = match.start() + 1
        else:
            at = end + 2
            yield match.start(), at


def part_label(part: str, parts: Mapping[str, bytes] | None = None) -> str:
    """正文, 页眉, 首页页脚 … by a part's name, and by what the main part says of it."""
    file = part.rpartition("/")[2]
    label = next((words for kind, words in PART_NAMES.items() if file.startswith(kind)), "正文")
    return _pages(part, parts) + label if label in ("页眉", "页脚") and parts else label


def _pages(part: str, parts: Mapping[str, bytes]) -> str:
    """The pages that a header or footer is for, "" for all that have none of their own."""
    main = main_part(parts)
    try:
        keys = {r.id for r in relations(parts, main) if r.target == part and not r.external}
        root = parse(parts[main])
    except (KeyError, Malformed, Unreadable):
        return ""
    references = root.iter(W + "headerReference", W + "footerReference")
    kinds = {node.get(W + "type") for node in references if node.get(R + "id") in keys}
    return _PAGES.get(next(iter(kinds)) or "", "") if len(kinds) == 1 else ""


def paragraphs(root: Element, label: str, styles: Styles) -> Iterator[Spot]:
    """Every paragraph in reading order; text boxes follow the paragraph that holds them.

    `label` is the part's, with which their places begin.
    """
    walker = _Walker(label, styles)
    top = root.find(W + "body")
    yield from walker.walk(root if top is None else top, None, None, "")


class _Walker:
    def __init__(self, label: str, styles: Styles) -> None:
        self.label, self.styles = label, styles
        self.heading = ""
        self.count = self.tables = 0

    def walk(
        self, holder: Element, row: Element | None, cell: Element | None, within: str
    ) -> Iterator[Spot]:
        for node in holder:
            kind = local(node)
            if kind == "p":
                yield from self.paragraph(node, row, cell, within)
            elif kind == "tbl":
                yield from self.table(node, within)
            elif kind in _HOLDERS:
                yield from self.walk(node, row, cell, within)

    def paragraph(
        self, node: Element, row: Element | None, cell: Element | None, within: str
    ) -> Iterator[Spot]:
        boxes = [b for b in node.iter(W + "txbxContent") if _owner(b) is node and not _twin(b)]
        own = text_in(node) if not boxes else _own_text(node)
        if not within:
            self.count += 1
        place = within or f"第{self.count}段"
        under = f"“{self.heading}”下" if self.heading else ""
        yield Spot(node, own, f"{self.label}{under}{place}", row, cell)
        style = value(node.find(W + "pPr"), "pStyle") or ""
        if own.strip() and style in self.styles.levels and not tags_in(own):
            self.heading = own.strip()[:30]
        for box in boxes:
            yield from self.walk(box, None, None, f"{place}文本框")

    def table(self, table: Element, within: str) -> Iterator[Spot]:
        if within:  # of a cell or text box: counted among the tables there
            before = list(table.itersiblings(W + "tbl", preceding=True))
            number, within = len(before) + 1, f"{within}内"
        else:
            self.tables += 1
            number = self.tables
        rows = [row for row in table.iter(W + "tr") if _table_of(row) is table]
        for y, row in enumerate(rows, 1):
            cells = [cell for cell in row.iter(W + "tc") if _table_of(cell) is table]
            for x, cell in enumerate(cells, 1):
                yield from self.walk(cell, row, cell, f"{within}表{number}第{y}行第{x}格")


def _owner(node: Element) -> Element | None:
    return next((a for a in node.iterancestors(W + "p")), None)


def _twin(box: Element) -> bool:
    """Whether a text box is the copy for old readers of one that is already listed."""
    return any(local(a) == "Fallback" for a in box.iterancestors())


def _table_of(node: Element) -> Element | None:
    return next((a for a in node.iterancestors(W + "tbl")), None)


def _own_text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(W + "t") if _owner(node) is paragraph)


def tags_of(root: Element, label: str, styles: Styles) -> list[Tag]:
    """Every tag of a part, in reading order; one that runs over paragraphs is not found."""
    return [
        Tag(tag, spot)
        for spot in paragraphs(root, label, styles)
        for text in (spot.text, *unseen_texts(spot.paragraph))
        for tag in tags_in(text)
    ]


def unseen_texts(paragraph: Element) -> list[str]:
    """The texts of a paragraph that print and are not seen: its fields, its attributes."""
    fields = "".join(node.text or "" for node in paragraph.iter(W + "instrText"))
    values = [str(v) for node in paragraph.iter() for v in node.attrib.values() if "{{" in v]
    return [text for text in (fields, *values) if "{{" in text]


def typed_tags(tags: list[Tag], patched: list[str]) -> list[Tag | None]:
    """For each tag of the patched source the typed one that it came from.

    docxtpl moves a few tags (colspan) and adds some (vm, hm), so the two rows are aligned. Of a tag
    without a mate (in the copy of a text box for old readers) it is the nearest that reads alike.
    """
    typed = [tag for tag in tags if not tag.text.startswith("{#")]
    keys = [tag.key for tag in typed]
    others = ["".join(text.replace("-", "").split()) for text in patched]
    if others == keys:
        return list(typed)
    popular = len(keys) > MANY  # what stands there very often is no landmark, and costs time
    found: list[Tag | None] = [None] * len(patched)
    before = [0] * len(patched)
    matcher = difflib.SequenceMatcher(None, others, keys, autojunk=popular)
    at = last = 0
    for block in matcher.get_matching_blocks():
        before[at : block.a] = [last] * (block.a - at)
        at, last = block.a + block.size, block.b + block.size
        found[block.a : at] = typed[block.b : last]
    for index, tag in enumerate(found):
        if tag is None:
            alike = [number for number, key in enumerate(keys) if key == others[index]]
            if alike:
                nearby = min(alike, key=lambda number: abs(number - before[index]))
                found[index] = typed[nearby]
            elif before[index]:
                found[index] = typed[min(before[index], len(typed) - 1)]
    return found
