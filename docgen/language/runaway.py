"""What can be seen to run away before anything runs: refused when an expression is compiled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes

from docgen.language.bounds import LARGEST_TEXT, LONGEST_RANGE, MOST_STEPS, WIDEST
from docgen.language.errors import LanguageError

_WIDTHS = {"indent": WIDEST, "center": WIDEST, "zfill": WIDEST} | dict.fromkeys(
    ("batch", "slice"), LONGEST_RANGE
)
_COSTS: tuple[tuple[type[nodes.Node], int], ...] = (  # of what keeps memory of its own
    (nodes.Macro, 200),
    (nodes.CallBlock, 200),
    (nodes.Dict, 48),
    (nodes.Name, 6),
    (nodes.Const, 2),
    (nodes.Expr, 16),
)
A_PRINTED = 40  # of a value that is printed: its text, and a note of what was printed where
_WIDTH_NAMES = ("width", "linecount", "slices")


def refuse_runaway(tree: nodes.Node) -> None:
    """LanguageError for a range, a repetition, a width or nested loops beyond all bounds, and for
    macros that call themselves."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Call):
            steps = _steps(node)
            if steps is not None and steps > LONGEST_RANGE:
                raise LanguageError(f"range 最多 {LONGEST_RANGE} 步", node.lineno)
            if isinstance(node.node, nodes.Getattr):
                _refuse_width(node, node.node.attr)
        elif isinstance(node, nodes.Filter):
            _refuse_width(node, node.name)
        elif isinstance(node, nodes.Mul):
            for text, times in ((node.left, node.right), (node.right, node.left)):
                if _repeats(text, times):
                    raise LanguageError(f"重复后超过 {LARGEST_TEXT} 个字或项", node.lineno)
    _refuse_nested_loops(tree, 1)
    _refuse_recursion(tree)


def cost_of(body: Iterable[nodes.Node], is_buffered: bool) -> int:
    """The units that running a body once costs, beside what its filters and calls pay themselves.

    A loop within pays for its own body; its text costs only where it is joined in memory.
    """
    cost = 0
    ahead = list(body)
    while ahead:
        node = ahead.pop()
        if isinstance(node, nodes.TemplateData):
            cost += len(node.data) if is_buffered else 0
        else:
            cost += next((units for kind, units in _COSTS if isinstance(node, kind)), 2)
        if isinstance(node, nodes.Output):
            printed = sum(not isinstance(n, nodes.TemplateData) for n in node.nodes)
            cost += A_PRINTED * printed
        if isinstance(node, nodes.For):
            ahead += [node.iter, *node.else_]
        else:
            ahead += node.iter_child_nodes()
    return cost


def _steps(node: nodes.Node) -> int | None:
    """How many steps range(…) of plain numbers has; None where that is not what it is."""
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)):
        return None
    numbers = [a.value for a in node.args if isinstance(a, nodes.Const)]
    whole = all(isinstance(n, int) for n in numbers) and len(numbers) == len(node.args)
    if node.node.name != "range" or not whole or not 1 <= len(numbers) <= 3 or 0 in numbers[2:]:
        return None
    steps = range(*numbers)
    return max(0, (steps.stop - steps.start + steps.step - (1 if steps.step > 0 else -1))
               // steps.step)  # fmt: skip


def _repeats(text: nodes.Node, times: nodes.Node) -> bool:
    if not (isinstance(times, nodes.Const) and isinstance(times.value, int)):
        return False
    if isinstance(text, nodes.Const) and isinstance(text.value, str):
        return len(text.value) * times.value > LARGEST_TEXT
    if isinstance(text, nodes.List | nodes.Tuple):
        return len(text.items) * times.value > LARGEST_TEXT
    return False


def _refuse_width(node: nodes.Call | nodes.Filter, name: str) -> None:
    """LanguageError for a width, or a number of groups, that is written in the template."""
    named = [word.value for word in node.kwargs if word.key in _WIDTH_NAMES]
    width = next(iter([*node.args, *named]), None)
    most = _WIDTHS.get(name)
    if most is None or not isinstance(width, nodes.Const) or not isinstance(width.value, int):
        return
    if abs(width.value) > most:
        raise LanguageError(f"{name} 最多 {most}", node.lineno)


def _refuse_nested_loops(node: nodes.Node, outer: int) -> None:
    for child in node.iter_child_nodes():
        steps = outer
        if isinstance(child, nodes.For):
            steps *= max(_steps(child.iter) or 1, 1)
            if steps > MOST_STEPS:
                raise LanguageError(f"循环合计超过 {MOST_STEPS} 步", child.lineno)
        _refuse_nested_loops(child, steps)


def _refuse_recursion(tree: nodes.Node) -> None:
    macros = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
    calls = {name: set(_mentioned(macro)) & set(macros) for name, macro in macros.items()}
    for name, macro in macros.items():
        reached: set[str] = set()
        ahead = set(calls[name])
        while ahead:
            step = ahead.pop()
            if step == name:
                raise LanguageError(f"宏“{name}”不能调用自己", macro.lineno)
            if step not in reached:
                reached.add(step)
                ahead |= calls[step]


def _mentioned(macro: nodes.Macro) -> Iterator[str]:
    own = {argument.name for argument in macro.args}
    for node in macro.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in own:
            yield node.name
