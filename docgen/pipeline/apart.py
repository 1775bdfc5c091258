"""A call in a process of its own: it can be interrupted, and it ends when its time is over."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
START = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"


class Overdue(Exception):
    """The call did not come back within its time."""


class Lost(Exception):
    """The process ended without an answer: out of memory, or killed."""


def apart(work: Callable[..., T], arguments: tuple[Any, ...], seconds: float) -> T:
    """What `work`, a function of a module, answers or raises; all of it can be pickled.

    Raises Overdue or Lost where it does neither.
    """
    context: Any = multiprocessing.get_context(START)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise Overdue
        failed, answer = ours.recv()
    except EOFError:
        raise Lost from None
    finally:
        ours.close()
        process.terminate()
        process.join()
    if failed:
        raise answer
    result: T = answer
    return result


def _answer(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """In the process: the answer, or what was raised, through the pipe."""
    try:
        pipe.send((False, work(*arguments)))
    except Exception as failure:
        failure.add_note(traceback.format_exc())
        pipe.send((True, failure))
    pipe.close()
