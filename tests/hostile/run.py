"""Runs command lines, each in a forked process with limits; tells how each ended, as JSON.

python -m tests.hostile.run ROOT < commands.json
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.kit import MEMORY, SECONDS


def limited() -> None:
    grown = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (grown + MEMORY, grown + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def child(root: str, words: list[str], folder: Path) -> None:
    """Never returns."""
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ["DOCGEN_ROOT"] = root
    os.chdir(root)
    limited()
    code = 99
    try:
        from docgen.cli import main

        code = main(words)
        sys.stdout.flush()
    finally:
        os._exit(code)


def one(root: str, words: list[str], folder: Path) -> dict[str, object]:
    number = os.fork()
    if not number:
        child(root, words, folder)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(number, signal.SIGKILL))
    signal.alarm(90)  # a wait that costs no processor time
    _, status, used = os.wait4(number, 0)
    signal.alarm(0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "out": (folder / "out").read_text("utf-8", "backslashreplace"),
        "err": (folder / "err").read_text("utf-8", "backslashreplace"),
        "seconds": round(used.ru_utime + used.ru_stime, 3),
        "peak": used.ru_maxrss * 1024,
    }


def warm() -> None:
    """What every run imports is imported once; nothing here may start a thread."""


if __name__ == "__main__":
    warm()
    os.environ.setdefault("NO_COLOR", "1")
    with TemporaryDirectory() as spare:
        ended = [one(sys.argv[1], words, Path(spare)) for words in json.load(sys.stdin)]
    json.dump(ended, sys.stdout)
