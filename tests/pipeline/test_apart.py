"""A call in a process of its own answers, raises, is given up or lost."""

from __future__ import annotations

import os
import signal
import time

import pytest

from docgen.pipeline.apart import Lost, Overdue, apart
from docgen.problem import Stop
from docgen.typeset import Unreadable


def double(number: int) -> int:
    return 2 * number


def refuse(hint: str) -> None:
    raise Unreadable("坏了", hint)


def stop(hint: str) -> None:
    raise Stop("不行", hint)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_answer_comes_back() -> None:
    assert apart(double, (21,), 30) == 42


def test_what_is_raised_comes_back_whole() -> None:
    with pytest.raises(Unreadable) as refused:
        apart(refuse, ("换一份",), 30)
    assert refused.value.problem.hint == "换一份"
    with pytest.raises(Stop) as stopped:
        apart(stop, ("装上",), 30)
    assert stopped.value.problem.hint == "装上"


def test_a_call_that_takes_too_long_is_given_up() -> None:
    start = time.monotonic()
    with pytest.raises(Overdue):
        apart(sleep, (60,), 0.3)
    assert time.monotonic() - start < 20


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(Lost):
        apart(die, (), 30)
