"""Compiled templates kept on disk between runs, in a folder that nobody else can write.

A frozen template is code. The folder is private (0700), and what is not ours alone is not read;
nor is anything that does not fit the template's hash and the versions in use. A shelf that cannot
be read or written is no shelf: the template is then compiled.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from docgen.fill import Template, freeze, thaw, versions
from docgen.fill import compile_template as compiled

MOST_KEPT = 200  # files
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


class Shelf:
    """Templates by their content; `folder` None keeps nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def template(self, data: bytes, name: str) -> Template:
        """The compiled template, from the shelf where it has it."""
        path = self._path(data)
        if path is None:
            return compiled(data, name)
        digest = hashlib.sha256(data).hexdigest()
        kept = _unsealed(_read(path))
        template = thaw(kept, name, digest) if kept else None
        if template is None:
            template = compiled(data, name)
            if not template.problems:
                self._put(path, _sealed(freeze(template)))
        return template

    def _path(self, data: bytes) -> Path | None:
        if self._folder is None:
            return None
        key = hashlib.sha256(versions().encode() + hashlib.sha256(data).digest()).hexdigest()
        return self._folder / f"{key}.template"

    def _put(self, path: Path, data: bytes) -> None:
        """Written beside and moved into place, so that no reader ever sees a half of it."""
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(path.parent.lstat()):
                return
            _make_room(path.parent)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.replace(name, path)
            except OSError:
                os.unlink(name)


def _make_room(folder: Path) -> None:
    """Removes the oldest entries beyond what is kept; what is no file of ours stays as it is."""
    kept = [(state.st_mtime, entry) for entry, state in _entries(folder)]
    for _, old in sorted(kept)[: max(len(kept) - MOST_KEPT + 1, 0)]:
        with suppress(OSError):
            old.unlink()


def _entries(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for entry in folder.glob("*.template"):
        with suppress(OSError):  # another run may have removed it
            state = entry.lstat()
            if stat.S_ISREG(state.st_mode):
                yield entry, state


def _sealed(data: bytes) -> bytes:
    """An entry as it is kept: its hash in front, so that a damaged disk is noticed."""
    return hashlib.sha256(data).digest() + data


def _unsealed(kept: bytes) -> bytes:
    """What an entry holds; nothing where its hash tells that it is not what was put."""
    data = kept[SEAL:]
    return data if len(kept) > SEAL and hashlib.sha256(data).digest() == kept[:SEAL] else b""


def _read(path: Path) -> bytes:
    """The bytes of a file that only this user can have written, else nothing."""
    try:
        if not _is_private(path.parent.lstat()):
            return b""
        with open(path, "rb") as file:
            return file.read() if _is_private(os.fstat(file.fileno())) else b""
    except OSError:
        return b""


def _is_private(state: os.stat_result) -> bool:
    """Whether a file or folder is this user's and closed to others for writing."""
    if sys.platform == "win32":
        return True  # below %LOCALAPPDATA%, which is the user's
    if stat.S_ISLNK(state.st_mode):
        return False
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
