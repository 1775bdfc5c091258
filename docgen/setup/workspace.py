"""Where set-up puts things: paths, one set-up at a time, stamps that say what is done."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024


class Trouble(Exception):
    """What stops set-up, in one sentence, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True)
class Workspace:
    """The folder docgen works in; `interpreter` runs docgen where it is not `.venv`'s."""

    root: Path
    interpreter: Path | None = None

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.interpreter or self.venv / "bin" / "python"

    @property
    def retry(self) -> str:
        """The command that completes fonts and libraries."""
        return "docgen ready" if self.interpreter else "make fonts"

    @property
    def local(self) -> Path:
        return self.root / ".local"

    @property
    def fonts(self) -> Path:
        return self.local / "fonts"

    @property
    def libraries(self) -> Path:
        return self.local / "libs"

    @property
    def cache(self) -> Path:
        return self.local / "cache"

    @property
    def log(self) -> Path:
        return self.local / "log"


def say(sentence: str) -> None:
    """Progress and trouble go to the error stream; the output stream is the CLI's."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def exclusive(workspace: Workspace) -> Iterator[None]:
    """Hold the set-up lock. Children inherit it: a pip that outlives us still keeps others out."""
    workspace.local.mkdir(exist_ok=True)
    descriptor = os.open(workspace.local / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.set_inheritable(descriptor, True)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("另一个 make 正在准备环境，等它完成……")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def fingerprint(*parts: object) -> str:
    """What a step installs from → the key its stamp carries."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def checksum(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(MEBIBYTE):
            digest.update(block)
    return digest.hexdigest()


def read_stamp(stamp: Path) -> dict[str, Any]:
    """A stamp's content; {} for a step not done or a stamp that is not ours."""
    try:
        content = json.loads(stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_stamp(stamp: Path, content: dict[str, Any]) -> None:
    """The last act of a step: whole or not at all."""
    write_text(stamp, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_text(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.tmp")
    with unfinished.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)


def empty(folder: Path) -> Path:
    """`folder`, new and empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def need_space(folder: Path, mebibytes: int) -> None:
    """Refuse early rather than fill the disk half-way."""
    free = shutil.disk_usage(folder).free // MEBIBYTE
    if free < mebibytes:
        raise Trouble(
            f"磁盘空间不足：这一步约需 {mebibytes} MB，只剩 {free} MB", "请腾出空间后再运行一次"
        )
