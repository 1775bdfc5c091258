"""A rule over a dossier → Finding. What follows from a strength:

| strength       | broken                 | a needed fact is absent | held                      |
|----------------|------------------------|-------------------------|---------------------------|
| 硬             | 不通过 (error)          | 资料不足 (error)         | 通过                       |
| 软             | 通过, 提醒 (warning)    | 资料不足 (error)         | 通过                       |
| 倾向, 提示     | 通过, 提示 (info)       | 通过, 提示 (info)        | 通过                       |
| 人工, 确认     | 不通过 (error)          | 资料不足 (error)         | 待人工 until 确认          |
| 评价           | 待人工, 提醒 (warning)  | 资料不足 (error)         | 通过                       |
| 测算           | 通过                   | 通过                    | 通过                       |

评价 is for the figures of an evaluation table: one that is too low is no refusal, but a person's.
测算 only measures, for a line of a table that has no threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docgen.check.judge import (
    Judgement,
    evaluate,
    judge,
    names_in_source,
    names_of,
    sources_of_test,
    with_lets,
)
from docgen.check.once import once
from docgen.check.peers import PEERS, peers_for
from docgen.check.telling import ABSENT, FOR_PEOPLE, Teller
from docgen.language import LanguageError
from docgen.model.artifact import Finding
from docgen.model.dossier import Dossier
from docgen.model.notice import Notice, in_track
from docgen.model.rule import Part, Party, Rule, Test
from docgen.model.values import Missing, MissingValueError
from docgen.problem import Problem, Severity, Verdict

NO_TEST = Test()


def judge_rule(rule: Rule, dossier: Dossier, facts: Mapping[str, Any]) -> Finding | None:
    """How `rule` stands; None where no part of it applies. `facts` come from `check.facts`."""
    if not in_track(rule.track, dossier.track):
        return None
    facts = {
        **facts,
        "期限": calendar_of(dossier.notice.named(rule.notice)),
        PEERS: peers_for(rule, dossier.peers, facts),
        "经转发": rule.notice != dossier.notice.slug,
    }
    judged = [(p, found) for p in rule.parts for found in _judge_part(rule, p, dossier, facts)]
    findings = [found for _, found in judged]
    if not findings:
        return None
    worst = max(findings, key=lambda found: found.verdict.rank)
    measured = [(part.name, found) for part, found in judged if found.actual and not part.each]
    told = {
        key: "；".join(f"{name}{said}" for name, found in measured if (said := getattr(found, key)))
        if len(measured) > 1
        else getattr(measured[0][1] if measured else worst, key)
        for key in ("actual", "wanted", "gap")
    }
    return Finding(
        rule.code,
        rule.name,
        worst.verdict,
        _once(problem for found in findings for problem in found.problems),
        answered=next((found.answered for found in findings if found.answered), ""),
        **told,
    )


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The Problems of all parts; a rule asks a person once, and for the same absent fact once."""
    kept: dict[object, Problem] = {}
    for problem in problems:
        key: object = problem
        if problem.verdict is Verdict.HUMAN and problem.severity is Severity.INFO:
            key = Verdict.HUMAN
        elif problem.verdict is Verdict.LACKING:
            key = problem.where, problem.message.rpartition(ABSENT)[2]
        kept.setdefault(key, problem)
    if any(p.verdict in (Verdict.FAIL, Verdict.LACKING) for p in kept.values()):
        kept.pop(Verdict.HUMAN, None)
    return tuple(kept.values())


def calendar_of(notice: Notice) -> Mapping[str, Mapping[str, Any]]:
    """期限 as expressions see it: 期限.线上申报.止; a rule sees the calendar of its own notice."""
    return {
        name: {"起": window.start, "止": window.hour or window.end}
        for name, window in notice.calendar.items()
    }


def _judge_part(
    rule: Rule, part: Part, dossier: Dossier, facts: Mapping[str, Any]
) -> Iterator[Finding]:
    teller = Teller(rule, part, dossier)
    if part.test == NO_TEST and part.strength not in FOR_PEOPLE:
        yield teller.fault("没有写怎样判断")
        return
    try:
        around = with_lets(part.lets, facts)
        if part.applies and not evaluate(part.applies, around):
            return
        items = evaluate(part.each, around) if part.each else None
        if isinstance(items, Missing):
            raise MissingValueError(items)
        if items is None:
            yield teller.tell(judge(part.test, around), facts, None)
        for number, item in enumerate(items or (), 1):
            inner = {**facts, "项": item, "序号": number}
            yield teller.tell(judge(part.test, with_lets(part.lets, inner)), inner, item)
    except MissingValueError as absent:
        yield teller.tell(Judgement(None, (absent.missing,)), facts, None)
    except LanguageError as fault:
        yield teller.fault(str(fault))


def sources_of(rule: Rule) -> Iterator[str]:
    """Every expression of a rule, for the lint of packs."""
    for part in rule.parts:
        others = (part.applies, part.each, part.actual, *part.lets.values())
        yield from filter(None, (*sources_of_test(part.test), *others))


def words_of(notice: Notice, among: str = "", party: Party | None = None) -> str:
    """All that the rules of a notice and of those it forwards say, or those that say `among`.

    With a `party`, only those that are judged of it. What does not stand in it is no name that a
    rule looks at, however it is put together.
    """
    judged = {party, Party.OUTPUT} if party else set(Party)
    rules = [repr(r) for above in notice.chain for r in above.rules if r.party in judged]
    lets = [source for above in notice.chain for source in above.lets.values()]
    return "\n".join(said for said in (*rules, *lets) if among in said)


@once
def names_of_rule(rule: Rule) -> tuple[str, ...]:
    """Every path of a fact that a rule reads."""
    return tuple(_names_of_rule(rule))


def _names_of_rule(rule: Rule) -> Iterator[str]:
    for part in rule.parts:
        sources = (part.applies, part.each, part.actual, *part.lets.values())
        for name in (*names_of(part.test), *(n for s in sources for n in names_in_source(s))):
            if name.partition(".")[0] not in part.lets:
                yield name
    if rule.element is not None:
        yield from filter(None, (rule.element.written, rule.element.evidence))
