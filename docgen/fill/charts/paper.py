"""What charts are written with: paragraphs in the template's styles, table cells, inline shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from docgen.fill.album import Album
from docgen.fill.charts.shapes import Shape, described_as, inline_group
from docgen.fill.runs import run
from docgen.fill.styles import Role, Styles
from docgen.model.values import Missing

Text: TypeAlias = Callable[[object], str]  # prints a value as the document does
ABSENT = "资料不足"
SMALL, TINY = 18, 14  # half-points: text of charts, numbers above narrow columns
SIDE, EDGE = 40, 20  # twips of padding at the sides of a cell, above and below
THIN = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
GAP = f"<w:p><w:pPr>{THIN}</w:pPr></w:p>"


@dataclass(frozen=True, slots=True)
class Paper:
    """`room` is the width there is, in twips."""

    styles: Styles
    album: Album
    room: int

    def paragraph(
        self,
        content: str,
        *,
        size: int = SMALL,
        align: str = "",
        keep: bool = False,
        head: bool = False,
    ) -> str:
        """A paragraph of a cell or box; `content` are runs, whose mark is `size` half-points."""
        inner = "<w:keepNext/>" if keep else ""
        inner += '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        inner += '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        inner += f'<w:jc w:val="{align}"/>' if align else ""
        role = Role.HEAD_CELL if head else Role.CELL
        properties = self.styles.properties(role, inner)
        mark = f"<w:rPr>{sized(size)}</w:rPr></w:pPr>"
        return f"<w:p>{properties.removesuffix('</w:pPr>')}{mark}{content}</w:p>"

    def text(
        self,
        words: str,
        *,
        size: int = SMALL,
        align: str = "",
        keep: bool = False,
        head: bool = False,
    ) -> str:
        """The same with plain text."""
        return self.paragraph(run(words, sized(size)), size=size, align=align, keep=keep, head=head)

    def shapes(self, width: int, height: int, shapes: Sequence[Shape], words: str) -> str:
        """A w:r with a group of shapes, in twips; `words` say what it shows."""
        additions = self.album.additions
        additions.drawings += 1
        number = additions.drawings
        first = additions.shapes + 1
        additions.shapes += len(shapes) + 1
        return inline_group(width, height, shapes, words, number, first)

    def table(self, widths: Sequence[int], rows: Iterable[str], title: str, words: str) -> str:
        """A w:tbl of fixed widths with its caption, in the template's table style."""
        style = self.styles.find(Role.TABLE)
        named = f'<w:tblStyle w:val="{style}"/>' if style else ""
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides
        )
        borders = "" if style else f"<w:tblBorders>{lines}</w:tblBorders>"
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        told = f'<w:tblCaption w:val="{described_as(title)}"/>' if title else ""
        told += f'<w:tblDescription w:val="{described_as(words)}"/>'
        return (
            f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/>{borders}<w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar><w:top w:w="{EDGE}" w:type="dxa"/><w:left w:w="{SIDE}" w:type="dxa"/>'
            f'<w:bottom w:w="{EDGE}" w:type="dxa"/><w:right w:w="{SIDE}" w:type="dxa"/>'
            f"</w:tblCellMar>{told}</w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}{self._caption_row(title, widths)}"
            f"</w:tbl>{GAP}"
        )

    def _caption_row(self, title: str, widths: Sequence[int]) -> str:
        """The caption as the last row, without lines: so it is never parted from the table."""
        if not title:
            return ""
        lines = '<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
        lines += "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
        return row([cell(self.caption(title), sum(widths), span=len(widths), borders=lines)])

    def caption(self, title: str) -> str:
        """The caption of a chart; the style numbers it where the template's does."""
        below = self.styles.properties(Role.CAPTION, '<w:keepNext w:val="0"/>')
        return f"<w:p>{below}{run(title)}</w:p>"


def keeps(number: int, last: int, whole: int, *, has_caption: bool) -> bool:
    """Whether a row stays with what follows: all of a table of up to `whole`, else the first
    and the last few."""
    if number == last:
        return has_caption
    return last < whole or number == 0 or number >= last - 2


def printed(value: object, text: Text) -> str:
    """A value as text; an absent one that the document leaves no hole for is named as such."""
    words = text(value)
    return ABSENT if isinstance(value, Missing) and not words else words


def sized(size: int) -> str:
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def row(cells: Iterable[str], *, head: bool = False, height: int = 0) -> str:
    """A w:tr that is never split; a head is repeated on every page."""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def cell(
    content: str,
    width: int,
    *,
    span: int = 1,
    merge: str = "",
    fill: str = "",
    borders: str = "",
    tight: bool = False,
) -> str:
    """A w:tc; `merge` is restart or continue, `borders` the inside of w:tcBorders."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    if tight:
        properties += (
            '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
        )
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
