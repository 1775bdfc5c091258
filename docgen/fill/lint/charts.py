"""Charts that the tags of a part ask for → findings on their options, columns and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from docgen.fill.findings import ERROR, finding
from docgen.fill.lint.known import Facts
from docgen.fill.program import Program
from docgen.language import LanguageError
from docgen.language.charts import SPECS, checked, columns_in
from docgen.model.notice import FieldType
from docgen.problem import Problem, Where

_NUMBERS = frozenset([FieldType.INTEGER, FieldType.NUMBER, FieldType.PERCENT])
_DATES = frozenset([FieldType.DATE, FieldType.MONTH, FieldType.MOMENT])
_WANTED: Mapping[str, tuple[frozenset[FieldType], str]] = {
    "month": (_DATES, "年月或日期"),
    "figure": (_NUMBERS, "数"),
    "figures": (_NUMBERS, "数"),
}


def check_charts(
    program: Program, tables: Mapping[int, str], facts: Facts, name: str
) -> Iterator[Problem]:
    """Findings of one part; `tables` are the paths of what filters are put upon, by their id."""
    if program.tree is None:
        return
    for used in program.tree.find_all(nodes.Filter):
        if used.name not in SPECS:
            continue
        word = program.words[min(used.lineno, len(program.words)) - 1]
        where = Where(file=name, spot=word.where)
        try:
            checked(used.name, {str(k.key): _constant(k.value) for k in used.kwargs})
        except LanguageError as fault:
            yield finding("模板写法", f"“{word.text}”：{fault}", where, "照函数手册里的例子写")
        path = tables.get(id(used), "")
        for column, kind in columns_in(used):
            known = facts.get(f"{path}.{column}")
            types, said = _WANTED.get(kind, (frozenset(), ""))
            if known is not None and known.type is not None and types and known.type not in types:
                said = f"“{used.name}”这里要{said}，“{path}.{column}”是{known.type.value}"
                yield finding("模板过滤器", said, where, "换一栏")
    for output in program.tree.find_all(nodes.Output):
        for printed in output.nodes:
            if isinstance(printed, nodes.Filter) and printed.name in SPECS:
                word = program.words[min(printed.lineno, len(program.words)) - 1]
                if word.delimiter == "{" and word.prefix != "p":
                    said = f"“{word.text}”是一幅图，放不进一行文字里"
                    cure = f"独占一段，写 {{{{p {word.expression} }}}}"
                    where = Where(file=name, spot=word.where)
                    yield finding("模板段标记", said, where, cure, ERROR)


def _constant(node: nodes.Node) -> object:
    """The value that an option is written with; something passable where it is computed."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List | nodes.Tuple):
        return [_constant(item) for item in node.items]
    return "…"
