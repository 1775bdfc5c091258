"""What kind of character a character is: as wide as a hanzi, invisible, an odd space."""

from __future__ import annotations

import unicodedata
from typing import Final

HAN: Final = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # within [] of a pattern
_SPACES: Final = {"\u3000": "全角空格", "\u00a0": "不间断空格", "\t": "制表符（Tab）"}


def is_wide(char: str) -> bool:
    """Whether a character is as wide as a hanzi, so that no space is wanted beside its like."""
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"


def is_invisible(char: str) -> bool:
    """Whether a character prints nothing and is not white space: zero-width and format marks."""
    return unicodedata.category(char) == "Cf"


def is_odd_space(char: str) -> bool:
    """White space other than the plain space."""
    return char != " " and char.isspace()


def space_name(char: str) -> str:
    """An odd space or invisible character by its Chinese name."""
    return _SPACES.get(char, "零宽字符" if is_invisible(char) else "特殊空格")


def without_invisibles(text: str) -> str:
    """The text without invisible characters and outer white space."""
    return "".join(char for char in text if not is_invisible(char)).strip()


def short(text: str, length: int = 20) -> str:
    """The text, cut for a message."""
    return text if len(text) <= length else text[:length] + "…"
