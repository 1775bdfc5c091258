"""bind: the whole hand-in of an applicant as one PDF, with its evidence stamped and cited by page.

The pages of the evidence are known before anything is filled: so each document is filled once,
with the page after every citation, and the numbers are those stamped on the volume.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from mmap import ACCESS_READ, mmap
from pathlib import Path
from urllib.parse import quote

from docgen.bind import Bound, Opened, Part, Scan, Title, labels_of, open_scans, write_volume
from docgen.bind import bind as bind_parts
from docgen.fill import cite
from docgen.model.artifact import Output, Report, SubjectReport
from docgen.model.dossier import Dossier
from docgen.model.notice import Document, Notice
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.model.values import Rows, text_at
from docgen.pipeline.checking import has_errors, is_blocked, reports_of, source_of
from docgen.pipeline.desk import Desk
from docgen.pipeline.making import Made
from docgen.pipeline.press import Press, dated
from docgen.pipeline.values import Values
from docgen.pipeline.workspace import Request, Workspace
from docgen.plan import hand_in, plan
from docgen.plan.naming import DRAFT
from docgen.problem import Problem, Severity, Stop, error
from docgen.scratch import scratch
from docgen.store import Put, Store
from docgen.typeset import draw_labels

TABLE, FOLDER = "证明材料", "装订"
WHOLE, VOLUME, INDEX = "申报材料", "证明材料", "证明材料目录"
TEMPLATE = "证明材料目录/通用.docx"
Progress = Callable[[int, int, str], None]


def bind(
    workspace: Workspace, request: Request, progress: Progress = lambda done, of, stem: None
) -> Report:
    """Binds the hand-in of an applicant under each of its notices, or under the one named.

    Final where the verdict and the evidence allow it, else a draft; with `request.final` it is
    final or not written at all.
    """
    if request.bureau or not request.applicant:
        raise Stop("装订的是申报单位的材料，没有指明申报单位", "加 APP=名称（命令行用 -a）")
    desk = Desk(workspace)
    source = source_of(desk, request)
    notices, found = desk.answered(source, request.notice)
    problems = [*found, *(() if notices else source.problems)]
    subjects: list[SubjectReport] = []
    outputs: list[Output] = []
    refused = False
    press = Press(workspace, request.pdf_engine)
    for number, notice in enumerate(notices, 1):
        whole = desk.dossier(source, notice)
        report = next(reports_of(whole))
        subjects.append(report)
        if source.tree.cut or not source.tree.mapping:
            refused = True
            continue
        progress(number, len(notices), f"{notice.slug}/{whole.name}/{FOLDER}")
        binding = _Binding(press, whole, report, request.final)
        binding.run()
        told = {"subject": whole.name, "notice": notice.slug}
        problems += dict.fromkeys(problem.of(**told) for problem in binding.problems)
        outputs += binding.outputs
        refused |= not binding.outputs or has_errors(tuple(binding.stored))
    return Report(tuple(subjects), tuple(problems), tuple(outputs), refused)


@dataclass(slots=True)
class _Binding:
    """The hand-in of one applicant under one notice, on its way."""

    press: Press
    whole: Dossier
    report: SubjectReport
    final: bool
    problems: list[Problem] = field(default_factory=list)
    stored: list[Problem] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)

    @property
    def notice(self) -> Notice:
        return self.whole.notice

    def run(self) -> None:
        """Writes everything into 装订/, or says why not."""
        scans = self._scans()
        if not scans:
            hint = "在“证明材料”里列出编号、名称、文件"
            place = self.whole.tree.nearest(TABLE)
            self.problems.append(error("装订", "没有列出证明材料，没有可装订的", place, hint))
            return
        with scratch() as folder:
            self._bind(scans, open_scans(list(scans), folder), folder)

    def _bind(self, scans: dict[Scan, int], opened: Opened, folder: Path) -> None:
        reported = {p.where.file for p in self.report.problems if p.severity is Severity.ERROR}
        self.problems += [p for p in opened.problems if p.where.file not in reported]
        if not opened.pieces:
            said, hint = "证明材料没有一件可以装订", "按上面各项替换扫描件"
            self.problems.append(error("装订", said, self.whole.tree.nearest(TABLE), hint))
            return
        labels = draw_labels(labels_of(opened.pieces), self.press.fonts)
        self.problems += labels.problems
        assert labels.value is not None
        inputs = {"evidence": _digest(opened)}
        draft = is_blocked(self.report) or has_errors((*opened.problems, *labels.problems))
        if draft and self.final:
            self._refuse()
            return
        volume = folder / "volume.pdf"
        write_volume(opened.pieces, labels.value, volume, self._title(VOLUME, inputs))
        pages = {scans[piece.scan]: (piece.first, piece.last) for piece in opened.pieces}
        made = self._documents(opened, pages, draft)
        if made is None and not draft and not self.final:
            draft = True
            made = self._documents(opened, pages, draft)
        if made is None:
            self._refuse()
            return
        inputs |= made[0][1].inputs
        parts = [*_papers(made, folder), Part(VOLUME, volume, _file(draft))]
        target = folder / "whole.pdf"
        bound = bind_parts(parts, target, self._title(WHOLE, inputs))
        self.problems += _blank_sheets(parts, bound)
        self.problems += self._provided_apart()
        self._store(made, volume, sum(p.pages for p in opened.pieces), target, bound, inputs, draft)

    def _scans(self) -> dict[Scan, int]:
        """The listed pieces whose files are there, with their rows; absent ones are reported."""
        listed, found = self.whole.facts.get(TABLE), {}
        for number, row in enumerate(listed if isinstance(listed, Rows) else ()):
            file = self.whole.evidence.get(text_at(row, "文件"))
            if file is not None:
                path = self.press.workspace.root / file.where.file
                code, name = text_at(row, "编号"), text_at(row, "名称")
                found[Scan(code, name, path, file.kind, file.where)] = number
        return found

    def _documents(
        self, opened: Opened, pages: dict[int, tuple[int, int]], draft: bool
    ) -> list[tuple[Job, Made]] | None:
        """The papers handed in, in the order of 材料.yaml, then the index; cited by page."""
        spans: dict[str, tuple[int, int]] = {}
        for piece in opened.pieces:
            spans.setdefault(piece.scan.code, (piece.first, piece.last))
        values = Values(self.whole, {self.report.subject: self.report}, pages)
        address = quote(_file(draft))
        made = []
        for job in self._jobs():
            outcome = self.press.make(
                job, values, draft=draft, revise=lambda docx: cite(docx, spans, address)
            )
            self.problems += outcome.problems
            if outcome.value is None:
                return None
            made.append((job, outcome.value))
        return made

    def _jobs(self) -> Iterator[Job]:
        planned = plan(self.whole)
        index = None
        for job in planned:
            job = replace(job, formats=("docx", "pdf"), stem=self._stem(job.document.kind))
            if job.document.kind == INDEX:
                index = job
            elif not job.document.own_use:
                yield job
        if index is None:
            document = Document(INDEX, Party.APPLICANT, TEMPLATE, ("docx", "pdf"), title=INDEX)
            one = (document, self.notice, Party.APPLICANT, self.whole.name, "", document.formats)
            index = Job(*one, self._stem(INDEX))
        yield index

    def _stem(self, name: str) -> str:
        return f"{self.notice.slug}/{self.whole.name}/{FOLDER}/{name}"

    def _title(self, what: str, inputs: dict[str, str]) -> Title:
        identity = f"{self.whole.fingerprint}{inputs}".encode()
        return Title(f"{self.whole.name}{what}", dated(self.whole), identity)

    def _provided_apart(self) -> Iterator[Problem]:
        """What the applicant hands in and docgen does not make: it has to be put in by hand."""
        listed = hand_in(self.whole, ready=True)
        own = (row for row in listed if row.get("状态") == "自备" and row.get("文种") != VOLUME)
        apart = [str(row.get("材料")) for row in own]
        if apart:
            said = f"{'、'.join(apart)}由单位自备，不在{WHOLE}.pdf 里"
            yield Problem("另附", Severity.INFO, said, hint="另行附上")

    def _refuse(self) -> None:
        said = "没有装订定稿：还有不通过或资料不足的项"
        hint = "按上面各项补正，或去掉 FINAL=1 先出草稿"
        self.problems.append(error("不出定稿", said, hint=hint))

    def _store(
        self,
        made: list[tuple[Job, Made]],
        volume: Path,
        pages: int,
        target: Path,
        bound: Bound,
        inputs: dict[str, str],
        draft: bool,
    ) -> None:
        """All files as one transaction."""

        def put(name: str, files: dict[str, bytes | mmap], count: int | None) -> Put:
            return Put(self._stem(name), draft, files, inputs, name, self.whole.name, pages=count)

        with _mapped(volume) as first, _mapped(target) as second:
            puts = [put(WHOLE, {"pdf": second}, bound.pages), put(VOLUME, {"pdf": first}, pages)]
            puts += [put(job.document.kind, dict(one.files), one.pages) for job, one in made]
            stored = Store(self.press.workspace.out).put_all(puts)
        self.stored = list(stored.problems)
        self.problems += stored.problems
        self.outputs += stored.value or ()


def _papers(made: list[tuple[Job, Made]], folder: Path) -> Iterator[Part]:
    """The papers as parts of the whole, on the disk."""
    for number, (job, one) in enumerate(made):
        path = folder / f"paper{number}.pdf"
        path.write_bytes(one.files["pdf"])
        yield Part(job.document.title or job.document.kind, path)


def _file(draft: bool) -> str:
    """The name of the volume's file, which links name."""
    return f"{VOLUME}{DRAFT if draft else ''}.pdf"


def _digest(opened: Opened) -> str:
    """The hash of what the volume is made of: the entries as listed, and their files."""
    whole = hashlib.sha256()
    for piece in opened.pieces:
        whole.update(f"{piece.scan.code}\0{piece.scan.name}\0".encode())
        with piece.scan.path.open("rb") as stream:
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()


def _blank_sheets(parts: list[Part], bound: Bound) -> Iterator[Problem]:
    """Where a blank page was put in so that a part begins on the front of a sheet."""
    for part, start in zip(parts, bound.starts, strict=True):
        if start - 1 in bound.blank:
            said = f"{WHOLE}第 {start - 1} 页是空白页：双面印时“{part.name}”从正面起"
            yield Problem("空白页", Severity.INFO, said)


@contextmanager
def _mapped(path: Path) -> Iterator[mmap]:
    """A file's bytes, not in memory."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        yield data
