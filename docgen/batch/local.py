"""Runs the tasks of a build in processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from docgen.pipeline import Finished, Maker, Runner, Task, one_by_one

FEWEST = 4  # documents to print; for fewer a second process costs more than it saves
MOST = 8
AHEAD = 4  # results that may wait for the writer, per process: memory stays flat

_work: tuple[Maker, Sequence[Task]] | None = None


def in_processes(count: int | None = None) -> Runner:
    """A Runner over `count` processes, as many as there are processors unless told.

    They are forked, so that facts and templates are there already and nothing is copied. Where the
    system cannot fork safely, and for a few documents, the work is done here. A process that dies
    (killed for want of memory, say) costs time only: the rest is done here.
    """
    processes = min(count or os.cpu_count() or 1, MOST)

    def run(make: Maker, tasks: Sequence[Task]) -> Iterator[Finished]:
        printed = sum("pdf" in task.job.formats for task in tasks)
        if processes < 2 or printed < FEWEST or not sys.platform.startswith("linux"):
            return one_by_one(make, tasks)
        return _forked(make, tasks, processes)

    return run


def _forked(make: Maker, tasks: Sequence[Task], processes: int) -> Iterator[Finished]:
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), _adopt, (make, tasks)
    )
    pending: deque[Future[Finished]] = deque()
    done = asked = 0
    try:
        while done < len(tasks):
            while asked < len(tasks) and len(pending) < processes * AHEAD:
                pending.append(pool.submit(_do, asked))
                asked += 1
            yield pending.popleft().result()
            done += 1
    except BrokenProcessPool:
        yield from one_by_one(make, tasks[done:])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _adopt(*work: Any) -> None:
    global _work
    _work = work


def _do(number: int) -> Finished:
    assert _work is not None
    make, tasks = _work
    return make(tasks[number])
