"""An exception while a template is compiled or rendered → a Problem: which tag, which cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, DecimalException
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateSyntaxError

from docgen.fill.causes import cause_of
from docgen.fill.environment import UnknownName
from docgen.fill.places import Spot, Tag, tag_at, tags_in, tags_of
from docgen.fill.template import CORE
from docgen.fill.traced import Places, readings
from docgen.fill.xml import parse
from docgen.language import LanguageError
from docgen.language.environment import LOOP_MEMBERS
from docgen.language.spelling import nearest
from docgen.model.blocks import Chapter
from docgen.model.values import Missing, MissingValueError, Record
from docgen.problem import Problem, Where, error

if TYPE_CHECKING:
    from jinja2 import Template as Program

    from docgen.fill.slots import Source
    from docgen.fill.styles import Styles

CODE = "模板写法"
UNKNOWN = "模板未知名称"
PROPERTIES = Spot(None, "", "文档属性")  # type: ignore[arg-type]


def explain(
    fault: Exception,
    data: bytes,
    part: str,
    name: str,
    source: Source,
    program: Program | None,
    values: Record | None,
    styles: Styles | None = None,
    places: Places | None = None,
) -> Problem:
    """The Problem that an exception means for the person who wrote the template.

    It names the tag and its place, and the facts that the tag read with their places in the data.
    """
    from docgen.fill.styles import Styles

    index = tag_index(fault, source, program)
    patched = [tag for tag in tags_in(source.text) if not tag.startswith("{#")]
    if part == CORE:
        tag = (
            Tag(" ".join(patched[index].split()), PROPERTIES) if 0 <= index < len(patched) else None
        )
    else:
        tag = tag_at(tags_of(parse(data), part, styles or Styles()), patched, index)
    spot = tag.spot.with_tag(tag.text) if tag else ""
    if isinstance(fault, UnknownName):
        owner = fault.owner if isinstance(fault.owner, Record) and fault.owner.path else None
        where = Where(file=name, path=owner.path if owner else "", spot=spot)
        of_loop = tag is not None and f"loop.{fault.name}" in tag.text
        known = LOOP_MEMBERS if of_loop else candidates(fault.owner, values)
        problem = unknown_name(fault.name, known, where)
        if owner is None or not owner.where.file:
            return problem
        return replace(problem, message=f"{problem.message}：{owner.path}（{owner.where}）里没有它")
    read = []
    if tag is not None and values is not None:
        read = readings(tag.text, _frame(fault, program), values, places)
    read.sort(key=lambda reading: not _is_culprit(fault, reading.value))
    where = Where(file=name, path=read[0].path if read else "", spot=spot)
    cause, hint = cause_of(fault)
    place = f"“{tag.text}”" if tag else "模板"
    used = f"；用到 {'、'.join(map(str, read))}" if read else ""
    return error(CODE, f"{place}{cause}{used}", where, hint)


def _is_culprit(fault: Exception, value: object) -> bool:
    """Whether a fact that was read is most likely what the exception is about."""
    if isinstance(fault, ZeroDivisionError | DecimalException):
        return isinstance(value, int | float | Decimal) and not value
    if isinstance(fault, MissingValueError):
        return isinstance(value, Missing)
    return isinstance(fault, TypeError | ValueError) and isinstance(value, str)


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


def _frame(fault: Exception, program: Program | None) -> FrameType | None:
    """The innermost frame of the template's own code, None where there is none."""
    frame = None
    trace = fault.__traceback__
    while trace is not None and program is not None:
        if trace.tb_frame.f_globals is program.root_render_func.__globals__:
            frame = trace.tb_frame
        trace = trace.tb_next
    return frame


def tag_index(fault: Exception, source: Source, program: Program | None) -> int:
    """Which tag of the source an exception was raised in, -1 where nobody knows."""
    return source.tag_at(_line(fault, program))


def _line(fault: Exception, program: Program | None) -> int:
    """The line of the source at which the exception was raised, 0 where nobody knows."""
    if isinstance(fault, TemplateSyntaxError | SyntaxError):
        return fault.lineno or 0
    line = fault.line if isinstance(fault, LanguageError) and program is None else 0
    trace: TracebackType | None = fault.__traceback__
    while trace is not None and program is not None:
        if trace.tb_frame.f_globals is program.root_render_func.__globals__:
            line = program.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line
