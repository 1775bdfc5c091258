"""Numbers as Chinese documents write them; exact decimals, halves rounded up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from docgen.model.values import Missing, MissingValueError, Percent

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SMALL = "〇一二三四五六七八九"


def exact(value: Any) -> Decimal:
    """The value as a Decimal; TypeError in Chinese for what is no number."""
    if isinstance(value, Missing):
        raise MissingValueError(value)
    try:
        return Decimal(str(value).replace(",", "")) if isinstance(value, str) else Decimal(value)
    except (InvalidOperation, ValueError, TypeError):
        raise TypeError(f"“{value}”不是数") from None


def rounded(value: Any, places: int = 0, method: str = "common") -> Decimal:
    """保留：四舍五入到几位小数。 {{ 128.455 | 保留(2) }} → 128.46"""
    if not 0 <= places <= 12:
        raise TypeError("小数位数须在 0 到 12 之间")
    return exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def grouped(value: Any, places: int | None = None) -> str:
    """千分位：每三位加逗号。 {{ 1280.5 | 千分位 }} → 1,280.5"""
    number = exact(value) if places is None else rounded(value, places)
    return f"{number:,f}"


def as_percent(value: Any, places: int | None = None) -> str:
    """百分比：比率写成百分数。 {{ 0.235 | 百分比 }} → 23.5%"""
    if isinstance(value, Percent) and places is None:
        return str(value)
    number = exact(value) * 100
    number = number.normalize() if places is None else rounded(number, places)
    return f"{number:f}%"


def ten_thousands(value: Any, places: int = 2) -> str:
    """万元：元换成万元。 {{ 1285000 | 万元 }} → 128.5"""
    number = rounded(exact(value) / 10000, places)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def capital_amount(value: Any) -> str:
    """大写金额：元写成汉字。 {{ 10203.5 | 大写金额 }} → 壹万零贰佰零叁元伍角"""
    amount = rounded(value, 2)
    if abs(amount) >= Decimal(10) ** 16:
        raise TypeError("金额超过一亿亿元")
    sign = "负" if amount < 0 else ""
    cents = int(abs(amount) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = _capital_integer(yuan) + "元" if yuan else ""
    if not jiao and not fen:
        return f"{sign}{text or '零元'}整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif text:
        text += "零"
    return sign + text + (_DIGITS[fen] + "分" if fen else "整")


def _capital_integer(number: int) -> str:
    """An integer below 10^16 in capital figures, zeros said once."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    text, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            gap = bool(text)
            if index == 2 and text and not text.endswith("亿"):
                text += "亿"
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _capital_group(group) + ["", "万", "亿", "万"][index]
        gap = index == 3 and not groups[2]
    return text


def _capital_group(group: int) -> str:
    text, gap = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = group // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text


def chinese_number(value: Any) -> str:
    """汉字：0 到 9999 的整数写成汉字数。 {{ 12 | 汉字 }} → 十二"""
    number = int(exact(value))
    if not 0 <= number <= 9999:
        raise TypeError("只能把 0 到 9999 写成汉字")
    if number == 0:
        return "零"
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            skip_one = unit == 10 and digit == 1 and not text
            text += ("零" if gap and text else "") + ("" if skip_one else _SMALL[digit]) + name
            gap = False
        else:
            gap = True
    return text
