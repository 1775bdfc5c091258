"""Jinja's filters that templates made for docxtpl use beside the language's own, bounded as those.

What strangers' objects show, and what Python's patterns and dates write, stands here too.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from types import ModuleType
from typing import Any

from jinja2 import filters, pass_environment, tests, utils

from docgen.language import Environment, LanguageError
from docgen.language.bounds import WIDEST, gathered, refuse_size, refuse_width, spend
from docgen.language.prices import A_LOOK
from docgen.language.weighing import sound, weight

_ALSO = "dictsort filesizeformat forceescape pprint safe striptags"
_ALSO_TESTS = "callable escaped filter lower test upper"
_MOMENT = frozenset(["hour", "minute", "second"])
_FIELD = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(\d+|\*)?(?:\.(\d+|\*))?")


def with_usual(known: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters of the language and those that docxtpl's users know, all of them bounded."""
    also = {name: filters.FILTERS[name] for name in _ALSO.split()}
    also |= {"center": _centred, "format": _format, "wordwrap": _wrapped, "tojson": _json}
    return also | dict(known)


@functools.cache
def reader() -> Environment:
    """The language of templates as it is written, to read tags with: nothing is rendered by it."""
    return UsualEnvironment(templates=True, autoescape=True)


class UsualEnvironment(Environment):
    """The language with the filters that docxtpl's users know."""

    def known_filters(self) -> Mapping[str, Callable[..., Any]]:
        return with_usual(super().known_filters())

    def known_tests(self) -> Mapping[str, Callable[..., Any]]:
        also: dict[str, Any] = {name: tests.TESTS[name] for name in _ALSO_TESTS.split()}
        return {**also, "float": _is_float, **super().known_tests()}


def _is_float(value: Any) -> bool:
    """Jinja's float: a number with a point, which is a Decimal here."""
    return isinstance(value, float | Decimal)


def _centred(value: str, width: int = 80) -> str:
    refuse_width(width)
    return filters.do_center(value, width)


@pass_environment
def _wrapped(
    environment: Any, s: str, width: int = 79, break_long_words: bool = True,
    wrapstring: str | None = None, break_on_hyphens: bool = True,
) -> str:  # fmt: skip
    width = max(int(width), 1)
    lines = 2 * len(s) // width + s.count("\n") + 2
    refuse_size(len(s) + lines * len(wrapstring or ""))
    longest = max(map(len, s.split()), default=0)
    spend(longest * longest // (16 * width))  # a long word is copied anew for each line cut from it
    return filters.do_wordwrap(
        environment, s, width, break_long_words, wrapstring, break_on_hyphens
    )


def _json(value: Any, indent: int | None = None) -> Any:
    """Jinja's tojson; stops as soon as the text is too long."""
    refuse_width(indent or 0)
    return utils.htmlsafe_json_dumps(value, dumps=_json_text, indent=indent)


def _json_text(value: Any, indent: int | None) -> str:
    encoder = json.JSONEncoder(sort_keys=True, indent=indent, default=_plain_number)
    return "".join(gathered(encoder.iterencode(value)))


def _plain_number(value: object) -> float | int:
    """A number of the language as JSON has it."""
    if isinstance(value, Decimal):
        sound(value)
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"tojson 写不出这种值（{type(value).__name__}）")


def _format(value: Any, *arguments: Any, **named: Any) -> str:
    """{{ '%.2f' | format(金额) }}"""
    return percent(str(value), named or arguments)


def percent(pattern: str, values: Any) -> str:
    """Python's % with a pattern, of a result that is foreseen: {{ '%.2f' % 金额 }}"""
    spend(pattern.count("%(") * len(pattern) // A_LOOK)  # the end of each may be sought to the end
    widths = [width for field in _FIELD.findall(pattern) for width in field if width]
    for width in widths:
        if width == "*" or len(width) > 4:
            raise LanguageError("格式里的宽度太大")
        refuse_width(int(width))
    given = values.values() if isinstance(values, Mapping) else values
    each = given if isinstance(values, Mapping | tuple) else (given,)
    longest = max((len(v) if isinstance(v, str) else weight(v) for v in each), default=0)
    refuse_size(len(pattern) + sum(map(int, widths)) + pattern.count("%") * longest)
    text: str = pattern % values
    return text


def shown_member(owner: object, name: str, otherwise: Any) -> Any:
    """A member that a stranger's object shows: a field, an attribute; no method, nothing hidden.

    Dates can be written out as well, which templates made for docxtpl often do.
    """
    kind = type(owner)
    if name.startswith("_") or kind.__module__.startswith("docgen.") or hasattr(owner, "__html__"):
        return otherwise
    if isinstance(owner, date | time):
        if name == "strftime":
            return lambda pattern: _written(owner, pattern)
        return getattr(owner, name) if name in _MOMENT else otherwise
    if name in getattr(kind, "_fields", ()) or name in getattr(kind, "__dataclass_fields__", ()):
        return getattr(owner, name)
    if isinstance(owner, type | ModuleType) or kind.__module__.startswith("jinja2."):
        return otherwise
    member = getattr(owner, "__dict__", {}).get(name, otherwise)
    return otherwise if callable(member) else member


def _written(moment: date | time, pattern: Any) -> str:
    if len(str(pattern)) > WIDEST or re.search(r"\d{4}", str(pattern)):
        raise LanguageError("日期的格式太长")
    return moment.strftime(str(pattern))
