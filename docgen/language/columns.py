"""Columns of tables: their values, sums, averages, extremes; what repeats and what is left over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import pass_environment

from docgen.language.arithmetic import divide
from docgen.language.bounds import A_CALL, gathered, spend
from docgen.language.numbers import exact, plain, total
from docgen.language.weighing import weight
from docgen.model.values import Missing, MissingValueError, Month


def _cells(environment: Any, rows: Any, column: str) -> list[Any]:
    """The values of a column, or of a plain list; MissingValueError where one is absent."""
    if isinstance(rows, Missing):
        raise MissingValueError(rows)
    values = [environment.getitem(row, column) for row in rows] if column else list(rows)
    for value in values:
        if isinstance(value, Missing):
            raise MissingValueError(value)
    return gathered(values)


@pass_environment
def column_sum(environment: Any, rows: Any, column: str = "") -> Decimal | int:
    """合计：一栏（或一组数）的和，一分不差；有一行没填就是资料不足。

    >>> 案例 | 合计('合同额')
    300.3
    >>> [0.1, 0.2] | 合计 == 0.3
    是
    >>> 成员 | 合计('出资')
    资料不足：成员.2.出资
    """
    return total(_cells(environment, rows, column))


@pass_environment
def average(environment: Any, rows: Any, column: str = "") -> Decimal:
    """平均：一栏（或一组数）的平均数；有一行没填就是资料不足。

    >>> 案例 | 平均('合同额')
    100.1
    >>> [1, 2, 2] | 平均 | 保留(2)
    1.67
    """
    values = _filled(_cells(environment, rows, column), "平均")
    return plain(divide(exact(total(values)), exact(len(values))))


@pass_environment
def largest(environment: Any, rows: Any, column: str = "") -> Any:
    """最大：一栏（或一组）里最大的数，日期就是最晚的一天。

    >>> 案例 | 最大('合同额')
    128.5
    >>> 案例 | 最大('开始')
    2025年3月1日
    """
    return max(_filled(_cells(environment, rows, column), "最大"), key=_order())


@pass_environment
def smallest(environment: Any, rows: Any, column: str = "") -> Any:
    """最小：一栏（或一组）里最小的数，日期就是最早的一天。

    >>> 案例 | 最小('合同额')
    51.6
    >>> [3, 1.5] | 最小
    1.5
    """
    return min(_filled(_cells(environment, rows, column), "最小"), key=_order())


def _order() -> Callable[[Any], Any]:
    def key(value: Any) -> Any:
        if isinstance(value, Month):
            return value.first
        return value if isinstance(value, date) else exact(value)

    return key


def _filled(values: list[Any], what: str) -> list[Any]:
    if not values:
        raise TypeError(f"一行也没有，算不出{what}")
    return values


@pass_environment
def row_values(environment: Any, rows: Iterable[Any], attribute: str) -> list[Any]:
    """列：各行某一栏的值，没填的行略去。

    >>> 案例 | 列('客户') | join('；')
    甲厂；乙厂；丙厂
    """
    values = (environment.getitem(row, attribute) for row in rows)
    return [v for v in values if not isinstance(v, Missing) and v is not None and v != ""]


def repeated(values: Iterable[Any]) -> list[Any]:
    """重复：出现两次以上的值，各列一次。

    >>> ['甲', '乙', '甲', '甲'] | 重复
    甲
    """
    items = gathered(values)
    seen, twice = _Seen(), _Seen()
    return [item for item in items if seen.has(item) and not twice.has(item)]


def without(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """除去：在前一组而不在后一组里的值。

    >>> ['甲', '乙', '丙'] | 除去(['乙'])
    甲、丙
    """
    kept = _Seen(others)
    return [value for value in gathered(values) if not kept.holds(value)]


class _Seen:
    """Values met so far: texts, numbers and dates by hash, anything else one by one."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self._quick: set[Any] = set()
        self._slow: list[Any] = []
        for value in values:
            self.has(value)

    def holds(self, value: Any) -> bool:
        if isinstance(value, str | int | Decimal | date):
            return value in self._quick
        spend(A_CALL + len(self._slow) * (A_CALL + weight(value)))
        return value in self._slow

    def has(self, value: Any) -> bool:
        """Whether it was met before; it is from now on."""
        if self.holds(value):
            return True
        if isinstance(value, str | int | Decimal | date):
            self._quick.add(value)
        else:
            self._slow.append(value)
        return False
