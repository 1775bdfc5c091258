"""One Job → what it is made of, and the bytes of its files: each template is compiled once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import __version__
from docgen.fill import Stamp, Template
from docgen.load.disk import is_inside, read_bytes, relative
from docgen.model.dossier import Dossier
from docgen.model.fingerprint import fingerprint
from docgen.model.notice import Notice
from docgen.model.plan import Job
from docgen.model.rule import Party
from docgen.model.values import Record, walk
from docgen.pipeline.cache import default_folder
from docgen.pipeline.fitting import PageLimit
from docgen.pipeline.making import Bookmarks, Made, Order, make
from docgen.pipeline.shelf import Shelf
from docgen.pipeline.values import Values
from docgen.pipeline.workspace import Engine, Workspace
from docgen.problem import Outcome, Problem, Where, error
from docgen.store import Store

if TYPE_CHECKING:
    from docgen.typeset import Fonts

TEMPLATE_LIMIT = 20_000_000
IN_DOCUMENT = ("template", "notice", "version")  # of the inputs, what the docx itself says


class Press:
    """Makes documents; compiles each template once and scans the fonts once."""

    def __init__(
        self,
        workspace: Workspace,
        engine: Engine = "typst",
        shelf: Shelf | None = None,
        *,
        archival: bool = False,
    ) -> None:
        self.workspace, self.engine, self.archival = workspace, engine, archival
        self._shelf = shelf or Shelf(default_folder())
        self._templates: dict[str, Outcome[Template]] = {}
        self._hurried = False

    def hurried(self) -> Press:
        """This press for Word files that do not wait for their pages to be counted.

        The contents of one made without its PDF tell the pages of the PDF that stands.
        """
        other = copy(self)
        other._hurried = True
        return other

    @cached_property
    def fonts(self) -> Fonts:
        from docgen.typeset import find_fonts

        return find_fonts(self.workspace.font_folders)

    def template(self, name: str) -> Outcome[Template]:
        """A template by its path below templates/."""
        if name not in self._templates:
            self._templates[name] = self._read(name)
        return self._templates[name]

    def reads(self, notice: Notice) -> set[str]:
        """The paths of facts that the templates of a notice's bureau read."""
        names = {d.template for d in notice.documents if d.issuer is Party.BUREAU and d.template}
        found = [self.template(name).value for name in names]
        return {path for template in found if template for path in template.reads}

    def _read(self, name: str) -> Outcome[Template]:
        data = self.bytes_of(name)
        if data.value is None:
            return Outcome(None, data.problems)
        return Outcome(self._shelf.template(data.value, self.file_of(name)), data.problems)

    def bytes_of(self, name: str) -> Outcome[bytes]:
        """A template's bytes by its path below templates/."""
        path, file = self.workspace.templates / name, self.file_of(name)
        if not path.is_file():
            hint = "用 docgen template new 起一个，再在 Word 里改"
            return Outcome(None, (error("缺模板", f"没有模板 {file}", Where(file), hint),))
        if not is_inside(path, self.workspace.templates):
            hint = "材料.yaml 的“模板”写 templates/ 里的路径"
            said = f"模板“{name}”不在 templates/ 里"
            return Outcome(None, (error("缺模板", said, Where(file), hint),))
        return read_bytes(path, file, TEMPLATE_LIMIT)

    def file_of(self, name: str) -> str:
        """A template as messages name it."""
        return relative(self.workspace.templates / name, self.workspace.root)

    def make(
        self,
        job: Job,
        values: Values,
        *,
        draft: bool,
        inputs: Mapping[str, str] | None = None,
        revise: Callable[[bytes], bytes] | None = None,
    ) -> Outcome[Made]:
        """The files of a job; value None where it cannot be made, and the Problems say why.

        `revise` is the last hand on the filled Word file, before its contents get their pages.

        `inputs` are what `inputs` gives, where it has been asked for already.
        """
        read = self.template(job.document.template)
        if read.value is None:
            return Outcome(None, read.problems)
        ordered = self.order(job, values, draft=draft, inputs=inputs)
        pages = self._pages_of(job, draft) if self._hurried else ()
        made = make(ordered, read.value, lambda: self.fonts, values.whole.place_of, revise, pages)
        told = (_in_document(problem, job.document.kind) for problem in made.problems)
        return Outcome(made.value, (*read.problems, *told))

    def must_wait(self, job: Job, draft: bool) -> bool:
        """Whether a hurried press leaves this document to the one that typesets."""
        if not self._hurried or "pdf" not in job.document.formats:
            return False
        limited = not draft and PageLimit.of(job.document) is not None
        return limited or not any(path.exists() for path in self._standing(job, draft))

    def _standing(self, job: Job, draft: bool) -> list[Path]:
        """Where the PDF of a document may stand from before.

        For a final only that of a final: what was never typeset so may turn out not to do.
        """
        files = [Store.path_of(job.stem, as_draft, "pdf") for as_draft in {False, draft}]
        return [self.workspace.out / file for file in files]

    def _pages_of(self, job: Job, draft: bool) -> Bookmarks:
        """The bookmarks of the PDF that stands."""
        from docgen.bind import read_bookmarks

        found = map(read_bookmarks, self._standing(job, draft))
        return next(filter(None, found), ())

    def order(
        self, job: Job, values: Values, *, draft: bool, inputs: Mapping[str, str] | None = None
    ) -> Order:
        """All that a document is made of besides its template, apart from this machine."""
        inputs = inputs or self.inputs(job, values)
        own = {key: inputs[key] for key in IN_DOCUMENT} | {"data": inputs["values"]}
        day = dated(values.whole)
        return Order(
            facts=values.of(job),
            draft=draft,
            stamp=Stamp(job.document.title or job.document.kind, day, own),
            tables=tuple(job.document.tables),
            formats=job.formats,
            timestamp=datetime.combine(day or date(2000, 1, 1), time(), UTC),
            engine=self.engine,
            archival=self.archival,
            limit=PageLimit.of(job.document),
            inputs=inputs,
            hidden=tuple(_named(values.of(job), job.document.blind)),
        )

    def inputs(self, job: Job, values: Values) -> dict[str, str]:
        """The hashes that the manifest records.

        `data` is that of all that the subject's papers are made from, `values` that of what this
        one prints: a document of the same values, template, notice, fonts and version is the same.
        The document itself carries that of its values as its data, for it depends on nothing else.
        """
        whole, facts = values.whole, values.of(job)
        read = self.template(job.document.template).value
        reads = (*read.reads, *job.document.blind) if read and read.reads else ()
        printed = fingerprint(facts, reads, f"{dated(whole)}") if reads else whole.fingerprint
        unusual = "PDF/A" if self.archival else self.engine if self.engine != "typst" else ""
        return {
            **({"pdf": unusual} if unusual else {}),
            "data": whole.fingerprint,
            "values": printed,
            "template": read.digest if read else "",
            "notice": job.notice.digest,
            "fonts": self._fonts_there,
            "version": __version__,
        }

    @cached_property
    def _fonts_there(self) -> str:
        """What lies in the folders of fonts, as a hash: a new font makes new PDFs."""
        digest = hashlib.sha256()
        for folder in self.workspace.font_folders:
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if path.is_file():
                    digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        return digest.hexdigest()


def _named(facts: Record, blind: Sequence[str]) -> Iterator[str]:
    """The values that stand at the paths of a blind document's 暗标, rows and all."""
    for path, value in walk(facts) if blind else ():
        if isinstance(value, str) and re.sub(r"\.\d+", "", path) in blind:
            yield value


def _in_document(problem: Problem, kind: str) -> Problem:
    """What typesetting found knows a place in the Word file, but not whose place it is."""
    where = problem.where
    if where.file or not where.spot:
        return problem
    return replace(problem, where=replace(where, file=f"{kind}.docx"))


def dated(whole: Dossier) -> date | None:
    """The subject's own date: what its documents are dated by, so that no clock is needed."""
    for key in ("推荐日期", "申报日期"):
        value = whole.facts.get(key)
        if isinstance(value, date):
            return value
    return whole.notice.dated
