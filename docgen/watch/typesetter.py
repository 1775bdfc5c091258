"""A Runner in a process of its own, which can be ended at any moment and is begun anew in time.

Typst keeps what it has set for as long as its process lives: 90 MB for each making of a plan of 70
pages. And what it is busy with it cannot be called away from.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from docgen.pipeline import Finished, Maker, Task, Workspace

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

MOST_PAGES = 500  # that one process sets
LOOK = 0.05  # seconds between two questions whether to go on


class Typesetter:
    """Makes documents elsewhere; `going_on` raises where what is being made is no longer wanted."""

    def __init__(self, workspace: Workspace, going_on: Callable[[], None]) -> None:
        self._workspace, self._going_on = workspace, going_on
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._pages = 0

    def __call__(self, make: Maker, tasks: Sequence[Task]) -> Iterator[Finished]:
        """What came of each task, in order; where no process can be had it is made here."""
        for task in tasks:
            yield self._made(task) or make(task)

    def begin(self) -> None:
        """Has a process ready; it reads its program while others work."""
        if self._process is not None:
            return
        ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=_serve, args=(theirs, self._workspace), daemon=True)
        process.start()
        theirs.close()
        self._process, self._line, self._pages = process, ours, 0

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        if self._process is not None and self._line is not None:
            self._process.kill()
            self._process.join()
            self._line.close()
        self._process = self._line = None

    def _made(self, task: Task) -> Finished | None:
        try:
            self.begin()
            assert self._line is not None
            self._line.send(task)
            while not self._line.poll(LOOK):
                self._going_on()
            finished = self._line.recv()
        except (EOFError, OSError):
            self.end()
            return None
        except BaseException:
            self.end()
            raise
        assert isinstance(finished, Finished)
        self._pages += (finished.made.pages or 0) if finished.made else 0
        if self._pages > MOST_PAGES:
            self.end()
        return finished


def held_from_signals() -> None:
    """Ctrl-C reaches every process of a terminal: those begun by this thread leave it to ours."""
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # which lets signals through again when it begins
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _serve(line: Connection, workspace: Workspace) -> None:
    """In the other process: makes what comes, until nothing can come any more."""
    from docgen.pipeline.press import Press

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    make = Maker(Press(workspace))
    while True:
        try:
            task = line.recv()
            line.send(make(task))
        except (EOFError, OSError):
            return
