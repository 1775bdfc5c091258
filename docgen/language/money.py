"""Sums of money in capital figures and in larger units; measures from one unit to another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from docgen.language.arithmetic import WIDE, divide
from docgen.language.figures import LARGEST, spelled
from docgen.language.numbers import exact, plain, rounded

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
UNITS: dict[str, dict[str, str]] = {
    "金额": {
        "元": "1", "角": "1/10", "分": "1/100", "千元": "1000", "万元": "10000",
        "百万元": "1000000", "亿元": "100000000",
    },
    "长度": {"毫米": "1/1000", "厘米": "1/100", "米": "1", "千米": "1000", "公里": "1000"},
    "面积": {
        "平方米": "1", "亩": "2000/3", "公顷": "10000", "平方千米": "1000000",
        "平方公里": "1000000",
    },
    "质量": {"克": "1/1000", "千克": "1", "公斤": "1", "吨": "1000", "万吨": "10000000"},
    "电量": {
        "千瓦时": "1", "度": "1", "兆瓦时": "1000", "万千瓦时": "10000",
        "亿千瓦时": "100000000",
    },
    "功率": {"瓦": "1/1000", "千瓦": "1", "兆瓦": "1000", "万千瓦": "10000"},
    "时间": {"秒": "1", "分钟": "60", "小时": "3600", "天": "86400"},
    "数量": {"个": "1", "百": "100", "千": "1000", "万": "10000", "亿": "100000000"},
}  # fmt: skip


def capital_amount(value: Any) -> str:
    """大写金额：元写成汉字大写，四舍五入到分；到元、到角为止的写“整”，中间的零只写一个。

    >>> 10203.5 | 大写金额
    壹万零贰佰零叁元伍角整
    >>> 1.05 | 大写金额
    壹元零伍分
    >>> 128.5 | 元 | 大写金额
    壹佰贰拾捌万伍仟元整
    >>> -100010 | 大写金额
    负壹拾万零壹拾元整
    """
    amount = rounded(value, 2)
    if abs(amount) >= LARGEST:
        raise TypeError("金额超过一亿亿元")
    sign = "负" if amount < 0 else ""
    cents = int(abs(amount).scaleb(2))
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = spelled(yuan, CAPITALS, "拾佰仟") + "元" if yuan else ""
    if not jiao and not fen:
        return f"{sign}{text or '零元'}整"
    if jiao:
        text += CAPITALS[jiao] + "角"
    elif text:
        text += CAPITALS[0]
    return sign + text + (CAPITALS[fen] + "分" if fen else "整")


def ten_thousands(value: Any, places: int = 2) -> Decimal:
    """万元：元换成万元，四舍五入到两位小数（可另定），末尾的零不写。

    >>> 1285000 | 万元
    128.5
    >>> 12345 | 万元(1)
    1.2
    """
    return plain(rounded(exact(value).scaleb(-4, WIDE), places))


def hundred_millions(value: Any, places: int = 2) -> Decimal:
    """亿元：元换成亿元，四舍五入到两位小数（可另定），末尾的零不写。

    >>> 328500000 | 亿元
    3.29
    >>> 328500000 | 亿元(3)
    3.285
    """
    return plain(rounded(exact(value).scaleb(-8, WIDE), places))


def yuan_of(value: Any) -> Decimal:
    """元：万元换成元，一分不差。

    >>> 128.5 | 元
    1285000
    >>> 0.00015 | 元
    1.5
    """
    return plain(exact(value).scaleb(4, WIDE))


def converted(value: Any, source: str, target: str) -> Decimal:
    """单位换算：同一种量从一个单位换到另一个；除不尽的取 28 位。

    >>> 单位换算(3.2, '亿元', '万元')
    32000
    >>> 单位换算(30, '亩', '平方米')
    20000
    >>> 单位换算(1, '吨', '元')
    错误：“吨”和“元”不是同一种量，或没有这个单位
    """
    for units in UNITS.values():
        if source in units and target in units:
            factor = Fraction(units[source]) / Fraction(units[target])
            product = Fraction(exact(value)) * factor
            above, below = Decimal(product.numerator), Decimal(product.denominator)
            result = WIDE.divide(above, below)
            return plain(result if WIDE.multiply(result, below) == above else divide(above, below))
    raise TypeError(f"“{source}”和“{target}”不是同一种量，或没有这个单位")
