"""Folders for the length of a piece of work; what a killed run left is swept by the next.

They lie in one private folder of this user below the system's temporary folder. Each is locked as
long as it is in use; the system lets go of a lock when its process ends, however it ends.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "docgen-"


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that nobody else can read, gone at the end. OSError: the disk refuses."""
    folder, handle = _made()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


if sys.platform == "win32":

    def _made() -> tuple[Path, int | None]:
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=_temporary())), None

else:
    import fcntl

    def _made() -> tuple[Path, int | None]:
        """The folder and the handle that holds its lock; swept and made under one lock."""
        home = _temporary() / f"{PREFIX}{os.getuid()}"
        if not _is_ours(home):
            return Path(tempfile.mkdtemp(prefix=PREFIX, dir=home.parent)), None
        door = os.open(home, os.O_RDONLY)
        try:
            with suppress(OSError):  # a file system may know no locks
                fcntl.flock(door, fcntl.LOCK_EX)
            for left in home.iterdir():
                _sweep(left)
            folder = Path(tempfile.mkdtemp(dir=home))
            handle = os.open(folder, os.O_RDONLY)
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return folder, handle
        finally:
            os.close(door)

    def _sweep(left: Path) -> None:
        """Removes a folder that no living process holds."""
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(handle)

    def _is_ours(home: Path) -> bool:
        """Whether the folder is there, ours, and closed to others: the place is open to all."""
        with suppress(FileExistsError):
            home.mkdir(mode=0o700)
        state = home.lstat()
        private = not state.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and private


def _temporary() -> Path:
    """The system's temporary folder; found without a trial file, which a kill would leave there."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())
    for name in (os.environ.get("TMPDIR"), "/tmp", "/var/tmp"):
        if name and os.path.isdir(name) and os.access(name, os.W_OK | os.X_OK):
            return Path(name)
    raise OSError(errno.EACCES, os.strerror(errno.EACCES), "/tmp")
