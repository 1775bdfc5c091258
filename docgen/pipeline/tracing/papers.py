"""The documents of a subject: as they stand in out/, and as the data would make them now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from docgen.fill import (
    Marked,
    Passage,
    Print,
    Provenance,
    Template,
    fill,
    fill_marked,
    read_paragraphs,
    read_provenance,
)
from docgen.load import Source
from docgen.model.artifact import SubjectReport
from docgen.model.dossier import Dossier
from docgen.model.notice import Notice, Roll
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.pipeline.checking import is_blocked, reports_of
from docgen.pipeline.desk import Desk
from docgen.pipeline.press import Press
from docgen.pipeline.tracing.seeking import pairs
from docgen.pipeline.values import Values
from docgen.pipeline.workspace import Workspace
from docgen.plan import plan
from docgen.plan.naming import BESIDE, DRAFT
from docgen.store.manifest import NAME, Entry, Manifest, decoded, name_of

MADE_FROM = ("values", "template", "notice")  # of the recorded inputs, what its text depends on


class Named(NamedTuple):
    """A file in out/ by its name: 通知/申报单位/文种.草稿.docx."""

    notice: str
    subject: str
    stem: str


class Paper:
    """One document: `file` is the Word file that stands, below the workspace ("" where none)."""

    def __init__(
        self,
        press: Press,
        job: Job,
        values: Values,
        reports: Mapping[str, SubjectReport],
        entries: Mapping[str, Entry],
    ) -> None:
        self.job, self.values, self.reports = job, values, reports
        self._press, self._entries = press, entries
        self._folder = press.workspace.out / job.notice.slug / job.subject
        self.short = job.stem.split("/", 2)[2]
        self.chosen = ""

    @property
    def title(self) -> str:
        """建设方案, or 推荐意见（示例联合体）."""
        who = f"（{self.job.candidate}）" if self.job.candidate else ""
        return f"{self.job.document.kind}{who}"

    @cached_property
    def file(self) -> str:
        names = [self.chosen] if self.chosen else []
        names += [name_of(self.short, draft, "docx") for draft in (False, True)]
        there = next((name for name in names if (self._folder / name).is_file()), "")
        return f"{self._below}/{there}" if there else ""

    @property
    def _below(self) -> str:
        return f"{self._press.workspace.out.name}/{self.job.notice.slug}/{self.job.subject}"

    @cached_property
    def shown(self) -> str:
        """The file that stands; of a document without a Word file that of another format."""
        names = [
            name_of(self.short, draft, kind)
            for kind in self.job.document.formats
            for draft in (False, True)
        ]
        there = (name for name in names if (self._folder / name).is_file())
        return self.file or next((f"{self._below}/{name}" for name in there), "")

    @cached_property
    def entry(self) -> Entry | None:
        """What 清单.json says of the file."""
        return self._entries.get(self.shown.removeprefix(f"{self._below}/"))

    def recorded(self, name: str) -> str:
        """The hash recorded of a file of that name in the same folder, "" where there is none."""
        folder = self.short.rpartition("/")[0]
        entry = self._entries.get(f"{folder}/{name}" if folder else name)
        return entry.sha256 if entry else ""

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file that stands."""
        return (self._press.workspace.root / self.file).read_bytes() if self.file else b""

    @property
    def is_edited(self) -> bool:
        """Whether a hand has changed the file since it was made, or it is none of ours."""
        if not self.data:
            return False
        return self.entry is None or hashlib.sha256(self.data).hexdigest() != self.entry.sha256

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Which of `MADE_FROM` are not as they were when the file was made."""
        if self.entry is None:
            return ()
        now = self._press.inputs(self.job, self.values)
        return tuple(key for key in MADE_FROM if self.entry.inputs.get(key) != now[key])

    @cached_property
    def provenance(self) -> Provenance | None:
        """What the file says of its making."""
        return read_provenance(self.data) if self.data else None

    @cached_property
    def standing(self) -> tuple[Passage, ...]:
        """The paragraphs of the file as it stands."""
        return read_paragraphs(self.data) if self.data else ()

    @property
    def template(self) -> Template | None:
        """The compiled template; None where it cannot be read."""
        return self._press.template(self.job.document.template).value

    @cached_property
    def _marked(self) -> Marked:
        made = fill_marked(self.template, self.values.of(self.job)) if self.template else None
        return made or Marked(b"", (), {})

    @cached_property
    def fresh(self) -> tuple[Passage, ...]:
        """The paragraphs as the data would make them now, with marks; equal cells not merged."""
        return read_paragraphs(self._marked.docx)

    @property
    def prints(self) -> tuple[Print, ...]:
        """What the marks mean."""
        return self._marked.prints

    @property
    def used(self) -> Mapping[str, str]:
        """The text printed now for each path."""
        return self._marked.used

    @cached_property
    def now(self) -> tuple[Passage, ...]:
        """The paragraphs as a build would make them now."""
        if self.template is None:
            return ()
        tables = self.job.document.tables
        filled = fill(self.template, self.values.of(self.job), tables=tables)
        return read_paragraphs(filled.docx) if filled.docx else ()

    @cached_property
    def fresh_of(self) -> dict[int, int]:
        """Which paragraph made now takes the place of each one that stands, by number."""
        return pairs([p.text for p in self.standing], [p.text for p in self.fresh])

    @cached_property
    def standing_of(self) -> dict[int, int]:
        """The same the other way round."""
        return {fresh: standing for standing, fresh in self.fresh_of.items()}

    @property
    def is_due(self) -> bool:
        """Whether a build would make it: what tells an applicant to mend is for those who fail."""
        report = self.reports.get(self.job.candidate)
        left_out = self.job.document.roll is Roll.LEFT_OUT
        return not left_out or (report is not None and is_blocked(report))

    @property
    def whole(self) -> Dossier:
        return self.values.whole

    @property
    def template_file(self) -> str:
        """The template as messages name it."""
        return self._press.file_of(self.job.document.template)


class Papers:
    """Finds and remembers the documents of subjects."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self._press = workspace, Press(workspace)
        self.desk = Desk(workspace, reads=self._press.reads)
        self._made: dict[tuple[str, str], list[Paper]] = {}
        self._full: dict[tuple[str, str], Dossier] = {}

    def of(self, source: Source, notice: Notice) -> list[Paper]:
        """All documents that a subject issues under a notice."""
        key = source.name, notice.slug
        if key not in self._made:
            whole = self.desk.dossier(source, notice)
            if whole.party is Party.APPLICANT:
                self._full[key] = whole
            reports = {report.subject: report for report in reports_of(whole)}
            values, entries = Values(whole, reports), self._entries(notice.slug, source.name)
            self._made[key] = [
                Paper(self._press, job, values, reports, entries) for job in plan(whole)
            ]
        return self._made[key]

    def of_subject(self, source: Source, wanted: str = "") -> list[Paper]:
        """Those under every notice that it answers or has documents of, or under the one wanted."""
        notices = {notice.slug: notice for notice in self.desk.answered(source, wanted)[0]}
        for slug in () if wanted else self.desk.slugs:
            read = self.desk.notice(slug).value if self._stands(slug, source.name) else None
            if read is not None:
                notices.setdefault(slug, read)
        return [paper for notice in notices.values() for paper in self.of(source, notice)]

    def about(self, applicant: str) -> Iterator[Paper]:
        """The documents that stand of bureaus which recommend an applicant."""
        for bureau in sorted(self.desk.known(Party.BUREAU)):
            for slug in self.desk.slugs:
                notice = self.desk.notice(slug).value if self._stands(slug, bureau) else None
                papers = self.of(self.desk.bureau(bureau), notice) if notice else []
                if papers and applicant in {c.dossier.name for c in papers[0].whole.candidates}:
                    yield from (p for p in papers if p.job.candidate in ("", applicant))

    def full(self, dossier: Dossier) -> Dossier:
        """The dossier with all its facts: a bureau has no more of a candidate than it looks at."""
        if dossier.party is Party.BUREAU:
            return dossier
        key = dossier.name, dossier.notice.slug
        if key not in self._full:
            source = self.desk.applicant(dossier.name)
            self._full[key] = self.desk.dossier(source, dossier.notice)
        return self._full[key]

    def named(self, path: Path) -> Named | None:
        """A file of out/ by its path, or by what it says of itself; None where it is neither."""
        try:
            parts = path.resolve().relative_to(self.workspace.out.resolve()).parts
        except ValueError:
            return self._recorded(path)
        if len(parts) not in (3, 4):
            return None
        last = parts[-1].rpartition(".")[0]
        last = last.partition(BESIDE)[0] if BESIDE in last else last
        return Named(parts[0], parts[1], "/".join((*parts[2:-1], last.removesuffix(DRAFT))))

    def _recorded(self, path: Path) -> Named | None:
        """A copy elsewhere: the document that was made from the same, by the records in out/."""
        data = path.read_bytes()
        told, digest = read_provenance(data), hashlib.sha256(data).hexdigest()
        hashes = dict(told.hashes) if told else {}
        hashes["values"] = hashes.pop("data", "")
        for record in sorted(self.workspace.out.glob(f"*/*/{NAME}")):
            for entry in _manifest(record.parent).outputs.values():
                alike = told and all(entry.inputs.get(k) == v for k, v in hashes.items())
                if entry.sha256 == digest or alike:
                    return Named(record.parts[-3], record.parts[-2], entry.stem)
        return None

    def _entries(self, notice: str, subject: str) -> Mapping[str, Entry]:
        return _manifest(self.workspace.out / notice / subject).outputs

    def _stands(self, notice: str, subject: str) -> bool:
        return (self.workspace.out / notice / subject / NAME).is_file()


def _manifest(folder: Path) -> Manifest:
    try:
        return decoded((folder / NAME).read_bytes()) or Manifest()
    except OSError:
        return Manifest()
