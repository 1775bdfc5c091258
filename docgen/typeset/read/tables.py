"""w:tbl → Table: cells with their borders, shading and blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from docgen.typeset.model import Cell, Row, Table, VerticalAlign
from docgen.typeset.read.borders import is_set, rule
from docgen.typeset.read.edges import Edges, Line
from docgen.typeset.read.grids import Slot, column_widths, header_rows, lay_grid
from docgen.typeset.read.properties import Properties, flatten, is_on, lay
from docgen.typeset.read.runs import colour
from docgen.typeset.read.table_styles import CellLook, TableStyle
from docgen.typeset.read.xml import W, children, name, twips

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

Padding: TypeAlias = tuple[float, float, float, float]
Wishes: TypeAlias = tuple[Line, Line, Line, Line]

SIDES = ("top", "right", "bottom", "left")

V_ALIGN: dict[str, VerticalAlign] = {"center": "horizon", "bottom": "bottom"}
UPRIGHT = frozenset(("tbRlV", "tbRl", "tbLrV"))  # characters one below the other
TURNED = frozenset(("btLr",))
SLACK = 2 * 5.4 + 1  # pt by which a nested table may reach into the cell's own padding
SIDE_PADDING = 5.4  # Word's own, where the file says nothing


def read_table(element: Element, story: Story, *, is_nested: bool = False) -> Iterator[Table]:
    """The table of a w:tbl, in a cell or not; an empty one yields nothing."""
    rows = [child for child in children(element) if name(child) == "tr" and _stays(child, story)]
    lines = lay_grid(rows)
    if not any(lines):
        return
    if story.is_body:
        story.notes.tables += 1
    place = story.notes.place
    story.notes.place = f"表 {story.notes.tables}" if story.is_body else place
    style = TableStyle(element, story.styles)
    columns = column_widths(element, style.table, lines, story.width)
    _warn(style.table, story)
    if is_nested and sum(columns) > story.width + SLACK:
        said = "格里的表格比这一格宽，右边可能印不全"
        story.notes.warn("嵌套表格", said, "把格里的表格改窄，或改为“根据窗口调整表格”")
    reader = _Reader(story, style, lines, columns)
    width, pitch = story.width, story.pitch
    story.pitch = pitch if story.habits.grid_in_tables else 0.0
    spot = story.notes.where
    read = tuple(reader.rows(rows))
    story.width, story.pitch, story.notes.place = width, pitch, place
    left = _left(style.table, columns, story)
    yield Table(left, columns, read, header_rows(rows, lines), spot)


def _stays(row: Element, story: Story) -> bool:
    """Whether a row is printed: not one whose deletion is tracked."""
    if row.find(f"{W}trPr/{W}del") is None:
        return True
    story.notes.warn("修订", "修订中已删除的表格行不排", "在 Word 中接受或拒绝修订")
    return False


def _warn(table: Properties, story: Story) -> None:
    if is_on(table, "bidiVisual"):
        story.notes.warn("表格", "从右向左的表格按从左向右排", office=True)
    if any(key.startswith("tblpPr.") for key in table):
        hint = "把表格的文字环绕改为“无”"
        story.notes.warn("浮动表格", "浮动表格按普通表格排", hint, office=True)


@dataclass(frozen=True, slots=True)
class _Form:
    """What a cell's properties say of itself, not of its lines or its text."""

    padding: Padding
    fill: str | None
    align: VerticalAlign
    is_vertical: bool
    is_turned: bool


@dataclass(slots=True)
class _Reader:
    """Reads the cells of one table, its grid being known."""

    story: Story
    style: TableStyle
    lines: list[list[Slot]]
    columns: tuple[float, ...]
    _wished: dict[object, Wishes] = field(default_factory=dict)
    _forms: dict[object, _Form] = field(default_factory=dict)

    def rows(self, elements: list[Element]) -> Iterator[Row]:
        edges = Edges()
        for slot in (slot for line in self.lines for slot in line):
            edges.add(slot.box, self._wishes(slot))
        place = self.story.notes.place
        for y, line in enumerate(self.lines):
            self.story.notes.place = f"{place} 第 {y + 1} 行"
            properties = flatten(elements[y].find(W + "trPr"))
            spot = self.story.notes.where
            yield Row(
                cells=tuple(self._cell(slot, edges) for slot in line),
                height=min(max(twips(properties.get("trHeight.val")), 0.0), 2000.0),
                exact=properties.get("trHeight.hRule") == "exact",
                whole=is_on(properties, "cantSplit"),
                spot=spot,
            )

    def _look(self, slot: Slot) -> CellLook:
        return self.style.cell(slot.row, len(self.lines), slot.column, len(self.columns))

    def _wishes(self, slot: Slot) -> Wishes:
        """The lines this cell wants at its top, right, bottom and left."""
        outer = (
            slot.row == 0,
            slot.column + slot.span >= len(self.columns),
            slot.row + slot.rows >= len(self.lines),
            slot.column == 0,
        )
        look = self._look(slot)
        below = slot.properties if slot.bottom is None else slot.bottom
        key = id(look), outer, slot.element is None, *slot.properties.items(), *below.items()
        if key not in self._wished:  # most cells of a table are alike
            place = zip(SIDES, outer, strict=True)
            wishes = [self._wish(slot, look, side, is_outer) for side, is_outer in place]
            self._wished[key] = wishes[0], wishes[1], wishes[2], wishes[3]
        return self._wished[key]

    def _wish(self, slot: Slot, look: CellLook, side: str, is_outer: bool) -> Line:
        notes = self.story.notes
        own = slot.bottom if side == "bottom" and slot.bottom is not None else slot.properties
        if is_set(own, f"tcBorders.{side}"):
            return True, rule(own, f"tcBorders.{side}", notes)
        if slot.element is None:
            return False, None
        key = side if is_outer else "insideH" if side in ("top", "bottom") else "insideV"
        for styled in (side, key):
            if is_set(look.cell, f"tcBorders.{styled}"):
                return False, rule(look.cell, f"tcBorders.{styled}", notes)
        return False, rule(self.style.table, f"tblBorders.{key}", notes)

    def _cell(self, slot: Slot, edges: Edges) -> Cell:
        from docgen.typeset.read.story import blocks

        story, look = self.story, self._look(slot)
        form = self._form(slot, look)
        if form.is_turned:
            story.notes.warn("竖排文字", "旋转的单元格文字按横排显示", office=True)
        inner = sum(self.columns[slot.column : slot.column + slot.span])
        story.width = max(inner - form.padding[1] - form.padding[3], 1.0)
        found = blocks(slot.element, story, look.text) if slot.element is not None else ()
        return Cell(
            column=slot.column,
            span=slot.span,
            rows=slot.rows,
            blocks=tuple(found),
            borders=edges.borders(slot.box),
            padding=form.padding,
            fill=form.fill,
            align=form.align,
            vertical=form.is_vertical,
        )

    def _form(self, slot: Slot, look: CellLook) -> _Form:
        key = id(look), *slot.properties.items()
        if key not in self._forms:
            own = lay(slot.properties, look.cell)
            direction = own.get("textDirection.val", "")
            self._forms[key] = _Form(
                _padding(own, self.style.table),
                colour(own.get("shd.fill")),
                V_ALIGN.get(own.get("vAlign.val", ""), "top"),
                direction in UPRIGHT,
                direction in TURNED,
            )
        return self._forms[key]


def _padding(cell: Properties, table: Properties) -> Padding:
    def side(key: str, default: float) -> float:
        usual = twips(table.get(f"tblCellMar.{key}.w"), default)
        return max(twips(cell.get(f"tcMar.{key}.w"), usual), 0.0)

    return (
        side("top", 0.0),
        side("right", SIDE_PADDING),
        side("bottom", 0.0),
        side("left", SIDE_PADDING),
    )


def _left(table: Properties, columns: tuple[float, ...], story: Story) -> float:
    """Where the table's left edge stands; before Word 2013 cell text, not the edge, aligned."""
    free = story.width - sum(columns)
    align = table.get("jc.val", "left")
    if align == "center":
        return free / 2
    if align in ("right", "end"):
        return free
    indent = twips(table.get("tblInd.w")) if table.get("tblInd.type", "dxa") == "dxa" else 0.0
    return indent if story.habits.table_at_margin else indent - _padding({}, table)[3]
