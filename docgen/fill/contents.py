"""The contents of a document: the TOC field filled with entries, links and page numbers.

Word then shows them as they are (no prompt to update) and can update them itself. Called first
without pages, so that typesetting knows how long the contents are, then with them: the second
call changes nothing but the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from docgen.fill.package import main_part, read_package, related, write_package
from docgen.fill.runs import run
from docgen.fill.slots import TEXT_WIDTH
from docgen.fill.styles import CONTENTS, Styles, read_styles
from docgen.fill.xml import Element, W, escape, fragment, local, parse, serialise

FIRST_NUMBER = 238000001
_LEVELS = re.compile(r'\\o\s*"(\d)-(\d)"')


class Entry(Protocol):
    """A heading: `paragraph` counts all w:p of the body, from 0, in document order."""

    @property
    def paragraph(self) -> int: ...
    @property
    def level(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def page(self) -> str | None: ...


def write_contents(docx: bytes, entries: Sequence[Entry]) -> bytes:
    """The document with its contents filled in; the same bytes where it has no TOC field."""
    parts = read_package(docx)
    main = main_part(parts)
    root = parse(parts[main])
    body = root.find(W + "body")
    field = _Field.find(body) if body is not None else None
    if body is None or field is None:
        return docx
    listed = [entry for entry in entries if field.lowest <= entry.level <= field.deepest]
    paragraphs = list(body.iter(W + "p"))
    names = _bookmarks(root, [paragraphs[entry.paragraph] for entry in listed])
    styles = next(iter(related(parts, "styles", main)), "")
    found = read_styles(parts[styles]) if styles else Styles()
    width = _text_width(body, field.paragraphs[-1])
    field.replace(
        [_line(entry, name, found, width) for entry, name in zip(listed, names, strict=True)]
    )
    parts[main] = serialise(root)
    return write_package(parts)


def has_contents(docx: bytes) -> bool:
    """Whether a document has a TOC field to fill."""
    parts = read_package(docx)
    text = parts[main_part(parts)]
    if b"instrText" not in text:  # most letters: no field at all, nothing to take apart
        return False
    body = parse(text).find(W + "body")
    return body is not None and _Field.find(body) is not None


class _Field:
    """A complex TOC field: the paragraphs it covers, what else they hold, the levels it lists."""

    def __init__(self, paragraphs: list[Element], instruction: str) -> None:
        self.paragraphs, self.instruction = paragraphs, instruction
        levels = _LEVELS.search(instruction)
        self.lowest, self.deepest = map(int, levels.groups()) if levels else (1, 3)

    @classmethod
    def find(cls, body: Element) -> _Field | None:
        """The first TOC field whose paragraphs stand side by side."""
        depth, start, instruction = 0, None, ""
        for node in body.iter(W + "fldChar", W + "instrText"):
            holder = next(node.iterancestors(W + "p"), None)
            if local(node) == "instrText":
                instruction += (node.text or "") if depth == 1 else ""
                continue
            kind = node.get(W + "fldCharType")
            if kind == "begin":
                depth += 1
                if depth == 1:
                    start, instruction = holder, ""
            elif kind == "end" and depth:
                depth -= 1
                covered = _between(start, holder)
                if depth == 0 and instruction.split()[:1] == ["TOC"] and covered:
                    return cls(covered, instruction.strip())
        return None

    def replace(self, lines: list[Element]) -> None:
        """Puts the entries in; what stood before and after the field in its paragraphs is kept."""
        before = list(_outside(self.paragraphs[0], "begin"))
        after = list(_outside(self.paragraphs[-1], "end"))
        parent = self.paragraphs[0].getparent()
        assert parent is not None
        at = parent.index(self.paragraphs[0])
        lines = lines or [self.paragraphs[0].makeelement(W + "p")]
        head, tail = lines[0], lines[-1]
        place = 1 if len(head) and local(head[0]) == "pPr" else 0
        opening = [*before, *(fragment(xml) for xml in _opening(self.instruction))]
        for offset, node in enumerate(opening):
            head.insert(place + offset, node)
        for node in (fragment(_mark("end")), *after):
            tail.append(node)
        for old in self.paragraphs:
            parent.remove(old)
        for offset, line in enumerate(lines):
            parent.insert(at + offset, line)


def _between(start: Element | None, end: Element | None) -> list[Element]:
    if start is None or end is None or start.getparent() is not end.getparent():
        return []
    parent = start.getparent()
    assert parent is not None
    siblings = list(parent)[parent.index(start) : parent.index(end) + 1]
    return siblings if all(local(node) == "p" for node in siblings) else []


def _outside(paragraph: Element, kind: str) -> Iterator[Element]:
    """The children of a paragraph before its first (begin) or after its last (end) field mark."""
    children = [node for node in paragraph if local(node) != "pPr"]
    marks = [
        index
        for index, node in enumerate(children)
        if any(mark.get(W + "fldCharType") == kind for mark in node.iter(W + "fldChar"))
    ]
    if marks:
        chosen = children[: marks[0]] if kind == "begin" else children[marks[-1] + 1 :]
        yield from (node for node in chosen if local(node) in ("r", "hyperlink"))


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _opening(instruction: str) -> list[str]:
    code = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return [_mark("begin"), code, _mark("separate")]


def _line(entry: Entry, name: str, styles: Styles, width: int) -> Element:
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    properties = styles.properties(CONTENTS[min(entry.level, 3)], tab)
    code = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
    number = _mark("begin") + code + _mark("separate") + run(entry.page or "") + _mark("end")
    words = run(" ".join((entry.label + entry.text).split()))
    return fragment(
        f'<w:p>{properties}<w:hyperlink w:anchor="{name}" w:history="1">{words}'
        f"<w:r><w:tab/></w:r>{number}</w:hyperlink></w:p>"
    )


def _text_width(body: Element, after: Element) -> int:
    """The width of the text, in twips, on the page of a paragraph."""
    passed = False
    for node in body.iter(W + "p", W + "sectPr"):
        passed = passed or node is after
        if passed and local(node) == "sectPr":
            size, margins = node.find(W + "pgSz"), node.find(W + "pgMar")
            if size is None or margins is None:
                break
            sides = (int(margins.get(W + side, "0")) for side in ("left", "right"))
            return int(size.get(W + "w", "0")) - sum(sides)
    return TEXT_WIDTH


def _bookmarks(root: Element, headings: list[Element]) -> list[str]:
    """The name of a _Toc bookmark around each heading; missing ones are put in."""
    taken = {mark.get(W + "name", "") for mark in root.iter(W + "bookmarkStart")}
    ids = [int(mark.get(W + "id", "0")) for mark in root.iter(W + "bookmarkStart")]
    next_id, number, names = max(ids, default=0) + 1, FIRST_NUMBER, []
    for heading in headings:
        there = [m.get(W + "name", "") for m in heading.iter(W + "bookmarkStart")]
        name = next((n for n in there if n.startswith("_Toc") and n not in names), "")
        if not name:
            while f"_Toc{number}" in taken:
                number += 1
            name = f"_Toc{number}"
            taken.add(name)
            start = fragment(f'<w:bookmarkStart w:id="{next_id}" w:name="{name}"/>')
            heading.insert(1 if len(heading) and local(heading[0]) == "pPr" else 0, start)
            heading.append(fragment(f'<w:bookmarkEnd w:id="{next_id}"/>'))
            next_id += 1
        names.append(name)
    return names
