"""What can be computed without any data is: an expression of constants that fails is told.

Likewise the arguments of a filter that are written out: they are tried on a value of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jinja2 import nodes
from jinja2.environment import TemplateExpression
from jinja2.exceptions import TemplateError, UndefinedError

from docgen.fill.causes import cause_of
from docgen.fill.usual import reader
from docgen.language import LanguageError, Runaway, metered
from docgen.language.environment import BOUND
from docgen.model.values import MissingValueError

Found = tuple[int, str, str, str]  # the line, the code, what is said of the tag, the cure
SAMPLE = "值"
_SAMPLES: Mapping[str, Any] = {
    **dict.fromkeys(("保留", "round", "千分位", "百分比", "万元", "亿元", "序号"), 1),
    "日期": date(2026, 1, 1),
    **dict.fromkeys(("truncate", "indent", "center", "wordwrap", "replace"), "甲乙" * 200),
    **dict.fromkeys(("batch", "slice"), (1, 2)),
}
_OF_VALUES = (
    ArithmeticError, LookupError, TypeError, ValueError, AttributeError, AssertionError,
)  # fmt: skip
_PLAIN = nodes.Const | nodes.TemplateData | nodes.Name
_HELD = nodes.List | nodes.Tuple | nodes.Dict | nodes.Pair | nodes.Keyword | nodes.Slice


def tried(tree: nodes.Template) -> Iterator[Found]:
    """A finding for each largest expression that fails whatever the data hold."""
    bound = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    functions = {name for name, act in reader().globals.items() if callable(act)} - bound
    with metered():
        yield from _below(tree, functions)


def _below(node: nodes.Node, functions: set[str]) -> Iterator[Found]:
    if isinstance(node, nodes.Expr) and not isinstance(node, _PLAIN | _HELD):
        if _is_constant(node, functions):
            yield from _try(node, node.lineno)
            return
        if isinstance(node, nodes.Filter) and node.name in _SAMPLES and (node.args or node.kwargs):
            given = [*node.args, *(keyword.value for keyword in node.kwargs)]
            if all(_is_constant(argument, functions) for argument in given):
                yield from _try(_on_sample(node), node.lineno)
    for child in node.iter_child_nodes():
        yield from _below(child, functions)


def _is_constant(node: nodes.Node, functions: set[str]) -> bool:
    """Whether an expression reads no name but those of functions that it calls."""
    if isinstance(node, nodes.Filter) and (node.node is None or node.name == BOUND):
        return False
    every = [node, *node.find_all(nodes.Mod)]
    if any(isinstance(mod, nodes.Mod) and not _is_number(mod.left) for mod in every):
        return False  # a pattern, which is filled by the rendering
    called = {id(call.node) for call in node.find_all(nodes.Call)}
    if isinstance(node, nodes.Call):
        called.add(id(node.node))
    names = [*node.find_all(nodes.Name), *([node] if isinstance(node, nodes.Name) else [])]
    return all(id(name) in called and name.name in functions for name in names)


def _is_number(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and not isinstance(node.value, str)


def _on_sample(used: nodes.Filter) -> nodes.Filter:
    name = nodes.Name(SAMPLE, "load", lineno=used.lineno)
    made = nodes.Filter(name, used.name, used.args, used.kwargs, None, None, lineno=used.lineno)
    made.set_environment(reader())
    return made


def _try(expression: nodes.Expr, line: int) -> Iterator[Found]:
    assigned = nodes.Assign(nodes.Name("result", "store"), expression, lineno=1)
    sample = _SAMPLES.get(expression.name) if isinstance(expression, nodes.Filter) else None
    try:
        program = reader().from_string(nodes.Template([assigned], lineno=1))
        value: Any = TemplateExpression(program, undefined_to_none=False)(**{SAMPLE: sample})
        if hasattr(value, "__next__"):
            list(value)
    except (Runaway, MissingValueError, UndefinedError):
        return
    except (*_OF_VALUES, LanguageError, TemplateError) as fault:
        said, cure = cause_of(fault)
        if "括号里" not in said:  # which is told of every filter
            yield line, "模板写法", said, cure
