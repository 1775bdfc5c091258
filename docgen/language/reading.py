"""Reading is paid for before it is done: what a value weighs to whoever walks it to its ends.

`[x, x]` made anew forty times over is a small thing to keep and an endless one to print, compare
or sort. So every filter, test, call and comparison takes its arguments through `taken`, which
weighs them: it walks as they will be walked, and stops where the purse is empty. What only passes
a value on, or looks at its items and not into them, is listed (`PASSING`, `GLANCING`); whatever is
not listed pays for everything.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.utils import Namespace

from docgen.language import bounds
from docgen.language.bounds import A_NEW_ITEM, LARGEST_TEXT, count_steps, measured, spend
from docgen.language.errors import LanguageError, Runaway
from docgen.language.exact import Exact
from docgen.model.values import Missing

ITEM = 8  # units to walk over an item, beside its characters
A_GLANCE = 30  # units to look at an item: most often a filter or test of its own does
A_LIST = 24  # units to enter a list, beside its items
DEEPEST_VALUE = 100  # lists within lists
LARGEST_SHOWN = 4 * LARGEST_TEXT  # units of a value that is written out as text
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

_ATOM, _TEXT, _ITEMS, _PAIRS, _HOLDER, _STREAM = range(6)
_ATOMS = frozenset([bool, float, type(None), Decimal, Exact, date])
_WORD = 1 << 64


def _walk_of(kind: type) -> int:
    """What there is to walk in values of a type."""
    if issubclass(kind, str | bytes | bytearray):
        return _TEXT
    if issubclass(kind, Missing | Undefined | Context | LoopContext | Stream):
        return _ATOM
    if issubclass(kind, Namespace):
        return _HOLDER
    if issubclass(kind, Mapping):
        return _PAIRS
    if issubclass(kind, Collection):
        return _ITEMS
    comes_by_and_by = issubclass(kind, Iterable) and not hasattr(kind, "__html__")
    return _STREAM if comes_by_and_by else _ATOM


_kind: Callable[[type], int] = functools.lru_cache(1024)(_walk_of)


class Stream:
    """What comes one by one: each item is paid for as it is taken, and there is an end to them."""

    __slots__ = ("_items", "_room")

    def __init__(self, items: Iterable[Any]) -> None:
        self._items, self._room = iter(items), LARGEST_TEXT

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Any:
        item = next(self._items)
        self._room -= 1
        if self._room < 0:
            raise Runaway(f"一串值超过 {LARGEST_TEXT} 项")
        spend(A_NEW_ITEM + (len(item) if type(item) is str else 0))
        return item


def weight(value: object) -> int:
    """What a value weighs: its characters and items, those within it too, as often as they are met.

    Runaway where that is more than may still be spent.
    """
    total, most = 0, bounds.left()
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
            elif kind not in _ATOMS:
                walk = _kind(kind)
                if walk is _TEXT:
                    total += len(item)
                elif walk is not _ATOM and walk is not _STREAM:
                    if len(ahead) > DEEPEST_VALUE:
                        raise LanguageError(f"一层套一层的值超过 {DEEPEST_VALUE} 层")
                    total += A_LIST
                    if kind is range:
                        total += ITEM * len(item)
                    else:
                        ahead.append(_within(item, walk))
                    break
        else:
            ahead.pop()
        if total > most:
            spend(total)  # which raises, if there is a purse
            raise Runaway("值太大：里面的内容太多")
    return total


def _within(value: Any, walk: int) -> Iterator[Any]:
    if walk is _HOLDER:
        value = value._Namespace__attrs
    elif walk is not _PAIRS:
        return iter(value)
    return chain(value, value.values())


def taken(value: Any, times: int = 1) -> Any:
    """The value itself, paid for as what will be read to its ends; an iterator becomes a Stream."""
    kind = type(value)
    if kind is str:
        if len(value) > SHORT:
            spend(times * len(value))
    elif kind is int or kind in _ATOMS:
        pass
    elif (walk := _kind(kind)) is _STREAM:
        return Stream(value)
    elif walk is not _ATOM:
        spend(times * weight(value))
    return value


def glanced(value: Any) -> Any:
    """The same, paid for as what will be looked at item by item and not into."""
    kind = type(value)
    if kind is int or kind in _ATOMS:
        return value
    walk = _kind(kind)
    if walk is _STREAM:
        return Stream(value)
    if walk in (_TEXT, _ITEMS, _PAIRS):
        spend(A_GLANCE * len(value))
    return value


def sifted(value: Any) -> Any:
    """The same, paid for as what will be looked at item by item and compared to its ends."""
    return taken(glanced(value), USUAL)


def made(value: Any) -> Any:
    """What a filter or call gives: its items may be new, one that comes by and by is a Stream."""
    return Stream(value) if _kind(type(value)) is _STREAM else measured(value, A_NEW_ITEM)


def shown(value: Any) -> Any:
    """The value itself, if its text will not be too long to write out."""
    kind = type(value)
    if kind is not int and kind not in _ATOMS and _kind(kind) is not _ATOM:
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

    @functools.wraps(function)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        if options:
            options = {key: take(value) for key, value in options.items()}
        return made(function(*map(take, arguments), **options))

    wrapped.pays = True  # type: ignore[attr-defined]
    return wrapped
