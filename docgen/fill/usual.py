"""Jinja's filters that templates made for docxtpl use; what takes a width is bounded."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from jinja2 import filters

from docgen.fill.bounds import refuse_length, refuse_width
from docgen.language import LanguageError
from docgen.language.environment import LARGEST_TEXT

_ALSO = "center dictsort filesizeformat forceescape format pprint safe striptags tojson wordwrap"
_WIDE = ("batch", "center", "indent", "slice", "tojson", "truncate", "wordwrap")
_WIDE_METHODS = frozenset(["zfill"])
_FIELD_WIDTH = re.compile(r"\d{5,}|\*")


def with_usual(known: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters of the language, those that docxtpl's users know, all of them bounded."""
    found = {name: filters.FILTERS[name] for name in _ALSO.split()} | dict(known)
    for name in _WIDE:
        found[name] = _bounded(found[name])
    found["format"] = _format
    found["replace"] = _replacing(found["replace"])
    return found


def called(function: Any, arguments: tuple[Any, ...]) -> None:
    """Refuses a method of text that would make a giant."""
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if not isinstance(owner, str):
        return
    if name in _WIDE_METHODS:
        for width in arguments:
            refuse_width(width)
    elif name == "replace" and len(arguments) >= 2:
        _refuse_replacement(owner, str(arguments[0]), str(arguments[1]))
    elif name == "join" and arguments:
        between = len(owner)
        refuse_length(sum(len(text) + between for text in arguments[0] if isinstance(text, str)))


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        for width in (*arguments[1:], *options.values()):
            refuse_width(width)
        return function(*arguments, **options)

    return wrapped


def _replacing(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapped(context: Any, text: Any, old: str, new: str, *rest: Any) -> Any:
        _refuse_replacement(str(text), str(old), str(new))
        return function(context, text, old, new, *rest)

    return wrapped


def _refuse_replacement(text: str, old: str, new: str) -> None:
    growth = len(new) - len(old)
    if growth > 0 and (len(text) + 1) * growth > LARGEST_TEXT:
        refuse_length(len(text) + text.count(old) * growth)


def _format(pattern: Any, *arguments: Any, **named: Any) -> str:
    """{{ '%.2f' | format(金额) }}"""
    return percent(str(pattern), named or arguments)


def percent(pattern: str, values: Any) -> str:
    """Python's % with a pattern, its widths bounded: {{ '%.2f' % 金额 }}"""
    if _FIELD_WIDTH.search(pattern):
        raise LanguageError("格式里的宽度太大")
    return pattern % values


def is_public_data(owner: object, name: str) -> bool:
    """Whether a member of a stranger's object is data that it shows: no method, nothing hidden."""
    ours = type(owner).__module__.startswith(("docgen.", "jinja2."))
    if ours or name.startswith("_") or hasattr(owner, "__html__"):
        return False
    held = getattr(owner, "__dict__", {})
    shown = name in held or name in getattr(type(owner), "__dataclass_fields__", ())
    if not shown and name not in getattr(type(owner), "_fields", ()):
        return False
    if isinstance(owner, type | ModuleType):
        return False
    return not callable(getattr(owner, name, None))
