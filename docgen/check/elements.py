"""The rows of evaluation and scoring tables (要素, 评分表), as templates print them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docgen.check.evidence import citations
from docgen.check.judge import evaluate, with_lets
from docgen.check.scoring import score
from docgen.check.subject import facts_for_rules
from docgen.language import LanguageError
from docgen.language.numbers import plain
from docgen.model.artifact import Finding
from docgen.model.dossier import Dossier
from docgen.model.notice import in_track
from docgen.model.rule import Score
from docgen.model.values import Record, Rows, lookup
from docgen.problem import Severity, Verdict, Where

ELEMENTS, SCORES = "要素", "评分表"
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


def score_rows(dossier: Dossier) -> Rows:
    """评分表: a row for every line of every scoring table that applies, with the points it gets.

    A line whose figures are absent has a Missing that prints its hole.
    """
    rows: list[Record] = []
    if not any(part.test.scores for rule in dossier.notice.rules for part in rule.parts):
        return Rows()
    facts = facts_for_rules(dossier, citations(dossier))
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
