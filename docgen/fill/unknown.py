"""A name that is no fact: what is raised, of what it was asked, what could have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jinja2.runtime import LoopContext, StrictUndefined
from jinja2.utils import missing

from docgen.fill.usual import reader
from docgen.language import LanguageError, nothing_there
from docgen.language.borrowed import LIST_METHODS, TEXT_METHODS
from docgen.language.environment import (
    DATE_MEMBERS,
    LOOP_MEMBERS,
    MAPPING_METHODS,
    MOMENT_MEMBERS,
)
from docgen.language.spelling import nearest
from docgen.language.told import kind_told
from docgen.model.blocks import Chapter
from docgen.model.values import Moment, Month
from docgen.problem import Problem, Where, error

UNKNOWN = "模板未知名称"


class UnknownName(LanguageError):
    """A template names what is no fact; `owner` is what was asked for it, None at the top."""

    def __init__(self, name: str, owner: object = None) -> None:
        super().__init__(f"没有“{name}”这个名称")
        self.name, self.owner = name[:40], owner


class Unknown(StrictUndefined):
    """Raises UnknownName wherever it is used."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
        nothing = nothing_there(self._undefined_hint)
        if nothing:
            raise LanguageError(nothing)
        raise UnknownName(str(self._undefined_name), self._undefined_obj)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _fail_with_undefined_error
    __mod__ = __rmod__ = __pos__ = __neg__ = __call__ = __getitem__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail_with_undefined_error
    __iter__ = __str__ = __len__ = __bool__ = __contains__ = _fail_with_undefined_error
    __eq__ = __ne__ = __hash__ = _fail_with_undefined_error


def unknown_name(name: str, known: Iterable[str], where: Where) -> Problem:
    """A name that is no fact, with the nearest known one."""
    return _problem(f"没有“{name}”这个字段", name, known, where)


def unknown_told(
    fault: UnknownName, tag: str, values: Mapping[str, object], where: Where
) -> Problem:
    """The Problem of a name, with the nearest that can stand where it stands.

    What is called can only have been meant for a function, a member of a text for one of texts.
    """
    name, owner = fault.name, fault.owner
    called = re.search(rf"(?<!\w){re.escape(name)}\s*\(", tag) is not None
    if owner is missing:
        if called:
            functions = [*reader().globals, *(key for key in values if callable(values[key]))]
            return _problem(f"没有“{name}”这个函数或宏", name, functions, where)
        return unknown_name(name, values, where)
    if isinstance(owner, Mapping | Chapter) and not called:
        return unknown_name(name, _members(owner), where)
    said = f"{_kind(owner)}没有“{name}”这个成员"
    return _problem(said, name, MAPPING_METHODS if called and isinstance(owner, Mapping)
                    else _members(owner), where, "请对照使用说明改正")  # fmt: skip


def _problem(
    said: str, name: str, known: Iterable[str], where: Where, cure: str = "请对照字段清单改正名称"
) -> Problem:
    near = nearest(name, known)
    return error(UNKNOWN, said, where, f"是否想写“{near}”？" if near else cure)


def _kind(owner: object) -> str:
    return "loop " if isinstance(owner, LoopContext) else kind_told(owner)


def _members(owner: object) -> Iterable[str]:
    """The names that may be asked of a value."""
    if isinstance(owner, Chapter):
        return [section.title for section in owner.sections]
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    if isinstance(owner, str):
        return TEXT_METHODS
    if isinstance(owner, LoopContext):
        return LOOP_MEMBERS
    if isinstance(owner, list | tuple):
        return LIST_METHODS
    if isinstance(owner, Moment):
        return (*DATE_MEMBERS, *MOMENT_MEMBERS)
    return DATE_MEMBERS if isinstance(owner, date | Month) else ()
