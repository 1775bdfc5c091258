"""Numbers: read exactly, rounded half up, compared with one another; never a float."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    InvalidOperation,
)
from typing import Any

from docgen.language.arithmetic import WIDE, divide
from docgen.language.bounds import refuse_number
from docgen.model.values import Missing, MissingValueError, Percent

MOST_PLACES = 12
LONGEST_NUMBER = 1_000  # characters of a number typed as text
METHODS = {
    "四舍五入": ROUND_HALF_UP,
    "进一": ROUND_UP,
    "去尾": ROUND_DOWN,
    "common": ROUND_HALF_UP,
    "ceil": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}


def exact(value: Any) -> Decimal:
    """The value as a Decimal; TypeError in Chinese for what is no number."""
    if isinstance(value, Missing):
        raise MissingValueError(value)
    try:
        if isinstance(value, bool):
            raise TypeError
        if isinstance(value, float):
            value = repr(value)
        if isinstance(value, str) and len(value) > LONGEST_NUMBER:
            raise TypeError
        number = Decimal(value.replace(",", "").strip()) if isinstance(value, str) else value
        number = Decimal(number)
    except (InvalidOperation, ValueError, TypeError):
        raise TypeError(f"“{brief(value)}”不是数") from None
    refuse_number(number)
    return number


def brief(value: Any) -> str:
    """A value as a message quotes it: what is no text, number or date is not written out."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Collection) and not isinstance(value, str):
        return "一串值"
    return str(value)[:40]


def whole(value: Any) -> int:
    """The value as an integer; TypeError in Chinese where it has decimals."""
    number = exact(value)
    if number != number.to_integral_value():
        raise TypeError(f"“{number:f}”不是整数")
    return int(number)


def truncated(value: Any) -> int:
    """The integer part."""
    return int(exact(value))


def total(values: Iterable[Any]) -> Decimal | int:
    """The exact sum; whole numbers stay whole."""
    numbers = [value if type(value) is int else exact(value) for value in values]
    if all(isinstance(number, int) for number in numbers):
        return sum(int(number) for number in numbers)
    result = Decimal(0)
    for number in numbers:
        result = WIDE.add(result, number)
    return result


def plain(number: Decimal) -> Decimal:
    """The same number without zeros at its end and without an exponent."""
    short = number.normalize(WIDE)
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1), context=WIDE) if int(exponent) > 0 else abs_zero(short)


def abs_zero(number: Decimal) -> Decimal:
    """Zero without a sign."""
    return number if number else number.copy_abs()


def absolute(value: Any) -> Decimal | int:
    """The number without its sign."""
    return abs(value) if type(value) is int else exact(value).copy_abs()


def rounded(value: Any, places: int = 0, method: str = "四舍五入") -> Decimal:
    """保留：四舍五入到几位小数，负数与正数对称；也可以“进一”“去尾”。

    >>> 128.455 | 保留(2)
    128.46
    >>> -2.5 | 保留
    -3
    >>> 128.451 | 保留(2, '进一')
    128.46
    """
    digits = whole(places)
    if not 0 <= digits <= MOST_PLACES:
        raise TypeError(f"小数位数须在 0 到 {MOST_PLACES} 之间")
    if method not in METHODS:
        raise TypeError(f"没有“{method}”这种取法，可用：四舍五入、进一、去尾")
    unit = Decimal(1).scaleb(-digits)
    return abs_zero(exact(value).quantize(unit, METHODS[method], WIDE))


def with_separators(value: Any, places: int | None = None) -> str:
    """千分位：每三位加逗号；可以同时保留几位小数。

    >>> 1234567.5 | 千分位
    1,234,567.5
    >>> -1280 | 千分位(2)
    -1,280.00
    """
    number = exact(value) if places is None else rounded(value, places)
    return f"{number:,f}"


def as_percent(value: Any, places: int | None = None) -> str:
    """百分比：比率写成百分数；资料里写成百分数的照原样写。

    >>> 0.235 | 百分比
    23.5%
    >>> (1 / 3) | 百分比(1)
    33.3%
    """
    if isinstance(value, Percent) and places is None:
        return str(value)
    number = exact(value).scaleb(2, WIDE)
    number = plain(number) if places is None else rounded(number, places)
    return f"{number:f}%"


def growth(now: Any, before: Any) -> Decimal:
    """增长率：今年比去年增长的比率；去年须大于零。

    >>> 增长率(1250, 1000)
    0.25
    >>> 增长率(980, 1000) | 百分比(1)
    -2.0%
    >>> 增长率(5, 0)
    错误：去年须大于零，才算得出增长率
    """
    base = exact(before)
    if base <= 0:
        raise TypeError("去年须大于零，才算得出增长率")
    return plain(divide(WIDE.subtract(exact(now), base), base))


def share(part: Any, whole_: Any) -> Decimal:
    """占比：部分占全部的比率。

    >>> 占比(30, 120) | 百分比
    25%
    >>> 占比(1, 0)
    错误：全部须大于零，才算得出占比
    """
    base = exact(whole_)
    if base <= 0:
        raise TypeError("全部须大于零，才算得出占比")
    return plain(divide(exact(part), base))
