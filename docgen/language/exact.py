"""The number of the language: a Decimal that prints as people write numbers, never with an E."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


class Exact(Decimal):
    """A number that an expression writes or computes. A float from elsewhere compares with it as
    printed.

    Plain Decimals hold 0.1 and the float 0.1 to be unlike; who writes `x == 0.1` does not. And in
    a printed list a number looks like a number, not like a class of Python's.
    """

    def __str__(self) -> str:
        return f"{self:f}"

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return Decimal.__eq__(self, _as_printed(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        return Decimal.__lt__(self, _as_printed(other))

    def __le__(self, other: Any) -> bool:
        return Decimal.__le__(self, _as_printed(other))

    def __gt__(self, other: Any) -> bool:
        return Decimal.__gt__(self, _as_printed(other))

    def __ge__(self, other: Any) -> bool:
        return Decimal.__ge__(self, _as_printed(other))

    __hash__ = Decimal.__hash__


def _as_printed(value: Any) -> Any:
    return Decimal(repr(value)) if isinstance(value, float) else value
