"""What was found of a bureau's candidates, as rows for templates: 问题 of one, 台账 of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.model.artifact import SubjectReport
from docgen.model.dossier import Candidate, Dossier
from docgen.model.values import Record, Rows
from docgen.plan import due
from docgen.problem import Problem, Severity, Verdict, Where

APPLICANT, BUREAU, PERSON = "申报单位补正", "主管部门补正", "人工核对"


def to_mend(candidate: Candidate, reports: Mapping[str, SubjectReport]) -> Rows:
    """问题: what one candidate has to mend, the errors before the rest; nothing for a person."""
    found = [p for p in reports[candidate.dossier.name].problems if _for(p) == APPLICANT]
    found.sort(key=lambda problem: problem.severity is not Severity.ERROR)
    return Rows(
        Record({"序号": number, **_cells(problem, candidate.dossier)}, f"问题.{number}", Where())
        for number, problem in enumerate(found, 1)
    )


def ledger(whole: Dossier, reports: Mapping[str, SubjectReport]) -> Rows:
    """台账: a row for each finding on each candidate; one row for a candidate without any."""
    until = due(whole) or ""
    return Rows(
        Record({"序号": number, **cells, "最迟": until}, f"台账.{number}", Where())
        for number, cells in enumerate(_ledger(whole, reports), 1)
    )


def _ledger(whole: Dossier, reports: Mapping[str, SubjectReport]) -> Iterator[Mapping[str, object]]:
    own = [problem for problem in reports[whole.name].problems if _for(problem)]
    for candidate in whole.candidates:
        row = f"{candidate.row.path}."
        about = [problem for problem in own if f"{problem.where.path}.".startswith(row)]
        own = [problem for problem in own if problem not in about]
        yield from _about(candidate.dossier, reports[candidate.dossier.name], whole, about)
    if own:
        yield from _about(whole, reports[whole.name], whole, own)


def _about(
    dossier: Dossier, report: SubjectReport, bureau: Dossier, from_bureau: list[Problem]
) -> Iterator[Mapping[str, object]]:
    """The rows on one subject: what it has to mend, then what its bureau has."""
    who = {
        "申报单位": dossier.name,
        "单位名称": dossier.facts.get("单位名称"),
        "结论": report.verdict.value,
    }
    own = [] if dossier is bureau else [p for p in report.problems if _for(p)]
    for problem in own:
        yield {**who, **_cells(problem, dossier), "谁来办": _for(problem)}
    for problem in from_bureau:
        by = PERSON if _for(problem) == PERSON else BUREAU
        yield {**who, **_cells(problem, bureau), "谁来办": by}
    if not own and not from_bureau:
        empty = dict.fromkeys(("级别", "编号", "事项", "依据", "位置", "改法", "谁来办"), "")
        yield {**who, **empty}


def has_to_mend(report: SubjectReport) -> bool:
    """Whether anything found is for the applicant itself to mend."""
    return any(_for(problem) == APPLICANT for problem in report.problems)


def _for(problem: Problem) -> str:
    """Who has to do something about a Problem; "" where nobody has."""
    if problem.verdict is Verdict.HUMAN:
        return PERSON
    return APPLICANT if problem.severity is not Severity.INFO else ""


def _cells(problem: Problem, dossier: Dossier) -> dict[str, object]:
    path = problem.where.path
    place = dossier.label(path) if path else _line_of(problem.where)
    unread = not path and problem.where.line and problem.severity is Severity.ERROR
    level = problem.verdict.value if problem.verdict else problem.severity.label
    if problem.severity is Severity.WARNING:
        level = problem.severity.label
    return {
        "级别": level,
        "编号": problem.code,
        "事项": f"资料文件有一处读不出来：{problem.message}" if unread else problem.message,
        "依据": str(problem.clause) if problem.clause else "",
        "位置": place,
        "改法": problem.hint,
    }


def _line_of(where: Where) -> str:
    name = where.told.rpartition("/")[2]
    return f"{name} 第 {where.line} 行" if where.line else name
