"""The filters that the tags of a part use → findings on those that do not suit their value."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

from jinja2 import nodes

from docgen.fill.findings import finding
from docgen.fill.lint.charts import check_charts
from docgen.fill.lint.known import Facts
from docgen.fill.program import Program
from docgen.fill.usual import reader
from docgen.language.charts import SPECS
from docgen.language.environment import BOUND
from docgen.language.names import ROW_FILTERS
from docgen.language.spelling import nearest
from docgen.model.notice import FieldType
from docgen.problem import Problem, Where

_NUMBERS = frozenset([FieldType.INTEGER, FieldType.NUMBER, FieldType.PERCENT])
_DATES = frozenset([FieldType.DATE, FieldType.MONTH, FieldType.MOMENT])
_ROWS = frozenset([FieldType.TABLE])
_LISTS = frozenset([FieldType.TABLE, FieldType.CHOICES, FieldType.EVIDENCE])
_PROSE = frozenset([FieldType.PROSE])
WANTED: Mapping[str, frozenset[FieldType]] = {
    **dict.fromkeys(
        ("保留", "大写金额", "千分位", "百分比", "万元", "汉字", "round", "abs"), _NUMBERS
    ),
    **dict.fromkeys(("日期", "中文日期"), _DATES),
    **dict.fromkeys(("列", "selectattr", "rejectattr", "groupby"), _ROWS),
    **dict.fromkeys(("join", "sum", "重复", "除去"), _LISTS),
    **dict.fromkeys(("截至", "之后"), _PROSE),
    **dict.fromkeys(SPECS, _ROWS),
}
_CUTS = ("截至", "之后")
_SAID = {_NUMBERS: "数", _DATES: "日期", _ROWS: "表", _LISTS: "表、多选", _PROSE: "正文的一章"}


def check_filters(
    program: Program, reads: Mapping[int, str], facts: Facts, name: str
) -> Iterator[Problem]:
    """Filters on values of the wrong type, with the wrong arguments, or with unknown sections."""
    if program.tree is None:
        return
    yield from check_charts(program, tables_of(program.tree, reads), facts, name)
    for used in program.tree.find_all(nodes.Filter):
        if used.name == BOUND:  # the language's own measure around what {% set %} keeps
            continue
        word = program.words[min(used.lineno, len(program.words)) - 1]
        where = Where(file=name, spot=word.where)
        said = _misfit(used)
        if said:
            yield finding("模板过滤器", f"“{word.text}”：{said}", where)
        path = reads.get(id(_source(used)), "")
        known = facts.get(path)
        wanted = WANTED.get(used.name)
        if known is None or known.type is None or wanted is None:
            continue
        if known.type not in wanted:
            said = f"“{used.name}”只用于{_SAID[wanted]}，“{path}”是{known.type.value}"
            yield finding("模板过滤器", said, where, "换一个过滤器，或换一个字段")
        elif used.name in _CUTS:
            yield from _check_section(used, path, facts, where)


def tables_of(tree: nodes.Template, reads: Mapping[int, str]) -> Mapping[int, str]:
    """The path of what each filter is put upon, by the id of the filter."""
    return {id(used): reads.get(id(_source(used)), "") for used in tree.find_all(nodes.Filter)}


def _source(used: nodes.Filter) -> nodes.Node | None:
    """What a filter is applied to, cuts of prose and choices of rows passed over."""
    node = used.node
    passed = _CUTS if used.name in _CUTS else tuple(ROW_FILTERS)
    while isinstance(node, nodes.Filter) and node.name in passed:
        node = node.node
    return node


def _check_section(used: nodes.Filter, path: str, facts: Facts, where: Where) -> Iterator[Problem]:
    sections = [p.removeprefix(path + ".") for p in facts if p.startswith(path + ".")]
    title = used.args[0] if used.args else None
    if not sections or not isinstance(title, nodes.Const) or title.value in sections:
        return
    near = nearest(str(title.value), sections)
    said = f"“{path}”一章没有“{title.value}”一节"
    yield finding(
        "模板过滤器", said, where, f"是否想写“{near}”？" if near else "对照 材料.yaml 的章节"
    )


def _misfit(used: nodes.Filter) -> str:
    """Why the arguments do not fit the filter; "" where they do, or nobody can say."""
    function = reader().filters.get(used.name)
    if function is None or used.dyn_args is not None or used.dyn_kwargs is not None:
        return ""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return ""
    given = len(used.args) + (1 if used.node is not None else 0)
    given += 1 if hasattr(inspect.unwrap(function), "jinja_pass_arg") else 0
    try:
        signature.bind(*[None] * given, **{str(k.key): None for k in used.kwargs})
    except TypeError:
        return f"“{used.name}”后面括号里的参数不对"
    return ""
