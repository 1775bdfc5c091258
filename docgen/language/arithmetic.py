"""+ - * / // % of the language: exact, measured, and the same for whole numbers and decimals.

Sums and products are exact; a quotient has 28 digits; // rounds down and % has the divisor's sign.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

from docgen.language.bounds import measured, refuse_size
from docgen.language.errors import LanguageError
from docgen.language.exact import Exact
from docgen.language.weighing import sound

_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
WIDE = Context(prec=250, rounding=ROUND_HALF_EVEN, traps=_TRAPS)
QUOTIENT = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=_TRAPS)


def compute(sign: str, left: Any, right: Any) -> Any:
    """The result of an operator, measured; raises TypeError and ArithmeticError as Python does."""
    if isinstance(left, float) or isinstance(right, float):
        left, right = _exact(left), _exact(right)
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        if type(left) is not Exact:
            sound(left)
        if type(right) is not Exact:
            sound(right)
        return measured(_NUMBERS[sign](left, right))
    if sign == "%" and isinstance(left, str):
        raise LanguageError("不允许用 % 拼接文字")
    if sign == "*":
        _refuse_repetition(left, right)
        _refuse_repetition(right, left)
    elif sign == "+" and isinstance(left, str | list | tuple):
        refuse_size(len(left) + (len(right) if isinstance(right, str | list | tuple) else 0))
    return measured(_OPERATORS[sign](left, right))


def signed(sign: str, value: Any) -> Any:
    """The value with a sign before it, to the last digit."""
    if isinstance(value, Decimal):
        return Exact(WIDE.minus(value) if sign == "-" else WIDE.plus(value))
    return -value if sign == "-" else +value


def floor_divide(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    """The quotient rounded down, for decimals as for integers: -7 // 2.0 is -4."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    quotient = WIDE.divide_int(left, right)
    is_short = _signs_differ(left, right) and WIDE.multiply(quotient, right) != left
    return WIDE.subtract(quotient, 1) if is_short else quotient


def remainder(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    """What // leaves over, with the sign of the divisor."""
    if isinstance(left, int) and isinstance(right, int):
        return left % right
    rest = WIDE.remainder(left, right)
    return WIDE.add(rest, right) if rest and _signs_differ(rest, right) else rest


def divide(left: int | Decimal, right: int | Decimal) -> Decimal:
    """The quotient in 28 digits."""
    return QUOTIENT.divide(left, right)


def _signs_differ(left: int | Decimal, right: int | Decimal) -> bool:
    return (left < 0) != (right < 0)


def _whole_or(
    whole: Callable[[Any, Any], Any], wide: Callable[[Any, Any], Any]
) -> Callable[[Any, Any], Any]:
    def chosen(left: Any, right: Any) -> Any:
        both = isinstance(left, int) and isinstance(right, int)
        return whole(left, right) if both else wide(left, right)

    return chosen


def _refuse_repetition(sequence: Any, times: Any) -> None:
    if isinstance(sequence, str | list | tuple) and isinstance(times, int):
        refuse_size(len(sequence) * times, "重复后")


def _exact(value: Any) -> Any:
    return Decimal(repr(value)) if isinstance(value, float) else value


_NUMBERS: dict[str, Callable[[Any, Any], Any]] = {
    "+": _whole_or(operator.add, WIDE.add),
    "-": _whole_or(operator.sub, WIDE.subtract),
    "*": _whole_or(operator.mul, WIDE.multiply),
    "/": divide,
    "//": floor_divide,
    "%": remainder,
}
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
