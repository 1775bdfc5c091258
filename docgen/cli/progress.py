"""How far a build is: a line written over on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

MANY = 50  # documents; of fewer nothing is told where no person is looking
PAUSE = 5.0  # seconds between lines where standard error is no terminal
BLINK = 0.1  # seconds between two writings of the line on a terminal


class Progress:
    """Hears of each document that is done; tells count, rate and time left on standard error."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = self._last = clock()
        self._first = 0
        self._terminal = sys.stderr.isatty()

    def __call__(self, done: int, of: int, stem: str) -> None:
        now = self._clock()
        if not self._first:
            self._first, self._start = done, now
        if self._terminal:
            if now - self._last >= BLINK or done == of:
                self._last = now
                self._write(f"\r{self._told(done, of, now)}  {_visible(stem)}\x1b[K", done == of)
        elif of > MANY and (now - self._last >= PAUSE or done == of):
            self._last = now
            self._write(self._told(done, of, now), True)

    def _told(self, done: int, of: int, now: float) -> str:
        """生成 120/500，每秒 14 份，还要约 27 秒."""
        made, seconds = done - self._first, now - self._start
        if made < 1 or seconds < 1:
            return f"生成 {done}/{of}"
        rate = made / seconds
        shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        left = f"，还要{_lasting((of - done) / rate)}" if done < of else ""
        return f"生成 {done}/{of}，每秒 {shown} 份{left}"

    def _write(self, text: str, ends: bool) -> None:
        try:
            sys.stderr.write(text + ("\n" if ends else ""))
            sys.stderr.flush()
        except OSError:
            return


def _lasting(seconds: float) -> str:
    if seconds < 90:
        return f"约 {max(round(seconds), 1)} 秒"
    return f"约 {round(seconds / 60)} 分钟"


def _visible(stem: str) -> str:
    """The last steps of a stem, short enough for a line."""
    from docgen.report.lines import visible

    return visible("/".join(stem.split("/")[2:]))[:24]
