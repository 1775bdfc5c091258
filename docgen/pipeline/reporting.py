"""A Report → its files: 检查报告.html and .pdf, in out/ or where a user wants them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from docgen import __version__
from docgen.model.artifact import Output, Report, SubjectReport
from docgen.pipeline.workspace import Workspace
from docgen.problem import Problem, Stop, Where
from docgen.store import Put, Store, write_over

KIND = "检查报告"


def report_files(
    workspace: Workspace, report: Report, wanted: Mapping[str, str | None], today: date | None
) -> Report:
    """The Report with the files that were written of it, and what the disk said.

    `wanted` has a file's name by format (html, pdf): "" for the usual place in out/, one file a
    notice; None where that format is not wanted. Deadlines are reckoned from `today`, or else from
    the day in the data.
    """
    named = {kind: name for kind, name in wanted.items() if name}
    usual = [kind for kind, name in wanted.items() if name == ""]
    outputs: list[Output] = []
    problems: list[Problem] = []
    if named:
        made = _bytes(workspace, report, named, today)
        for kind, name in named.items():
            problem = write_over(Path(name), made[kind])
            if problem is None:
                outputs.append(Output(name, "", KIND, _whose(report), False, status="写出"))
            else:
                problems.append(problem)
    if usual:
        if not report.subjects:
            hint = "写明文件名，如 --html 检查报告.html"
            raise Stop("这个文件没有写申报哪个通知，不知道报告放在 out/ 的哪里", hint)
        for slug, subjects in _by_notice(report).items():
            part = replace(report, subjects=subjects)
            files = _bytes(workspace, part, dict.fromkeys(usual, ""), today)
            # 检查 says of itself what it was made from; it is never out of date to itself
            inputs = {"version": __version__}
            stem = f"{slug}/{subjects[0].subject}/{KIND}"
            put = Store(workspace.out).put(Put(stem, False, files, inputs, document=KIND))
            outputs += put.value or ()
            problems += put.problems
    return replace(
        report,
        outputs=(*report.outputs, *outputs),
        problems=(*report.problems, *problems),
    )


def _bytes(
    workspace: Workspace, report: Report, kinds: Iterable[str], today: date | None
) -> dict[str, bytes]:
    from docgen.report import page, print_page

    html = page(report, today=today, link=Link(workspace.root))
    made = {"html": html.encode()}
    if "pdf" in kinds:
        made["pdf"] = print_page(html, (workspace.root, Path(__file__).parents[2]))
    return {kind: made[kind] for kind in kinds}


class Link:
    """vscode://file/… of a place: what editors open when a place on the page is clicked."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, where: Where) -> str:
        if not where.file or where.told != where.file:  # an address tells the name
            return ""
        place = f":{where.line}:{where.column or 1}" if where.line else ""
        return f"vscode://file{quote((self._root / where.file).as_posix())}{place}"


def _by_notice(report: Report) -> dict[str, tuple[SubjectReport, ...]]:
    """The subjects by notice, in order; those who share one stand on one page."""
    counts = Counter(subject.notice.slug for subject in report.subjects)
    return {slug: tuple(s for s in report.subjects if s.notice.slug == slug) for slug in counts}


def _whose(report: Report) -> str:
    return report.subjects[0].subject if report.subjects else ""
