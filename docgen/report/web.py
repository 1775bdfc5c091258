"""A Report → one HTML page that needs nothing else: no script, no address outside, inline drawings.

The same in gives the same bytes. What strangers typed is escaped; the page forbids scripts itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from docgen.model.artifact import Finding, Report, SubjectReport
from docgen.model.notice import Window
from docgen.problem import Problem, Severity, Verdict, Where
from docgen.report.calendar import distance, window_days
from docgen.report.findings import GROUPS, STYLES, group_of, shown_in
from docgen.report.lines import visible
from docgen.report.mending import freed, place_of
from docgen.report.summary import style_of

PROGRAM = (files("docgen.report") / "page.html.jinja").read_text("utf-8")
WIDE, SHARES_WIDE = 180, 600
MONTHS = 60  # days that a full bar of a deadline stands for
MOST_REPAIRS = 10
COLOURS = {
    Verdict.FAIL: "#b3261e", Verdict.LACKING: "#d9822b",
    Verdict.HUMAN: "#4a86b8", Verdict.PASS: "#2f7d4f",
}  # fmt: skip
_NUMBER = re.compile(r"(?:约 )?(-?\d+(?:\.\d+)?)\s*(%|[^\d年月日\s]*)$")
_WANTED = re.compile(
    r"^(?:不超过|不少于|超过|低于|等于) (-?\d+(?:\.\d+)?)\s*(%|[^\d年月日\s、；]*)$"
)
Link = Callable[[Where], str]


def page(report: Report, *, today: date | None = None, link: Link = lambda where: "") -> str:
    """The page as text; `link` gives the address of a place in the data, "" for none.

    Deadlines are reckoned from `today`, or else from the day on which each subject itself acts.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    sections = [_section(n, s, today, link) for n, s in enumerate(report.subjects, 1)]
    filters = Counter(s["verdict"] for s in sections) if len(sections) > 2 else Counter[str]()
    ordered = {v.value: filters[v.value] for v in reversed(Verdict) if filters[v.value]}
    for section in sections:
        section["filter"] = [*ordered, section["verdict"]].index(section["verdict"]) + 1
    first = report.subjects[0].subject if report.subjects else "资料"
    content = {
        "title": f"检查报告：{visible(first)}",
        "filters": ordered,
        "general": [_item(p, None, link) for p in report.problems],
        "sections": sections,
    }
    return environment.from_string(PROGRAM).render(page=content)


def _section(number: int, one: SubjectReport, today: date | None, link: Link) -> dict[str, Any]:
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
    for problem in one.problems:
        groups[group_of(problem)].append(_item(problem, one, link))
    day = today or one.dated
    blocking = sum(problem.severity is Severity.ERROR for problem in one.problems)
    return {
        "id": f"s{number}",
        "subject": visible(one.subject),
        "notice": one.notice.name,
        "number": one.notice.number,
        "verdict": one.verdict.value,
        "style": style_of(one.verdict),
        "may": one.verdict.allows_final,
        "blocking": blocking,
        "waiting": len(groups["待人工"]),
        "reminders": len(groups["提醒"]),
        "day": day.isoformat() if day else "",
        "shares": list(_shares(one)),
        "deadlines": [_deadline(w, day) for w in _windows(one)],
        "repairs": [
            {
                "label": visible(repair.label),
                "place": place_of(repair),
                "href": link(repair.where),
                "freed": freed(repair),
                "documents": "、".join(repair.documents),
            }
            for repair in one.repairs[:MOST_REPAIRS]
        ],
        "groups": [
            {"name": name, "style": STYLES.get(name, "dim"), "items": items}
            for name, items in groups.items()
            if items
        ],
        "bars": list(_bars(one.findings)),
    }


def _item(problem: Problem, one: SubjectReport | None, link: Link) -> dict[str, Any]:
    place = " ".join(filter(None, (str(problem.where), problem.where.spot)))
    return {
        "code": problem.code,
        "message": visible(_said(problem)),
        "place": visible(place),
        "href": link(problem.where),
        "shown": shown_in(one, problem),
        "clause": str(problem.clause) if problem.clause else "",
        "hint": visible(problem.hint),
        "evidence": "、".join(one.evidence.get(problem.code, ())) if one else "",
    }


def _said(problem: Problem) -> str:
    """The message; of what a person has to judge the requirement alone, for its group says so."""
    waits = problem.verdict is Verdict.HUMAN and problem.severity is Severity.INFO
    return (
        problem.message.rpartition("：须人工")[0] or problem.message if waits else problem.message
    )


def _shares(one: SubjectReport) -> Iterator[Mapping[str, Any]]:
    """How many rules have which verdict, as pieces of one bar."""
    found = Counter(finding.verdict for finding in one.findings)
    at, total = Decimal(0), sum(found.values())
    for verdict in reversed(Verdict):
        if found[verdict]:
            wide = Decimal(SHARES_WIDE * found[verdict]) / total
            yield {
                "name": verdict.value,
                "count": found[verdict],
                "style": style_of(verdict),
                "colour": COLOURS[verdict],
                "x": _size(at),
                "width": _size(wide),
            }
            at += wide


def _windows(one: SubjectReport) -> Iterable[Window]:
    return sorted(one.notice.calendar.values(), key=lambda w: (w.end, w.start or w.end))


def _deadline(window: Window, day: date | None) -> dict[str, Any]:
    left, style = distance(window, day) if day else ("", "dim")
    days = (window.end - day).days if day else None
    bar = None if days is None else _size(Decimal(WIDE * max(0, min(days, MONTHS))) / MONTHS)
    return {
        "name": window.name, "days": window_days(window), "left": left, "style": style, "bar": bar,
    }  # fmt: skip


def _bars(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """The thresholds whose both sides are plain numbers of one unit."""
    for finding in findings:
        actual, wanted = _NUMBER.match(finding.actual), _WANTED.match(finding.wanted)
        if not actual or not wanted or actual[2] != wanted[2]:
            continue
        value, mark = Decimal(actual[1]), Decimal(wanted[1])
        most = max(value, mark, Decimal(0)) * Decimal("1.2") or Decimal(1)
        yield {
            "code": finding.rule,
            "name": finding.name,
            "actual": finding.actual,
            "wanted": finding.wanted,
            "gap": finding.gap,
            "holds": not finding.gap,
            "most": most,
            "value": _size(max(value, Decimal(0)) * WIDE / most),
            "mark": _size(max(mark, Decimal(0)) * WIDE / most),
        }


def _size(number: Decimal) -> str:
    return f"{number:.1f}"
