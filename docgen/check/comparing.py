"""Two values held against each other: made of one kind, the gap told, and how both are shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from docgen.language import LanguageError
from docgen.language.dates import day, written
from docgen.language.numbers import plain
from docgen.model.values import (
    Missing,
    MissingValueError,
    Moment,
    Month,
    Percent,
    Record,
    Rows,
)
from docgen.problem import Where

STRICT = ("超过", "低于")
MOST_DECIMALS = 4  # of a computed figure in a message
_DATED = date | Month | Moment


def comparable(value: Any, bound: Any) -> tuple[Any, Any]:
    """Both sides as one kind; LanguageError where they are not of one."""
    if isinstance(value, _DATED) and isinstance(bound, _DATED):
        if isinstance(value, Moment) and isinstance(bound, Moment):
            return value, bound
        if isinstance(bound, Moment) and not isinstance(value, Month) and day(value) == bound.day:
            raise MissingValueError(Missing("", f"{written(bound.day)}的几点几分", Where()))
        if isinstance(value, Month) != isinstance(bound, Month):
            return _by_month(value, bound)
        return day(value), day(bound)
    for kind in (bool, int | Decimal, str):
        if isinstance(value, kind) and isinstance(bound, kind):
            return value, bound
    raise LanguageError(f"“{printed(value)}”和“{printed(bound)}”没法比较")


def _by_month(value: Any, bound: Any) -> tuple[date, date]:
    """A day against a month, or a month against a day.

    A month as a bound holds all its days; whether a month is before or after a day within it is not
    known.
    """
    months = [(day(one).year, day(one).month) for one in (value, bound)]
    if months[0] == months[1]:
        if isinstance(value, Month):
            raise MissingValueError(Missing("", f"{value}的哪一天", Where()))
        return day(value), day(value)
    return day(value), day(bound)


def gap_between(word: str, value: Any, bound: Any, unit: str) -> str:
    """How far a value is from what is wanted, and with a unit what would just do."""
    if isinstance(value, Moment):
        value, bound = value.day, bound.day
    if isinstance(value, date):
        days = (value - bound).days
        return f"{'晚' if days > 0 else '早'} {abs(days)} 天" if days else ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        difference = value - bound
        if word in STRICT:
            return f"要{'大' if word == '超过' else '小'}于 {printed(bound, unit)}"
        if isinstance(difference, Decimal):
            difference = plain(difference)
        if isinstance(value, Percent):
            points = printed(abs(Decimal(difference)).scaleb(2))
            return f"{'高' if difference > 0 else '差'} {points} 个百分点"
        if unit:
            return f"再{'减' if difference > 0 else '增'} {printed(abs(difference), unit)}即达标"
        return f"{'多' if difference > 0 else '差'} {printed(abs(difference))}"
    return ""


def printed(value: Any, unit: str = "") -> str:
    """A value as a message shows it, a number with its unit."""
    if unit and isinstance(value, int | Decimal) and not isinstance(value, bool | Percent):
        return f"{printed(value)}{'' if unit == '%' else ' '}{unit}"
    if isinstance(value, Decimal) and not isinstance(value, Percent):
        rounded = round(value, MOST_DECIMALS)
        if rounded == value:
            return f"{value:f}"
        return f"约 {rounded:f}" if rounded else f"约 {value:.1e}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return written(value)
    if isinstance(value, Missing):
        return f"（缺{value.label}）"
    if isinstance(value, Record):
        first = next((v for v in value.values() if isinstance(v, str)), "")
        return first or str(len(value))
    if isinstance(value, Rows):
        return f"{len(value)} 行"
    if isinstance(value, list | tuple):
        return "、".join(printed(one) for one in value) or "无"
    return "空" if value is None else str(value)
