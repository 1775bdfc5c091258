"""The filters, tests and functions of the language; all exact, none that reaches beyond its values.

Chinese names are ours; English ones are Jinja's own, kept where they are harmless (`kept`). Each
says in Chinese what it does, with an example that a test evaluates; docs/函数.md is made of that.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast

from jinja2 import filters as jinja_filters
from jinja2 import tests as jinja_tests
from jinja2.runtime import Undefined

from docgen.language import (
    borrowed,
    charts,
    columns,
    dates,
    figures,
    money,
    numbers,
    prose,
    registry,
    rows,
    tables,
    writing,
)
from docgen.language.kept import FILTER_WORDS, TEST_WORDS
from docgen.model.blocks import Chapter
from docgen.model.values import Missing, MissingValueError


def default(value: Any, otherwise: Any = "", boolean: bool = False) -> Any:
    """缺省：没有填写时改用另一个值。

    >>> 传真 | 缺省('—')
    —
    """
    if isinstance(value, Missing | Undefined) or (boolean and not value):
        return otherwise
    return value


def filled(value: Any) -> bool:
    """已填：填写了内容。

    >>> 传真 is 已填
    否
    """
    if isinstance(value, Missing | Undefined):
        return False
    if isinstance(value, Chapter):
        return not value.is_empty
    return value is not None and value != "" if not isinstance(value, bool) else True


def blank(value: Any) -> bool:
    """未填：没有填写内容。

    >>> 传真 is 未填
    是
    """
    return not filled(value)


def either(*values: Any) -> Any:
    """取已填：几个值里第一个填了的，都没填就是资料不足。

    >>> 取已填(传真, 联系电话)
    13800000001
    """
    for value in values:
        if filled(value):
            return value
    missing = next((value for value in values if isinstance(value, Missing)), None)
    if missing is not None:
        raise MissingValueError(missing)
    return None


_OURS: Mapping[str, Callable[..., Any]] = {
    "default": default,
    "d": default,
    "缺省": default,
    "abs": numbers.absolute,
    "float": numbers.exact,
    "int": borrowed.integer,
    "round": numbers.rounded,
    "保留": numbers.rounded,
    "千分位": numbers.with_separators,
    "百分比": numbers.as_percent,
    "大写金额": money.capital_amount,
    "万元": money.ten_thousands,
    "亿元": money.hundred_millions,
    "元": money.yuan_of,
    "汉字": figures.chinese_number,
    "序号": figures.ordinal,
    "日期": dates.formatted,
    "中文日期": dates.in_characters,
    "星期": dates.weekday,
    "季度": dates.quarter,
    "列": columns.row_values,
    "合计": columns.column_sum,
    "平均": columns.average,
    "最大": columns.largest,
    "最小": columns.smallest,
    "重复": columns.repeated,
    "除去": columns.without,
    "只留": rows.kept,
    "每行": rows.computed,
    "分组": rows.grouped,
    "顿号": writing.listed,
    "半角": writing.narrow,
    "全角": writing.wide,
    "电话脱敏": writing.masked_phone,
    "身份证脱敏": writing.masked_identity,
    "截至": prose.up_to,
    "之后": prose.after,
    "未提到": prose.unmentioned,
    "引证": tables.citations,
    "密级标志": prose.secrecy_marks,
    "涉密用语": prose.secrecy_words,
    "不一致": tables.conflicts,
    "甘特图": charts.gantt,
    "条形图": charts.bars,
    "结构图": charts.tree,
    "replace": borrowed.replace,
    "join": borrowed.join,
    "indent": borrowed.indent,
    "batch": borrowed.batch,
    "slice": borrowed.slices,
    "sum": borrowed.added,
}


def _of_numbers(test: Callable[..., bool]) -> Callable[..., bool]:
    """A test of Jinja's that reckons: of a text, % would fill a pattern."""

    @functools.wraps(test)
    def tested(value: Any, *arguments: Any) -> bool:
        for given in (value, *arguments):
            if isinstance(given, Missing):
                raise MissingValueError(given)
            if not isinstance(given, int | float | Decimal):
                raise TypeError(f"“{writing.plain_text(given)[:40]}”不是数")
        return test(value, *arguments)

    return tested


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: jinja_filters.FILTERS[name] for name in FILTER_WORDS if name not in _OURS},
    **_OURS,
}
TESTS: Mapping[str, Callable[..., Any]] = {
    **{name: cast(Callable[..., Any], jinja_tests.TESTS[name]) for name in TEST_WORDS},
    "divisibleby": _of_numbers(borrowed.divisible),
    "odd": _of_numbers(borrowed.odd),
    "even": _of_numbers(borrowed.even),
    "已填": filled,
    "未填": blank,
    "有效信用代码": registry.is_credit_code,
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "取已填": either,
    "日期": dates.make,
    "年月": dates.month_of,
    "加年": dates.add_years,
    "加月": dates.add_months,
    "加日": dates.add_days,
    "相差天数": dates.days_between,
    "整年": dates.whole_years,
    "工作日数": dates.working_days,
    "增长率": numbers.growth,
    "占比": numbers.share,
    "单位换算": money.converted,
    "勾选": writing.ticked,
    "查行": tables.find_row,
    "查表": tables.look_up,
    "分档": tables.banded,
    "各有": tables.each_has_row,
    "range": borrowed.bounded_range,
    "dict": borrowed.pairs,
}
