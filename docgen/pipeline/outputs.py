"""check --outputs: what stands in out/ is held against itself, Word against PDF, and its limits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.model.artifact import Report
from docgen.model.dossier import Dossier
from docgen.pipeline.checking import source_of
from docgen.pipeline.desk import Desk
from docgen.pipeline.fitting import PageLimit, too_long, traced
from docgen.pipeline.press import Press
from docgen.pipeline.workspace import Request, Workspace
from docgen.problem import Problem, Severity, Stop, Where, warning
from docgen.store import Store

if TYPE_CHECKING:
    from docgen.store import Entry
    from docgen.typeset import Fonts

CHANGED_WORD = "照改过的 Word 另出一份：docgen pdf {} -o 改过的.pdf"
ENGINE_FIRST = "重新生成这一份（默认的排版引擎）后再核对"


def check_outputs(workspace: Workspace, request: Request) -> Report:
    """Holds each built document of a subject, as it stands in out/, against its PDF.

    Words in order, tables, glyphs, fonts, pages; the notice's page limit; what does not fit where
    it stands, with the data it comes from. Stop where nothing has been built yet.
    """
    desk, store = Desk(workspace), Store(workspace.out)
    source = source_of(desk, request)
    notices, problems = desk.answered(source, request.notice)
    fonts = Press(workspace).fonts
    pairs = 0
    found = list(problems)
    for notice in notices:
        whole = desk.dossier(source, notice)
        for word, pdf in _pairs(store.entries(notice.slug, whole.name)):
            pairs += 1
            folder = f"{workspace.out.name}/{notice.slug}/{whole.name}"
            told = _agreement(workspace.root, folder, word, pdf, whole, fonts)
            found += (problem.of(subject=whole.name, notice=notice.slug) for problem in told)
    if not pairs:
        raise Stop(f"out/ 里还没有“{source.name}”的成品", "先生成，如 make 全部")
    return Report(problems=tuple(found), about={"核对": f"{pairs} 份文书（Word 与 PDF）"})


def _pairs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The Word files that have a PDF, each with it."""
    by_stem = {(entry.stem, entry.extension): entry for entry in entries}
    for (stem, extension), word in by_stem.items():
        pdf = by_stem.get((stem, "pdf"))
        if extension == "docx" and pdf is not None:
            yield word, pdf


def _agreement(
    root: Path, folder: str, word: Entry, pdf: Entry, whole: Dossier, fonts: Fonts
) -> Iterator[Problem]:
    from docgen.typeset import Unreadable, agreement, typeset

    file = f"{folder}/{word.path}"
    found: list[bytes] = []
    for entry in (word, pdf):
        here = f"{folder}/{entry.path}"
        try:
            found.append((root / here).read_bytes())
        except OSError:
            yield warning("缺成品", "清单里有，文件不在了", Where(here), "重新生成")
            return
        if hashlib.sha256(found[-1]).hexdigest() != entry.sha256:
            said = f"{entry.path} 生成之后被人改过"
            cure = CHANGED_WORD.format(word.path) if entry is word else "移走它，再生成一次"
            yield Problem("改过", Severity.INFO, said, Where(here), hint=cure)
    docx, printed = found
    places = whole.place_of
    try:
        for problem in agreement(docx, printed, pages=pdf.pages):
            yield _in(problem, file)
        again = typeset(docx, fonts)
    except Unreadable as fault:
        yield replace(fault.problem, where=Where(file), hint=ENGINE_FIRST)
        return
    for problem in traced(again.problems, docx, _used(docx), places):
        yield _in(problem, file)
    document = next((d for d in whole.notice.documents if d.kind == word.document), None)
    limit = PageLimit.of(document) if document is not None else None
    for problem in too_long(limit, again.pages, again.headings):
        yield _in(problem, file)


def _used(docx: bytes) -> dict[str, str]:
    from docgen.fill import read_provenance

    told = read_provenance(docx)
    return dict(told.used) if told else {}


def _in(problem: Problem, file: str) -> Problem:
    """A problem that is of no data file is of this one."""
    where = problem.where
    return problem if where.file else replace(problem, where=replace(where, file=file))
