"""What is remembered of the verdicts when documents are made, for `docgen diff`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from docgen.model.artifact import Finding, Output, SubjectReport
from docgen.problem import Severity, Verdict
from docgen.store.verdicts import write_verdicts


def remember(
    out: Path, subject: str, reports: Iterable[SubjectReport], made: Iterable[Output]
) -> None:
    """Notes in the subject's folders how it, and its candidates, stood; where documents stand."""
    stood: dict[str, dict[str, dict[str, str]]] = {one.notice: {} for one in made}
    for report in reports:
        if report.notice.slug in stood:
            stood[report.notice.slug][report.subject] = dict(said_of(report))
    for slug, verdicts in stood.items():
        write_verdicts(out / slug / subject, verdicts)


def said_of(report: SubjectReport) -> Mapping[str, str]:
    """The word for every rule that does not simply hold."""
    words = {found.rule: word_of(found) for found in report.findings}
    return {rule: word for rule, word in words.items() if word != Verdict.PASS.value}


def word_of(found: Finding) -> str:
    """A Finding as one word: a verdict, or 提醒 or 提示 where it holds with a remark."""
    if found.verdict is not Verdict.PASS:
        return str(found.verdict.value)
    severities = {problem.severity for problem in found.problems}
    if Severity.WARNING in severities:
        return Severity.WARNING.label
    return Severity.INFO.label if Severity.INFO in severities else Verdict.PASS.value
