"""Check digits: 统一社会信用代码 by GB 32100-2015, 居民身份证号 by GB 11643-1999."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, index, 31) for index in range(17)]
_IDENTITY_WEIGHTS = [pow(2, 17 - index, 11) for index in range(17)]


def check_digit(body: str) -> str:
    """The 18th character for the first 17 (each from ALPHABET)."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def identity_digit(body: str) -> str:
    """The 18th character of an identity number for the first 17 digits (ISO 7064, MOD 11-2)."""
    total = sum(int(c) * w for c, w in zip(body, _IDENTITY_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_credit_code(code: object) -> bool:
    """有效信用代码：18 位，字符和校验位符合 GB 32100。

    >>> '91320500MA00000000' is 有效信用代码
    否
    """
    text = str(code)
    return bool(re.fullmatch(f"[{ALPHABET}]{{18}}", text)) and check_digit(text[:17]) == text[17]
