"""The rows of evaluation and scoring tables (要素, 要素数值, 评分表), as templates print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from docgen.check.judge import evaluate, with_lets
from docgen.check.scoring import score
from docgen.check.subject import facts_for_rules
from docgen.language import LanguageError
from docgen.language.numbers import plain
from docgen.model.artifact import Finding
from docgen.model.dossier import Dossier
from docgen.model.notice import in_track
from docgen.model.rule import Score, Test
from docgen.model.values import Missing, MissingValueError, Record, Rows, lookup
from docgen.problem import Severity, Verdict, Where

ELEMENTS, FIGURES, SCORES = "要素", "要素数值", "评分表"
COLUMNS = ("编号", "名称", "条款", "实际", "要求", "差", "结论", "填报", "佐证")


def element_rows(dossier: Dossier, findings: Iterable[Finding]) -> Rows:
    """A row for every rule with 要素 that applies, in the order of the pack.

    填报 and 佐证 are the facts themselves, an absent one a Missing that prints its hole.
    """
    found = {finding.rule: finding for finding in findings}
    rows: list[Record] = []
    for rule in dossier.notice.rules:
        finding = found.get(rule.code)
        if rule.element is None or finding is None:
            continue
        facts = {
            **rule.element.columns,
            "编号": rule.code,
            "名称": rule.name,
            "条款": rule.article,
            "实际": finding.actual,
            "要求": finding.wanted,
            "差": finding.gap,
            "结论": _conclusion(finding),
            "填报": _fact(dossier, rule.element.written),
            "佐证": _fact(dossier, rule.element.evidence),
        }
        rows.append(Record(facts, f"{ELEMENTS}.{len(rows) + 1}", Where()))
    return Rows(rows)


def figure_rows(dossier: Dossier, findings: Iterable[Finding]) -> Rows:
    """要素数值: a row for every number that an evaluation row holds against another.

    实际 and 要求 are the numbers themselves, for charts; an absent one is a Missing.
    """
    judged = {finding.rule for finding in findings}
    rows: list[Record] = []
    rules = [rule for rule in dossier.notice.rules if rule.element and rule.code in judged]
    facts = facts_for_rules(dossier) if rules else {}
    for rule in rules:
        for part in rule.parts:
            try:
                around = with_lets(part.lets, facts)
                applies = not part.each and (not part.applies or evaluate(part.applies, around))
                tests = [*_compared(part.test)] if applies is True else []
            except (LanguageError, MissingValueError):
                continue
            for test in tests:
                name = "，".join(dict.fromkeys(filter(None, (rule.name, part.name, test.name))))
                for row in _figures(test, around):
                    cells = {"编号": rule.code, "名称": name, "计量单位": test.unit, **row}
                    rows.append(Record(cells, f"{FIGURES}.{len(rows) + 1}", rule.where))
    return Rows(rows)


def _compared(test: Test) -> Iterator[Test]:
    """The tests that compare a value, within those that join others too."""
    if test.value:
        yield test
    for inner in (*test.any_of, *test.all_of):
        yield from _compared(inner)


def _figures(test: Test, facts: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """实际 and 要求 of a test, where both are numbers."""
    for source in test.bounds.values():
        try:
            wanted = evaluate(source, facts)
        except (LanguageError, MissingValueError):
            continue
        try:
            actual = evaluate(test.value, facts)
        except MissingValueError as absent:
            actual = absent.missing
        except LanguageError:
            continue
        is_number = isinstance(actual, int | Decimal) and not isinstance(actual, bool)
        if isinstance(wanted, int | Decimal) and (is_number or isinstance(actual, Missing)):
            yield {"实际": actual, "要求": wanted}


def score_rows(dossier: Dossier) -> Rows:
    """评分表: a row for every line of every scoring table that applies, with the points it gets.

    A line whose figures are absent has a Missing that prints its hole.
    """
    rows: list[Record] = []
    if not any(part.test.scores for rule in dossier.notice.rules for part in rule.parts):
        return Rows()
    facts = facts_for_rules(dossier)
    for rule in dossier.notice.rules:
        if rule.party is not dossier.party or not in_track(rule.track, dossier.track):
            continue
        for part in (part for part in rule.parts if part.test.scores):
            around = with_lets(part.lets, facts)
            for line in part.test.scores:
                cells = {"编号": rule.code, "名称": rule.name, **_scored(line, around)}
                rows.append(Record(cells, f"{SCORES}.{len(rows) + 1}", Where()))
    return Rows(rows)


def _scored(line: Score, facts: Mapping[str, Any]) -> dict[str, object]:
    points: object = ""  # where the pack is wrong: the rule's own verdict says so
    try:
        scored = score(line, facts, evaluate)
        points = plain(scored.worst) if scored.missing is None else scored.missing
    except LanguageError:
        pass
    least = line.least if line.least is not None else ""
    return {"项": line.name, "满分": line.full, "得分": points, "至少": least}


def _conclusion(finding: Finding) -> str:
    """What the table says of a row: never met where a person has still to look."""
    if finding.verdict is Verdict.PASS:
        return "达标"
    if finding.verdict is Verdict.LACKING:
        return "待补"
    low = any(problem.severity is not Severity.INFO for problem in finding.problems)
    return "未达标" if low or finding.verdict is Verdict.FAIL else "待人工"


def _fact(dossier: Dossier, path: str) -> object:
    found = lookup(dossier.facts, path) if path else None
    return "" if found is None else found
