"""Dates of the language: shifting, counting and writing them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from docgen.model.values import Missing, MissingValueError, Month

_SMALL = "〇一二三四五六七八九"


def day(value: Any) -> date:
    """The value as a date: a 年月 stands for its first day; TypeError in Chinese otherwise."""
    if isinstance(value, Missing):
        raise MissingValueError(value)
    if isinstance(value, Month):
        return value.first
    if isinstance(value, date):
        return value
    raise TypeError(f"“{value}”不是日期")


def make(year: int, month: int, day_: int) -> date:
    """日期：写在式子里的一天。 日期(2026, 6, 10)"""
    return date(year, month, day_)


def add_months(value: Any, months: int) -> date:
    """加月：几个月以后（负数为以前），月末不溢出。 加月(申报日期, -1)"""
    start = day(value)
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(value: Any, years: int) -> date:
    """加年：几年以后（负数为以前）。 加年(申报日期, -2)"""
    return add_months(value, 12 * years)


def add_days(value: Any, days: int) -> date:
    """加日：几天以后（负数为以前）。"""
    return day(value) + timedelta(days=days)


def days_between(start: Any, end: Any) -> int:
    """相差天数：从前一天到后一天。 相差天数(签订日期, 申报日期)"""
    return (day(end) - day(start)).days


def whole_years(start: Any, end: Any) -> int:
    """整年：从前一天到后一天满了几年。 整年(成立日期, 申报日期)"""
    first, last = day(start), day(end)
    years = last.year - first.year
    return years if add_years(first, years) <= last else years - 1


def written(value: date) -> str:
    """A date as GB/T 9704 writes it: 2026年6月2日."""
    return f"{value.year}年{value.month}月{value.day}日"


def formatted(value: Any, pattern: str = "年月日") -> str:
    """日期：按样式写日期。 年月日 → 2026年6月2日；年月 → 2026年6月；- → 2026-06-02；. → 2026.6.2"""
    moment = day(value)
    if pattern == "年月":
        return f"{moment.year}年{moment.month}月"
    if pattern == "-":
        return moment.isoformat()
    if pattern in (".", "/"):
        return f"{moment.year}{pattern}{moment.month}{pattern}{moment.day}"
    return written(moment)


def in_characters(value: Any) -> str:
    """中文日期：汉字日期。 2026-06-02 → 二〇二六年六月二日"""
    from docgen.language.numbers import chinese_number

    moment = day(value)
    year = "".join(_SMALL[int(digit)] for digit in str(moment.year))
    return f"{year}年{chinese_number(moment.month)}月{chinese_number(moment.day)}日"
