"""What a tag holds as text and means as language: inner expressions, filters, tests, columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from docgen.fill.findings import finding
from docgen.fill.lint.known import Facts
from docgen.fill.program import Program, tag_told
from docgen.fill.tags import Word
from docgen.fill.usual import reader
from docgen.language import LanguageError, compile_expression
from docgen.language.names import inner_source
from docgen.language.spelling import nearest
from docgen.problem import Problem, Where

_NAMED = {  # which argument names a filter, or a test
    "map": (0, "过滤器"),
    "select": (0, "判断"),
    "reject": (0, "判断"),
    "selectattr": (1, "判断"),
    "rejectattr": (1, "判断"),
}
_OF_COLUMNS = frozenset(["查行", "各有"])  # functions whose second argument is a column


def check_inner(program: Program, name: str) -> Iterator[Problem]:
    """Inner expressions that cannot be read; filters and tests that there are not."""
    for used in program.tree.find_all(nodes.Filter) if program.tree is not None else ():
        word = program.words[min(used.lineno, len(program.words)) - 1]
        source = inner_source(used)
        try:
            if source:
                compile_expression(source)
        except LanguageError as fault:
            yield tag_told(fault, word, name)
        yield from _check_named(used, word, name)


def _check_named(used: nodes.Filter, word: Word, name: str) -> Iterator[Problem]:
    place, what = _NAMED.get(used.name, (0, ""))
    given = used.args[place] if what and len(used.args) > place else None
    if not isinstance(given, nodes.Const) or not isinstance(given.value, str):
        return
    known = reader().filters if what == "过滤器" else reader().tests
    if given.value not in known:
        near = nearest(given.value, [other for other in known if not other.startswith("·")])
        said = f"“{word.text}”：没有“{given.value}”这个{what}"
        cure = f"是否想写“{near}”？" if near else ""
        yield finding("模板过滤器", said, Where(file=name, spot=word.where), cure)


def check_columns(
    program: Program, reads: Mapping[int, str], facts: Facts, name: str
) -> Iterator[Problem]:
    """Columns that a function looks for in a table that has none of that name."""
    for call in program.tree.find_all(nodes.Call) if program.tree is not None else ():
        if not isinstance(call.node, nodes.Name) or call.node.name not in _OF_COLUMNS:
            continue
        table, column, *_ = [*call.args, None, None]
        path = reads.get(id(table), "")
        columns = [p.removeprefix(f"{path}.") for p in facts if p.rpartition(".")[0] == path]
        if not path or not columns or not isinstance(column, nodes.Const):
            continue
        if column.value not in columns:
            word = program.words[min(call.lineno, len(program.words)) - 1]
            near = nearest(str(column.value), columns)
            cure = f"是否想写“{near}”？" if near else ""
            said = f"“{path}”里没有“{column.value}”这一栏"
            yield finding("模板未知名称", said, Where(file=name, spot=word.where), cure)
