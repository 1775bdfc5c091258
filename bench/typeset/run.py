"""The rounds and the table: printing against LibreOffice, two threads against one, memory, size."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.fill.arena import say
from bench.fill.measure import Spread
from bench.fill.report import NO_BAR, Bar, Row, duration, table
from bench.fill.run import machine
from bench.typeset import documents
from bench.typeset.processes import ROOT, Printed, Soffice, ours
from docgen.typeset import find_fonts

ROUNDS = 3
PEER = "LibreOffice，一个进程"
NAMES = {"letters": "承诺书", "forms": "带表格的信", "opinions": "推荐意见", "plan": "建设方案"}
LETTER, PLAN = Bar(0.2, at_most=True), Bar(0.4, at_most=True)
TIMES = {"letters": LETTER, "forms": LETTER, "opinions": None, "plan": PLAN}
THREADS = Bar(0.65, at_most=True)
PEAK = Bar(300, at_most=True)
SIZE = Bar(1.0, at_most=True)


def measure(*, quick: bool = False) -> str:
    """The table, between a line on the machine and one on how long it took."""
    start, load = perf_counter(), os.getloadavg()[0]
    with TemporaryDirectory(prefix="docgen-bench-") as folder:
        say("准备文件……")
        files = documents.write(Path(folder), share=0.2 if quick else 1.0)
        rows = list(_rows(Path(folder), files, 2 if quick else ROUNDS))
    head = f"{date.today()}，{machine()}，开测前负载 {load:.1f}{'，粗测' if quick else ''}"
    tail = f"共 {perf_counter() - start:.0f} 秒；倍数是同一轮里 docgen 用时除以对方用时"
    return f"{head}\n{_version()}\n\n{table(rows)}\n\n{tail}"


def _rows(folder: Path, files: dict[str, Path], rounds: int) -> Iterator[Row]:
    soffice = None
    if Soffice.is_there():
        soffice = Soffice(folder, find_fonts([ROOT / "fonts", ROOT / ".local" / "fonts"]))
    for kind, path in files.items():
        say(f"{NAMES[kind]}……")
        mine, theirs, doubled = _take_turns(folder, path, soffice, rounds, twice=kind != "plan")
        count = len(list(path.iterdir()))
        what = f"{NAMES[kind]}，{count} 份，{mine[0].pages} 页"
        if theirs:
            ratio = Spread.of([a.seconds / b.seconds for a, b in zip(mine, theirs, strict=True)])
            yield _row(f"{what}：整个进程", PEER, ratio, TIMES[kind], _time(mine), _time(theirs))
            used = [a.processors / b.processors for a, b in zip(mine, theirs, strict=True)]
            times = _used(mine), _used(theirs)
            yield _row(f"{what}：处理器用时", PEER, Spread.of(used), None, *times)
            size = Spread.of([mine[0].size / theirs[0].size])
            yield _row(f"{what}：PDF 大小", PEER, size, SIZE, _kilobytes(mine), _kilobytes(theirs))
        if doubled:
            ratio = Spread.of([a.inside / b.inside for a, b in zip(doubled, mine, strict=True)])
            times = _inside(doubled), _inside(mine)
            yield _row(f"{what}：两个线程", "docgen，一个线程", ratio, THREADS, *times)
        peak = max(each.peak for each in (*mine, *doubled))
        other = max((each.peak for each in theirs), default=0.0)
        yield Row(f"{what}：内存峰值", PEER, NO_BAR, "≤ 300 MB", PEAK.verdict(peak),
                  f"{peak:.0f} MB", f"{other:.0f} MB")  # fmt: skip


def _take_turns(
    folder: Path, files: Path, soffice: Soffice | None, rounds: int, *, twice: bool
) -> tuple[list[Printed], list[Printed], list[Printed]]:
    """docgen, LibreOffice, docgen with two threads, docgen …; the first round does not count."""
    mine: list[Printed] = []
    theirs: list[Printed] = []
    doubled: list[Printed] = []
    for _ in range(rounds + 1):
        mine.append(ours(files, folder / "ours"))
        if soffice is not None:
            theirs.append(soffice.convert(files, folder / "theirs"))
        if twice:
            doubled.append(ours(files, folder / "doubled", 2))
    return mine[1:], theirs[1:], doubled[1:]


def _row(what: str, peer: str, ratio: Spread, bar: Bar | None, mine: str, theirs: str) -> Row:
    verdict = bar.verdict(ratio.middle) if bar else NO_BAR
    return Row(what, peer, str(ratio), str(bar or NO_BAR), verdict, mine, theirs)


def _time(printed: list[Printed]) -> str:
    return duration(Spread.of([each.seconds for each in printed]).middle)


def _used(printed: list[Printed]) -> str:
    return duration(Spread.of([each.processors for each in printed]).middle)


def _inside(printed: list[Printed]) -> str:
    return duration(Spread.of([each.inside for each in printed]).middle)


def _kilobytes(printed: list[Printed]) -> str:
    return f"{printed[0].size / 1000:.0f} kB"


def _version() -> str:
    found = shutil.which("soffice")
    if found is None:
        return "没有 LibreOffice：只测 docgen 自己"
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    return told.stdout.strip()
