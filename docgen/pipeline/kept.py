"""What was read and judged of each applicant, kept between runs: only what changed is done again.

An entry fits as long as the applicant's files, the notices, and the program are as they were: told
by names, sizes and times, as make and git do. What was changed a moment ago is not kept, for a
second change might leave no trace in its times.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import time
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from docgen.pipeline.cache import Cache
from docgen.pipeline.workspace import Workspace

MOST_KEPT = 40_000  # files
MOST_FILES = 5_000  # of one folder that is watched
MOMENT = 2 * 10**9  # nanoseconds; times on some disks are no finer
DEEPEST = 8


class Kept:
    """Values by applicant and purpose; `folder` None keeps nothing."""

    def __init__(self, workspace: Workspace, folder: Path | None) -> None:
        self._workspace = workspace
        self._cache = Cache(folder, ".kept", MOST_KEPT)
        self._files: dict[str, str] = {}

    def stamp(self, name: str, *more: str) -> str:
        """What an entry on an applicant depends on, as a hash; "" where nothing may be kept."""
        if not self._cache or not self._surroundings:
            return ""
        if name not in self._files:
            self._files[name] = signature(self._workspace.data / "申报单位" / name)
        files = self._files[name]
        return _hash(self._surroundings, files, *more) if files else ""

    def get(self, name: str, purpose: str, stamp: str) -> Any:
        """What was put with the same stamp, else None."""
        data = self._cache.get(self._key(name, purpose)) if stamp else b""
        if not data.startswith(stamp.encode()):
            return None
        try:
            return pickle.loads(memoryview(data)[len(stamp) :]) if data else None
        except Exception:
            return None

    def put(self, name: str, purpose: str, stamp: str, value: object) -> None:
        """Keeps a value; `stamp` was taken before anything was read."""
        if stamp:
            made = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            self._cache.put(self._key(name, purpose), stamp.encode() + made)

    @cached_property
    def _surroundings(self) -> str:
        notices = signature(self._workspace.root / "notices")
        return _hash(notices, _program()) if notices else ""

    def _key(self, name: str, purpose: str) -> str:
        return _hash(str(self._workspace.root), name, purpose)


def signature(folder: Path) -> str:
    """Names, sizes and times of all below a folder, as a hash.

    "" where it was changed a moment ago, or cannot be watched so (links to folders, too many). A
    date in the future, of a clock since set right, is not of this moment: a change now will show.
    """
    files: list[tuple[str, int, int, int, int]] = []
    try:
        for file in _below(str(folder), 0):
            files.append(file)
            if len(files) > MOST_FILES:
                return ""
    except OSError:
        return ""
    now = time.time_ns()
    if any(abs(changed - now) < MOMENT for file in files for changed in file[2:4]):
        return ""
    return _hash(repr(sorted(files)))


def _below(folder: str, depth: int) -> Iterator[tuple[str, int, int, int, int]]:
    if depth > DEEPEST:
        raise OSError
    with os.scandir(folder) as entries:
        for entry in entries:
            state = entry.stat()
            yield entry.path, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino
            if stat.S_ISDIR(state.st_mode):
                if entry.is_symlink():
                    raise OSError
                yield from _below(entry.path, depth + 1)


@cache
def _program() -> str:
    """What of this program an entry depends on: what is installed, and what is being worked on."""
    files = sorted(Path(__file__).parents[1].rglob("*.py"))
    states = [
        (str(path), state.st_size, state.st_mtime_ns) for path in files if (state := path.stat())
    ]
    return _hash(sys.version, repr(states))


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
