"""What is kept on disk between runs, in a folder that nobody else can write.

What is kept may be code or pickled values. The folder is private (0700), and what is not ours alone
is not read. A cache that cannot be read or written is no cache: the work is then done.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from docgen.store.lock import HeldError, held

BEGUN = ".docgen-"
SEAL = hashlib.sha256().digest_size


def default_folder() -> Path | None:
    """$DOCGEN_CACHE, or this user's folder for caches; None where caching is off (empty)."""
    wanted = os.environ.get("DOCGEN_CACHE")
    if wanted is not None:
        return Path(wanted) if wanted else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "docgen" if base and os.path.isabs(base) else None


class Cache:
    """Bytes by name in files of one `suffix`; `folder` None keeps nothing, `most` is in files."""

    def __init__(self, folder: Path | None, suffix: str, most: int) -> None:
        self._folder, self._suffix, self._most = folder, suffix, most
        self._since_room = 0
        self._private: bool | None = None

    def __bool__(self) -> bool:
        return self._folder is not None

    def get(self, name: str) -> bytes:
        """What was put under a name; nothing where it is absent, damaged, or not ours alone."""
        if self._folder is None or not self._is_private:
            return b""
        try:
            with open(self._folder / f"{name}{self._suffix}", "rb") as file:
                kept = file.read() if _is_private(os.fstat(file.fileno())) else b""
        except OSError:
            return b""
        data = kept[SEAL:]
        return data if len(kept) > SEAL and hashlib.sha256(data).digest() == kept[:SEAL] else b""

    def put(self, name: str, data: bytes) -> None:
        """Written beside and moved into place, so that no reader ever sees a half of it."""
        folder = self._folder
        if folder is None:
            return
        with suppress(OSError, HeldError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(folder.lstat()):
                return
            self._make_room(folder)
            written = folder / f"{BEGUN}{name}{self._suffix}.tmp"  # the next run takes it over
            with held(written, 0, 0o600):
                try:
                    written.write_bytes(hashlib.sha256(data).digest() + data)
                    os.replace(written, folder / f"{name}{self._suffix}")
                except OSError:
                    os.unlink(written)

    @property
    def _is_private(self) -> bool:
        if self._private is None:
            assert self._folder is not None
            try:
                self._private = _is_private(self._folder.lstat())
            except OSError:
                return False
        return self._private

    def _make_room(self, folder: Path) -> None:
        """Now and then removes the oldest beyond what is kept; what is no file of ours stays."""
        self._since_room -= 1
        if self._since_room > 0:
            return
        self._since_room = self._most // 10
        kept = [(state.st_mtime, entry) for entry, state in self._entries(folder)]
        for _, old in sorted(kept)[: max(len(kept) - self._most + 1, 0)]:
            with suppress(OSError):
                old.unlink()
        for begun in folder.glob(f"{BEGUN}*{self._suffix}.tmp"):  # by a run that was killed
            with suppress(OSError, HeldError), held(begun, 0, 0o600):
                begun.unlink()

    def _entries(self, folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
        for entry in folder.glob(f"*{self._suffix}"):
            with suppress(OSError):  # another run may have removed it
                state = entry.lstat()
                if stat.S_ISREG(state.st_mode):
                    yield entry, state


def _is_private(state: os.stat_result) -> bool:
    """Whether a file or folder is this user's and closed to others for writing."""
    if sys.platform == "win32":
        return True  # below %LOCALAPPDATA%, which is the user's
    if stat.S_ISLNK(state.st_mode):
        return False
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
