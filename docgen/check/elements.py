"""The rows of an evaluation table (要素), as templates print them: what each rule found."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model.artifact import Finding
from docgen.model.dossier import Dossier
from docgen.model.values import Record, Rows, lookup
from docgen.problem import Severity, Verdict, Where

ELEMENTS = "要素"
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


def _conclusion(finding: Finding) -> str:
    """What the table says of a row: never met where a person has still to look."""
    if finding.verdict is Verdict.PASS:
        return "达标"
    if finding.verdict is Verdict.LACKING:
        return "待补"
    low = any(problem.severity is not Severity.INFO for problem in finding.problems)
    return "未达标" if low or finding.verdict is Verdict.FAIL else "待人工"


def _fact(dossier: Dossier, path: str) -> object:
    return (lookup(dossier.facts, path) or "") if path else ""
