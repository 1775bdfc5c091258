"""An exception while a template is compiled or rendered → a Problem: which tag, which cause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import DecimalException
from types import TracebackType
from typing import TYPE_CHECKING

from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from docgen.fill.environment import UnknownName
from docgen.fill.places import TAG, tag_at, tags_of
from docgen.fill.xml import parse
from docgen.language import LanguageError
from docgen.model.blocks import Chapter
from docgen.model.values import MissingValueError, Record
from docgen.problem import Problem, Where, error

if TYPE_CHECKING:
    from jinja2 import Template as Program

    from docgen.fill.slots import Source
    from docgen.fill.styles import Styles

CODE = "模板写法"
UNKNOWN = "模板未知名称"
_SYNTAX = (
    (re.compile(r"Encountered unknown tag '(\w+)'"), "多了 {{% {0} %}}，或前面的标记没有配对"),
    (re.compile(r"Unexpected end of template.*innermost block.*'(\w+)'"), "“{0}”没有结束标记"),
    (re.compile(r"Unexpected end of template"), "有标记没有结束（缺 endif 或 endfor）"),
    (re.compile(r"unexpected '(.+)'"), "多余或写错的“{0}”"),
    (re.compile(r"expected token '(.+)', got '(.+)'"), "应为“{0}”，却是“{1}”"),
    (re.compile(r"unexpected char '(.+)' at"), "不能识别的字符“{0}”（是否用了全角标点？）"),
    (re.compile(r"Expected an expression, got '(.+)'"), "缺少名称或式子"),
    (re.compile(r"Missing end of comment tag"), "注释没有以 #}} 结束"),
    (re.compile(r"No (filter|test) named '(.+)'"), "没有“{1}”这个过滤器或判断"),
)


def explain(
    fault: Exception,
    data: bytes,
    part: str,
    name: str,
    source: Source,
    program: Program | None,
    values: Record | None,
    styles: Styles | None = None,
) -> Problem:
    """The Problem that an exception means for the person who wrote the template."""
    from docgen.fill.styles import Styles

    index = source.tag_at(_line(fault, program))
    tags = tags_of(parse(data), part, styles or Styles())
    tag = tag_at(tags, [t for t in TAG.findall(source.text) if not t.startswith("{#")], index)
    spot = tag.spot.with_tag(tag.text) if tag else ""
    where = Where(file=name, spot=spot)
    if isinstance(fault, UnknownName):
        return unknown_name(fault.name, candidates(fault.owner, values), where)
    cause, hint = cause_of(fault)
    place = f"“{tag.text}”" if tag else "模板"
    return error(CODE, f"{place}{cause}", where, hint)


def candidates(owner: object, values: Record | None) -> tuple[str, ...]:
    """The names that could have been meant: members of what was asked, or the facts at the top."""
    if isinstance(owner, Record):
        return tuple(owner)
    if isinstance(owner, Chapter):
        return tuple(section.title for section in owner.sections)
    return tuple(values) if values is not None else ()


def unknown_name(name: str, known: Iterable[str], where: Where) -> Problem:
    """A name that is no fact, with the nearest known one."""
    near = nearest(name, known)
    cure = f"是否想写“{near}”？" if near else "请对照字段清单改正名称"
    return error(UNKNOWN, f"没有“{name}”这个字段", where, cure)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like a mistyped one, "" where none is near."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=45)
    return str(found[0]) if found else ""


def _line(fault: Exception, program: Program | None) -> int:
    """The line of the source at which the exception was raised, 0 where nobody knows."""
    if isinstance(fault, TemplateSyntaxError):
        return fault.lineno
    line = fault.line if isinstance(fault, LanguageError) and program is None else 0
    trace: TracebackType | None = fault.__traceback__
    while trace is not None and program is not None:
        if trace.tb_frame.f_globals is program.root_render_func.__globals__:
            line = program.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def cause_of(fault: Exception) -> tuple[str, str]:
    words = str(fault)
    if isinstance(fault, TemplateSyntaxError):
        text = str(fault.message)
        for pattern, chinese in _SYNTAX:
            match = pattern.search(text)
            if match:
                words = chinese.format(*match.groups())
                break
        else:
            words = text
        return f"写法不对：{words}", "请检查标记的括号、引号和配对，标点须为半角"
    if isinstance(fault, SecurityError | LanguageError):
        return f"不能这样用：{words}", "模板里只能取值、判断、循环和使用说明中列出的过滤器"
    if isinstance(fault, MissingValueError):
        return f"用到的“{fault.missing.path}”还没有填写", "请先在资料中填写，或用 {% if %} 包起来"
    if isinstance(fault, ZeroDivisionError | DecimalException):
        return "算不出来：除数是零或数太大", "请先用 {% if %} 排除除数为零的情形"
    if isinstance(fault, UndefinedError):
        return f"用到了没有的名称：{words}", "请对照字段清单改正名称"
    if isinstance(fault, TypeError | ValueError | AttributeError | KeyError | IndexError):
        return f"算不出来：{_chinese(words)}", "请检查字段的类型是否合用"
    if isinstance(fault, RecursionError | SyntaxError | OverflowError | MemoryError):
        return "算不出来：层次太深或数太大", "请简化这里的式子"
    raise fault


def _chinese(words: str) -> str:
    """A message of ours as it stands; one of Python's as a general remark."""
    return words if re.search("[一-龥]", words) else f"值的类型不合（{words}）"
