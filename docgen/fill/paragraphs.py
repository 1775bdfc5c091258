"""The bytes of a Word document → its paragraphs, each with its place as a person finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docgen.fill.marked import Span, without_marks
from docgen.fill.package import Unreadable, main_part, read_package, related
from docgen.fill.places import PART_NAMES, Spot, paragraphs, part_label
from docgen.fill.styles import Role, Styles, read_styles
from docgen.fill.xml import OFF, Element, Malformed, W, local, parse, text_in, value

_PART = re.compile(rf"word/(?:{'|'.join(PART_NAMES)})\d*\.xml")
_CONTENTS = re.compile(r"\s*(?:TOC|PAGEREF)\b")
_PAGE = re.compile(r"[\w—–-]{1,6}", re.ASCII)  # the label of a page; an entry may lack its own
_CAPTION = 40  # characters: a longer paragraph above a table is no caption
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph as printed: what stands in it, and where.

    `heading` is the last one above; `table` the caption of the table around it, with the numbers
    of `row` and `column` from 1 (0 outside), what leads that row and what heads that column; `page`
    is that of the heading, where the contents tell it. `spans` are its marks (`fill_marked`).
    """

    text: str
    label: str = "正文"
    heading: str = ""
    table: str = ""
    row: int = 0
    column: int = 0
    row_head: str = ""
    column_head: str = ""
    page: str = ""
    spans: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def outer(self) -> str:
        """“服务案例”下表“主要服务案例”."""
        under = f"“{self.heading}”下" if self.heading else ""
        where = self.label if self.label != "正文" or not under else ""
        named = f"表“{self.table}”" if self.table else "表格" if self.row else ""
        return f"{where}{under}{named}"

    @property
    def place(self) -> str:
        """The same to the cell: …第3行“合同额（万元）”栏, or by what leads the row."""
        if not self.row:
            return self.outer
        head = self.column_head or self.row_head
        column = f"“{head}”栏" if head else f"第{self.column}格"
        return f"{self.outer}第{self.row}行{column}"


def read_paragraphs(docx: bytes) -> tuple[Passage, ...]:
    """The paragraphs of body, headers, footers and notes in reading order, without the contents.

    () for bytes that are no Word document.
    """
    try:
        parts = read_package(docx)
        main = main_part(parts)
        found = next(iter(related(parts, "styles", main)), "")
        styles = read_styles(parts[found]) if found else Styles()
        body = parse(parts[main])
        passages = list(_Reader(styles, _pages(body)).read(body, "正文"))
        for name in sorted(name for name in parts if _PART.fullmatch(name)):
            label = part_label(name, parts)
            passages += _Reader(styles, {}).read(parse(parts[name]), label)
    except (Unreadable, Malformed, KeyError):
        return ()
    return tuple(passages)


class _Reader:
    """Goes through one part; remembers the heading and the paragraph above a table."""

    def __init__(self, styles: Styles, pages: Mapping[str, str]) -> None:
        self._styles, self._pages = styles, pages
        self._captions = {styles.find(Role.TABLE_CAPTION), styles.find(Role.CAPTION)} - {""}
        self._heading = self._page = self._above = ""
        self._tables: dict[Element, str] = {}

    def read(self, root: Element, label: str) -> Iterator[Passage]:
        for spot in paragraphs(root, label, self._styles):
            if _is_contents(spot.paragraph):
                continue
            text, spans = without_marks(_text(spot.paragraph) if spot.text else "")
            if spot.row is not None and spot.cell is not None:
                yield self._in_table(spot, spot.row, spot.cell, text, spans, label)
                continue
            style = value(spot.paragraph.find(W + "pPr"), "pStyle") or ""
            if style in self._styles.levels and text.strip():
                self._heading = text.strip()[:30]
                self._page = self._page_of(spot.paragraph) or self._page
            elif text.strip():
                self._above = text.strip() if style in self._captions else ""
            yield Passage(text, label, self._heading, page=self._page, spans=spans)

    def _page_of(self, paragraph: Element) -> str:
        names = (mark.get(W + "name", "") for mark in paragraph.iter(W + "bookmarkStart"))
        return next((self._pages[name] for name in names if name in self._pages), "")

    def _in_table(
        self,
        spot: Spot,
        row: Element,
        cell: Element,
        text: str,
        spans: tuple[Span, ...],
        label: str,
    ) -> Passage:
        table = row.getparent()
        while table is not None and local(table) != "tbl":
            table = table.getparent()
        assert table is not None
        caption = self._tables.setdefault(table, self._above[:_CAPTION])
        rows = [one for one in table.iter(W + "tr") if _around(one, "tbl") is table]
        cells = list(_cells(row))
        at = sum(_width(one) for one in cells[: cells.index(cell)])
        heads = list(_cells(rows[0])) if _is_heading(rows[0]) and rows[0] is not row else []
        return Passage(
            text,
            label,
            self._heading,
            caption,
            rows.index(row) + 1,
            cells.index(cell) + 1,
            _leading(cells[: cells.index(cell)]),
            _covering(heads, at),
            self._page,
            spans,
        )


def _covering(heads: list[Element], at: int) -> str:
    """What the cell of the first row says that stands over a column."""
    passed = 0
    for head in heads:
        passed += _width(head)
        if at < passed:
            return _short(head)
    return ""


def _leading(cells: list[Element]) -> str:
    """The words nearest before a cell of its row."""
    texts = (_short(cell) for cell in reversed(cells))
    return next((text for text in texts if any(sign.isalnum() for sign in text)), "")


def _is_heading(row: Element) -> bool:
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(W + "val", "1") not in OFF


def _short(cell: Element) -> str:
    return without_marks(text_in(cell))[0].strip()[:_SHOWN]


def _width(cell: Element) -> int:
    span = value(cell.find(W + "tcPr"), "gridSpan") or "1"
    return int(span) if span.isdecimal() else 1


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row.iter(W + "tc") if _around(cell, "tr") is row)


def _around(node: Element, kind: str) -> Element | None:
    return next(node.iterancestors(W + kind), None)


def _text(paragraph: Element) -> str:
    """The words of a paragraph, a break as a line end; text boxes in it are paragraphs too."""
    pieces = []
    for node in paragraph.iter(W + "t", W + "br", W + "cr", W + "tab"):
        if _around(node, "p") is not paragraph:
            continue
        kind = local(node)
        if kind == "tab" and _around(node, "r") is None:
            continue  # a tab stop
        pieces.append((node.text or "") if kind == "t" else "\t" if kind == "tab" else "\n")
    return "".join(pieces)


def _is_contents(paragraph: Element) -> bool:
    """Whether a paragraph is a line of the contents: its pages change by themselves."""
    codes = (node.text or "" for node in paragraph.iter(W + "instrText"))
    return any(_CONTENTS.match(code) for code in codes)


def _pages(body: Element) -> dict[str, str]:
    """The page of each heading that the contents list, by the name of its bookmark."""
    pages = {}
    for link in body.iter(W + "hyperlink"):
        name, words = link.get(W + "anchor", ""), [n.text or "" for n in link.iter(W + "t")]
        if name.startswith("_Toc") and words and _PAGE.fullmatch(words[-1].strip()):
            pages[name] = words[-1].strip()
    return pages
