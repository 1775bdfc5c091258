"""build: documents for an applicant or bureau, drafts or finals as the verdict decides."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.load import Source
from docgen.model.artifact import Output, Report, SubjectReport
from docgen.model.dossier import CANDIDATES, Dossier
from docgen.model.notice import Notice, Roll
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.model.values import Rows
from docgen.pipeline.checking import has_errors, reports_of, source_of
from docgen.pipeline.crowd import Bulk, in_turn
from docgen.pipeline.desk import Desk, did_you_mean
from docgen.pipeline.gate import Gate, refused
from docgen.pipeline.press import Press
from docgen.pipeline.stack import stack
from docgen.pipeline.tasks import Finished, Maker, Runner, Task, one_by_one
from docgen.pipeline.values import Values
from docgen.pipeline.verdicts import remember
from docgen.pipeline.workspace import Request, Workspace, kinds
from docgen.plan import plan
from docgen.problem import Outcome, Problem, Stop
from docgen.store import Put, Store

Progress = Callable[[int, int, str], None]
CHUNK = 200  # documents written in one transaction; more where many stand, as each tells of all
CHUNK_BYTES = 50_000_000
# There is little garbage, and looking for it among many facts takes time.
SELDOM = (100_000, 20, 50)


@dataclass(slots=True)
class _Run:
    """What one build has found and made so far."""

    subjects: list[SubjectReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    refused: bool = False
    wholes: list[Dossier] = field(default_factory=list)  # those of bureaus

    def take(self, stored: Outcome[tuple[Output, ...]]) -> None:
        """Notes what the store says; one error, and the build has not done what was asked."""
        self.outputs.extend(stored.value or ())
        self.problems.extend(stored.problems)
        self.refused |= has_errors(stored.problems)

    def report(self) -> Report:
        problems = tuple(dict.fromkeys(self.problems))
        return Report(tuple(self.subjects), problems, tuple(self.outputs), self.refused)


def build(
    workspace: Workspace,
    request: Request,
    progress: Progress = lambda done, of, stem: None,
    runner: Runner = one_by_one,
    bulk: Bulk = in_turn,
) -> Report:
    """Builds what the request asks for; every notice of the subject, or the one it names.

    A document is final where the verdicts allow it, else a draft; with `request.final` it is final
    or not written at all. One document that cannot be made does not stop the others; one that
    stands as it would be made is left alone. `progress` hears how many of how many are done;
    `bulk` reads and judges many applicants.
    """
    press = Press(workspace, request.pdf_engine, archival=request.archival)
    desk = Desk(workspace, bulk=bulk, reads=press.reads)
    return build_at(desk, press, request, progress, runner)


def build_at(
    desk: Desk,
    press: Press,
    request: Request,
    progress: Progress = lambda done, of, stem: None,
    runner: Runner = one_by_one,
) -> Report:
    """The same with a desk and a press that are there already."""
    gc.set_threshold(*SELDOM)
    _known_kind(desk.workspace, request)
    source = source_of(desk, request)
    if request.bureau and request.applicant:
        desk.applicant(request.applicant)
    run = _Run()
    notices, found = desk.answered(source, request.notice)
    run.problems.extend(found)
    if not notices:
        run.problems.extend(source.problems)
    jobs, tasks = 0, []
    for notice in notices:
        planned = _planned(desk, source, notice, request, run)
        jobs += len(planned)
        if source.tree.cut or not source.tree.mapping:
            run.refused = run.refused or bool(planned)
        else:
            tasks += planned
    if notices and not jobs:
        raise _nothing_to_make(desk, source, notices, request)
    _make(press, tasks, run, progress, runner)
    _stack(press, request, run)
    remember(desk.workspace.out, source.name, run.subjects, run.outputs)
    return run.report()


def _stack(press: Press, request: Request, run: _Run) -> None:
    """Makes the stack of every kind of paper on candidates what its papers now are."""
    store = Store(press.workspace.out)
    for whole in run.wholes if not request.formats or "pdf" in request.formats else ():
        for document in whole.notice.documents:
            if document.per_candidate and request.kind in ("", document.kind):
                gone = run.withdrawn
                run.take(stack(store, whole, document, withdrawn=gone, final=request.final))


def _planned(desk: Desk, source: Source, notice: Notice, request: Request, run: _Run) -> list[Task]:
    """The documents of a subject under one notice, after its verdict.

    A bureau's finals are about the candidates that pass; those that do not are named, left out of
    letters, tables and counts alike, and told what to mend.
    """
    whole = desk.dossier(source, notice)
    gate = Gate(whole, {report.subject: report for report in reports_of(whole)})
    run.subjects.extend(gate.reports.values())
    candidate = request.applicant if request.bureau else ""
    jobs = plan(whole, kind=request.kind, formats=request.formats, candidate=candidate)
    listed_so = isinstance(whole.facts.get(CANDIDATES), Rows) and not has_errors(source.problems)
    if whole.party is Party.BUREAU and listed_so:  # else a slip hid the list
        run.wholes.append(whole)
    if whole.party is Party.BUREAU and listed_so and not candidate:
        store = Store(desk.workspace.out)
        run.withdrawn += _no_longer_due(store, whole, jobs, request.kind)
    listed = gate
    if request.final and gate.leaves_out and not candidate:
        listed = gate.without_failing()
        run.subjects = [listed.reports.get(one.subject, one) for one in run.subjects]
        run.problems += gate.left_out()
        run.refused = True
    values, those_listed = Values(whole, gate.reports), Values(listed.whole, listed.reports)
    still = {job.stem for job in plan(listed.whole, kind=request.kind, candidate=candidate)}
    tasks = []
    for job in jobs:
        roll = job.document.roll
        if roll is Roll.LISTED and job.stem in still:
            tasks.append(Task(job, those_listed, listed.blocks(job), request.final))
        elif roll is Roll.ALL or (roll is Roll.LEFT_OUT and gate.must_mend(job.candidate)):
            tasks.append(Task(job, values, gate.blocks(job), request.final))
        else:
            run.withdrawn.append(job.stem)
    return tasks


def _no_longer_due(store: Store, whole: Dossier, jobs: Sequence[Job], kind: str) -> list[str]:
    """What stands of papers on candidates who are not on the list any more."""
    due = {job.stem for job in jobs}
    each = {d.kind for d in whole.notice.documents if d.per_candidate and kind in ("", d.kind)}
    return [
        stem
        for stem in store.stems(whole.notice.slug, whole.name)
        if stem not in due and stem.count("/") > 2 and stem.split("/")[2] in each
    ]


def _make(press: Press, tasks: list[Task], run: _Run, progress: Progress, runner: Runner) -> None:
    """Makes and writes what does not stand yet, in the order of the tasks."""
    store = Store(press.workspace.out)
    run.take(Outcome((), store.withdraw(run.withdrawn)))
    waiting: list[Put] = []
    size = 0
    standing = _Standing(store)
    left: list[Task] = []
    for task in tasks:
        if press.must_wait(task.job, task.blocked):
            continue
        if task.blocked and task.final:
            run.refused = True
            run.problems.append(refused(task.job, press.workspace.out))
            continue
        inputs = press.inputs(task.job, task.values)
        if stands := standing.as_made(task, inputs):
            run.outputs.extend(stands)
        else:
            left.append(replace(task, inputs=inputs))
    done = len(tasks) - len(left)
    for task, finished in zip(left, runner(Maker(press), left), strict=True):
        done += 1
        progress(done, len(tasks), task.job.stem)
        run.problems.extend(finished.problems)
        if finished.made is None:
            run.refused = True
            continue
        if waiting and not _together(waiting, size, done, task.job):
            run.take(store.put_all(waiting))
            waiting, size = [], 0
        waiting.append(_put(task.job, finished))
        size += sum(map(len, finished.made.files.values()))
    run.take(store.put_all(waiting))
    standing.renew()
    order = {_key(task): number for number, task in enumerate(tasks)}
    run.outputs.sort(key=lambda made: order[made.notice, made.document, made.subject])


def _key(task: Task) -> tuple[str, str, str]:
    """What tells the outputs of a task from those of others."""
    job = task.job
    return job.notice.slug, job.document.kind, job.candidate or job.subject


def _put(job: Job, finished: Finished) -> Put:
    """A finished document as the store takes it; one with Problems is made anew the next time."""
    made = finished.made
    assert made is not None
    inputs = dict(made.inputs)
    if finished.problems:
        inputs["problems"] = str(len(finished.problems))
    return Put(
        job.stem,
        finished.draft,
        made.files,
        inputs,
        document=job.document.kind,
        subject=job.candidate or job.subject,
        notice=job.notice.slug,
        pages=made.pages,
    )


def _together(waiting: list[Put], size: int, done: int, job: Job) -> bool:
    """Whether a document may go into the transaction of those that wait, `size` bytes in all."""
    if waiting[0].parts[:2] != job.stem.split("/")[:2] or len(waiting) >= max(CHUNK, done // 8):
        return False
    return size < CHUNK_BYTES


class _Standing:
    """What stands in out/ already, read once a folder."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._renewed: dict[str, dict[str, Mapping[str, str]]] = {}

    def as_made(self, task: Task, inputs: Mapping[str, str]) -> tuple[Output, ...]:
        """The files of a document that stand as they would be made now; () where any does not."""
        job = task.job
        stands = self._store.standing_as(job.stem, task.blocked, job.formats, inputs)
        if stands:
            folder, _, stem = job.stem.partition(f"/{job.subject}/")
            self._renewed.setdefault(f"{folder}/{job.subject}", {})[stem] = inputs
        return stands

    def renew(self) -> None:
        """Records that what was left alone is up to date with the data as they are now."""
        for folder, inputs in self._renewed.items():
            self._store.renew(folder, inputs)


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
