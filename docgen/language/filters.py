"""The filters, tests and functions of the language; all exact, none that reaches beyond its values.

Chinese names are ours and documented in docs/规则写法.md and docs/模板写法.md by these docstrings;
English ones are Jinja's own, kept where they are harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from jinja2 import filters as jinja_filters
from jinja2 import pass_environment
from jinja2 import tests as jinja_tests
from jinja2.runtime import Undefined

from docgen.language import dates, numbers, prose, registry, tables
from docgen.model.blocks import Chapter
from docgen.model.values import Missing, MissingValueError

_KEPT_FILTERS = (
    "abs capitalize count e escape first groupby indent int items join last length list "
    "lower map max min reject rejectattr replace reverse select selectattr slice sort string "
    "sum title trim truncate unique upper batch wordcount"
)
_KEPT_TESTS = (
    "defined undefined none odd even divisibleby number string mapping sequence iterable sameas "
    "in == eq equalto != ne > gt greaterthan >= ge < lt lessthan <= le true false boolean integer"
)


def default(value: Any, otherwise: Any = "", boolean: bool = False) -> Any:
    """缺省：没有填写时改用另一个值。 {{ 电话 | default('—') }}"""
    if isinstance(value, Missing | Undefined) or (boolean and not value):
        return otherwise
    return value


def filled(value: Any) -> bool:
    """已填：填写了内容。 {% if 联合协议 is 已填 %}"""
    if isinstance(value, Missing | Undefined):
        return False
    if isinstance(value, Chapter):
        return not value.is_empty
    return value is not None and value != "" if not isinstance(value, bool) else True


def blank(value: Any) -> bool:
    """未填：没有填写内容。"""
    return not filled(value)


@pass_environment
def row_values(environment: Any, rows: Iterable[Any], attribute: str) -> list[Any]:
    """列：各行某一栏的值，没填的行略去。 {{ 案例 | 列('客户') | join('、') }}"""
    values = (environment.getitem(row, attribute) for row in rows)
    return [value for value in values if filled(value)]


def repeated(values: Iterable[Any]) -> list[Any]:
    """重复：出现两次以上的值，各列一次。"""
    seen: list[Any] = []
    twice: list[Any] = []
    for value in values:
        (twice if value in seen and value not in twice else seen).append(value)
    return twice


def without(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """除去：在前一组而不在后一组里的值。 {{ 成员 | 除去(签约方) }}"""
    kept = list(others)
    return [value for value in values if value not in kept]


def either(*values: Any) -> Any:
    """取已填：几个值里第一个填了的。 {{ 取已填(简称, 单位名称) }}"""
    for value in values:
        if filled(value):
            return value
    missing = next((value for value in values if isinstance(value, Missing)), None)
    if missing is not None:
        raise MissingValueError(missing)
    return None


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: jinja_filters.FILTERS[name] for name in _KEPT_FILTERS.split()},
    "default": default,
    "d": default,
    "缺省": default,
    "float": numbers.exact,
    "round": numbers.rounded,
    "保留": numbers.rounded,
    "大写金额": numbers.capital_amount,
    "千分位": numbers.grouped,
    "百分比": numbers.as_percent,
    "万元": numbers.ten_thousands,
    "汉字": numbers.chinese_number,
    "中文日期": dates.in_characters,
    "日期": dates.formatted,
    "截至": prose.up_to,
    "之后": prose.after,
    "密级标志": prose.secrecy_marks,
    "涉密用语": prose.secrecy_words,
    "列": row_values,
    "重复": repeated,
    "除去": without,
    "引证": tables.citations,
    "不一致": tables.conflicts,
}
TESTS: Mapping[str, Callable[..., Any]] = {
    **{name: cast(Callable[..., Any], jinja_tests.TESTS[name]) for name in _KEPT_TESTS.split()},
    "已填": filled,
    "未填": blank,
    "有效信用代码": registry.is_credit_code,
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "加年": dates.add_years,
    "加月": dates.add_months,
    "加日": dates.add_days,
    "相差天数": dates.days_between,
    "整年": dates.whole_years,
    "日期": dates.make,
    "取已填": either,
    "查行": tables.find_row,
    "各有": tables.each_has_row,
    "dict": dict,
}
