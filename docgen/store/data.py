"""Data files that a command writes for people: all whole, none over a change made meanwhile.

Temporaries beside the files, brought to the disk, then renamed, under one lock on data/. A crash
between two renames leaves files that are each whole; the same command run again finishes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from docgen.problem import Problem, Where, error
from docgen.store import disk
from docgen.store.lock import PATIENCE, HeldError, held, locked


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file below data/ as it is to stand; `before` are the bytes it was made from, None where
    there was no file."""

    path: str
    data: bytes
    before: bytes | None = None


class DataStore:
    """The folder data/ of a workspace."""

    def __init__(self, root: Path, patience: float = PATIENCE) -> None:
        self.root, self.patience = root, patience

    def put(self, files: Sequence[DataFile], again: str = "再导入一次") -> list[Problem]:
        """Makes the files stand, or none where one cannot be written; what the disk says.

        `again` is the cure where a file was changed after it was read.
        """
        if not files:
            return []
        folder = self.root / "data"
        try:
            folder.mkdir(exist_ok=True)
            with locked(folder, self.patience):
                return self._put(files, again)
        except HeldError:
            said, cure = "另一个 docgen 一直在写资料", "等它结束，或结束那个程序，再运行一次"
            return [error("占用", said, Where("data"), cure)]
        except OSError as failure:
            return [disk.refusal(failure, "data")]

    def _put(self, files: Sequence[DataFile], again: str) -> list[Problem]:
        for one in files:
            disk.inside((self.root / one.path).parent, self.root / "data")
        moved = [
            error("占用", "读取之后被改过，没有写入", Where(one.path), again)
            for one in files
            if _bytes(self.root / one.path) != one.before
        ]
        if moved:
            return moved
        made: list[Path] = []
        written: list[tuple[Path, DataFile]] = []
        try:
            for one in files:
                folder = (self.root / one.path).parent
                if not folder.is_dir():
                    folder.mkdir(parents=True)
                    made.append(folder)
            for folder in {(self.root / one.path).parent for one in files}:
                disk.sweep(folder)
            for number, one in enumerate(files):
                temporary = disk.temporary((self.root / one.path).parent, f"data{number}")
                disk.write(temporary, one.data)
                written.append((temporary, one))
        except OSError as failure:
            for temporary, _ in written:
                disk.discard(temporary)
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()
            return [disk.refusal(failure, files[min(len(written), len(files) - 1)].path)]
        problems = [said for there, one in written if (said := self._rename(there, one))]
        for folder in {(self.root / one.path).parent for one in files}:
            disk.sync(folder)
        return problems

    def _rename(self, temporary: Path, one: DataFile) -> Problem | None:
        try:
            os.replace(temporary, self.root / one.path)
        except OSError as failure:
            disk.discard(temporary)
            return disk.refusal(failure, one.path)
        return None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write_new(path: Path, data: bytes, *, parents: bool = False) -> Problem | None:
    """Writes a file that is not there yet, whole or not at all; never over one that stands.

    `parents` makes the folders above it, too.
    """
    if path.exists():
        _sweep(_temporary(path))
        said, cure = "已经有了，没有覆盖", "要重做先把它改名或移走，或用 -o 换一个名字"
        return error("写入", said, Where(path.name), cure)
    return write_over(path, data, parents=parents)


def write_over(path: Path, data: bytes, *, parents: bool = False) -> Problem | None:
    """Writes a file that may be made anew, or that a user named: whole, or as it was before."""
    temporary = _temporary(path)
    try:
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        if _bytes(path) == data and not temporary.exists():
            return None
        with nullcontext() if os.name == "nt" else held(temporary):  # an open file stays there
            _replace(temporary, path, data)
    except HeldError:
        said, cure = "另一个 docgen 一直在写这个文件", "等它结束，或结束那个程序，再运行一次"
        return error("占用", said, Where(path.name), cure)
    except OSError as failure:
        return disk.refusal(failure, path.name)
    return None


def _temporary(path: Path) -> Path:
    """The same for a file each time, so that a kill leaves no more than one."""
    return disk.temporary(path.parent, hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16])


def _sweep(temporary: Path) -> None:
    """Removes a temporary that a killed run left, and no other."""
    with suppress(OSError, HeldError):
        if temporary.exists():
            with held(temporary, 0):
                disk.discard(temporary)


def _replace(temporary: Path, path: Path, data: bytes) -> None:
    try:
        if _bytes(path) != data:
            disk.write(temporary, data)
            os.replace(temporary, path)
            disk.sync(path.parent)
    finally:
        disk.discard(temporary)
