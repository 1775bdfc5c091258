"""Our bug → a log that says where in the program it happened and nothing of anyone's data."""

from __future__ import annotations

import errno
import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from docgen import __version__

NAME = "docgen.log"
LARGEST = 1_000_000  # bytes; a longer log is begun anew


def write_log(failure: BaseException, argv: list[str]) -> str:
    """Appends to out/docgen.log, or to a new file where that cannot be written; its path."""
    words = [word for word in argv if word.startswith("-") and word.isascii()]
    head = f"{datetime.now().isoformat(timespec='seconds')} docgen {__version__}"
    system = f"Python {platform.python_version()} {platform.system()} {' '.join(words)}"
    text = "\n".join([f"{head} {system}".rstrip(), *told(failure), "", ""])
    try:
        path = _out() / NAME
        fresh = not path.exists() or path.stat().st_size > LARGEST
        with path.open("w" if fresh else "a", encoding="utf-8") as log:
            log.write(text)
        return str(path)
    except OSError:
        return _elsewhere(text)


def told(failure: BaseException) -> Iterator[str]:
    """The failure and what led to it: kinds and lines of the program, no messages and no values."""
    seen: set[int] = set()
    current: BaseException | None = failure
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        number = getattr(current, "errno", None)
        code = f" {errno.errorcode.get(number, '')}" if isinstance(number, int) else ""
        yield f"{kind.__module__}.{kind.__qualname__}{code}"
        for frame in traceback.extract_tb(current.__traceback__)[-60:]:
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}: {frame.line}"
        current = current.__cause__ or current.__context__


def _short(file: str) -> str:
    """A source file from its package on: a home folder's name is nobody's business."""
    parts = Path(file).parts
    for mark in ("site-packages", "docgen"):
        if mark in parts:
            last = len(parts) - 1 - parts[::-1].index(mark)
            return "/".join(parts[last + (mark == "site-packages") :])
    return parts[-1] if parts else file


def _out() -> Path:
    """out/ of the workspace; OSError where there is no workspace."""
    start = Path(os.environ.get("DOCGEN_ROOT") or ".").resolve()
    for folder in (start, *start.parents):
        if (folder / "notices").is_dir():
            (folder / "out").mkdir(exist_ok=True)
            return folder / "out"
    raise FileNotFoundError(errno.ENOENT, "no workspace", str(start))


def _elsewhere(text: str) -> str:
    try:
        handle, path = tempfile.mkstemp(prefix="docgen-", suffix=".log")
        with open(handle, "w", encoding="utf-8") as log:
            log.write(text)
    except OSError:
        return ""
    return path
