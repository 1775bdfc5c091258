"""One writer at a time in a subject's folder: an advisory lock on its file .锁."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.store.disk import NO_LINK

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
    with held(folder / NAME, patience):
        yield


@contextmanager
def held(file: Path, patience: float = PATIENCE, mode: int = 0o666) -> Iterator[None]:
    """Hold a file itself, made where there is none, against another run that would write it."""
    until = time.monotonic() + patience
    flags = os.O_RDWR | os.O_CREAT | NO_LINK | getattr(os, "O_NONBLOCK", 0)  # nor waits for a pipe
    handle = os.open(file, flags, mode)
    try:
        _wait(handle, until)
        while not _stands(handle, file):  # the run that held it has renamed or removed it
            os.close(handle)
            handle = os.open(file, flags, mode)
            _wait(handle, until)
        yield
    finally:
        os.close(handle)


def _stands(handle: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(file))
    except FileNotFoundError:
        return False


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
