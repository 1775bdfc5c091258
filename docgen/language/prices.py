"""What certain filters and functions cost beside reading what they are given; paid before they run.

Each price is a function of what its filter is given (without Jinja's environment or context). It
spends, or refuses what no template needs. A filter that does more than read its arguments a few
times needs an entry here: tests/language/test_prices.py finds one that lacks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from docgen.language.bounds import spend
from docgen.language.errors import LanguageError
from docgen.language.weighing import depth, weight

Price: TypeAlias = Callable[..., None]

A_LOOK = 16  # characters that a search compares in a unit
A_COPY = 256  # characters that are copied in a unit
A_COMPARISON = 8  # units, of two items that are sorted
A_STEP_DOWN = 30  # units, from an item to its member
MOST_STEPS_DOWN = 20  # of a dotted attribute

_ATTRIBUTE_AT: Mapping[str, int] = {
    "sum": 0, "selectattr": 0, "rejectattr": 0, "groupby": 0, "unique": 1, "max": 1, "min": 1,
    "join": 1, "sort": 2, "map": 99, "列": 0, "合计": 0, "平均": 0, "最大": 0, "最小": 0, "分组": 0,
}  # fmt: skip


def searching(text: str, sought: str) -> None:
    """Pays for a search that compares at every character."""
    spend(len(text) * min(len(sought), len(text)) // A_LOOK)


def _sized(values: Any) -> int:
    try:
        return len(values)
    except TypeError:
        return 0


def column(name: str) -> Price:
    """Of a filter with an attribute: each item is asked for as many members as it has steps."""
    at = _ATTRIBUTE_AT[name]

    def price(values: Any = None, *given: Any, **named: Any) -> None:
        attribute = named.get("attribute", named.get("column", (*given, *[None] * 100)[at]))
        if attribute is None or isinstance(attribute, int):
            return
        if not isinstance(attribute, str):
            raise LanguageError(f"{name}的栏名须是文字")
        steps = attribute.count(".") + attribute.count(",")
        if steps >= MOST_STEPS_DOWN:
            raise LanguageError(f"一个栏名最多 {MOST_STEPS_DOWN} 级")
        spend(A_STEP_DOWN * (steps + 1) * _sized(values) + len(attribute))

    return price


def _both(*prices: Price) -> Price:
    def price(*given: Any, **named: Any) -> None:
        for one in prices:
            one(*given, **named)

    return price


def _sorting(values: Any = None, *_: Any, **__: Any) -> None:
    size = _sized(values)
    spend(A_COMPARISON * size * size.bit_length())


def stripping(text: Any, signs: Any = None, *_: Any, **named: Any) -> None:
    """Of strip() and trim: each character at an end is searched for among the signs."""
    signs = named.get("chars", signs)
    if isinstance(text, str) and isinstance(signs, str):
        searching(text, signs)


def _pretty(value: Any, *_: Any, **__: Any) -> None:
    """At each level all that lies below is written out, to see whether it fits a line."""
    spend(10 * depth(value) * weight(value))


def _striptags(value: Any, *_: Any, **__: Any) -> None:
    """The text is copied anew for each tag that is taken out."""
    text = str(value)
    spend(text.count("<") * len(text) // A_COPY)


PRICES: Mapping[str, Price] = {
    **{name: column(name) for name in _ATTRIBUTE_AT},
    **{name: _both(column(name), _sorting) for name in ("sort", "groupby")},
    "dictsort": _sorting,
    "trim": stripping,
    "pprint": _pretty,
    "striptags": _striptags,
}
