"""One run: scans made, both sides measured in turn, the table."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.bind.volumes import COLOUR, GREY, ROOT, bound, make_scans, merged
from bench.fill.measure import alternate
from bench.fill.report import Bar, Row, compared, table
from bench.fill.run import machine

PEER = "pikepdf 只合并"
WANTED = Bar(1.2, at_most=True)
FLAT = Bar(1.2, at_most=True)
BUDGET = 15.0  # seconds a row


def measure(*, quick: bool = False) -> str:
    """The table, between a line on the machine and one on how long it took."""
    start, load = perf_counter(), os.getloadavg()[0]
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        made = table(_rows(Path(name), quick))
    head = f"{date.today()}，{machine()}，开测前负载 {load:.1f}{'，粗测' if quick else ''}"
    parts = f"Python {platform.python_version()}、pikepdf {version('pikepdf')}"
    tail = f"共 {perf_counter() - start:.0f} 秒；倍数是同一轮里 docgen 用时除以对方用时"
    return f"{head}\n{parts}\n\n{made}\n\n{tail}"


def _rows(folder: Path, quick: bool) -> Iterator[Row]:
    pages, rounds = (100, 5) if quick else (500, 15)
    grey, colour, few = folder / "grey", folder / "colour", folder / "few"
    for place, count, size in (
        (grey, pages, GREY), (colour, pages, COLOUR), (few, pages // 10, GREY)
    ):  # fmt: skip
        place.mkdir()
        make_scans(place, count, size)
    target = folder / "volume.pdf"
    for scans, name in ((grey, "灰度 200 DPI"), (colour, "彩色 300 DPI")):
        bound(scans, target), merged(scans, target)
        what = f"{name}，{pages} 页，{_megabytes(scans)} MB"
        pair = alternate(
            partial(merged, scans, target), partial(bound, scans, target), rounds, BUDGET
        )
        yield compared(what, PEER, pair, WANTED, inverse=True)
        fixed = partial(merged, scans, target, deterministic=True)
        pair = alternate(fixed, partial(bound, scans, target), rounds, BUDGET)
        yield compared(what, f"{PEER}，同样输入同样字节", pair, None, inverse=True)
    again = partial(merged, grey, target)
    pair = alternate(again, again, rounds)
    yield compared("噪声：同一测量两次", f"{PEER}自己", pair, None, inverse=True)
    ours, theirs = (_memory(what, grey, target) for what in ("bound", "merged"))
    less = _memory("bound", few, target)
    what = f"内存，灰度 {pages} 页"
    ratio, shown = ours / theirs, [f"{kilobytes / 1024:.0f} MB" for kilobytes in (ours, theirs)]
    yield Row(what, PEER, f"{ratio:.2f}", str(FLAT), FLAT.verdict(ratio), *shown)
    shown[1] = f"{less / 1024:.0f} MB"
    yield Row(what, f"docgen 自己，{pages // 10} 页", f"{ours / less:.2f}", "—", "—", *shown)


def _megabytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir()) // 10**6


def _memory(what: str, scans: Path, target: Path) -> int:
    """kB that a process of its own holds, the pages of files it reads not counted."""
    words = [sys.executable, "-m", "bench.bind.volumes", what, str(scans), str(target)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])
