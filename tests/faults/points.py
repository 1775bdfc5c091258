"""Every call by which Python changes the disk, counted; at one of them something happens.

Installed in a process that runs docgen: functions of `os`, and files opened for writing (whose raw
writes count, too, so that what a buffer still holds is lost as in a real crash).
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
BY_PATH = ("replace", "rename", "unlink", "remove", "mkdir", "rmdir")
BY_PATH += ("link", "symlink", "truncate", "utime", "chmod")
BY_HANDLE = ("write", "fsync", "ftruncate", "sendfile", "copy_file_range")
MAKES_ROOM = {"unlink", "remove", "rmdir", "close", "fsync"}


@dataclass
class Plan:
    """What happens at the call `at` (from 0; -1 only counts).

    kill, half (a write is done by half, then death), interrupt, once (it fails with `code`), full
    and frozen (from then on nothing fits, or nothing may change), read (a file cannot be opened).
    """

    act: str = "kill"
    at: int = -1
    code: int = errno.ENOSPC
    seen: int = 0
    looked: list[str] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)

    def reach(self, call: str, what: object) -> bool:
        """Counts a call; whether it is to be done by half, then die."""
        number, self.seen = self.seen, self.seen + 1
        if self.at < 0:
            self.calls.append((call, os.fsdecode(what) if isinstance(what, str | bytes) else ""))
        elif self.act == "full" and number >= self.at and call not in MAKES_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), _named(what))
        elif self.act == "frozen" and number >= self.at and call != "close":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), _named(what))
        elif number == self.at and self.act != "read":
            if self.act == "half" and call == "write":
                return True
            if self.act in ("kill", "half"):
                die()
            if self.act == "interrupt":
                raise KeyboardInterrupt
            raise OSError(self.code, os.strerror(self.code), _named(what))
        return False

    def look(self, what: object) -> None:
        """Counts a file opened for reading; `read` fails at one of them."""
        self.looked.append(os.fsdecode(what) if isinstance(what, str | bytes) else "")
        if self.act == "read" and len(self.looked) == self.at + 1:
            raise OSError(self.code, os.strerror(self.code), _named(what))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def _named(what: object) -> object:
    return what if isinstance(what, str | bytes) else None


def install(plan: Plan) -> None:
    """From now on every change of the disk by this process asks the plan first."""
    real = {name: getattr(os, name) for name in (*BY_PATH, *BY_HANDLE, "open", "close")}
    ours: dict[int, str] = {}  # handles of files open for writing

    def by_path(name: str) -> Callable[..., object]:
        def call(path: object, *more: Any, **named: Any) -> object:
            target = more[0] if name in ("replace", "rename") else path
            plan.reach(name, os.fspath(target) if not isinstance(target, int) else target)  # type: ignore[call-overload]
            return real[name](path, *more, **named)

        return call

    def by_handle(name: str) -> Callable[..., object]:
        def call(handle: int, *more: Any, **named: Any) -> object:
            if name == "fsync" or handle in ours:
                try:
                    half = plan.reach(name, ours.get(handle, handle))
                except BaseException:
                    more = ()  # no traceback holds what was to be written
                    raise
                if half:
                    real[name](handle, memoryview(more[0])[: len(more[0]) // 2])
                    die()
            return real[name](handle, *more, **named)

        return call

    def open_(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if not flags & WRITING:
            plan.look(path)
            return real["open"](path, flags, *more, **named)
        name = os.fspath(path)
        plan.reach("open", name)
        handle: int = real["open"](path, flags, *more, **named)
        ours[handle] = name
        return handle

    def close(handle: int) -> None:
        name = ours.pop(handle, None)
        try:
            if name is not None:
                plan.reach("close", name)
        finally:
            real["close"](handle)

    for name in BY_PATH:
        setattr(os, name, by_path(name))
    for name in BY_HANDLE:
        setattr(os, name, by_handle(name))
    os.open, os.close = open_, close  # type: ignore[assignment]
    builtins.open = io.open = _opening(plan, io.open)  # type: ignore[assignment]


class Counted(io.FileIO):
    """A raw file whose writes count."""

    plan: Plan
    shown: object = ""

    def write(self, data: Any) -> int:
        if self.plan.reach("write", self.shown):
            super().write(memoryview(data)[: len(data) // 2])
            die()
        return super().write(data)

    def close(self) -> None:
        try:
            if not self.closed:
                self.plan.reach("close", self.shown)
        finally:
            super().close()


def _opening(plan: Plan, real: Callable[..., Any]) -> Callable[..., Any]:
    def open_(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        name = file if isinstance(file, int) else os.fspath(file)
        if not set(mode) & set("wax+") or opener or name == os.devnull:
            plan.look(name)
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if not isinstance(file, int):
            plan.reach("open", name)
        raw = Counted(file, mode.replace("b", "").replace("t", ""), closefd)
        raw.plan, raw.shown = plan, name
        if buffering == 0:
            return raw
        made = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return made
        text = io.TextIOWrapper(made, encoding or "utf-8", errors, newline)
        text.mode = mode  # type: ignore[misc]
        return text

    return open_
