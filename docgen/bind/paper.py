"""A4 sheets: where a page of any size and turn goes on one, as PDF matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MM = 72 / 25.4
WIDTH, HEIGHT = 595.3, 841.9
SHEET = (0.0, 0.0, WIDTH, HEIGHT)
BINDING, OUTER, TOP, FOOT = 15 * MM, 8 * MM, 8 * MM, 15 * MM
LARGEST, SMALLEST, MOST_STRETCHED = 14_400, 20, 25  # points of a side; one side against the other
DEEPEST = 60
INHERITED = ("/MediaBox", "/CropBox", "/Rotate")
NEARLY = 1.5  # points by which an A4 page may be off

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


class AbsurdSize(Exception):
    """A page whose size no paper has; the text is the size as it says."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The box of a page that shows, how far it is turned clockwise, and how large its unit is."""

    box: Box
    turn: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen, in points."""
        x0, y0, x1, y1 = self.box
        across, up = (x1 - x0) * self.unit, (y1 - y0) * self.unit
        return (up, across) if self.turn % 180 else (across, up)

    @property
    def is_sheet(self) -> bool:
        """Whether the page is an A4 sheet as it stands."""
        off = (abs(a - b) for a, b in zip(self.box, SHEET, strict=True))
        return not self.turn and self.unit == 1 and max(off) < NEARLY


def frame(number: int) -> Box:
    """Where a page numbered so leaves room for its content: binding edge left, on even pages right.

    Below it is the foot, with the stamp.
    """
    left = BINDING if number % 2 else OUTER
    return left, FOOT, left + WIDTH - BINDING - OUTER, HEIGHT - TOP


class Shapes:
    """The shapes of the pages of one PDF; what a node of its page tree gives is looked up once."""

    def __init__(self) -> None:
        self._given: dict[tuple[int, int], dict[str, Any]] = {}

    def of(self, page: Any) -> Shape:
        """The shape of a page; AbsurdSize where it has none that paper could have."""
        given = self._attributes(page, 0)
        media = _box(given.get("/MediaBox"))
        if media is None:
            raise AbsurdSize("没有页面尺寸")
        box = media
        if "/CropBox" in given and (crop := _box(given["/CropBox"])):
            low, high = map(max, media[:2], crop[:2]), map(min, media[2:], crop[2:])
            x0, y0, x1, y1 = *low, *high
            box = (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else media
        try:
            turn, unit = int(given.get("/Rotate", 0)), float(page.get("/UserUnit", 1))
            shape = Shape(box, turn % 360 // 90 * 90, unit)
            width, height = shape.size
        except (TypeError, ValueError, OverflowError):
            raise AbsurdSize("页面尺寸读不懂") from None
        long, short = max(width, height), min(width, height)
        if not (short >= SMALLEST and long <= LARGEST and long <= short * MOST_STRETCHED):
            raise AbsurdSize(f"{width / MM:.0f}×{height / MM:.0f} 毫米")
        return shape

    def _attributes(self, node: Any, depth: int) -> dict[str, Any]:
        """What a page or node says itself, and what it has from above."""
        above = node.get("/Parent") if depth < DEEPEST else None
        given: dict[str, Any] = {}
        if above is not None:
            key = above.objgen
            if key not in self._given:
                self._given[key] = self._attributes(above, depth + 1)
            given = self._given[key]
        own = {key: value for key in INHERITED if (value := node.get(key)) is not None}
        return given | own if own else given


def placed(shape: Shape, room: Box) -> Matrix:
    """The matrix that puts a page into the middle of some room: made smaller to fit, never larger.

    A page laid across is turned so that its head is on the left: at the binding edge of an odd
    page, at the outer edge of an even one, as GB/T 9704 has tables laid across.
    """
    width, height = shape.size
    turn = shape.turn
    if width > height * 1.02:
        turn, width, height = (turn + 270) % 360, height, width
    across, up = room[2] - room[0], room[3] - room[1]
    scale = min(across / width, up / height, 1.0)
    x0, y0, x1, y1 = shape.box
    a, b, c, d, e, f = {
        0: (1, 0, 0, 1, -x0, -y0),
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }[turn]
    s = scale * shape.unit
    left, low = room[0] + (across - width * scale) / 2, room[1] + (up - height * scale) / 2
    return a * s, b * s, c * s, d * s, e * s + left, f * s + low


def written(matrix: Matrix) -> str:
    """A matrix as the operands of cm."""
    return " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in matrix)


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(value: Any) -> Box | None:
    try:
        numbers = [float(number) for number in value]
    except (TypeError, ValueError, OverflowError):
        return None
    if len(numbers) != 4 or any(abs(n) > 1e6 or n != n for n in numbers):
        return None
    x0, y0, x1, y1 = numbers
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
