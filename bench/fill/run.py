"""The whole comparison: equality of the texts first, then every row of the table."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from bench.fill import data, documents, node
from bench.fill.measure import Pair, alternate
from bench.fill.peers import Peer, PeerError
from bench.fill.processes import Processes
from bench.fill.report import Bar, Row, absent, compared, table
from bench.fill.words import first_difference, visible_text

OURS, FLOOR = "docgen", "floor"
PEERS = ("docxtpl", *node.ENGINES)
NAMES = {"letter": "信函，成批", "plan": "方案，成批"}
BARS = {
    "letter": {"docxtpl": Bar(100), "docxtemplater": Bar(50), "carbone": Bar(60)},
    "plan": {"docxtpl": Bar(100), "carbone": Bar(40)},
}
FLOOR_BAR = Bar(2, at_most=True)
YAML_BAR = Bar(40)
COLD_BAR = Bar(5)
FLAT_BAR = Bar(1.1, at_most=True)
LINEAR_BAR = Bar(1.5, at_most=True)

RAM_DISK = Path("/dev/shm")
NEEDED_SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: rounds, seconds a turn, and the greatest numbers."""

    rounds: int
    ours: float
    theirs: float
    warm_up: float
    equal: int
    letters: int
    files: int
    cold: int
    budget: float


FULL = Sizes(7, 0.3, 1.0, 3.0, 3, 10_000, 1_000, 7, 75.0)
QUICK = Sizes(3, 0.1, 0.3, 0.6, 1, 2_000, 60, 3, 8.0)


def compare(*, quick: bool = False) -> Iterator[Row]:
    """Measures everything; each row as soon as it is known."""
    with scratch() as folder, ExitStack() as stack:
        yield from _Comparison(QUICK if quick else FULL, folder, stack).rows()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where there is room, else in the usual temporary place."""
    roomy = RAM_DISK.is_dir() and shutil.disk_usage(RAM_DISK).free > NEEDED_SPACE
    folder = Path(tempfile.mkdtemp(prefix="docgen-bench-", dir=RAM_DISK if roomy else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Comparison:
    """One run over all engines."""

    def __init__(self, sizes: Sizes, folder: Path, stack: ExitStack) -> None:
        self.sizes, self.folder, self.stack = sizes, folder, stack
        self.why: dict[str, str] = {}
        self.engines: dict[str, Peer] = {}
        self.counts: dict[tuple[str, str], int] = {}

    def rows(self) -> Iterator[Row]:
        _say("准备对手……")
        self.why = {engine: f"未取得：{reason}" for engine, reason in node.absent().items()}
        for kind, build in data.RECORDS.items():
            self._records(kind, [build(seed) for seed in range(100 if kind == "letter" else 5)])
        for engine in (OURS, FLOOR, *PEERS):
            if engine not in self.why:
                self._start(engine)
        yield self._equality()
        for kind in documents.KINDS:
            yield from self._kind(kind)
        yield from self._noise()
        for engine in PEERS:  # the rest is docgen's own, and its whole processes
            if engine in self.engines and engine != "docxtpl":
                self.engines.pop(engine).close()
        yield from self._growth()
        yield from self._memory()
        yield from self._processes()

    def _start(self, engine: str) -> None:
        _say(f"预热 {engine}……")
        peer = self.stack.enter_context(Peer(engine, self.folder))
        self.engines[engine] = peer
        try:
            for kind in documents.KINDS:
                self._prepare(peer, kind)
                self._calibrate(peer, kind)
        except PeerError as fault:
            if engine in (OURS, FLOOR):
                raise
            self.why[engine] = f"出错：{fault}"
            del self.engines[engine]

    def _prepare(self, peer: Peer, kind: str, template: str = "") -> None:
        file = self.folder / f"{template or kind}.{peer.engine}.docx"
        if not file.exists():
            file.write_bytes(documents.build(peer.engine, template or kind))
        peer.prepare(kind, file, self.folder / f"{kind}.json")

    def _records(self, kind: str, records: list[data.Record]) -> None:
        (self.folder / f"{kind}.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")

    def _calibrate(self, peer: Peer, kind: str) -> None:
        """Warms an engine up (compilers of Node, caches) and settles how many make one turn."""
        sizes, count = self.sizes, self.sizes.equal
        seconds = peer.run(kind, count)
        left = sizes.warm_up
        while left > 0:
            count = _between(1, int(left / 2 / seconds), 2 * count)
            seconds = peer.run(kind, count)
            left -= seconds * count
        turn = sizes.ours if peer.engine in (OURS, FLOOR) else sizes.theirs
        self.counts[peer.engine, kind] = _between(sizes.equal, int(turn / seconds), 5_000)

    def _turn(self, engine: str, kind: str) -> Callable[[], float]:
        return partial(self.engines[engine].run, kind, self.counts[engine, kind])

    def _equality(self) -> Row:
        """Every engine's texts against docgen's; one that differs is not compared."""
        _say("核对各引擎的文字……")
        paragraphs = 0
        for kind in documents.KINDS:
            for engine in self.engines:
                self.engines[engine].run(kind, self.sizes.equal)
            for number in range(self.sizes.equal):
                ours = visible_text(self.engines[OURS].document(kind, number))
                paragraphs += len(ours)
                for engine in set(self.engines) & set(PEERS):
                    theirs = visible_text(self.engines[engine].document(kind, number))
                    difference = first_difference(ours, theirs)
                    if difference:
                        self.why.setdefault(engine, f"文字不等：{NAMES[kind]}，{difference}")
        equal = [engine for engine in PEERS if engine in self.engines and engine not in self.why]
        what = f"文字逐段相等（{paragraphs} 段）"
        return Row(what, "、".join(equal), "相等" if equal else "无", verdict="先决条件")

    def _kind(self, kind: str) -> Iterator[Row]:
        for engine in PEERS:
            bar = BARS[kind].get(engine)
            if engine in self.why:
                yield absent(NAMES[kind], engine, self.why[engine], bar)
                continue
            _say(f"{NAMES[kind]}：与 {engine} 轮流……")
            pair = self._alternate(OURS, engine, kind)
            yield compared(NAMES[kind], engine, pair, bar)
        pair = self._alternate(FLOOR, OURS, kind)
        what = f"{NAMES[kind]}，距下限"
        yield compared(what, "Jinja+压缩+写出", pair, FLOOR_BAR, inverse=True)

    def _alternate(self, ours: str, theirs: str, kind: str) -> Pair:
        return alternate(self._turn(ours, kind), self._turn(theirs, kind), self.sizes.rounds)

    def _noise(self) -> Iterator[Row]:
        _say("同一测量做两次……")
        for engine in (OURS, "docxtpl"):
            pair = self._alternate(engine, engine, "letter")
            yield compared("噪声：同一测量两次", f"{engine} 自己", pair, None)

    def _growth(self) -> Iterator[Row]:
        _say("表格行数……")
        few, many = "rows1000", "rows10000"
        for name, rows in ((few, 1_000), (many, 10_000)):
            self._records(name, [data.letter(0, rows)])
            for engine in (OURS, "docxtpl"):
                self._prepare(self.engines[engine], name, "letter")
        ours, docxtpl = self.engines[OURS], self.engines["docxtpl"]
        pair = alternate(
            lambda: ours.run(few, 10) / 1_000,
            lambda: ours.run(many, 3) / 10_000,
            self.sizes.rounds,
            self.sizes.budget / 3,
        )
        yield compared("每行用时，一万行比一千行", "docgen 自己", pair, LINEAR_BAR)
        for name, size in ((few, "一千"), (many, "一万")):
            pair = alternate(partial(ours.run, name, 3), partial(docxtpl.run, name, 1), 2)
            yield compared(f"一封信，表格{size}行", "docxtpl", pair, None)

    def _memory(self) -> Iterator[Row]:
        """Each number of letters in a process of its own, which is asked for its peak."""
        counts = [count for count in (1, 100, 1_000, 10_000) if count <= self.sizes.letters]
        if counts[-1] != self.sizes.letters:
            counts.append(self.sizes.letters)
        _say("内存……")
        peaks = []
        for count in counts:
            folder = self.folder / f"memory{count}"
            folder.mkdir()
            with Peer(OURS, folder) as peer:
                self._prepare(peer, "letter")
                peer.run("letter", count)
                peaks.append(peer.peak())
            shutil.rmtree(folder)
        ratio = peaks[-1] / peaks[0]
        yield Row(
            f"内存峰值，{counts[-1]:,} 封比 1 封",
            "docgen 自己",
            f"{ratio:.2f}（{'、'.join(f'{count:,} 封' for count in counts)}）",
            str(FLAT_BAR),
            FLAT_BAR.verdict(ratio),
            "、".join(f"{peak:.0f}" for peak in peaks) + " MB",
        )

    def _processes(self) -> Iterator[Row]:
        sizes = self.sizes
        folder = self.folder / "processes"
        files = Processes(folder, self.folder / f"letter.{OURS}.docx", sizes.files)
        files.letter()  # the cache of compiled templates is warm from here on
        what = f"{sizes.files:,} 个 YAML（各 {files.size / 1024:.1f} KB）到 {sizes.files:,} 封信"
        _say(what + "……")
        pair = alternate(files.yaml_ours, files.yaml_usual, 3, sizes.budget)
        yield compared(f"{what}，整个进程", "safe_load+docxtpl", pair, YAML_BAR)
        _say("冷启动……")
        cold = "冷启动一封信"
        pair = alternate(files.letter, partial(files.letter_with, declared=True), sizes.cold)
        yield compared(f"{cold}（YAML 到 Word）", "同一段程序，全部组件在顶上导入", pair, COLD_BAR)
        pair = alternate(files.letter, partial(files.letter_with, declared=False), sizes.cold)
        yield compared(f"{cold}（YAML 到 Word）", "只导入程序里写到的", pair, None)
        pair = alternate(files.letter, files.letter_usual, sizes.cold)
        yield compared(f"{cold}（YAML 到 Word）", "safe_load+docxtpl", pair, None)
        command = f"{cold}（命令行，连核验）"
        try:
            pair = alternate(files.build, files.build_with_everything, sizes.cold)
        except PeerError as fault:
            yield absent(command, "同一命令，全部导入", f"出错：{fault}", COLD_BAR)
            return
        yield compared(command, "同一命令，全部导入", pair, COLD_BAR)


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))


def _say(what: str) -> None:
    """Progress, for the eyes only."""
    print(what, file=sys.stderr, flush=True)


def machine() -> str:
    """What it ran on."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        names = re.findall(r"^model name\s*: (.+)$", information.read_text("utf-8"), re.MULTILINE)
        processor = names[0] if names else processor
    return f"{processor}，{os.cpu_count()} 核，{platform.system()}"


def versions() -> str:
    """Every engine that takes part, with its version."""
    found = {"Python": platform.python_version()}
    found |= {name: version(name) for name in ("docxtpl", "Jinja2", "PyYAML", "isal")}
    found |= node.versions()
    return "、".join(f"{name} {number}" for name, number in found.items())


def measure(*, quick: bool = False) -> str:
    """The table, under a line on the machine and above one on how long it took."""
    start, load = perf_counter(), os.getloadavg()[0]
    rows = list(compare(quick=quick))
    head = f"{date.today()}，{machine()}，开测前负载 {load:.1f}{'，粗测' if quick else ''}"
    tail = f"共 {perf_counter() - start:.0f} 秒；倍数是同一轮里对方用时除以 docgen 用时"
    return f"{head}\n{versions()}\n\n{table(rows)}\n\n{tail}"
