"""What would run away, refused: when compiling where it can be seen, else before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes

from docgen.language import LanguageError
from docgen.language.environment import LARGEST_TEXT, LONGEST_RANGE

MOST_STEPS = 500_000
MOST_OUTPUT = 64 * 2**20  # bytes of one part: what would be refused on reading
_WIDE_FILTERS = frozenset(["indent", "batch", "slice", "center", "wordwrap", "truncate"])
_WIDE_METHODS = frozenset(["zfill", "center", "ljust", "rjust"])


def refuse_runaways(tree: nodes.Template) -> None:
    """LanguageError for loops, repetitions and widths whose numbers stand in the template."""
    _check_loops(tree, 1)
    for call in tree.find_all(nodes.Call):
        _range_length(call)
    for product in tree.find_all(nodes.Mul):
        _check_repetition(product)
    for used in tree.find_all(nodes.Filter):
        if used.name in _WIDE_FILTERS:
            _check_widths(used)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and call.node.attr in _WIDE_METHODS:
            _check_widths(call)


def _check_loops(node: nodes.Node, steps: int) -> None:
    for child in node.iter_child_nodes():
        below = steps
        if isinstance(child, nodes.For):
            below = steps * (_loop_length(child.iter) or 1)
            if below > MOST_STEPS:
                raise LanguageError(f"循环合计超过 {MOST_STEPS} 步", child.lineno)
        _check_loops(child, below)


def _loop_length(values: Any) -> int | None:
    while isinstance(values, nodes.Filter) and values.node is not None:
        values = values.node
    return _range_length(values) if isinstance(values, nodes.Call) else None


def _range_length(call: nodes.Call) -> int | None:
    """The steps of range(3) with literal bounds; None for anything else."""
    if not (isinstance(call.node, nodes.Name) and call.node.name == "range"):
        return None
    bounds = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    if len(bounds) != len(call.args) or not all(type(bound) is int for bound in bounds):
        return None
    try:
        steps = len(range(*bounds))
    except (TypeError, ValueError):
        return None
    except OverflowError:
        steps = LONGEST_RANGE + 1
    if steps > LONGEST_RANGE:
        raise LanguageError(f"range 最多 {LONGEST_RANGE} 步", call.lineno)
    return steps


def _check_repetition(product: nodes.Mul) -> None:
    for text, times in ((product.left, product.right), (product.right, product.left)):
        count = times.value if isinstance(times, nodes.Const) else None
        if type(count) is not int:
            continue
        long = len(text.value) if isinstance(text, nodes.Const) and type(text.value) is str else 0
        if isinstance(text, nodes.List | nodes.Tuple):
            long = len(text.items)
        if long * count > LARGEST_TEXT:
            raise LanguageError(f"重复后超过 {LARGEST_TEXT} 个字", product.lineno)


def _check_widths(node: nodes.Filter | nodes.Call) -> None:
    for width in _numbers(node):
        refuse_width(width, node.lineno)


def _numbers(node: nodes.Filter | nodes.Call) -> Iterator[object]:
    yield from (argument.value for argument in node.args if isinstance(argument, nodes.Const))
    for keyword in node.kwargs:
        if isinstance(keyword.value, nodes.Const):
            yield keyword.value.value


def refuse_width(width: object, line: int = 1) -> None:
    """A width, or a number of columns, that nobody wants."""
    if isinstance(width, int) and abs(width) > LONGEST_RANGE:
        raise LanguageError(f"宽度、个数最多 {LONGEST_RANGE}", line)


def refuse_length(characters: int) -> None:
    """A text, joined or replaced, that is longer than any document."""
    if characters > LARGEST_TEXT:
        raise LanguageError(f"拼接后超过 {LARGEST_TEXT} 个字")
