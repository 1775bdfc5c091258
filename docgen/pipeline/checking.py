"""check: the verdict on an applicant, on a bureau with its candidates, or on a lone data file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docgen.check import check as check_dossier
from docgen.check import paths_to_show, tie, with_guidance
from docgen.load import Source, read_file
from docgen.load.disk import relative
from docgen.model.artifact import Report, SubjectReport
from docgen.model.dossier import Dossier
from docgen.model.notice import Notice
from docgen.model.rule import Party
from docgen.pipeline.crowd import Bulk, in_turn
from docgen.pipeline.desk import Desk
from docgen.pipeline.papers import papers_of
from docgen.pipeline.showing import shown_of
from docgen.pipeline.standing import outdated, printed, reminders
from docgen.pipeline.workspace import Request, Workspace
from docgen.problem import Problem, Severity, Stop

SEVERAL = 12  # candidates, beyond which each is judged but not read for what ties and what shows


def check(workspace: Workspace, request: Request, bulk: Bulk = in_turn) -> Report:
    """The verdict on the applicant or bureau named, under each of its notices or the one named.

    `bulk` reads and judges many applicants.
    """
    return check_at(Desk(workspace, bulk=bulk), request)


def check_at(desk: Desk, request: Request) -> Report:
    """The same over what a desk has read already."""
    return _check(desk, source_of(desk, request), request.notice)


def check_file(workspace: Workspace, path: Path, request: Request) -> Report:
    """How a lone data file reads; its fields and rules too with a notice, or its own 申报."""
    if not path.is_file():
        raise Stop(f"没有“{path}”这个文件", "核对文件名")
    desk = Desk(workspace)
    party = Party.BUREAU if path.parent.name == Party.BUREAU.value else Party.APPLICANT
    known = workspace.data / party.value
    folder = path.resolve().parent
    if party is Party.APPLICANT and folder.parent == known and path.name == "申报单位.yaml":
        source = desk.applicant(folder.name)
    elif party is Party.BUREAU and folder == known:
        source = desk.bureau(path.stem)
    else:
        source = read_file(path.resolve(), workspace.root, party, path.stem, desk.slugs)
    if not request.notice and not source.applied:
        return Report(problems=source.problems, about={"文件": relative(path, workspace.root)})
    return _check(desk, source, request.notice)


def source_of(desk: Desk, request: Request) -> Source:
    """The source that a request is about."""
    if request.bureau:
        return desk.bureau(request.bureau)
    if request.applicant:
        return desk.applicant(request.applicant)
    raise Stop("没有指明申报单位或主管部门", "加 APP=名称 或 BUREAU=名称（命令行用 -a、-b）")


def reports_of(whole: Dossier) -> Iterator[SubjectReport]:
    """The verdicts on a dossier and on each of its candidates."""
    yield check_dossier(whole)
    for candidate in whole.candidates:
        yield candidate.report or check_dossier(candidate.dossier)


def _check(desk: Desk, source: Source, wanted: str) -> Report:
    notices, problems = desk.answered(source, wanted)
    if not notices:
        problems = [*source.problems, *problems]
    subjects = [report for notice in notices for report in _subjects(desk, source, notice)]
    return Report(tuple(subjects), tuple(problems))


def _subjects(desk: Desk, source: Source, notice: Notice) -> Iterator[SubjectReport]:
    """The verdicts; what stands in out/ from older data is held against the data as they are."""
    whole = desk.dossier(source, notice)
    paths = outdated(desk.workspace, whole)
    whole = replace(whole, built=printed(desk.workspace, paths, whole))
    told = tuple(reminders(paths, whole))
    yield _guided(desk, whole, check_dossier(whole), told)
    for candidate in whole.candidates:
        found = candidate.report or check_dossier(candidate.dossier)
        if len(whole.candidates) > SEVERAL:
            yield found
        else:  # what a bureau was given of each is less than what a person is told of
            one = desk.dossier(desk.applicant(candidate.dossier.name), notice)
            yield _guided(desk, one, found)


def _guided(
    desk: Desk, one: Dossier, found: SubjectReport, told: tuple[Problem, ...] = ()
) -> SubjectReport:
    """A verdict with what a person is told beside it.

    What does not tie, what to mend first, where it shows, and by which scans to judge.
    """
    tied = tie(one, papers_of(desk.workspace, one))
    found = replace(found, problems=(*found.problems, *tied, *told), dated=one.acts_on)
    shown = shown_of(desk.workspace, one, paths_to_show(found, one))
    return with_guidance(replace(found, shown=shown), one)


def is_blocked(report: SubjectReport) -> bool:
    """Whether a verdict refuses finals."""
    return not report.verdict.allows_final or has_errors(report.problems)


def has_errors(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
