"""What the tags of a part read → findings on names, loops, members and the way of printing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes

from docgen.fill.findings import ERROR, WARNING, finding
from docgen.fill.lint.filters import check_filters
from docgen.fill.lint.inner import check_columns
from docgen.fill.lint.known import PROSE, Facts
from docgen.fill.program import Program
from docgen.fill.tags import Word
from docgen.fill.usual import reader
from docgen.language.borrowed import TEXT_METHODS
from docgen.language.environment import DATE_MEMBERS, MOMENT_MEMBERS
from docgen.language.names import ROW_FILTERS, Use, path_of, uses_in
from docgen.language.spelling import nearest
from docgen.model.notice import FieldType
from docgen.problem import Problem, Where

_LOOPED = (FieldType.TABLE, FieldType.CHOICES, FieldType.EVIDENCE, None)
_MEMBERS: Mapping[FieldType, frozenset[str]] = {
    FieldType.DATE: frozenset(DATE_MEMBERS) | {"strftime"},
    FieldType.MONTH: frozenset(DATE_MEMBERS),
    FieldType.MOMENT: frozenset([*DATE_MEMBERS, *MOMENT_MEMBERS]),
    FieldType.TEXT: TEXT_METHODS,
    FieldType.CHOICE: TEXT_METHODS,
}
_CUTS = ("截至", "之后", "default", "缺省", "d")
_OWN_WAY = (FieldType.TABLE, FieldType.GROUP, FieldType.PROSE, FieldType.PICTURE)


def names_read(program: Program, facts: Collection[str] = ()) -> Iterator[tuple[str, Use]]:
    """The paths of facts that a program reads; functions of the language left out.

    A fact of the name of a function (日期) is a fact.
    """
    if program.tree is not None:
        for use in uses_in(program.tree):
            root = use[0].split(".")[0]
            if root in facts or root not in reader().globals:
                yield use[0], use


def check_uses(program: Program, facts: Facts, name: str) -> Iterator[Problem]:
    """Findings of one part, in reading order, each name of a tag once."""
    told: set[tuple[int, str]] = set()
    called = _called(program)
    groups = {path.rpartition(".")[0] for path in facts}
    for path, (_, node, scope) in names_read(program, facts):
        word = program.words[min(node.lineno, len(program.words)) - 1]
        where = Where(file=name, spot=word.where)
        if id(node) in called and path not in facts and "." not in path:
            near = nearest(path, called[id(node)])
            cure = f"是否想写“{near}”？" if near else "请对照使用说明里的函数"
            yield finding("模板未知名称", f"没有“{path}”这个函数或宏", where, cure)
            continue
        for key, problem in _check_path(path, node, scope, facts, groups, where):
            if (node.lineno, key) not in told:
                told.add((node.lineno, key))
                yield problem
    if program.tree is None:
        return
    reads = {
        id(node): path
        for path, (_, node, _) in names_read(program, facts)
        if not isinstance(node, nodes.Filter)
    }
    for loop in program.tree.find_all(nodes.For):
        yield from _check_loop(loop, reads, facts, program, name)
    for output in program.tree.find_all(nodes.Output):
        for printed in output.nodes:
            if not isinstance(printed, nodes.TemplateData):
                word = program.words[min(printed.lineno, len(program.words)) - 1]
                yield from _check_print(printed, word, reads, facts, name)
    yield from check_filters(program, reads, facts, name)
    yield from check_columns(program, reads, facts, name)


def _called(program: Program) -> dict[int, list[str]]:
    """The names that are called, each with those that could have been meant."""
    if program.tree is None:
        return {}
    macros = [macro.name for macro in program.tree.find_all(nodes.Macro)]
    functions = [name for name, act in reader().globals.items() if callable(act)] + macros
    return {id(call.node): functions for call in program.tree.find_all(nodes.Call)}


def _check_path(
    path: str,
    node: nodes.Node,
    scope: Mapping[str, str],
    facts: Facts,
    groups: set[str],
    where: Where,
) -> Iterator[tuple[str, Problem]]:
    """The first step of a path that leads nowhere, or that is taken from what has no members."""
    here = ""
    for step in path.split("."):
        longer = f"{here}.{step}" if here else step
        known = facts.get(longer)
        if known is None and longer not in groups:
            owner = facts.get(here)
            if here in groups or not here:
                siblings = [p[len(here) + 1 if here else 0 :] for p in facts if _in(p, here)]
                near = nearest(step, siblings)
                cure = f"是否想写“{near}”？" if near else ""
                yield longer, finding("模板未知名称", f"没有“{step}”这个字段", where, cure)
            elif isinstance(node, nodes.Filter):
                return  # the filter itself does not suit, which is told
            elif owner and owner.type and step not in _MEMBERS.get(owner.type, ()):
                said = f"“{here}”是{owner.type.value}，没有“{step}”这个成员"
                yield longer, finding("模板成员", said, where)
            return
        here = longer
    base = node.node if isinstance(node, nodes.Getattr) else None
    owner_path = path_of(base, scope) if base is not None else None
    table = facts.get(owner_path or "")
    if table is not None and table.type is FieldType.TABLE and _is_whole(base, scope):
        said = f"“{owner_path}”是表，“{owner_path}.{path.rpartition('.')[2]}”不知道是哪一行的"
        cure = f"放进循环：{{%tr for 行 in {owner_path} %}}，里面写 {{{{ 行.… }}}}"
        yield path, finding("模板成员", said, where, cure)


def _in(path: str, owner: str) -> bool:
    return path.rpartition(".")[0] == owner


def _is_whole(node: nodes.Node | None, scope: Mapping[str, str]) -> bool:
    """Whether an expression is a whole table, not one of its rows."""
    if isinstance(node, nodes.Name):
        return node.name not in scope
    return isinstance(node, nodes.Getattr)


def _check_loop(
    loop: nodes.For, reads: Mapping[int, str], facts: Facts, program: Program, name: str
) -> Iterator[Problem]:
    source: nodes.Node | None = loop.iter
    while isinstance(source, nodes.Filter) and source.name in ROW_FILTERS:
        source = source.node
    path = reads.get(id(source), "")
    known = facts.get(path)
    if known is not None and known.type not in _LOOPED:
        word = program.words[min(loop.lineno, len(program.words)) - 1]
        said = f"“{path}”是{known.type.value if known.type else ''}，不能循环"
        yield finding("模板循环", said, Where(file=name, spot=word.where))


def _check_print(
    printed: nodes.Node, word: Word, reads: Mapping[int, str], facts: Facts, name: str
) -> Iterator[Problem]:
    """Whether {{ }}, {{p }} or {{r }} suits the type of what it prints."""
    node: nodes.Node | None = printed
    while isinstance(node, nodes.Filter) and node.name in _CUTS:
        node = node.node
    path = reads.get(id(node), "")
    known = facts.get(path)
    if known is None or known.type is None or word.delimiter != "{":
        return
    where = Where(file=name, spot=word.where)
    kind = known.type
    if word.prefix in ("p", "r") and kind not in _OWN_WAY:
        said = f"“{path}”是{kind.value}，不是正文，用 {{{{{word.prefix} }}}} 会失去这里的格式"
        yield finding("模板段标记", said, where, f"写 {{{{ {word.expression} }}}}")
    elif kind is FieldType.PROSE and word.prefix != "p":
        severity = ERROR if path.startswith(f"{PROSE}.") else WARNING
        said = f"“{path}”是正文，写在 {{{{ }}}} 里只印出文字，标题、表格、图片会丢"
        cure = f"单独成段，写 {{{{p {word.expression} }}}}"
        yield finding("模板段标记", said, where, cure, severity)
    elif kind is FieldType.TABLE:
        said = f"“{path}”是整张表，会连成一行印出"
        yield finding("模板循环", said, where, "用循环逐行印出", WARNING)
    elif kind is FieldType.GROUP:
        said = f"“{path}”是一组字段，会连名带值印成一行"
        yield finding("模板成员", said, where, f"写出成员，如 {{{{ {path}.… }}}}", WARNING)
