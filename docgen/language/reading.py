"""Reading is paid for before it is done: what a value weighs to whoever walks it to its ends.

Every filter, test, call and comparison takes its arguments through `taken`, which weighs them
(weighing.py). What only passes a value on, or looks at its items and not into them, is listed
(`PASSING`, `GLANCING`); whatever is not listed pays for everything. What does more than read its
arguments a few times has a price of its own besides (prices.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from typing import Any

from docgen.language import bounds
from docgen.language.bounds import (
    A_NEW_ITEM,
    LARGEST_TEXT,
    count_steps,
    measured,
    refuse_number,
    spend,
)
from docgen.language.errors import LanguageError
from docgen.language.prices import PRICES
from docgen.language.weighing import (
    ATOM,
    ATOMS,
    ITEMS,
    NUMBER,
    PAIRS,
    STREAM,
    TEXT,
    Stream,
    sound,
    walk_of,
    weight,
)

A_GLANCE = 30  # units to look at an item: most often a filter or test of its own does
LARGEST_SHOWN = 4 * LARGEST_TEXT  # units of a value that is written out as text
_WORD = 1 << 64
SHORT = 64  # characters that the price of a call covers

PASSING = frozenset([
    "length", "count", "first", "last", "default", "d", "缺省", "取已填", "dict", "namespace",
    "range",
])  # fmt: skip
PASSING_TESTS = frozenset([
    "已填", "未填", "boolean", "defined", "false", "integer", "iterable", "mapping", "none",
    "number", "sameas", "sequence", "string", "true", "undefined",
])  # fmt: skip
GLANCING = frozenset([
    "list", "items", "reverse", "batch", "slice", "map", "select", "reject", "selectattr",
    "rejectattr", "sum", "列", "合计", "平均", "最大", "最小", "查行", "各有",
])  # fmt: skip
USUAL = 3  # times that what is taken is read by a filter, or as long as that would last
SLOW = {"title": 10, "wordwrap": 25, "pprint": 20, "tojson": 20, "striptags": 10}
SIFTING = frozenset(["sort", "max", "min", "unique", "groupby", "重复", "除去", "dictsort"])


def taken(value: Any, times: int = 1) -> Any:
    """The value itself, paid for as what will be read to its ends; an iterator becomes a Stream."""
    kind = type(value)
    if kind is str:
        if len(value) > SHORT:
            spend(times * len(value))
    elif kind is int:
        if not -_WORD < value < _WORD:
            sound(value)
    elif kind is Decimal:
        refuse_number(value)
    elif kind not in ATOMS:
        walk = walk_of(kind)
        if walk is STREAM:
            return Stream(value)
        if walk is NUMBER:
            sound(value)
        elif walk is not ATOM:
            spend(times * weight(value))
    return value


def glanced(value: Any) -> Any:
    """The same, paid for as what will be looked at item by item and not into."""
    kind = type(value)
    if kind in ATOMS:
        return value
    walk = walk_of(kind)
    if walk is STREAM:
        return Stream(value, A_GLANCE)
    if walk in (TEXT, ITEMS, PAIRS):
        spend(A_GLANCE * len(value))
    elif walk is NUMBER:
        sound(value)
    return value


def sifted(value: Any) -> Any:
    """The same, paid for as what will be looked at item by item and compared to its ends."""
    return taken(glanced(value), USUAL)


def made(value: Any) -> Any:
    """What a filter or call gives: its items may be new, one that comes by and by is a Stream."""
    return Stream(value) if walk_of(type(value)) is STREAM else measured(value, A_NEW_ITEM)


def shown(value: Any) -> Any:
    """The value itself, if its text will not be too long to write out."""
    kind = type(value)
    if kind is not int and kind not in ATOMS and walk_of(kind) not in (ATOM, NUMBER):
        size = weight(value)
        if size > LARGEST_SHOWN:
            raise LanguageError(f"要写出的值太大，超过 {LARGEST_TEXT} 个字或项")
        spend(size)
    return value


def counted(values: Any, body: int = 0) -> Any:
    """What a loop runs over, its steps counted and paid for; `body` is what a step costs."""
    if not isinstance(values, list | tuple | dict):
        most = min(bounds.MOST_STEPS, LARGEST_TEXT) + 1
        values = list(islice(glanced(values), most))
    count_steps(len(values), body)
    return values


def paying(
    name: str, function: Callable[..., Any], passing: frozenset[str] = PASSING
) -> Callable[..., Any]:
    """A filter, test or function of this name that pays for what it reads and what it makes."""
    if name in passing:
        return function
    times = SLOW.get(name, USUAL)

    def take(value: Any) -> Any:
        return taken(value, times)

    if name in GLANCING | SIFTING:
        take = glanced if name in GLANCING else sifted

    price = PRICES.get(name)
    start = 1 if hasattr(function, "jinja_pass_arg") else 0  # Jinja's environment or context

    @functools.wraps(function)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        if options:
            options = {key: take(value) for key, value in options.items()}
        given = [take(value) for value in arguments]
        if price is not None:
            price(*given[start:], **options)
        return made(function(*given, **options))

    wrapped.pays = True  # type: ignore[attr-defined]
    return wrapped
