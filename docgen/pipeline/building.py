"""build: documents for an applicant or bureau, drafts or finals as the verdict decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from docgen.load import Source
from docgen.model.artifact import Output, Report, SubjectReport
from docgen.model.dossier import Dossier
from docgen.model.notice import Notice
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.pipeline.checking import has_errors, is_blocked, reports_of, source_of
from docgen.pipeline.desk import Desk, did_you_mean
from docgen.pipeline.press import Press
from docgen.pipeline.values import Values
from docgen.pipeline.workspace import Request, Workspace, kinds
from docgen.plan import plan
from docgen.problem import Outcome, Problem, Severity, Stop, error
from docgen.store import Put, Store

Progress = Callable[[str], None]


@dataclass(slots=True)
class _Run:
    """What one build has found and made so far."""

    subjects: list[SubjectReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    refused: bool = False

    def report(self) -> Report:
        return Report(tuple(self.subjects), tuple(self.problems), tuple(self.outputs), self.refused)


def build(
    workspace: Workspace, request: Request, progress: Progress = lambda message: None
) -> Report:
    """Builds what the request asks for; every notice of the subject, or the one it names.

    A document is final where the verdicts allow it, else a draft; with `request.final` it is final
    or not written at all. One document that cannot be made does not stop the others.
    """
    desk = Desk(workspace)
    _known_kind(workspace, request)
    source = source_of(desk, request)
    if request.bureau and request.applicant:
        desk.applicant(request.applicant)
    run = _Run()
    notices, found = desk.answered(source, request.notice)
    run.problems.extend(found)
    if not notices:
        run.problems.extend(source.problems)
    jobs = 0
    press = Press(workspace, request.pdf_engine)
    for notice in notices:
        jobs += _build_notice(desk, press, source, notice, request, run, progress)
    if notices and not jobs:
        raise _nothing_to_make(desk, source, notices, request)
    return run.report()


def _build_notice(
    desk: Desk,
    press: Press,
    source: Source,
    notice: Notice,
    request: Request,
    run: _Run,
    progress: Progress,
) -> int:
    whole = desk.dossier(source, notice)
    reports = {report.subject: report for report in reports_of(whole)}
    run.subjects.extend(reports.values())
    values = Values(whole, reports)
    candidate = request.applicant if request.bureau else ""
    jobs = plan(whole, kind=request.kind, formats=request.formats, candidate=candidate)
    for job in jobs:
        if source.tree.cut or not source.tree.mapping:
            run.refused = True
            continue
        progress(f"{job.stem}")
        _make(press, values, job, _blocked(whole, job, reports), request, run)
    return len(jobs)


def _make(
    press: Press, values: Values, job: Job, blocked: bool, request: Request, run: _Run
) -> None:
    if blocked and request.final:
        run.refused = True
        run.problems.append(
            error(
                "不出定稿",
                f"{job.document.kind}没有生成定稿：还有不通过或资料不足的项",
                hint="按上面各项补正，或去掉 FINAL=1 先出草稿",
            ).of(subject=job.candidate or job.subject, notice=job.notice.slug)
        )
        return
    facts = values.of(job)
    made = press.make(job, values.whole, facts, draft=blocked)
    if made.value is None and not blocked and not request.final:
        again = press.make(job, values.whole, facts, draft=True)
        found = dict.fromkeys((*made.problems, *again.problems))
        made, blocked = Outcome(again.value, tuple(found)), True
    told = [p.of(subject=job.subject, notice=job.notice.slug) for p in made.problems]
    run.problems.extend(told)
    if made.value is None:
        run.refused = True
        return
    stored = Store(press.workspace.out).put(
        Put(
            job.stem,
            blocked,
            made.value.files,
            made.value.inputs,
            document=job.document.kind,
            subject=job.candidate or job.subject,
            notice=job.notice.slug,
            pages=made.value.pages,
        )
    )
    run.problems.extend(stored.problems)
    run.outputs.extend(stored.value or ())
    run.refused |= has_errors(stored.problems)


def _blocked(whole: Dossier, job: Job, reports: dict[str, SubjectReport]) -> bool:
    """Whether the subject's verdict, or that of a candidate its paper is about, refuses a final.

    A paper on one candidate is not held up by what is wrong with the row of another.
    """
    own = reports[whole.name]
    if whole.party is not Party.BUREAU:
        return is_blocked(own)
    if not job.candidate:
        return any(is_blocked(report) for report in reports.values())
    row = next(c.row.path for c in whole.candidates if c.dossier.name == job.candidate)
    errors = [p for p in own.problems if p.severity is Severity.ERROR]
    others = [p for p in errors if _is_of_another_row(p.where.path, row)]
    held_up = len(errors) > len(others) or (is_blocked(own) and not errors and not _unread(whole))
    return held_up or is_blocked(reports[job.candidate])


def _is_of_another_row(path: str, row: str) -> bool:
    table, _, number = row.rpartition(".")
    steps = path.removeprefix(f"{table}.").split(".")
    return path.startswith(f"{table}.") and steps[0].isdecimal() and steps[0] != number


def _unread(whole: Dossier) -> bool:
    """Whether a candidate's data could not be read, which leaves rules on its row open."""
    return any(candidate.dossier.tree.cut for candidate in whole.candidates)


def _known_kind(workspace: Workspace, request: Request) -> None:
    known = kinds(workspace)
    if not request.every and request.kind not in known:
        raise Stop(f"没有“{request.kind}”这个文种", did_you_mean(request.kind, known))


def _nothing_to_make(desk: Desk, source: Source, notices: list[Notice], request: Request) -> Stop:
    names = "、".join(notice.slug for notice in notices)
    for document in (d for notice in notices for d in notice.documents if d.template):
        if document.kind == request.kind and document.issuer is not source.party:
            option = "APP（-a）" if document.issuer is Party.APPLICANT else "BUREAU（-b）"
            said = f"{request.kind}由{document.issuer.value}出具，不由“{source.name}”出具"
            return Stop(said, f"只用 {option} 指明{document.issuer.value}")
        if document.kind == request.kind and document.applies:
            return Stop(
                f"“{source.name}”不需要{request.kind}",
                f"只有 {document.applies} 时才要（{document.notice} {document.article}）",
            )
    if source.party is Party.BUREAU:
        wanted = f"没有“{request.applicant}”" if request.applicant else "还没有填"
        return Stop(
            f"{source.name}在{names}的推荐对象里{wanted}",
            f"在 {source.tree.file} 的推荐对象里加上，或核对名称",
        )
    if request.formats and set(request.formats) - {"docx", "pdf", "xlsx"}:
        return Stop(f"没有“{'、'.join(request.formats)}”这种格式", "可用 docx、pdf、xlsx")
    what = request.kind or "文件"
    return Stop(f"{names}没有要“{source.name}”出具的{what}", "核对文种和通知")
