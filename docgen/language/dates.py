"""Dates of the language: shifting, counting and writing them; a 年月 stays a 年月."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from docgen.language.figures import chinese_number
from docgen.language.numbers import brief, whole
from docgen.model.values import Missing, MissingValueError, Moment, Month

_SMALL = "〇一二三四五六七八九"
_WEEK = "一二三四五六日"
_PATTERNS = {
    "年月日": "{y}年{m}月{d}日",
    "年月": "{y}年{m}月",
    "年": "{y}年",
    "月日": "{m}月{d}日",
    "-": "{y:04d}-{m:02d}-{d:02d}",
    ".": "{y}.{m}.{d}",
    "/": "{y}/{m}/{d}",
}
_MONTH_PATTERNS = {
    "年月日": "{y}年{m}月",
    "年月": "{y}年{m}月",
    "年": "{y}年",
    "-": "{y:04d}-{m:02d}",
    ".": "{y}.{m}",
    "/": "{y}/{m}",
}
_SATURDAY = 5
_LONGEST = 11_000  # days
_BEYOND = "日期超出公元 1 年到 9999 年"


def day(value: Any) -> date:
    """The value as a date: a 年月 stands for its first day; TypeError in Chinese otherwise."""
    if isinstance(value, Missing):
        raise MissingValueError(value)
    if isinstance(value, Month):
        return value.first
    if isinstance(value, Moment):
        return value.day
    if isinstance(value, date):
        return value
    raise TypeError(f"“{brief(value)}”不是日期")


def make(year: int, month: int, day_: int) -> date:
    """日期：写在式子里的一天。

    >>> 日期(2026, 6, 10)
    2026年6月10日
    >>> 日期(2026, 2, 30)
    错误：没有2026年2月30日这一天
    """
    try:
        return date(whole(year), whole(month), whole(day_))
    except (ValueError, OverflowError):
        raise TypeError(f"没有{year}年{month}月{day_}日这一天") from None


def month_of(value: Any) -> Month:
    """年月：这一天所在的年月；只按年月比较时用。

    >>> 年月(申报日期)
    2026年6月
    """
    found = day(value)
    return Month(found.year, found.month)


def add_months(value: Any, months: int) -> date | Month:
    """加月：几个月以后（负数为以前），月末不溢出；年月加出来还是年月。

    >>> 加月(申报日期, -1)
    2026年5月1日
    >>> 加月(日期(2026, 1, 31), 1)
    2026年2月28日
    """
    start = day(value)
    count = start.year * 12 + start.month - 1 + whole(months)
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        raise TypeError(_BEYOND)
    if isinstance(value, Month):
        return Month(year, month + 1)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(value: Any, years: int) -> date | Month:
    """加年：几年以后（负数为以前），2 月 29 日遇平年作 28 日。

    >>> 加年(申报日期, -2)
    2024年6月1日
    >>> 加年(日期(2024, 2, 29), 1)
    2025年2月28日
    """
    return add_months(value, 12 * whole(years))


def add_days(value: Any, days: int) -> date:
    """加日：几天以后（负数为以前）。

    >>> 加日(申报日期, 30)
    2026年7月1日
    """
    try:
        return day(value) + timedelta(days=whole(days))
    except OverflowError:
        raise TypeError(_BEYOND) from None


def days_between(start: Any, end: Any) -> int:
    """相差天数：从前一天到后一天。

    >>> 相差天数(日期(2026, 2, 1), 日期(2026, 3, 1))
    28
    """
    return (day(end) - day(start)).days


def whole_years(start: Any, end: Any) -> int:
    """整年：从前一天到后一天满了几年。

    >>> 整年(成立日期, 申报日期)
    6
    """
    first, last = day(start), day(end)
    years = last.year - first.year
    return years if day(add_years(first, years)) <= last else years - 1


def working_days(
    start: Any, end: Any, holidays: Iterable[Any] = (), extra: Iterable[Any] = ()
) -> int:
    """工作日数：从前一天到后一天（含首尾）有几个工作日；后面可以给出放假和补班的日子。

    >>> 工作日数(日期(2026, 6, 1), 日期(2026, 6, 7))
    5
    >>> 工作日数(日期(2026, 9, 28), 日期(2026, 10, 10), ['2026-10-01'], ['2026-10-10'])
    10
    """
    first, last = day(start), day(end)
    if (last - first).days > _LONGEST:
        raise TypeError("工作日数最多算三十年")
    if last < first:
        return 0
    off, on = ({str(one) for one in days} for days in (holidays, extra))
    weeks, rest = divmod((last - first).days + 1, 7)
    count = 5 * weeks + sum((first.weekday() + n) % 7 < _SATURDAY for n in range(rest))
    count -= sum(first <= one <= last and one.weekday() < _SATURDAY for one in _named(off - on))
    return count + sum(first <= one <= last and one.weekday() >= _SATURDAY for one in _named(on))


def _named(days: Iterable[str]) -> Iterator[date]:
    """The days that are written as 2026-06-01; what is no day is none of those counted."""
    for text in days:
        try:
            one = date.fromisoformat(text)
        except ValueError:
            continue
        if one.isoformat() == text:
            yield one


def written(value: date) -> str:
    """A date as GB/T 9704 writes it: 2026年6月2日."""
    return f"{value.year}年{value.month}月{value.day}日"


def formatted(value: Any, pattern: str = "年月日") -> str:
    """日期：按样式写日期：年月日、年月、年、月日、-、.、/ ；年月只写到月。

    >>> 申报日期 | 日期
    2026年6月1日
    >>> 申报日期 | 日期('年月')
    2026年6月
    >>> 申报日期 | 日期('-')
    2026-06-01
    >>> 申报日期 | 日期('.')
    2026.6.1
    """
    moment = day(value)
    patterns = _MONTH_PATTERNS if isinstance(value, Month) else _PATTERNS
    if pattern not in patterns:
        raise TypeError(f"没有“{pattern}”这种日期样式，可用：{'、'.join(patterns)}")
    return patterns[pattern].format(y=moment.year, m=moment.month, d=moment.day)


def in_characters(value: Any) -> str:
    """中文日期：用汉字写日期，年份逐位写，年月只写到月。

    >>> 申报日期 | 中文日期
    二〇二六年六月一日
    >>> 日期(2026, 10, 21) | 中文日期
    二〇二六年十月二十一日
    """
    moment = day(value)
    year = "".join(_SMALL[int(digit)] for digit in str(moment.year))
    until = f"{year}年{chinese_number(moment.month)}月"
    return until if isinstance(value, Month) else f"{until}{chinese_number(moment.day)}日"


def weekday(value: Any) -> str:
    """星期：这一天是星期几。

    >>> 申报日期 | 星期
    星期一
    """
    if isinstance(value, Month):
        raise TypeError(f"“{value}”只有年月，说不出星期几")
    return f"星期{_WEEK[day(value).weekday()]}"


def quarter(value: Any) -> str:
    """季度：这一天在第几季度。

    >>> 申报日期.年 ~ '年' ~ (申报日期 | 季度)
    2026年第二季度
    """
    return f"第{'一二三四'[(day(value).month - 1) // 3]}季度"
