"""A test over facts → what was found: true, false, or not to be known because a fact is absent."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from docgen.check.comparing import comparable, gap_between, printed
from docgen.check.once import once
from docgen.check.presence import absent
from docgen.check.scoring import score
from docgen.language import LanguageError, compile_expression
from docgen.language.numbers import plain
from docgen.language.told import fault_told
from docgen.model.rule import Test
from docgen.model.values import (
    Missing,
    MissingValueError,
    Passage,
    Record,
    lookup,
)
from docgen.problem import Where

BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "不超过": operator.le,
    "不少于": operator.ge,
    "等于": operator.eq,
    "不早于": operator.ge,
    "不晚于": operator.le,
    "超过": operator.gt,
    "低于": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`holds` is None where `missing` facts leave it open; the texts are for a person.

    `either` tells that one of the missing facts may suffice (任一).
    """

    holds: bool | None
    missing: tuple[Missing, ...] = ()
    actual: str = ""
    wanted: str = ""
    gap: str = ""
    offenders: tuple[Passage, ...] = ()
    names: tuple[str, ...] = ()
    either: bool = False


def judge(test: Test, facts: Mapping[str, Any]) -> Judgement:
    """Judges one test. Raises LanguageError where an expression of the pack cannot be evaluated."""
    if test.any_of:
        return _join([_branch(part, facts) for part in test.any_of], decisive=True)
    if test.all_of:
        return _join([_branch(part, facts) for part in test.all_of], decisive=False)
    if test.scores:
        return _scored(test, facts)
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


def _branch(test: Test, facts: Mapping[str, Any]) -> Judgement:
    """One of several tests; its name (名称) stands before what was found."""
    found = judge(test, facts)
    if test.name and not found.actual and found.holds is False and not found.offenders:
        return replace(found, actual=f"{test.name}不成立")
    if not test.name or not found.actual:
        return found
    return replace(found, actual=f"{test.name} {found.actual}")


def evaluate(source: str, facts: Mapping[str, Any]) -> Any:
    """The value of an expression; a fault of the pack's author is a LanguageError in Chinese."""
    try:
        return compile_expression(source).evaluate(facts)
    except MissingValueError:
        raise
    except LanguageError:
        if (absent := _absent(source, facts)) is not None:
            raise MissingValueError(absent) from None
        raise
    except ArithmeticError as fault:
        raise _zero(source, facts) or LanguageError(_cannot(source, fault)) from None
    except Exception as fault:
        if (absent := _absent(source, facts)) is not None:
            raise MissingValueError(absent) from None
        raise LanguageError(_cannot(source, fault)) from None


def _cannot(source: str, fault: Exception) -> str:
    return f"“{source}”算不出来：{fault_told(str(fault))}"


def _absent(source: str, facts: Mapping[str, Any]) -> Missing | None:
    """The first absent fact that an expression reads, which may be why it cannot be computed."""
    for path in names_in_source(source):
        value = _fact(path, facts)
        if isinstance(value, Missing):
            return value
    return None


def _zero(source: str, facts: Mapping[str, Any]) -> MissingValueError | None:
    """A zero among the facts that an expression divides by: as good as absent."""
    for path in names_in_source(source):
        value = _fact(path, facts)
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and not value:
            label = f"{path.rsplit('.', 1)[-1]}（现在是零，不能作除数）"
            return MissingValueError(Missing(path, label, Where()))
    return None


def _fact(path: str, facts: Mapping[str, Any]) -> Any:
    root, _, below = path.partition(".")
    return lookup(facts.get(root), below) if below else facts.get(root)


def with_lets(lets: Mapping[str, str], facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts and the names of 设; one that needs an absent fact is that absence."""
    if not lets:
        return facts
    known = dict(facts)
    waiting = {"项", "序号"} - set(facts)  # they name a row of 逐项, where one is judged
    for name, source in lets.items():
        if waiting & {path.partition(".")[0] for path in names_in_source(source)}:
            waiting.add(name)
            continue
        try:
            known[name] = evaluate(source, known)
        except MissingValueError as absent:
            known[name] = absent.missing
    return known


@once
def names_of(test: Test) -> tuple[str, ...]:
    """The paths of facts that a test reads, in order; none of an expression that cannot be read."""
    names: list[str] = list(test.filled)
    for source in sources_of_test(replace(test, any_of=(), all_of=())):
        names.extend(names_in_source(source))
    for part in (*test.any_of, *test.all_of):
        names.extend(names_of(part))
    return tuple(dict.fromkeys(names))


def sources_of_test(test: Test) -> Iterator[str]:
    """Every expression of a test and of those it joins."""
    scores = [source for line in test.scores for source in (line.points, line.value)]
    yield from filter(None, (test.value, *test.bounds.values(), test.holds, test.none_of, *scores))
    for part in (*test.any_of, *test.all_of):
        yield from sources_of_test(part)


def names_in_source(source: str) -> tuple[str, ...]:
    """The paths that one expression reads; none where it is empty or cannot be read."""
    try:
        return compile_expression(source).names if source else ()
    except LanguageError:
        return ()


def _join(parts: list[Judgement], *, decisive: bool) -> Judgement:
    """任一 (decisive true) or 全部 (decisive false): one decisive part settles it."""
    names = tuple(dict.fromkeys(name for part in parts for name in part.names))
    settled = [part for part in parts if part.holds is decisive]
    if settled and decisive:
        return replace(settled[0], names=names)
    if len(settled) == 1:
        return settled[0]
    open_parts = [part for part in parts if part.holds is None]
    if open_parts and not settled:
        missing = tuple(one for part in open_parts for one in part.missing)
        return replace(open_parts[0], holds=None, missing=missing, names=names, either=decisive)
    told = settled or parts
    return Judgement(
        decisive if settled else not decisive,
        actual="；".join(part.actual for part in told if part.actual),
        wanted=("；或 " if decisive else "；").join(part.wanted for part in told if part.wanted),
        gap="" if decisive else "；".join(part.gap for part in told if part.gap),
        offenders=tuple(one for part in told for one in part.offenders),
        names=tuple(dict.fromkeys(name for part in told for name in part.names)),
        either=decisive,
    )


def _filled(paths: tuple[str, ...], facts: Mapping[str, Any]) -> Judgement:
    missing = [one for path in paths for one in absent(path, facts)]
    return Judgement(None if missing else True, tuple(missing), names=paths)


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
        left, right = comparable(value, bound)
        wanted.append(f"{word} {printed(bound, test.unit)}")
        if not BOUNDS[word](left, right):
            holds = False
            gaps.append(gap_between(word, left, right, test.unit))
    return Judgement(
        holds,
        actual=printed(value, test.unit),
        wanted="、".join(wanted),
        gap="、".join(filter(None, gaps)),
        names=names_of(test),
    )


def _scored(test: Test, facts: Mapping[str, Any]) -> Judgement:
    """The total of a scoring table; absent figures leave it between the worst and the best."""
    lines = [score(line, facts, evaluate) for line in test.scores]
    worst = plain(sum((line.worst for line in lines), Decimal(0)))
    best = plain(sum((line.best for line in lines), Decimal(0)))
    sum_of = Test(value="得分", unit="分", bounds=test.bounds)
    total = _bounded(sum_of, {**facts, "得分": worst})
    at_best = _bounded(sum_of, {**facts, "得分": best})
    short = [line for line in lines if line.is_short]
    holds = total.holds if total.holds == at_best.holds else None
    if short:
        holds = False
    elif any(line.may_be_short for line in lines) and holds:
        holds = None
    said = printed(worst, "分") if worst == best else f"{printed(worst)} 至 {printed(best, '分')}"
    return Judgement(
        holds,
        tuple(line.missing for line in lines if line.missing is not None) if holds is None else (),
        actual=said,
        wanted=total.wanted,
        gap="；".join(filter(None, [at_best.gap, *(line.shortage for line in short)])),
        names=names_of(test),
    )
