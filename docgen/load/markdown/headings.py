"""A heading as typed → its words without the number that Word will print."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_DIGITS = "一二三四五六七八九十"
_NUMBERS = (
    re.compile(rf"(?P<mark>(?P<number>[{_DIGITS}]{{1,3}})、\s*)(?![{_DIGITS}\s])"),
    re.compile(rf"(?P<mark>[（(]\s*(?P<number>[{_DIGITS}]{{1,3}}|\d{{1,2}})\s*[）)]\s*)"),
    re.compile(r"(?P<mark>(?P<number>\d{1,2})[.．、]\s*)(?![\d\s])"),
    re.compile(rf"(?P<mark>第(?P<number>[{_DIGITS}]{{1,3}}|\d{{1,2}})[章节条]\s+)"),
)
_DOTTED = re.compile(r"(?P<mark>(?:\d{1,2}[.．]){1,3}(?P<number>\d{1,2})[.．、]?\s+)")


class Numbered(NamedTuple):
    """A heading's typed number, its value (None where there is none) and the rest of its words."""

    mark: str
    number: int | None
    words: str


def split_number(text: str, ordinal: int) -> Numbered:
    """Take a typed number off a heading that is the `ordinal`-th of its level.

    一、 （一） 1. 1、 (1) 第一章 are numbers by their form, whatever they count; 2.1 is one only
    where it fits the ordinal, since 3.5 亿元 looks alike. 一、二期 and 5、6月 are words.
    """
    for form in _NUMBERS:
        if (hit := form.match(text)) and text[hit.end() :].strip():
            return Numbered(hit["mark"].strip(), value(hit["number"]), text[hit.end() :].strip())
    hit = _DOTTED.match(text)
    if hit and value(hit["number"]) == ordinal and text[hit.end() :].strip():
        return Numbered(hit["mark"].strip(), ordinal, text[hit.end() :].strip())
    return Numbered("", None, text)


def value(digits: str) -> int:
    """The number that Chinese or ASCII digits write, up to 99: 二十一 → 21."""
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (10 * (_digit(tens) or 1) if ten else 0) + _digit(ones)


def _digit(char: str) -> int:
    return _DIGITS.index(char[-1]) + 1 if char else 0


def same_title(one: str, other: str) -> bool:
    """Whether two titles differ only in number, width or white space."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    words = split_number(title.strip(), 0).words
    return "".join(unicodedata.normalize("NFKC", words).split())
