"""w:tbl → Table: the grid, merged cells, borders, header rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.typeset.model import Cell, Row, Table, VerticalAlign
from docgen.typeset.read.borders import is_set, rule
from docgen.typeset.read.edges import Edges, Line
from docgen.typeset.read.properties import Properties, flatten, is_on, lay
from docgen.typeset.read.runs import colour
from docgen.typeset.read.table_styles import CellLook, TableStyle
from docgen.typeset.read.xml import W, children, name, number, twips

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

SIDES = ("top", "right", "bottom", "left")
V_ALIGN: dict[str, VerticalAlign] = {"center": "horizon", "bottom": "bottom"}
VERTICAL = frozenset(("tbRl", "btLr", "tbRlV", "lrTbV", "tbLrV"))


@dataclass(slots=True)
class Slot:
    """One cell while the grid is laid out; `element` is None for a filler."""

    element: Element | None
    properties: Properties
    row: int
    column: int
    span: int
    rows: int = 1
    bottom: Properties | None = None  # of the last cell merged into this one

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.row, self.column, self.rows, self.span


def read_table(element: Element, story: Story) -> Iterator[Table]:
    """The table of a w:tbl; an empty one yields nothing."""
    if story.is_body:
        story.notes.tables += 1
    nth, outer = story.notes.tables, story.notes.place
    style = TableStyle(element, story.styles)
    rows = [child for child in children(element) if name(child) == "tr"]
    slots = _grid(rows)
    if not any(slots):
        return
    columns = _columns(element, style.table, slots, story)
    if is_on(style.table, "bidiVisual"):
        story.notes.warn("表格", "从右向左的表格按从左向右排")
    if any(key.startswith("tblpPr.") for key in style.table):
        story.notes.warn("浮动表格", "浮动表格按普通表格排", "把表格的文字环绕改为“无”")
    edges = Edges()
    looks = {
        slot.box: style.cell(slot.row, len(rows), slot.column, len(columns))
        for line in slots
        for slot in line
    }
    for line in slots:
        for slot in line:
            edges.add(slot.box, _wishes(slot, looks[slot.box], style.table, slots, columns, story))
    out = []
    width, pitch = story.width, story.pitch
    story.pitch = pitch if story.grid_in_tables else 0.0
    for y, line in enumerate(slots):
        story.notes.place = f"表 {nth} 第 {y + 1} 行"
        out.append(_row(rows[y], line, looks, edges, style.table, columns, story))
    story.width, story.pitch, story.notes.place = width, pitch, outer
    yield Table(
        left=_left(style.table, columns, story),
        columns=columns,
        rows=tuple(out),
        header=_header(rows, slots),
        spot=story.notes.where,
    )


def _grid(rows: list[Element]) -> list[list[Slot]]:
    """Cells at their grid columns, w:vMerge turned into row spans, gaps filled."""
    open_merges: dict[int, Slot] = {}
    lines: list[list[Slot]] = []
    for y, row in enumerate(rows):
        properties = flatten(row.find(W + "trPr"))
        line: list[Slot] = []
        x = _count(properties, "gridBefore", 0)
        if x:
            line.append(Slot(None, {}, y, 0, x))
        for cell in children(row):
            if name(cell) != "tc":
                continue
            own = flatten(cell.find(W + "tcPr"))
            span = _count(own, "gridSpan", 1)
            merge = own.get("vMerge.val") if "vMerge.val" in own else None
            above = open_merges.get(x)
            is_continued = merge is not None and merge != "restart"
            if is_continued and above and above.span == span and above.row + above.rows == y:
                above.rows += 1
                above.bottom = own
            else:
                slot = Slot(cell, own, y, x, span)
                line.append(slot)
                open_merges.pop(x, None)
                if merge is not None:
                    open_merges[x] = slot
            x += span
        lines.append(line)
    return lines


def _count(properties: Properties, key: str, default: int) -> int:
    return min(max(int(number(properties.get(f"{key}.val"), default)), default), 200)


def _columns(
    table: Element, properties: Properties, slots: list[list[Slot]], story: Story
) -> tuple[float, ...]:
    """Column widths in pt: a cell's own width (w:tcW) before the grid's, as Word lays out."""
    count = max(slot.column + slot.span for line in slots for slot in line)
    grid = table.find(W + "tblGrid")
    columns = [twips(g.get(W + "w")) for g in grid] if grid is not None else []
    columns = (columns + [0.0] * count)[: max(count, len(columns))]
    told: set[int] = set()
    for line in slots:
        for slot in line:
            width = twips(slot.properties.get("tcW.w"))
            is_points = slot.properties.get("tcW.type", "dxa") == "dxa"
            if slot.span == 1 and is_points and width > 0 and slot.column not in told:
                columns[slot.column] = width
                told.add(slot.column)
    total = sum(columns)
    if properties.get("tblW.type") == "pct":
        share = number(properties.get("tblW.w", "").rstrip("%"), 5000)
        share /= 100 if properties.get("tblW.w", "").endswith("%") else 5000
        wanted = share * story.width
    else:
        wanted = total or twips(properties.get("tblW.w")) or story.width
    if total <= 0:
        return tuple(wanted / len(columns) for _ in columns)
    return tuple(max(width * wanted / total, 0.0) for width in columns)


def _wishes(
    slot: Slot,
    look: CellLook,
    table: Properties,
    slots: list[list[Slot]],
    columns: tuple[float, ...],
    story: Story,
) -> tuple[Line, Line, Line, Line]:
    at_edge = {
        "top": slot.row == 0,
        "bottom": slot.row + slot.rows >= len(slots),
        "left": slot.column == 0,
        "right": slot.column + slot.span >= len(columns),
    }

    def wish(side: str) -> Line:
        own = slot.bottom if side == "bottom" and slot.bottom is not None else slot.properties
        if is_set(own, f"tcBorders.{side}"):
            return True, rule(own, f"tcBorders.{side}", story.notes)
        if slot.element is None:
            return False, None
        inside = "insideH" if side in ("top", "bottom") else "insideV"
        key = side if at_edge[side] else inside
        for styled in (side, key):
            if is_set(look.cell, f"tcBorders.{styled}"):
                return False, rule(look.cell, f"tcBorders.{styled}", story.notes)
        return False, rule(table, f"tblBorders.{key}", story.notes)

    return wish("top"), wish("right"), wish("bottom"), wish("left")


def _row(
    element: Element,
    line: list[Slot],
    looks: dict[tuple[int, int, int, int], CellLook],
    edges: Edges,
    table: Properties,
    columns: tuple[float, ...],
    story: Story,
) -> Row:
    from docgen.typeset.read.story import blocks

    properties = flatten(element.find(W + "trPr"))
    cells = []
    for slot in line:
        look = looks[slot.box]
        own = lay(slot.properties, look.cell)
        padding = _padding(own, table)
        if own.get("textDirection.val") in VERTICAL:
            story.notes.warn("竖排文字", "竖排的单元格按横排显示", "用 LibreOffice 转换")
        story.width = sum(columns[slot.column : slot.column + slot.span]) - padding[1] - padding[3]
        cells.append(
            Cell(
                column=slot.column,
                span=slot.span,
                rows=slot.rows,
                blocks=tuple(blocks(slot.element, story, look.text))
                if slot.element is not None
                else (),
                borders=edges.borders(slot.box),
                padding=padding,
                fill=colour(own.get("shd.fill")),
                align=V_ALIGN.get(own.get("vAlign.val", ""), "top"),
            )
        )
    return Row(
        cells=tuple(cells),
        height=twips(properties.get("trHeight.val")),
        exact=properties.get("trHeight.hRule") == "exact",
        whole=is_on(properties, "cantSplit"),
        spot=story.notes.where,
    )


def _padding(cell: Properties, table: Properties) -> tuple[float, float, float, float]:
    def side(key: str, default: float) -> float:
        usual = twips(table.get(f"tblCellMar.{key}.w"), default)
        return twips(cell.get(f"tcMar.{key}.w"), usual)

    return side("top", 0.0), side("right", 5.4), side("bottom", 0.0), side("left", 5.4)


def _left(table: Properties, columns: tuple[float, ...], story: Story) -> float:
    """Where the table's left edge stands; before Word 2013 cell text, not the edge, aligned."""
    free = story.width - sum(columns)
    align = table.get("jc.val", "left")
    if align == "center":
        return free / 2
    if align in ("right", "end"):
        return free
    indent = twips(table.get("tblInd.w")) if table.get("tblInd.type", "dxa") == "dxa" else 0.0
    return indent if story.table_at_margin else indent - _padding({}, table)[3]


def _header(rows: list[Element], slots: list[list[Slot]]) -> int:
    """How many leading rows repeat; never all, and never through a merged cell."""
    count = 0
    for row in rows:
        if not is_on(flatten(row.find(W + "trPr")), "tblHeader"):
            break
        count += 1
    count = min(count, len(rows) - 1)
    while count and any(
        slot.row + slot.rows > count for line in slots[:count] for slot in line
    ):
        count -= 1
    return count
