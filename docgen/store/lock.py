"""One writer at a time in a subject's folder: an advisory lock on its file .锁."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = ".锁"
PATIENCE = 60.0  # seconds; a put takes a few hundredths of one
_PAUSE = 0.02
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_UNSUPPORTED = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class HeldError(Exception):
    """Another run held the lock for as long as we were ready to wait."""


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of `folder`; the system lets go of it when the process ends, however it ends.

    A file system that knows no locks is used without one.
    """
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait(handle, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, until: float) -> None:
    while True:
        try:
            return _take(handle)
        except OSError as failure:
            if failure.errno in _UNSUPPORTED:
                return None
            if failure.errno not in _HELD:
                raise
        if time.monotonic() > until:
            raise HeldError
        time.sleep(_PAUSE)
