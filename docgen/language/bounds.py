"""How large a value and how long an evaluation may grow: nothing small runs for ever.

Each value that an operator, a filter or a call makes is measured: its own size is bounded, and all
of them together by what one evaluation (`metered`) may spend.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from decimal import Decimal
from typing import Any, TypeVar

from docgen.language.errors import LanguageError, Runaway

T = TypeVar("T")

LARGEST_TEXT = 1_000_000  # characters of a text, items of a list
LARGEST_POWER = 100  # of ten, up or down
LARGEST_BITS = 4096  # of an integer
LONGEST_RANGE = 10_000
LONGEST_SOURCE = 20_000  # characters of one expression
WIDEST = 1_000  # what text may be padded or indented to
DEEPEST_CALL = 50
MOST_WORK = 200_000_000  # one evaluation: characters and items made, and A_CALL for each call
A_CALL = 200


class Meter:
    """What one evaluation has spent, and how deep in calls it is."""

    __slots__ = ("depth", "spent")

    def __init__(self) -> None:
        self.spent = self.depth = 0


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


class metered:
    """One evaluation or one rendering of a part; an inner one spends from the outer one's purse."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = _METER.set(Meter()) if _METER.get() is None else None

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _METER.reset(self._token)


class deeper:
    """A call within a call; macros that call themselves end here."""

    __slots__ = ("_meter",)

    def __enter__(self) -> None:
        meter = self._meter = _METER.get()
        if meter is not None:
            if meter.depth >= DEEPEST_CALL:
                raise LanguageError(f"宏或函数一层层调用超过 {DEEPEST_CALL} 层")
            meter.depth += 1

    def __exit__(self, *_: object) -> None:
        if self._meter is not None:
            self._meter.depth -= 1


def spend(work: int) -> None:
    """Counts work; LanguageError where one evaluation has done too much."""
    meter = _METER.get()
    if meter is not None:
        meter.spent += work
        if meter.spent > MOST_WORK:
            raise Runaway("算得太久：循环、宏或重复的次数太多")


def measured(value: T) -> T:
    """The value itself, once its size is found to be in bounds and is paid for."""
    if isinstance(value, str | list | tuple | dict):
        refuse_size(len(value))
        spend(A_CALL + len(value))
        return value
    if isinstance(value, int):
        if value.bit_length() > LARGEST_BITS:
            raise LanguageError("数太大")
    elif isinstance(value, Decimal):
        refuse_number(value)
    spend(A_CALL)
    return value


def refuse_size(size: int, what: str = "结果") -> None:
    """LanguageError for a text or list of more than LARGEST_TEXT."""
    if size > LARGEST_TEXT:
        raise LanguageError(f"{what}超过 {LARGEST_TEXT} 个字或项")


def refuse_number(number: Decimal) -> None:
    """LanguageError for what is not finite or beyond 10^±LARGEST_POWER."""
    if not number.is_finite() or (number and abs(number.adjusted()) > LARGEST_POWER):
        raise LanguageError("数太大或太小")


def refuse_width(width: Any) -> None:
    """LanguageError for padding wider than WIDEST."""
    if (len(width) if isinstance(width, str) else abs(int(width))) > WIDEST:
        raise LanguageError(f"宽度最多 {WIDEST} 个字")


def gathered(values: Iterable[T]) -> list[T]:
    """The values as a list; stops as soon as they are too many or their texts too long."""
    kept: list[T] = []
    size = 0
    for value in values:
        size += len(value) if isinstance(value, str) else 1
        refuse_size(size)
        kept.append(value)
    spend(size)
    return kept
