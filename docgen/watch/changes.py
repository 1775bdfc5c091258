"""Files looked at again and again → which of them changed, once they hold still.

By names, sizes and times alone: that works on every disk, also over a network, and needs nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import TypeAlias

Stamps: TypeAlias = dict[str, tuple[int, int, int, int]]  # path → size, two times, number

PAUSE = 0.15  # seconds between two looks
STILL = 0.08  # seconds for which nothing may move before a change is told
LONGEST = 3.0  # seconds that a change is waited for to end
SHARE = 4  # a look may take a fifth of the time: a slow disk is looked at more seldom
MOST_PAUSE = 5.0
DEEPEST = 8
MOST_FILES = 100_000


class Eye:
    """Watches what `roots` gives, files or folders; they are asked for anew at each change."""

    def __init__(self, roots: Callable[[], Sequence[Path]], stop: Event) -> None:
        self._asked, self._stop = roots, stop
        self._roots: Sequence[Path] = ()
        self._pause, self._next = PAUSE, 0.0
        self._seen: Stamps = {}
        self.settle()

    def settle(self) -> None:
        """Takes everything as it is now for seen."""
        self._roots = self._asked()
        self._seen = self._look()

    def wait(self) -> list[str]:
        """The paths that changed, when they hold still; none when it is time to stop.

        Whoever reads the files after this reads what was seen, or is told of a change once more.
        """
        while not self._stop.wait(self._pause):
            now = self._look()
            if now != self._seen:
                changed = _difference(self._seen, self._still(now))
                self.settle()
                if changed:
                    return changed
        return []

    def moved(self) -> bool:
        """Whether something has changed since; looked at no more often than otherwise."""
        if time.monotonic() < self._next:
            return False
        return self._look() != self._seen

    def _still(self, last: Stamps) -> Stamps:
        """What stands once two looks in a row are the same, or after LONGEST."""
        until = time.monotonic() + LONGEST
        while not self._stop.wait(STILL):
            now = self._look()
            if now == last or time.monotonic() > until:
                return now
            last = now
        return last

    def _look(self) -> Stamps:
        begun = time.monotonic()
        found: Stamps = {}
        for root in self._roots:
            for path, state in _files(root):
                found[path] = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
                if len(found) >= MOST_FILES:
                    break
        now = time.monotonic()
        self._pause = min(max(PAUSE, SHARE * (now - begun)), MOST_PAUSE)
        self._next = now + self._pause
        return found


def _files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """A file, or those below a folder, but not what hides or locks; what is gone is not there."""
    try:
        state = root.stat()
    except OSError:
        return
    if os.path.isdir(root):
        yield from _below(str(root), 0)
    else:
        yield str(root), state


def _below(folder: str, depth: int) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as entries:
            listed = [entry for entry in entries if not entry.name.startswith((".", "~"))]
    except OSError:
        return
    for entry in listed:
        try:
            if not entry.is_dir():
                yield entry.path, entry.stat()
            elif depth < DEEPEST:
                yield from _below(entry.path, depth + 1)
        except OSError:
            continue


def _difference(before: Stamps, after: Stamps) -> list[str]:
    paths = before.keys() | after.keys()
    return sorted(path for path in paths if before.get(path) != after.get(path))
