"""What the language refuses, told in Chinese to the person who wrote the expression."""

from __future__ import annotations

from collections.abc import Sized


class LanguageError(Exception):
    """An expression or template that the language refuses; the message is Chinese."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Runaway(LanguageError):
    """What has already run too long: it is not tried again."""


_NOTHING = {
    "No first": "这一串是空的，没有第一项",
    "No last": "这一串是空的，没有最后一项",
    "No aggregated": "这一串是空的，没有最大或最小的一项",
    "there is no previous": "循环的第一项之前没有别的",
    "there is no next": "循环的最后一项之后没有别的",
}


def no_such_item(values: Sized, index: object) -> str:
    """What is said of an item beyond the end of a text or a list; the first one is 0."""
    number = index if isinstance(index, int) else 0
    which = f"第 {number + 1} 项" if number >= 0 else f"倒数第 {-number} 项"
    return f"这一串只有 {len(values)} 项，没有{which}"


def nothing_there(words: str | None) -> str:
    """What Jinja says of an item that is not there, in Chinese; "" for what it says of a name.

    What the language says itself stands as it is.
    """
    if words is not None and "一" <= words[:1] <= "龥":
        return words
    for start, chinese in _NOTHING.items():
        if words is not None and words.startswith(start):
            return chinese
    return ""
