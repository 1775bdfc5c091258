"""Runs the work of a build in processes of this machine."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from docgen.pipeline import Bulk, Finished, Maker, Runner, Task

Item = TypeVar("Item")
Result = TypeVar("Result")

FEWEST = 4  # documents to print; for fewer a second process costs more than it saves
FEWEST_READ = 24  # applicants to read, likewise
MOST = 8
PAUSE = 0.5  # seconds between two looks whether the parent is alive
AHEAD = 4  # results that may wait for their turn, per process: memory stays flat

_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def in_processes(count: int | None = None) -> Runner:
    """A Runner over `count` processes, as many as there are processors unless told.

    They are forked, so that facts and templates are there already and nothing is copied. Where the
    system cannot fork safely, and for a few documents, the work is done here. A process that dies
    (killed for want of memory, say) costs time only: the rest is done here.
    """

    def run(make: Maker, tasks: Sequence[Task]) -> Iterator[Finished]:
        printed = sum("pdf" in task.job.formats for task in tasks)
        if printed < FEWEST or not _can_fork(count):
            return map(make, tasks)
        return _forked(make, tasks, _processes(count))

    return run


def reading_in_processes(count: int | None = None) -> Bulk:
    """A Bulk over processes, as `in_processes` makes documents."""

    def run(work: Callable[[str], Any], names: Sequence[str]) -> Iterator[Any]:
        if len(names) < FEWEST_READ or not _can_fork(count):
            return map(work, names)
        return _forked(work, names, _processes(count))

    return run


def _processes(count: int | None) -> int:
    return min(count or os.cpu_count() or 1, MOST)


def _can_fork(count: int | None) -> bool:
    return _processes(count) > 1 and sys.platform.startswith("linux")


def _forked(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Iterator[Result]:
    """The results in the order of the items."""
    gc.freeze()  # what is there is not looked through, and so not copied, in each of them
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), _adopt, (os.getpid(), work, items)
    )
    pending: deque[Future[Result]] = deque()
    done = asked = 0
    try:
        while done < len(items):
            while asked < len(items) and len(pending) < processes * AHEAD:
                pending.append(pool.submit(_do, asked))
                asked += 1
            yield pending.popleft().result()
            done += 1
    except BrokenProcessPool:
        yield from map(work, items[done:])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        gc.unfreeze()


def _adopt(parent: int, *work: Any) -> None:
    global _work
    _work = work
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """Ends this process with its parent: a killed one tells nobody, and its siblings hold the pipe
    open for which each would wait for ever."""
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os._exit(1)


def _do(number: int) -> Any:
    assert _work is not None
    work, items = _work
    return work(items[number])
