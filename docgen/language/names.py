"""Which facts an expression or template reads: dotted paths, loops followed into their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from jinja2 import nodes

from docgen.language.charts import columns_in
from docgen.language.errors import LanguageError

ROW_FILTERS = frozenset(
    [
        "selectattr",
        "rejectattr",
        "select",
        "reject",
        "list",
        "sort",
        "unique",
        "first",
        "last",
        "reverse",
        "slice",
        "batch",
        "只留",
    ]
)
ATTRIBUTE_FILTERS = frozenset(
    ["map", "sum", "selectattr", "rejectattr", "groupby", "unique", "max", "min", "sort", "join"]
)
NARROW_FILTERS = frozenset(["map", "sum", "列", "合计", "平均", "最大", "最小"])
COLUMN_FILTERS = frozenset(["列", "合计", "平均", "最大", "最小", "分组"])
INNER_FILTERS = frozenset(["只留", "每行"])  # their argument is an expression over 行


def names_in(tree: nodes.Node, scope: Mapping[str, str] | None = None) -> Iterator[str]:
    """The dotted paths of facts below `tree`; names bound by for, set, macro and with are followed.

    A loop variable over 案例 stands for 案例, so {{ 行.客户 }} yields 案例.客户. A name that stands
    for something computed yields nothing.
    """
    for path, _, _ in _walk(tree, dict(scope or {})):
        yield path


Use: TypeAlias = tuple[str, nodes.Node, Mapping[str, str]]


def uses_in(tree: nodes.Node) -> Iterator[Use]:
    """The same paths, each with the node that reads it and what the names bound there stand for."""
    yield from _walk(tree, {})


COUNTED = "#"  # the last step of a path of which only the number of rows is read


def reads_in(tree: nodes.Node) -> Iterator[str]:
    """The paths that `tree` depends on; 案例.# where no more is read than how many rows there are.

    A table that a loop goes through, that is counted, or of which a filter takes one column depends
    on its rows' number; what is read of each row is told by a path of its own.
    """
    counted = {id(_table_of(node)) for node in tree.find_all((nodes.For, nodes.Filter))}
    for path, node, _ in uses_in(tree):
        yield f"{path}.{COUNTED}" if id(node) in counted else path


def _table_of(node: nodes.Node) -> nodes.Node | None:
    """What a loop goes through, or what a filter that reads no whole row is put upon."""
    if isinstance(node, nodes.For):
        inner: nodes.Node | None = node.iter
    elif isinstance(node, nodes.Filter) and (
        node.name in ("length", "count") or (node.name in NARROW_FILTERS and any(_attributes(node)))
    ):
        inner = node.node
    else:
        return None
    while isinstance(inner, nodes.Filter) and inner.name in ROW_FILTERS:
        inner = inner.node
    return inner


def table_path(tree: nodes.Node) -> str:
    """The path of the table or list that an expression stands for; "" for one that is computed."""
    return path_of(tree, {}) or ""


def path_of(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """The dotted path that an expression stands for, "" for something computed, None if unknown."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        base = path_of(node.node, scope)
        return f"{base}.{node.attr}" if base else base
    if isinstance(node, nodes.Getitem):
        base = path_of(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return f"{base}.{node.arg.value}" if base else base
        return base
    if isinstance(node, nodes.Filter) and node.name in ROW_FILTERS and node.node is not None:
        return path_of(node.node, scope)
    return None


def _walk(node: nodes.Node, scope: dict[str, str]) -> Iterator[Use]:
    if isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name):
        path = path_of(node, scope)
        if path:
            yield path, node, scope
        elif path is None:
            yield from _children(node, scope)
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            yield from _walk(node.arg, scope)
    elif isinstance(node, nodes.Filter):
        yield from _children(node, scope)
        base = path_of(node.node, scope) if node.node is not None else None
        if base and node.name in ATTRIBUTE_FILTERS | COLUMN_FILTERS:
            for attribute in _attributes(node):
                yield f"{base}.{attribute}", node, scope
        if base:
            yield from ((f"{base}.{column}", node, scope) for column, _ in columns_in(node))
        if node.name in INNER_FILTERS:
            for name in _inner(node):
                root, _, below = name.partition(".")
                if root != "行":
                    yield name, node, scope
                elif base and below:
                    yield f"{base}.{below}", node, scope
    elif isinstance(node, nodes.For):
        yield from _walk(node.iter, scope)
        inner = dict(scope)
        for target in (
            node.target.find_all(nodes.Name)
            if isinstance(node.target, nodes.Tuple)
            else [node.target]
        ):
            if isinstance(target, nodes.Name):
                single = not isinstance(node.target, nodes.Tuple)
                inner[target.name] = (path_of(node.iter, scope) or "") if single else ""
        inner["loop"] = ""
        for part in (node.test, *node.body, *node.else_):
            if part is not None:
                yield from _walk(part, inner)
    elif isinstance(node, nodes.Macro):
        inner = dict(scope) | {a.name: "" for a in node.args} | {"caller": "", "varargs": ""}
        scope[node.name] = ""
        for part in (*node.defaults, *node.body):
            yield from _walk(part, inner)
    elif isinstance(node, nodes.Assign):
        yield from _walk(node.node, scope)
        if isinstance(node.target, nodes.Name):
            scope[node.target.name] = path_of(node.node, scope) or ""
    elif isinstance(node, nodes.With):
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            yield from _walk(value, scope)
            if isinstance(target, nodes.Name):
                inner[target.name] = path_of(value, scope) or ""
        for part in node.body:
            yield from _walk(part, inner)
    elif isinstance(node, nodes.AssignBlock):
        if isinstance(node.target, nodes.Name):
            scope[node.target.name] = ""
        for part in node.body:
            yield from _walk(part, scope)
    else:
        yield from _children(node, scope)


def _children(node: nodes.Node, scope: dict[str, str]) -> Iterator[Use]:
    for child in node.iter_child_nodes():
        yield from _walk(child, scope)


def inner_source(node: nodes.Node) -> str:
    """The expression that a row filter evaluates over each row; "" where none is written out."""
    if not isinstance(node, nodes.Filter) or node.name not in INNER_FILTERS or not node.args:
        return ""
    source = node.args[0]
    return source.value if isinstance(source, nodes.Const) and isinstance(source.value, str) else ""


def has_written_out(node: nodes.Filter) -> bool:
    """Whether the expression of a row filter stands there as text; of any other filter, true."""
    if node.name in INNER_FILTERS:
        return bool(inner_source(node))
    named = node.args[0] if node.name == "map" and node.args else None
    if not isinstance(named, nodes.Const) or named.value not in INNER_FILTERS:
        return True
    return len(node.args) > 1 and isinstance(node.args[1], nodes.Const)


def _inner(node: nodes.Filter) -> tuple[str, ...]:
    """The names that the expression of a row filter reads; none where it cannot be read."""
    from docgen.language.expression import compile_expression  # it builds on this module

    source = inner_source(node)
    try:
        return compile_expression(source).names if source else ()
    except LanguageError:
        return ()


def _attributes(node: nodes.Filter) -> Iterator[str]:
    for keyword in node.kwargs:
        if keyword.key == "attribute" and isinstance(keyword.value, nodes.Const):
            yield str(keyword.value.value)
    if node.args and node.name in COLUMN_FILTERS | {"selectattr", "rejectattr", "groupby"}:
        first = node.args[0]
        if isinstance(first, nodes.Const):
            yield str(first.value)
