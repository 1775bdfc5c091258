"""Chinese figures: numbers spelled out, and the marks that items are numbered with."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from docgen.language.numbers import exact, whole

SMALL = "零一二三四五六七八九"
LARGEST = 10**16
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
CIRCLED = (
    [chr(0x2460 + n) for n in range(20)]
    + [chr(0x3251 + n) for n in range(15)]
    + [chr(0x32B1 + n) for n in range(15)]
)
BRACKETED = [chr(0x2474 + n) for n in range(20)]


def spelled(number: int, digits: str, units: str) -> str:
    """A number from 1 to 10^16 - 1 in figures: zeros within are said once, none at the end.

    `digits` are the ten figures, `units` those of ten, hundred and thousand.
    """
    groups = [number // 10**power % 10000 for power in (12, 8, 4, 0)]
    text, gap = "", False
    for group, name in zip(groups, ("万", "", "万", ""), strict=True):
        if group:
            if text and (gap or group < 1000):
                text += digits[0]
            text += _four(group, digits, units) + name
        gap = not group and bool(text)
        if name == "" and number >= 10**8 and not text.count("亿"):
            text += "亿"
    return text


def _four(group: int, digits: str, units: str) -> str:
    text, gap = "", False
    for power, name in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = group // power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + name
        gap = not digit
    return text


def chinese_number(value: Any) -> str:
    """汉字：数写成汉字，小数逐位读。

    >>> 12 | 汉字
    十二
    >>> 100010 | 汉字
    十万零一十
    >>> -3.05 | 汉字
    负三点零五
    """
    number = exact(value)
    sign = "负" if number < 0 else ""
    integer, _, decimals = f"{number.copy_abs():f}".partition(".")
    if int(integer) >= LARGEST:
        raise TypeError("只能把一亿亿以内的数写成汉字")
    text = spelled(int(integer), SMALL, "十百千") or SMALL[0]
    text = text[1:] if text.startswith("一十") else text
    point = "点" + "".join(SMALL[int(digit)] for digit in decimals) if decimals else ""
    return sign + text + point


def _letter(number: int) -> str:
    if number > 26:
        raise TypeError("字母序号只到 26")
    return chr(64 + number)


def _of(signs: list[str] | str, name: str) -> Callable[[int], str]:
    def sign(number: int) -> str:
        if number > len(signs):
            raise TypeError(f"{name}只到 {len(signs)}")
        return signs[number - 1]

    return sign


_STYLES: dict[str, Callable[[int], str]] = {
    "一": lambda number: chinese_number(Decimal(number)),
    "1": str,
    "①": _of(CIRCLED, "带圈的序号"),
    "⑴": _of(BRACKETED, "带括号的序号"),
    "Ⅰ": _of(ROMAN, "罗马数字"),
    "A": _letter,
    "a": lambda number: _letter(number).lower(),
}
_SAMPLE = re.compile("01|[一1①⑴ⅠAa]")


def ordinal(value: Any, sample: str = "1") -> str:
    """序号：照第一个的样子写第几个：一、（一） 1. （1） ① ⑴ Ⅰ A 第一章 01。

    >>> 3 | 序号('（一）')
    （三）
    >>> 2 | 序号('第一章')
    第二章
    >>> 12 | 序号('①')
    ⑫
    >>> 7 | 序号('01')
    07
    """
    number = whole(value)
    if not 1 <= number <= 9999:
        raise TypeError("序号须在 1 到 9999 之间")
    found = _SAMPLE.search(sample)
    if found is None:
        raise TypeError(f"“{sample}”里没有一、1、①、⑴、Ⅰ、A 中的一个，不知道怎样编号")
    mark = found.group()
    written = f"{number:02d}" if mark == "01" else _STYLES[mark](number)
    return sample[: found.start()] + written + sample[found.end() :]
