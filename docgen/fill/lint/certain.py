"""What is bound to fail whatever the data hold: a division by zero, a member that no loop has."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from docgen.fill.findings import finding
from docgen.fill.lint.trials import Found, tried
from docgen.fill.program import Program
from docgen.language.environment import LOOP_MEMBERS
from docgen.language.spelling import nearest
from docgen.problem import Problem, Where


def check_certain(program: Program, name: str) -> Iterator[Problem]:
    """Findings of one part, in reading order."""
    if program.tree is None:
        return
    found = [*_divisions(program.tree), *_members(program.tree, looping=False)]
    told = {line for line, *_ in found}
    found += [trial for trial in tried(program.tree) if trial[0] not in told]
    for line, code, said, cure in sorted(found):
        word = program.words[min(line, len(program.words)) - 1]
        where = Where(file=name, spot=word.where)
        yield finding(code, f"“{word.text}”{said}", where, cure)


def _divisions(tree: nodes.Template) -> Iterator[Found]:
    for node in tree.find_all((nodes.Div, nodes.FloorDiv, nodes.Mod)):
        if _is_zero(node.right) and not _is_text(node.left):
            yield node.lineno, "模板写法", "算不出来：除数是零", "请改正除数"


def _is_zero(node: nodes.Node) -> bool:
    while isinstance(node, nodes.Neg | nodes.Pos):
        node = node.node
    return isinstance(node, nodes.Const) and not isinstance(node.value, str) and node.value == 0


def _is_text(node: nodes.Node) -> bool:
    """Whether % is Python's way to fill a pattern."""
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _members(node: nodes.Node, *, looping: bool) -> Iterator[Found]:
    """Members of `loop`, within loops: outside of them it is a name as any other."""
    if isinstance(node, nodes.Getattr) and looping and _is_loop(node.node):
        if node.attr not in LOOP_MEMBERS:
            near = nearest(node.attr, LOOP_MEMBERS)
            known = "loop 有 index、first、last、length 等"
            cure = f"是否想写“loop.{near}”？" if near else known
            yield node.lineno, "模板成员", f"：loop 没有“{node.attr}”这个成员", cure
    elif isinstance(node, nodes.For):
        for child in node.iter_child_nodes(exclude=("body",)):
            yield from _members(child, looping=looping)
        for child in node.body:
            yield from _members(child, looping=True)
    else:
        for child in node.iter_child_nodes():
            yield from _members(child, looping=looping)


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"
