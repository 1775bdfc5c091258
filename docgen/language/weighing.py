"""What a value weighs to whoever walks it to its ends, and what comes without an end.

`[x, x]` made anew forty times over is a small thing to keep and an endless one to print, compare
or sort: so it is walked here as it will be walked, and no further than there is something to pay
with. A number that no expression could write (10^999999999, a million digits) is met here too: to
write it out, or to make it whole, takes longer than anything else of its size.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.utils import Namespace

from docgen.language import bounds
from docgen.language.bounds import (
    A_NEW_ITEM,
    LARGEST_BITS,
    LARGEST_TEXT,
    refuse_number,
    spend,
)
from docgen.language.errors import LanguageError, Runaway
from docgen.language.exact import Exact
from docgen.model.blocks import Chapter
from docgen.model.values import Missing, Passage

ITEM = 8  # units to walk over an item, beside its characters
A_LIST = 24  # units to enter a list, beside its items
DEEPEST_VALUE = 100  # lists within lists
_WORD = 1 << 64
ATOM, TEXT, ITEMS, PAIRS, HOLDER, STREAM, NUMBER, WRITTEN = range(8)
ATOMS = frozenset([bool, float, type(None), date, Exact])  # an Exact is made in bounds


def _walk_of(kind: type) -> int:
    """What there is to walk in values of a type."""
    if issubclass(kind, str | bytes | bytearray):
        return TEXT
    if issubclass(kind, Decimal | int):
        return NUMBER
    if issubclass(kind, Passage | Chapter):
        return WRITTEN
    if issubclass(kind, Missing | Undefined | Context | LoopContext | Stream):
        return ATOM
    if issubclass(kind, Namespace):
        return HOLDER
    if issubclass(kind, Mapping):
        return PAIRS
    if issubclass(kind, Collection):
        return ITEMS
    comes_by_and_by = issubclass(kind, Iterable) and not hasattr(kind, "__html__")
    return STREAM if comes_by_and_by else ATOM


walk_of: Callable[[type], int] = functools.lru_cache(1024)(_walk_of)


class Stream:
    """What comes one by one: each item is paid for as it is taken, and there is an end to them."""

    __slots__ = ("_an_item", "_items", "_room")

    def __init__(self, items: Iterable[Any], beside: int = 0) -> None:
        self._items, self._room = iter(items), LARGEST_TEXT
        self._an_item = A_NEW_ITEM + beside

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Any:
        item = next(self._items)
        self._room -= 1
        if self._room < 0:
            raise Runaway(f"一串值超过 {LARGEST_TEXT} 项")
        spend(self._an_item + (len(item) if type(item) is str else 0))
        return item


def sound(number: Any) -> None:
    """LanguageError for a number that is larger, or longer, than any expression could make."""
    if isinstance(number, int):
        if not -_WORD < number < _WORD and number.bit_length() > LARGEST_BITS:
            raise LanguageError("数太大")
    else:
        refuse_number(number)


def weight(value: object) -> int:
    """What a value weighs: its characters and items, those within it too, as often as they are met.

    Runaway where that is more than may still be spent.
    """
    most = bounds.left()
    total, _ = weighed(value, most)
    if total > most:
        spend(total)  # which raises, if there is a purse
        raise Runaway("值太大：里面的内容太多")
    return total


def depth(value: object) -> int:
    """How many lists stand within one another in a value."""
    return weighed(value, bounds.left())[1]


def weighed(value: object, most: int) -> tuple[int, int]:
    """The weight and the depth of a value; it is not walked further than to `most`."""
    total = deepest = 0
    ahead: list[Iterator[Any]] = [iter((value,))]
    while ahead:
        for item in ahead[-1]:
            kind = type(item)
            total += ITEM
            if kind is str:
                total += len(item)
            elif kind is int:
                if not -_WORD < item < _WORD:
                    total += item.bit_length()
                    sound(item)
            elif kind not in ATOMS:
                walk = walk_of(kind)
                if walk is TEXT:
                    total += len(item)
                elif walk is NUMBER:
                    sound(item)
                elif walk is WRITTEN:
                    total += len(str(item))
                elif walk is not ATOM and walk is not STREAM:
                    if len(ahead) > DEEPEST_VALUE:
                        raise LanguageError(f"一层套一层的值超过 {DEEPEST_VALUE} 层")
                    deepest = max(deepest, len(ahead))
                    total += A_LIST
                    if kind is range:
                        total += ITEM * len(item)
                    else:
                        ahead.append(_within(item, walk))
                    break
        else:
            ahead.pop()
        if total > most:
            break
    return total, deepest


def _within(value: Any, walk: int) -> Iterator[Any]:
    if walk is HOLDER:
        value = value._Namespace__attrs
    elif walk is not PAIRS:
        return iter(value)
    return chain(value, value.values())
