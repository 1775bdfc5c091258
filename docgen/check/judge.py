"""A test over facts → what was found: true, false, or not to be known because a fact is absent."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.language import LanguageError, compile_expression
from docgen.language.dates import day, written
from docgen.model.blocks import Chapter, Section, texts
from docgen.model.notice import Test
from docgen.model.values import Missing, MissingValueError, Month, Passage, Record, Rows
from docgen.problem import Where

HOLES = re.compile(r"\s*(?:【\s*待补[^】]*】\s*)*")
BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "不超过": operator.le,
    "不少于": operator.ge,
    "等于": operator.eq,
    "不早于": operator.ge,
    "不晚于": operator.le,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`holds` is None where `missing` facts leave it open; the texts are for a person."""

    holds: bool | None
    missing: tuple[Missing, ...] = ()
    actual: str = ""
    wanted: str = ""
    gap: str = ""
    offenders: tuple[Passage, ...] = ()
    names: tuple[str, ...] = ()


def judge(test: Test, facts: Mapping[str, Any]) -> Judgement:
    """Judges one test. Raises LanguageError where an expression of the pack cannot be evaluated."""
    if test.any_of:
        return _join([judge(part, facts) for part in test.any_of], decisive=True)
    if test.all_of:
        return _join([judge(part, facts) for part in test.all_of], decisive=False)
    try:
        if test.filled:
            return _filled(test.filled, facts)
        if test.none_of:
            return _none_of(test.none_of, facts)
        if test.holds:
            return _holds(test.holds, facts)
        if test.value:
            return _bounded(test, facts)
    except MissingValueError as absent:
        names = names_of(test)
        return Judgement(None, (absent.missing,), names=names)
    return Judgement(True)  # nothing to judge by machine: a person settles it


def evaluate(source: str, facts: Mapping[str, Any]) -> Any:
    """The value of an expression; a fault of the pack's author is a LanguageError in Chinese."""
    try:
        return compile_expression(source).evaluate(facts)
    except (MissingValueError, LanguageError):
        raise
    except ZeroDivisionError:
        raise LanguageError(f"“{source}”：除数是零") from None
    except Exception as fault:
        raise LanguageError(f"“{source}”算不出来：{fault}") from None


def names_of(test: Test) -> tuple[str, ...]:
    """The paths of facts that a test reads, in order; none of an expression that cannot be read."""
    names: list[str] = list(test.filled)
    for source in (test.value, *test.bounds.values(), test.holds, test.none_of):
        names.extend(names_in_source(source))
    for part in (*test.any_of, *test.all_of):
        names.extend(names_of(part))
    return tuple(dict.fromkeys(names))


def names_in_source(source: str) -> tuple[str, ...]:
    """The paths that one expression reads; none where it is empty or cannot be read."""
    try:
        return compile_expression(source).names if source else ()
    except LanguageError:
        return ()


def _join(parts: list[Judgement], *, decisive: bool) -> Judgement:
    """任一 (decisive true) or 全部 (decisive false): one decisive part settles it."""
    names = tuple(dict.fromkeys(name for part in parts for name in part.names))
    for part in parts:
        if part.holds is decisive:
            return replace(part, names=names) if decisive else part
    open_parts = [part for part in parts if part.holds is None]
    if open_parts:
        missing = tuple(one for part in open_parts for one in part.missing)
        return replace(open_parts[0], holds=None, missing=missing, names=names)
    return Judgement(
        not decisive,
        actual="；".join(part.actual for part in parts if part.actual),
        wanted="；".join(part.wanted for part in parts if part.wanted),
        gap="；".join(part.gap for part in parts if part.gap),
        names=names,
    )


def _filled(paths: tuple[str, ...], facts: Mapping[str, Any]) -> Judgement:
    missing = [one for path in paths for one in _absent(path, facts)]
    return Judgement(None if missing else True, tuple(missing), names=paths)


def _absent(path: str, facts: Mapping[str, Any]) -> Iterator[Missing]:
    root, _, rest = path.partition(".")
    if root not in facts:
        raise LanguageError(f"没有“{root}”这个字段")
    yield from _absent_below(facts[root], rest, path)


def _absent_below(value: Any, rest: str, path: str) -> Iterator[Missing]:
    if isinstance(value, Missing):
        yield value
    elif isinstance(value, Rows):
        if not value:
            table = path.removesuffix(f".{rest}") if rest else path
            yield Missing(table, table.rsplit(".", 1)[-1], Where())
        for row in value if rest else ():
            yield from _absent_below(row, rest, path)
    elif rest and isinstance(value, Chapter):
        section = value.section(rest)
        if section is None or _says_nothing(section):
            yield Missing(path, rest, section.where if section else value.where, required=True)
    elif rest and isinstance(value, Mapping):
        key, _, rest = rest.partition(".")
        if key not in value:
            raise LanguageError(f"没有“{path}”这个字段")
        yield from _absent_below(value[key], rest, path)
    elif isinstance(value, Chapter):
        for section in value.sections:
            if _says_nothing(section) and (section.title or value.is_empty):
                label = section.title or value.title
                yield Missing(f"{path}.{label}", label, section.where, required=True)
        if not value.sections:
            yield Missing(path, value.title, value.where, required=True)
    elif isinstance(value, str | tuple) and not value:
        yield Missing(path, path.rsplit(".", 1)[-1], Where())


def _says_nothing(section: Section) -> bool:
    """Whether a section holds no more than places left open (【待补…】)."""
    return all(HOLES.fullmatch(text) for text, _ in texts(section.blocks))


def _none_of(source: str, facts: Mapping[str, Any]) -> Judgement:
    offenders = []
    for one in evaluate(source, facts):
        if isinstance(one, Missing):
            raise MissingValueError(one)
        if isinstance(one, Record):
            one = Passage(printed(one), one.where)
        offenders.append(one if isinstance(one, Passage) else Passage(printed(one), Where()))
    names = compile_expression(source).names
    return Judgement(not offenders, offenders=tuple(offenders), names=names)


def _holds(source: str, facts: Mapping[str, Any]) -> Judgement:
    value = evaluate(source, facts)
    if isinstance(value, Missing):
        raise MissingValueError(value)
    return Judgement(bool(value), names=compile_expression(source).names)


def _bounded(test: Test, facts: Mapping[str, Any]) -> Judgement:
    value = evaluate(test.value, facts)
    if isinstance(value, Missing):
        raise MissingValueError(value)
    wanted, gaps, holds = [], [], True
    for word, source in test.bounds.items():
        bound = evaluate(source, facts)
        if isinstance(bound, Missing):
            raise MissingValueError(bound)
        left, right = _comparable(value, bound)
        wanted.append(f"{word} {printed(bound)}")
        if not BOUNDS[word](left, right):
            holds = False
            gaps.append(_gap(left, right))
    return Judgement(
        holds,
        actual=printed(value),
        wanted="、".join(wanted),
        gap="、".join(filter(None, gaps)),
        names=names_of(test),
    )


def _comparable(value: Any, bound: Any) -> tuple[Any, Any]:
    """Both sides as one kind; LanguageError where they are not of one."""
    if isinstance(value, date | Month) and isinstance(bound, date | Month):
        return day(value), day(bound)
    for kind in (bool, int | Decimal, str):
        if isinstance(value, kind) and isinstance(bound, kind):
            return value, bound
    raise LanguageError(f"“{printed(value)}”和“{printed(bound)}”没法比较")


def _gap(value: Any, bound: Any) -> str:
    if isinstance(value, date):
        days = (value - bound).days
        return f"{'晚' if days > 0 else '早'} {abs(days)} 天"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        difference = value - bound
        return f"{'多' if difference > 0 else '差'} {printed(abs(difference))}"
    return ""


def printed(value: Any) -> str:
    """A value as a message shows it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return written(value)
    if isinstance(value, Missing):
        return f"（缺{value.label}）"
    if isinstance(value, Record):
        first = next((v for v in value.values() if isinstance(v, str)), "")
        return first or str(len(value))
    if isinstance(value, Rows):
        return f"{len(value)} 行"
    if isinstance(value, list | tuple):
        return "、".join(printed(one) for one in value) or "无"
    return "空" if value is None else str(value)
