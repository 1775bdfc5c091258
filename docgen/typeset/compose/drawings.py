"""Drawing → the program's item: shapes in order, the text of each composed for its width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from docgen.typeset.model import Block, Drawing, Shape

Compose: TypeAlias = Callable[[Sequence[Block], float], tuple[list[dict[str, Any]], float]]

NARROWEST = 6.0  # pt that text always has


def drawing_item(drawing: Drawing, compose: Compose) -> list[Any]:
    """["drawing", width, height, shapes]: a shape is a dictionary, its line as border_data has it.

    Text higher than its shape begins at the top and stands out below: nothing of it is lost.
    """
    shapes = [_shape(shape, compose) for shape in drawing.shapes]
    return ["drawing", round(drawing.width, 3), round(drawing.height, 3), shapes]


def _shape(shape: Shape, compose: Compose) -> dict[str, Any]:
    top, right, bottom, left = shape.padding
    line = shape.line
    data: dict[str, Any] = {
        "kind": shape.kind,
        "at": [round(shape.x, 3), round(shape.y, 3)],
        "size": [round(shape.width, 3), round(shape.height, 3)],
        "fill": shape.fill,
        "line": [round(line.width, 3), line.dash, line.colour] if line else None,
        "rises": shape.rises,
        "radius": round(shape.radius, 3),
    }
    if shape.blocks:
        inner = max(shape.width - left - right, NARROWEST)
        blocks, height = compose(shape.blocks, inner)
        free = shape.height - top - bottom - height
        share = {"top": 0.0, "horizon": 0.5, "bottom": 1.0}[shape.align]
        data["blocks"] = blocks
        data["text"] = [round(left, 3), round(top + max(free * share, -top), 3), round(inner, 3)]
    return data
