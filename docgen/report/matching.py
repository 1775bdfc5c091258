"""Matches → lines for a person, or the one JSON object of `docgen match --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from docgen.model.artifact import Match
from docgen.model.notice import Window
from docgen.problem import Problem, Severity, Verdict
from docgen.report.calendar import distance
from docgen.report.json import problem_object
from docgen.report.lines import Line, Span, line

MOST = 6  # what is wrong or lacking is listed so far; the rest is counted


def matching_lines(matches: Iterable[Match], today: date) -> Iterator[Line]:
    """Each notice and track: the verdict, what is against it, what is not known, how long still."""
    for number, match in enumerate(matches):
        if number:
            yield line()
        yield from _lines(match, today)


def matching_json(matches: Iterable[Match]) -> str:
    """The object as text, with a line end."""
    content = [
        {
            "notice": match.report.notice.slug,
            "track": match.track,
            "applied": match.applied,
            "verdict": match.report.verdict.value,
            "failed": [problem_object(problem) for problem in match.failed],
            "lacking": [problem_object(problem) for problem in match.lacking],
        }
        for match in matches
    ]
    return json.dumps({"matches": content}, ensure_ascii=False, indent=1) + "\n"


def _lines(match: Match, today: date) -> Iterator[Line]:
    report = match.report
    name = report.notice.slug + (f" · {match.track}" if match.track else "")
    style = {Verdict.PASS: "good", Verdict.HUMAN: "human"}.get(report.verdict, "bad")
    yield line(
        Span(report.verdict.value, f"{style} head"),
        Span(f"  {name}", "bold"),
        Span("（已申报）" if match.applied else "", "dim"),
        Span(f"  {_when(report.notice.status, report.notice.calendar.values(), today)}", "dim"),
    )
    yield from _listed("不符合", match.failed, "bad")
    yield from _listed("缺资料", match.lacking, "bad")
    counts = {
        "提醒": sum(p.severity is Severity.WARNING for p in report.problems),
        "待人工": sum(f.verdict is Verdict.HUMAN for f in report.findings),
        "通过": sum(f.verdict is Verdict.PASS for f in report.findings),
    }
    said = "，".join(f"{word} {count} 项" for word, count in counts.items() if count)
    if said:
        yield line(Span(said, "dim"), indent=2)


def _listed(heading: str, problems: tuple[Problem, ...], style: str) -> Iterator[Line]:
    if not problems:
        return
    yield line(Span(f"{heading} {len(problems)} 项", style), indent=2)
    for problem in problems[:MOST]:
        code = problem.code if problem.clause else ""
        yield line(Span(f"{code} " if code else "", "code"), problem.message, indent=4)
    if len(problems) > MOST:
        yield line(Span(f"……还有 {len(problems) - MOST} 项", "dim"), indent=4)


def _when(status: str, windows: Iterable[Window], today: date) -> str:
    """How long the notice is still open, by its last deadline."""
    last = max(windows, key=lambda window: window.end, default=None)
    if last is None:
        return status
    return f"{status}，{last.name}{distance(last, today)[0]}"
