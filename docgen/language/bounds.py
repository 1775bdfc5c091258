"""How large a value and how long an evaluation may grow: nothing small runs for ever.

All work is paid for from one purse (`metered`), in units of which none takes longer than some
50 ns or keeps more than some 8 bytes: what is read before it is read (reading.py), what is made
when it is made (`measured`), the steps of loops and the bodies of macros when they start (the
generator of literals.py writes these payments into every program).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from decimal import Decimal
from typing import Any, TypeVar

from docgen.language.errors import LanguageError, Runaway
from docgen.language.exact import Exact

T = TypeVar("T")

LARGEST_TEXT = 1_000_000  # characters of a text, items of a list
LARGEST_POWER = 100  # of ten, up or down
LARGEST_BITS = 4096  # of an integer
LARGEST_DIGITS = 1024  # bytes that a Decimal keeps for itself and its digits
LONGEST_RANGE = 10_000
LONGEST_SOURCE = 20_000  # characters of one expression
WIDEST = 1_000  # what text may be padded or indented to
DEEPEST_CALL = 50
MOST_STEPS = 500_000  # of all loops together
MOST_WORK = 110_000_000  # units of one evaluation
A_CALL = 120  # units of a call, a filter, an operator, beside what it reads and makes
A_STEP = 30  # of a step of a loop, beside its body
A_MACRO = 600  # of a macro that is called, beside
A_PRINT = 500  # of a value that is more than a short text or a number
A_SIGN = 1  # of a character made
AN_ITEM = 1  # of an item that a new list shares with another
A_NEW_ITEM = 14  # of an item made for a new list


class Meter:
    """What one evaluation has spent, how many steps its loops took, how deep in calls it is.

    `body` is the dearest body of a loop so far: what a step of loop(…) is taken to cost.
    """

    __slots__ = ("body", "depth", "spent", "steps")

    def __init__(self) -> None:
        self.spent = self.depth = self.steps = self.body = 0


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


class metered:
    """One evaluation, or one rendering; an inner one spends from the outer one's purse."""

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
    """Counts work; Runaway where one evaluation has done too much."""
    meter = _METER.get()
    if meter is not None:
        meter.spent += work
        work = meter.spent
    if work > MOST_WORK:
        raise Runaway("算得太久：循环、宏或重复的次数太多")


def left() -> int:
    """What may still be spent."""
    meter = _METER.get()
    return MOST_WORK - meter.spent if meter is not None else MOST_WORK


def count_steps(steps: int, body: int) -> None:
    """Counts the steps of a loop and pays for its body; Runaway where there are too many."""
    meter = _METER.get()
    if meter is None:
        return
    meter.steps += steps
    if meter.steps > MOST_STEPS:
        raise Runaway(f"循环合计超过 {MOST_STEPS} 步")
    body = body or meter.body
    meter.body = max(body, meter.body)
    spend(A_CALL + steps * (A_STEP + body))


def measured(value: T, an_item: int = AN_ITEM) -> T:
    """The value itself, once its size is found to be in bounds and is paid for.

    A Decimal becomes the language's own number: what an expression computes prints as such.
    """
    kind = type(value)
    if kind is int or kind is bool:
        if value.bit_length() > LARGEST_BITS:  # type: ignore[attr-defined]
            raise LanguageError("数太大")
    elif isinstance(value, str):
        refuse_size(len(value))
        spend(A_CALL + A_SIGN * len(value))
        return value
    elif isinstance(value, list | tuple | dict):
        refuse_size(len(value))
        spend(A_CALL + an_item * len(value))
        return value
    elif isinstance(value, Decimal):
        refuse_number(value)
        if kind is Decimal:
            value = Exact(value)  # type: ignore[assignment]
    spend(A_CALL)
    return value


def refuse_size(size: int, what: str = "结果") -> None:
    """LanguageError for a text or list of more than LARGEST_TEXT."""
    if size > LARGEST_TEXT:
        raise LanguageError(f"{what}超过 {LARGEST_TEXT} 个字或项")


def refuse_number(number: Decimal) -> None:
    """LanguageError for what is not finite, beyond 10^±LARGEST_POWER or of endless digits."""
    if not -LARGEST_POWER <= number.adjusted() <= LARGEST_POWER and number:
        raise LanguageError("数太大或太小")
    if not number.is_finite():
        raise LanguageError("数太大或太小")
    if number.__sizeof__() > LARGEST_DIGITS:
        raise LanguageError("数的位数太多")


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
