"""Sums of money read back from capital figures: 壹佰贰拾捌万伍仟元整 → 1285000."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "〇": 0,
    "貳": 2,
    "弍": 2,
    "陸": 6,
}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_SIGNS = "".join(_DIGITS) + "".join(_TENS) + "万萬亿億元圆圓角分整正"
CAPITAL = re.compile(rf"[{_SIGNS}]*[壹贰貳叁肆伍陆陸柒捌玖][{_SIGNS}]*[元圆圓角分整正]")


def read_capitals(text: str) -> Decimal | None:
    """The amount in yuan; None for what is no amount in capitals."""
    whole, mark, rest = re.sub("[圆圓]", "元", text).rstrip("整正").partition("元")
    if not mark:  # less than one yuan
        whole, rest = "零", whole
    yuan = _whole(whole.replace("萬", "万").replace("億", "亿"))
    cents = re.fullmatch(r"零?(?:(.)角)?零?(?:(.)分)?", rest)
    if yuan is None or cents is None or not (mark or any(cents.groups())):
        return None
    small = [_DIGITS.get(sign or "零", -1) for sign in cents.groups()]
    if min(small) < 0:
        return None
    return Decimal(yuan) + Decimal(small[0]) / 10 + Decimal(small[1]) / 100


def _whole(text: str) -> int | None:
    """A whole number in capitals; 亿 and 万 stand for the hundred million and ten thousand."""
    for sign, value in (("亿", 10**8), ("万", 10**4)):
        if sign in text:
            above, _, below = text.partition(sign)
            left, right = _whole(above), _whole(below) if below else 0
            return None if left is None or right is None else left * value + right
    total, digit = 0, None
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            total += _TENS[sign] * (1 if digit is None else digit)
            digit = None
        else:
            return None
    return total + (digit or 0) if text else None
