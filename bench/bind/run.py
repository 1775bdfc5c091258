"""One run: scans made, both sides measured in turn, the table."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.bind.volumes import ROOT, bound, make_scans, merged
from bench.fill.measure import alternate
from bench.fill.report import Bar, Row, compared, table
from bench.fill.run import machine

PEER = "pikepdf 只合并"
WANTED = Bar(1.2, at_most=True)
FLAT = Bar(1.2, at_most=True)


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
    large, small = folder / "large", folder / "small"
    for place, count in ((large, pages), (small, pages // 10)):
        place.mkdir()
        make_scans(place, count)
    target = folder / "volume.pdf"
    bound(large, target), merged(large, target)
    what = f"证明材料 {pages} 页（{sum(p.stat().st_size for p in large.iterdir()) // 10**6} MB）"
    pair = alternate(lambda: merged(large, target), lambda: bound(large, target), rounds)
    yield compared(what, PEER, pair, WANTED, inverse=True)
    pair = alternate(
        lambda: merged(large, target, deterministic=True), lambda: bound(large, target), rounds
    )
    yield compared(what, f"{PEER}，同样输入同样字节", pair, None, inverse=True)
    pair = alternate(lambda: merged(large, target), lambda: merged(large, target), rounds)
    yield compared("噪声：同一测量两次", f"{PEER}自己", pair, None, inverse=True)
    ours, theirs = (_memory(what, large, target) for what in ("bound", "merged"))
    less = _memory("bound", small, target)
    shown = f"{ours / 1024:.0f}、{less / 1024:.0f} MB", f"{theirs / 1024:.0f} MB"
    ratio = ours / theirs
    yield Row(
        f"内存（{pages} 页、{pages // 10} 页）", PEER, f"{ratio:.2f}", str(FLAT),
        FLAT.verdict(ratio), *shown,
    )  # fmt: skip


def _memory(what: str, scans: Path, target: Path) -> int:
    """kB that a process of its own holds, the pages of files it reads not counted."""
    words = [sys.executable, "-m", "bench.bind.volumes", what, str(scans), str(target)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])
