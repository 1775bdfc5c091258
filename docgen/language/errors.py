"""What the language refuses, told in Chinese to the person who wrote the expression."""

from __future__ import annotations


class LanguageError(Exception):
    """An expression or template that the language refuses; the message is Chinese."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Runaway(LanguageError):
    """What has already run too long: it is not tried again."""
