"""An exception while a template is compiled or rendered → a Problem: which tag, which cause."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, DecimalException
from functools import lru_cache
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateSyntaxError

from docgen.fill.causes import cause_of
from docgen.fill.places import Spot, Tag, tags_in, tags_of, typed_tags
from docgen.fill.template import CORE
from docgen.fill.traced import Places, readings
from docgen.fill.unknown import UnknownName, unknown_told
from docgen.fill.xml import parse
from docgen.language import LanguageError
from docgen.model.values import Missing, MissingValueError, Record
from docgen.problem import Problem, Where, error

if TYPE_CHECKING:
    from jinja2 import Template as Program

    from docgen.fill.slots import Source
    from docgen.fill.styles import Styles

CODE = "模板写法"
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
    label: str = "",
) -> Problem:
    """The Problem that an exception means for the person who wrote the template.

    It names the tag and its place, and the facts that the tag read with their places in the data.
    """
    index = tag_index(fault, source, program)
    if part == CORE:
        patched = [tag for tag in tags_in(source.text) if not tag.startswith("{#")]
        known = 0 <= index < len(patched)
        tag = Tag(" ".join(patched[index].split()), PROPERTIES) if known else None
    else:
        levels = tuple(styles.levels.items()) if styles is not None else ()
        typed = _typed(data, part, label, source.text, levels)
        tag = typed[index] if 0 <= index < len(typed) else None
    spot = tag.spot.with_tag(tag.text) if tag else ""
    if isinstance(fault, UnknownName):
        owner = fault.owner if isinstance(fault.owner, Record) and fault.owner.path else None
        where = Where(file=name, path=owner.path if owner else "", spot=spot)
        problem = unknown_told(fault, tag.text if tag else "", values or {}, where)
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


@lru_cache(4)
def _typed(
    data: bytes, part: str, label: str, source: str, levels: tuple[tuple[str, int], ...]
) -> list[Tag | None]:
    """The tags of a part as typed, by their numbers in its source."""
    from docgen.fill.styles import Styles

    patched = [tag for tag in tags_in(source) if not tag.startswith("{#")]
    if part == CORE:
        return [Tag(" ".join(tag.split()), PROPERTIES) for tag in patched]
    return typed_tags(tags_of(parse(data), label, Styles(levels=dict(levels))), patched)


def _is_culprit(fault: Exception, value: object) -> bool:
    """Whether a fact that was read is most likely what the exception is about."""
    if isinstance(fault, ZeroDivisionError | DecimalException):
        return isinstance(value, int | float | Decimal) and not value
    if isinstance(fault, MissingValueError):
        return isinstance(value, Missing)
    return isinstance(fault, TypeError | ValueError) and isinstance(value, str)


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
