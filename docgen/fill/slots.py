"""Where each tag of a part's source stands: in text, in a run, between paragraphs, in an attribute.

The source is the part's XML after docxtpl's patching. Every tag gets a line of its own (a newline
within the tag, which Jinja ignores), so that a line number names a tag.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from docgen.language import Environment

Level: TypeAlias = Literal["text", "run", "block", "attribute"]

TEXT_WIDTH = 8844  # twips: 156 mm, the text area of GB/T 9704
CELL_MARGINS = 216
_TAG = "\x00"
_PIECE = re.compile("<[^<>]*>|\x00")
_NAME = re.compile(r"</?([\w:]+)")
_TEXTUAL = frozenset(["w:t", "w:instrText", "w:delText", "a:t", "m:t"])
_BLOCK_HOLDERS = frozenset(
    ["w:body", "w:tc", "w:hdr", "w:ftr", "w:txbxContent", "w:footnote", "w:endnote", "w:comment"]
)


@dataclass(slots=True)
class Slot:
    """The place of one tag: `width` is the room for a picture or table there, in twips.

    `style` is the style of the paragraph that a {{p }} stood in; `prints` tells {{ }} from {% %}.
    `run` and `paragraph` are the w:rPr and w:pPr around a tag in a w:t, which a break in the value
    has to repeat; None where no break can stand. `splits` tells whether the run stands in the
    paragraph itself, which can then be split (in a link it cannot).
    """

    level: Level
    in_cell: bool = False
    width: int = TEXT_WIDTH
    style: str = ""
    prints: bool = False
    run: str | None = None
    paragraph: str = ""
    splits: bool = True


@dataclass(slots=True)
class Source:
    """A part's source for Jinja, with the slot of each tag and the line on which its content is."""

    text: str
    slots: list[Slot] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def tag_at(self, line: int) -> int:
        """The index of the tag that a line of the source belongs to; -1 before the first one."""
        return bisect_right(self.lines, line) - 1


def number_tags(environment: Environment, xml: str) -> Source:
    """Gives every tag of a patched part its own line and finds its slot.

    Raises TemplateSyntaxError where Jinja's lexer cannot read the tags.
    """
    pieces: list[str] = []
    lines: list[int] = []
    outline: list[str] = []
    prints: list[bool] = []
    line = 1
    for _, token, text in environment.lexer.tokeniter(xml, None):
        if token in ("variable_begin", "block_begin"):
            text += "\n"
            outline.append(_TAG)
            prints.append(token == "variable_begin")
            lines.append(line + text.count("\n"))
        elif token == "data":
            outline.append(text)
        elif token == "whitespace":
            text = text.replace("\n", " ")
        pieces.append(text)
        line += text.count("\n")
    slots = list(_slots("".join(outline)))
    for slot, printing in zip(slots, prints, strict=True):
        slot.prints = printing
    return Source("".join(pieces), slots, lines)


def _slots(outline: str) -> Iterator[Slot]:
    """One Slot a tag, in order; sections give their width to what stands before their w:sectPr."""
    slots: list[Slot] = []
    waiting: list[Slot] = []
    stack: list[str] = []
    cells: list[int] = []
    runs = _Properties("w:r", "w:rPr")
    paragraphs = _Properties("w:p", "w:pPr")
    page = margins = 0
    for match in _PIECE.finditer(outline):
        piece = match.group()
        if piece == _TAG:
            slot = Slot(_level(stack), bool(cells), max(cells[-1], 400) if cells else TEXT_WIDTH)
            if stack and stack[-1] == "w:t" and "w:r" in stack:
                slot.run, slot.paragraph = runs.text, paragraphs.text
                holder = stack[: len(stack) - 1 - stack[::-1].index("w:r")][-1:]
                slot.splits = holder in ([], ["w:p"])
            slots.append(slot)
            if not cells:
                waiting.append(slot)
            continue
        slots += [Slot("attribute")] * piece.count(_TAG)
        name = _NAME.match(piece)
        if name is None:
            continue
        kind = name.group(1)
        runs.see(kind, outline, match)
        paragraphs.see(kind, outline, match)
        if piece.startswith("</"):
            if kind in stack:
                del stack[len(stack) - 1 - stack[::-1].index(kind) :]
            if kind == "w:tc" and cells:
                cells.pop()
        elif kind == "w:tcW" and cells:
            cells[-1] = (_number(piece, "w:w") or TEXT_WIDTH) - CELL_MARGINS
        elif kind == "w:pgSz":
            page = _number(piece, "w:w")
        elif kind == "w:pgMar":
            margins = _number(piece, "w:left") + _number(piece, "w:right")
            for slot in waiting:
                slot.width = page - margins if page > margins + 400 else TEXT_WIDTH
            waiting = []
        elif not piece.endswith("/>"):
            stack.append(kind)
            if kind == "w:tc":
                cells.append(TEXT_WIDTH // 2)
    yield from slots


class _Properties:
    """The properties of the innermost open run or paragraph, as they stand in the outline."""

    def __init__(self, holder: str, kind: str) -> None:
        self._holder, self._kind, self._start = holder, kind, -1
        self._open: list[str] = [""]

    @property
    def text(self) -> str:
        """ "" where a tag stands within the properties: what it prints is not known here."""
        return "" if _TAG in self._open[-1] else self._open[-1]

    def see(self, kind: str, outline: str, match: re.Match[str]) -> None:
        closes = match.group().startswith("</")
        if kind == self._holder and not match.group().endswith("/>"):
            if not closes:
                self._open.append("")
            elif len(self._open) > 1:
                self._open.pop()
        elif match.group() == f"<{self._kind}>":
            self._start = match.start()
        elif kind == self._kind and closes and not self._open[-1] and self._start >= 0:
            self._open[-1] = outline[self._start : match.end()]


def _level(stack: list[str]) -> Level:
    for kind in reversed(stack):
        if kind in _TEXTUAL:
            return "text"
        if kind in ("w:p", "w:r", "w:hyperlink"):
            return "run"
        if kind in _BLOCK_HOLDERS:
            return "block"
    return "text" if not stack else "block"


def _number(piece: str, attribute: str) -> int:
    found = re.search(rf'{attribute}="(\d+)"', piece)
    return int(found.group(1)) if found else 0
