"""The number of the language: a Decimal that prints as people write numbers, never with an E."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

_EQ, _LT, _LE = Decimal.__eq__, Decimal.__lt__, Decimal.__le__
_GT, _GE = Decimal.__gt__, Decimal.__ge__


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
        return _EQ(self, _as_printed(other) if isinstance(other, float) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        return _LT(self, _as_printed(other) if isinstance(other, float) else other)

    def __le__(self, other: Any) -> bool:
        return _LE(self, _as_printed(other) if isinstance(other, float) else other)

    def __gt__(self, other: Any) -> bool:
        return _GT(self, _as_printed(other) if isinstance(other, float) else other)

    def __ge__(self, other: Any) -> bool:
        return _GE(self, _as_printed(other) if isinstance(other, float) else other)

    __hash__ = Decimal.__hash__


def _as_printed(value: float) -> Decimal:
    return Decimal(repr(value))
