"""What changed → Word files first, then the verdict, then PDFs: one round after another.

A newer change ends a round between two documents; whatever is in out/ is whole at every instant.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Event
from typing import Any

from docgen.model.artifact import CONTENTS, Output, Report
from docgen.pipeline.building import build_at
from docgen.pipeline.checking import check_at
from docgen.pipeline.desk import Desk
from docgen.pipeline.press import Press
from docgen.pipeline.reporting import Link
from docgen.pipeline.tasks import one_by_one
from docgen.pipeline.workspace import Request, Workspace
from docgen.problem import Problem, Stop, error
from docgen.report import page
from docgen.store import Store
from docgen.watch.board import Board, Crashed, State, papers_of, renewed, trouble_of
from docgen.watch.changes import Eye
from docgen.watch.prints import Prints
from docgen.watch.reading import holes_of, roots_of
from docgen.watch.typesetter import Typesetter, held_from_signals

MADE_OF = ("templates", "fonts")  # what a press remembers
SHOWN = 3  # names of what was saved
FEW = 3  # documents of which no count is told
OUTDATED = "过期"


class _Overtaken(Exception):
    """There is something newer to do, or nothing any more."""


class Rounds:
    """The work of one watcher. `told` hears of each round, `crashed` of our own bugs."""

    def __init__(
        self,
        workspace: Workspace,
        request: Request,
        board: Board,
        prints: Prints,
        stop: Event,
        told: Callable[[str], None],
        crashed: Crashed,
    ) -> None:
        self._workspace, self._request = workspace, replace(request, every=True, final=False)
        self._board, self._prints, self._stop = board, prints, stop
        self._told, self._crashed = told, crashed
        self._eye = Eye(lambda: roots_of(workspace, request), stop)
        self._press = Press(workspace)
        self._elsewhere = Typesetter(workspace, self._going_on)
        self._must_end = False

    def run(self) -> None:
        """Rounds until it is time to stop."""
        held_from_signals()
        changed: list[str] = []
        while not self._stop.is_set():
            self._guarded(changed)
            self._elsewhere.begin()
            changed = self._eye.wait()
            if any(path.startswith(self._of_press) for path in changed):
                self._press = Press(self._workspace)
                self._elsewhere.end()
        self._elsewhere.end()

    @property
    def _of_press(self) -> tuple[str, ...]:
        return tuple(f"{self._workspace.root / name}/" for name in MADE_OF)

    def _guarded(self, changed: list[str]) -> None:
        try:
            self._round(changed)
        except _Overtaken:
            return
        except Stop as stop:
            self._failed(stop.problem)
        except Exception as failure:
            log = self._crashed(failure)
            said = "程序内部出错，这不是您的资料的问题；已有的文件不受影响"
            self._failed(error("程序出错", said, hint=f"请把 {log} 交给维护人员" if log else ""))

    def _failed(self, problem: Problem) -> None:
        state = self._board.put(doing="", trouble=(problem,))
        self._told(f"{state.at} {problem.message}")

    def _round(self, changed: list[str]) -> None:
        begun = time.monotonic()
        names = tuple(dict.fromkeys(path.rpartition("/")[2] for path in changed))[:SHOWN]
        at = datetime.now().strftime("%H:%M:%S")
        self._board.put(doing="正在生成 Word", at=at, changed=names, word=None, whole=None)
        desk = Desk(self._workspace, reads=self._press.reads)
        quick = self._build(desk, self._press.hurried(), ("docx", "xlsx"))
        self._must_end = self._has_old_pages(quick.outputs)
        word = time.monotonic() - begun if quick.outputs else None
        self._show(quick, verdict=quick.verdict, word=word, doing="正在核验")
        self._judge(desk, quick, early=True)
        if quick.outputs or not quick.refused:
            self._board.put(doing="正在排 PDF")
            whole = self._build(desk, self._press)
            self._show(whole, whole=not whole.refused)
            self._judge(desk, whole)
        self._told(_line(self._board.put(doing="", whole=time.monotonic() - begun)))

    def _build(self, desk: Desk, press: Press, formats: tuple[str, ...] = ()) -> Report:
        """Builds; the contents of Word files made alone tell the pages of before."""
        request = replace(self._request, formats=formats)
        try:
            runner = one_by_one if formats else self._elsewhere
            return build_at(desk, press, request, self._progress, runner)
        except Stop:
            if formats:  # a notice may ask for PDFs alone
                return Report()
            raise

    def _progress(self, done: int, of: int, stem: str) -> None:
        self._going_on()
        if of > FEW:
            self._board.put(doing=f"正在生成 {done}/{of}")

    def _going_on(self) -> None:
        """Raises where something is newer; at the end contents with old pages are set right."""
        if self._stop.is_set():
            if not self._must_end:
                raise _Overtaken
        elif self._eye.moved():
            raise _Overtaken

    def _show(self, report: Report, *, whole: bool = False, **more: Any) -> None:
        before = self._board.state.papers
        papers = renewed(before, papers_of(report.outputs), whole=whole)
        self._prints.put(paper.pdf for paper in papers if paper.pdf)
        trouble = trouble_of(report) if report.refused else ()
        self._board.put(papers=papers, trouble=trouble, **more)

    def _has_old_pages(self, outputs: tuple[Output, ...]) -> bool:
        store = Store(self._workspace.out)
        folders = {tuple(output.path.split("/")[1:3]) for output in outputs}
        standing = (store.standing(notice, name) for notice, name in folders)
        return any(CONTENTS in inputs for made in standing for inputs in made.values())

    def _judge(self, desk: Desk, built: Report, *, early: bool = False) -> None:
        """The verdict and the holes; `early`: what is about to be made is not out of date."""
        report = check_at(desk, self._request)
        if early:
            report = _without_outdated(report)
        html = page(report, today=self._request.today, link=Link(self._workspace.root))
        holes = holes_of(desk, self._request, built)
        self._board.put(page=html, verdict=report.verdict, holes=holes)


def _without_outdated(report: Report) -> Report:
    def kept(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        return tuple(problem for problem in problems if problem.code != OUTDATED)

    subjects = tuple(replace(one, problems=kept(one.problems)) for one in report.subjects)
    return replace(report, subjects=subjects, problems=kept(report.problems))


def _line(state: State) -> str:
    """A round on one line of a terminal."""
    saved = "、".join(state.changed) or "现有资料"
    word = f"Word {state.word:.1f} 秒，" if state.word is not None else ""
    verdict = state.verdict.value if state.verdict else ""
    holes = f"，待补 {len(state.holes)} 处" if state.holes else ""
    trouble = f"；{state.trouble[0].where} {state.trouble[0].message}" if state.trouble else ""
    return f"{state.at} {saved}：{word}PDF {state.whole or 0:.1f} 秒；{verdict}{holes}{trouble}"
