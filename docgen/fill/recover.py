"""A part's syntax tree with some tags made harmless, so that a rendering that failed can go on.

Only for telling all that is wrong with a document at once; what such a rendering gives is not kept.
A statement keeps its body: what is missing there, or wrong, is still met.
"""

from __future__ import annotations

from collections.abc import Collection

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from docgen.fill.blanks import Blank
from docgen.fill.environment import WRITE
from docgen.fill.slots import Source
from docgen.language import Runaway
from docgen.problem import Problem, Where, error

MOST_FAULTS = 20  # of statements: each takes a rendering of its own
MOST_TOLD = 200  # of printed expressions
MOST_AGAIN = 8_000  # tags that are compiled again, of all tries together
A_TAG = 2_000  # characters of text that take as long as a tag
NOTHING = Blank("", "", Where())  # prints nothing, is never true, and so are its members and sums


def harmless(tree: nodes.Template, source: Source, tags: Collection[int]) -> nodes.Template:
    """The tree without what the tags of these numbers compute."""
    spaces = {
        made.target.name
        for made in tree.find_all(nodes.Assign)
        if isinstance(made.target, nodes.Name) and _is_namespace(made.node)
    }
    _Harmless(source, tags, spaces).visit(tree)
    return tree


def tries(source: Source) -> int:
    """How often a part is compiled again: of a very long one not all faults are told at once."""
    return min(MOST_FAULTS, MOST_AGAIN // (len(source.lines) + len(source.text) // A_TAG + 1))


def more_faults(number: int, name: str) -> Problem:
    """What is said where not every fault is told; 0 is an unknown number."""
    said = f"还有 {number} 处错误没有列出" if number else "还可能有别的错误没有列出"
    return error("模板写法", said, Where(file=name), "改正以上各处后再填一次")


def is_final(fault: Exception) -> bool:
    """Whether a rendering ran away, so that it must not be tried again."""
    return isinstance(fault, Runaway | RecursionError | MemoryError)


class _Harmless(NodeTransformer):
    """Takes the expressions out of the nodes that stand in certain tags."""

    def __init__(self, source: Source, tags: Collection[int], spaces: Collection[str]) -> None:
        self._source, self._tags, self._spaces = source, tags, spaces

    def _is_meant(self, node: nodes.Node) -> bool:
        return self._source.tag_at(node.lineno) in self._tags

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        node.nodes = [
            nodes.Const("", lineno=child.lineno)
            if not isinstance(child, nodes.TemplateData) and self._is_meant(child)
            else child
            for child in node.nodes
        ]
        return node

    def visit_If(self, node: nodes.If) -> nodes.Node:
        if self._is_meant(node):
            node.test = nodes.Const(False)
        return self.generic_visit(node)

    def visit_For(self, node: nodes.For) -> nodes.Node:
        if self._is_meant(node):
            node.iter, node.test = nodes.List([]), None
        return self.generic_visit(node)

    def visit_Assign(self, node: nodes.Assign) -> nodes.Assign | None:
        if not self._is_meant(node):
            return node
        if any(member.name not in self._spaces for member in node.find_all(nodes.NSRef)):
            return None  # what cannot have members is no better for an empty one
        node.node = _emptied(node.node, node.target)
        return node

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.Node:
        if self._is_meant(node):
            node.filter = _no_filter(node)
        return self.generic_visit(node)

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> nodes.Node:
        if self._is_meant(node):
            node.filter = _no_filter(node)
        return self.generic_visit(node)

    def visit_With(self, node: nodes.With) -> nodes.Node:
        if self._is_meant(node):
            pairs = zip(node.values, node.targets, strict=True)
            node.values = [_emptied(value, target) for value, target in pairs]
        return self.generic_visit(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:
        if self._is_meant(node):
            node.defaults = [nodes.Const(NOTHING) for _ in node.defaults]
        return self.generic_visit(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:
        """The text between the tags by itself, its parameters empty."""
        self.generic_visit(node)
        if not self._is_meant(node):
            return node
        values: list[nodes.Expr] = [nodes.Const(NOTHING) for _ in node.args]
        return nodes.With(list(node.args), values, node.body, lineno=node.lineno)

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier) -> nodes.Node:
        if self._is_meant(node):
            for option in node.options:
                option.value = nodes.Const(True)
        return self.generic_visit(node)


def _emptied(value: nodes.Node, target: nodes.Node) -> nodes.Expr:
    """What is assigned, with nothing in it; a namespace() stays one, so that its members can be."""
    if isinstance(target, nodes.Tuple):
        return nodes.Tuple([_emptied(value, item) for item in target.items], "load")
    if isinstance(value, nodes.Call) and _is_namespace(value):
        for given in value.kwargs:
            given.value = nodes.Const(NOTHING)
        value.args = []
        return value
    return nodes.Const(NOTHING)


def _is_namespace(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Call):
        return False
    return isinstance(node.node, nodes.Name) and node.node.name == "namespace"


def _no_filter(node: nodes.Node) -> nodes.Filter:
    """The filter of a block that only writes what stands in it."""
    return nodes.Filter(None, WRITE, [], [], None, None, lineno=node.lineno)
