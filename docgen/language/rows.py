"""Filters that work row by row: they keep, compute or group rows by an expression over each row.

The expression is text in quotes, compiled once like any other of the language. It sees the row as
行 and, by their names, the facts around it; not the names that a loop of a template binds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context, pass_environment
from jinja2.runtime import Context, Undefined

from docgen.language.bounds import spend
from docgen.language.errors import LanguageError
from docgen.model.values import Missing, MissingValueError, Record, Rows
from docgen.problem import Where

if TYPE_CHECKING:
    from docgen.language.expression import Expression

ROW = "行"
A_ROW = 2_000  # what one evaluation over a row costs, in characters made
A_COMPILATION, A_SIGN_READ = 20_000, 1_000  # units, of an expression and of its characters


@pass_context
def kept(context: Context, rows: Any, condition: str) -> Rows | list[Any]:
    """只留：留下符合条件的行；行里的栏写成 行.栏名；条件须是引号里写明的文字。

    >>> 案例 | 只留('行.行业 == "机械" and 行.开始 >= 加年(申报日期, -3)') | 列('客户')
    乙厂
    >>> 案例 | 只留('行.合同额 > 100') | length
    2
    """
    among = _present(rows)
    stay = [
        row for row, value in zip(among, _values(context, among, condition), strict=True) if value
    ]
    return Rows(stay) if all(isinstance(row, Record) for row in stay) else stay


@pass_context
def computed(context: Context, rows: Any, expression: str) -> list[Any]:
    """每行：逐行算出一个值；行里的栏写成 行.栏名；式子须是引号里写明的文字。

    >>> 案例 | 每行('[行.合同额, 100] | min') | sum
    251.6
    >>> 案例 | 每行('行.客户 ~ 行.行业') | join('、')
    甲厂机械、乙厂机械、丙厂汽车
    """
    return list(_values(context, _present(rows), expression))


@pass_environment
def grouped(environment: Any, rows: Any, column: str) -> Rows:
    """分组：按一栏分组，每组有 值 和 行；用于“每一类都要有”“每家不超过”。

    >>> 案例 | 分组('行业') | 每行('行.值 ~ 行.行 | length') | join('、')
    机械2、汽车1
    >>> 案例 | 分组('行业') | 只留('行.行 | length > 1') | 列('值')
    机械
    """
    groups: dict[Any, list[Any]] = {}
    for row in _present(rows):
        value = environment.getitem(row, column)
        if isinstance(value, Missing):
            raise MissingValueError(value)
        if isinstance(value, Undefined):
            raise LanguageError(f"行里没有“{column}”这一栏")
        groups.setdefault(value, []).append(row)
    return Rows(
        Record({"值": value, "行": Rows(members)}, _path(members[0]), _where(members[0]))
        for value, members in groups.items()
    )


def _compiled(source: Any) -> Expression:
    """The expression, compiled; one that is new is paid for (it came by way of map)."""
    from docgen.language.expression import compile_expression  # it builds on the filters

    if not isinstance(source, str):
        raise LanguageError("只留、每行的式子须是文字")
    before = compile_expression.cache_info().misses
    try:
        return compile_expression(source)
    finally:
        if compile_expression.cache_info().misses > before:
            spend(A_COMPILATION + A_SIGN_READ * len(source))


def _values(context: Context, rows: list[Any], source: str) -> Iterator[Any]:
    """What the expression gives for each row; MissingValueError where a fact it needs is absent."""
    compiled = _compiled(source)
    around = _around(context, compiled)
    for row in rows:
        spend(A_ROW)
        value = compiled.evaluate({**around, ROW: row})
        if isinstance(value, Missing):
            raise MissingValueError(value)
        yield value


def _around(context: Context, compiled: Expression) -> Mapping[str, Any]:
    """The facts that the expression names besides the row."""
    roots = {name.partition(".")[0] for name in compiled.names} - {ROW}
    found = {root: context.resolve_or_missing(root) for root in roots}
    return {root: value for root, value in found.items() if root in context}


def _present(rows: Any) -> list[Any]:
    if isinstance(rows, Missing):
        raise MissingValueError(rows)
    if isinstance(rows, str | Mapping) or not isinstance(rows, Iterable):
        raise TypeError("这里要一张表或一组值")
    return list(rows)


def _path(row: Any) -> str:
    return row.path if isinstance(row, Record) else ""


def _where(row: Any) -> Where:
    return row.where if isinstance(row, Record) else Where()
