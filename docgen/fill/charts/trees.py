"""A tree → boxes and connectors: the top in the middle, columns in rows below it, lists below.

One drawing holds what a page holds; a longer chart goes on in the next one, under its top again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.fill.charts.paper import Paper, Text, printed
from docgen.fill.charts.shapes import Shape, straight
from docgen.fill.charts.widths import lines_of, text_width
from docgen.fill.styles import Role
from docgen.model.charts import Node, Tree

SIZE, NOTE_SIZE = 10.5, 9.0  # pt
LINE = 285  # twips of a line of text, and more than one of a note
PAD = 70  # above and below the text in a box
INSIDE = 140  # at its sides, both together
ACROSS, DOWN, STEM = 160, 110, 220  # between columns, between boxes of a list, of a connector
INDENT = 200
TALLEST = 9_600  # twips of one drawing
SHADES = ("D9D9D9", "F2F2F2", "FFFFFF", "FFFFFF")
GOES_ON = "（续）"
_COLUMNS = ((11, 5), (45, 4), (100, 3), (260, 2))  # of boxes whose text is up to so many ems long


@dataclass(frozen=True, slots=True)
class _Block:
    """Shapes drawn from a corner of their own, and the room they take."""

    shapes: tuple[Shape, ...]
    height: int


def tree_drawings(chart: Tree, paper: Paper, text: Text) -> str:
    """A paragraph for each drawing."""
    layout = _Layout(paper, text)
    chain = [chart.top]
    while len(chain[-1].children) == 1:
        chain.append(chain[-1].children[0])
    if not layout.words(chart.top)[0]:
        chain = chain[1:] or chain
    rows = [*layout.rows(chain[-1].children)]
    drawn: list[str] = []
    while rows or not drawn:
        chained = layout.chain(chain if not drawn else chain[-1:], goes_on=bool(drawn))
        height = chained.height
        taken = 0
        while taken < len(rows) and (not taken or height + rows[taken].height + STEM <= TALLEST):
            height += rows[taken].height + STEM
            taken += 1
        shapes, tall = layout.joined(chained, rows[:taken])
        rows = rows[taken:]
        drawn.append(_paragraph(paper, shapes, tall, str(chart), bool(chart.title) or bool(rows)))
    return "".join(drawn) + (paper.caption(chart.title) if chart.title else "")


def _paragraph(paper: Paper, shapes: Sequence[Shape], tall: int, words: str, keep: bool) -> str:
    inner = "<w:keepNext/>" if keep else ""
    properties = paper.styles.properties(Role.PICTURE, inner)
    return f"<w:p>{properties}{paper.shapes(paper.room, tall, shapes, words)}</w:p>"


@dataclass(slots=True)
class _Layout:
    """Lays out boxes in the room of a paper; lengths are twips."""

    paper: Paper
    text: Text
    _said: dict[int, tuple[str, str]] = field(default_factory=dict)

    def words(self, node: Node) -> tuple[str, str]:
        """Name and note as they are printed."""
        return printed(node.name, self.text), self.text(node.note)

    def box(self, node: Node, x: int, y: int, width: int, level: int, more: str = "") -> Shape:
        """A box as high as its text needs."""
        name, note = self.words(node)
        name += more
        inner = width - INSIDE
        lines = lines_of(name, inner, SIZE) + (lines_of(note, inner, NOTE_SIZE) if note else 0)
        blocks = self.paper.text(name, size=int(SIZE * 2), align="center", head=level == 0)
        if note:
            blocks += self.paper.text(note, size=int(NOTE_SIZE * 2), align="center")
        height = lines * LINE + 2 * PAD
        return Shape(x, y, width, height, SHADES[min(level, 3)], 8 if level < 2 else 4, blocks)

    def chain(self, nodes: Sequence[Node], *, goes_on: bool) -> _Block:
        """Boxes one below the other in the middle, joined."""
        shapes: list[Shape] = []
        y = 0
        for level, node in enumerate(nodes):
            more = GOES_ON if goes_on else ""
            name, note = self.words(node)
            if not name and not note:
                continue
            widest = max(text_width(name + more, SIZE), text_width(note or " ", NOTE_SIZE))
            width = min(max(widest + INSIDE + 200, 1800), self.paper.room * 2 // 3)
            if lines_of(name, width - INSIDE, SIZE) > 8:
                width = self.paper.room
            middle = self.paper.room // 2
            if shapes:
                shapes.append(straight(middle, y, middle, y + STEM))
                y += STEM
            box = self.box(node, middle - width // 2, y, width, min(level, 1), more)
            shapes.append(box)
            y += box.height
        return _Block(tuple(shapes), y)

    def rows(self, nodes: Sequence[Node]) -> Iterator[_Block]:
        """Columns side by side, as many as their texts allow; each row with its own shapes."""
        columns = [part for node in nodes for part in self._parts(node)]
        if not columns:
            return
        longest = max(self._longest(node) for node, _ in columns)
        most = next((count for ems, count in _COLUMNS if longest <= ems), 1)
        lines = -(-len(columns) // most)
        across = -(-len(columns) // lines)
        gutter = INDENT if lines > 1 else 0
        width = (self.paper.room - gutter - ACROSS * (across - 1)) // across
        width = min(width, self.paper.room * 2 // 5) if most > 1 else width
        for at in range(0, len(columns), across):
            line = columns[at : at + across]
            used = len(line) * width + (len(line) - 1) * ACROSS
            left = gutter + (self.paper.room - gutter - used) // 2 if lines == 1 else gutter
            shapes: list[Shape] = []
            height = 0
            boxes = []
            for n, (node, more) in enumerate(line):
                column = self._column(node, left + n * (width + ACROSS), width, more)
                boxes.append(column.shapes[0])
                height = max(height, column.height)
                shapes += column.shapes
            highest = max(box.height for box in boxes)
            yield _Block(tuple(_level(shapes, boxes, highest)), height + highest)

    def _parts(self, node: Node) -> Iterator[tuple[Node, str]]:
        """A column, or several where the list below its head is longer than a page."""
        kept: list[Node] = []
        used, more = 0, ""
        for child in node.children:
            tall = sum(self._guess(below) for below in child.walk())
            if kept and used + tall > TALLEST * 2 // 3:
                yield Node(node.name, node.note, tuple(kept)), more
                kept, used, more = [], 0, GOES_ON
            kept.append(child)
            used += tall
        yield Node(node.name, node.note, tuple(kept)), more

    def _guess(self, node: Node) -> int:
        name, note = self.words(node)
        width = self.paper.room // 6
        return (lines_of(name, width, SIZE) + lines_of(note or " ", width, SIZE)) * LINE + DOWN

    def _longest(self, node: Node) -> int:
        return max(len(name) + len(note) for name, note in map(self.words, node.walk()))

    def _column(self, node: Node, x: int, width: int, more: str) -> _Block:
        """A box and, below it, the list of all that stands under it; height without the box's."""
        head = self.box(node, x, 0, width, 1, more)
        below, end = self._list(node, x, width, head.height, 2)
        return _Block((head, *below), end - head.height)

    def _list(
        self, node: Node, x: int, width: int, start: int, level: int
    ) -> tuple[list[Shape], int]:
        """The boxes under one that ends at `start`, indented, and where the last of them ends."""
        stem, y, middle = x + INDENT // 2, start, start
        shapes: list[Shape] = []
        for child in node.children:
            box = self.box(child, x + INDENT, y + DOWN, width - INDENT, level)
            middle = box.y + box.height // 2
            below, y = self._list(child, x + INDENT, width - INDENT, box.y + box.height, level + 1)
            shapes += [straight(stem, middle, x + INDENT, middle, 4), box, *below]
        if node.children:
            shapes.append(straight(stem, start, stem, middle, 4))
        return shapes, y

    def joined(self, chained: _Block, rows: Sequence[_Block]) -> tuple[list[Shape], int]:
        """The chain, the rows and the lines between; a spine at the left where rows go on."""
        shapes = [*chained.shapes]
        y, middle = chained.height, self.paper.room // 2
        for n, line in enumerate(rows):
            boxes = [s for s in line.shapes if not s.is_line and s.y == 0]
            bus = y + STEM // 2
            centres = [box.x + box.width // 2 for box in boxes]
            if chained.shapes:
                left, right = min(centres), max(centres)
                if n == 0:
                    shapes.append(straight(middle, y, middle, bus))
                    left, right = min(left, middle), max(right, middle)
                if len(rows) > 1:
                    left = 0
                if left < right:
                    shapes.append(straight(left, bus, right, bus))
                if n < len(rows) - 1:
                    following = y + STEM + line.height + STEM // 2
                    shapes.append(straight(0, bus, 0, following))
                shapes += [straight(at, bus, at, y + STEM) for at in centres]
            shapes += [_moved(shape, y + STEM) for shape in line.shapes]
            y += STEM + line.height
        return shapes, y + 20


def _level(shapes: Sequence[Shape], heads: Sequence[Shape], height: int) -> Iterator[Shape]:
    """The shapes of a row, its heads made equally high, what stands below each moved down."""
    moves = {head.x: height - head.height for head in heads}
    down = 0
    for shape in shapes:
        if any(shape is head for head in heads):
            down = moves[shape.x]
            yield Shape(shape.x, shape.y, shape.width, height, shape.fill, shape.line, shape.blocks)
        else:
            yield _moved(shape, down)


def _moved(shape: Shape, down: int) -> Shape:
    return Shape(
        shape.x, shape.y + down, shape.width, shape.height,
        shape.fill, shape.line, shape.blocks, shape.is_line,
    )  # fmt: skip
