"""The rows of the table, each with the bar that it is held against."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial

from bench.fill import data, documents
from bench.fill.arena import FLOOR, NAMES, OURS, PEERS, REFERENCE, Arena, say
from bench.fill.measure import alternate
from bench.fill.peers import Peer, PeerError
from bench.fill.processes import Processes
from bench.fill.report import Bar, Row, absent, compared

BARS = {
    "letter": {"docxtpl": Bar(100), "docxtemplater": Bar(50), "carbone": Bar(60)},
    "plan": {"docxtpl": Bar(100), "carbone": Bar(40)},
}
FLOOR_BAR = Bar(2, at_most=True)
YAML_BAR = Bar(40)
COLD_BAR = Bar(5)
FLAT_BAR = Bar(1.1, at_most=True)
LINEAR_BAR = Bar(1.5, at_most=True)


def rows(arena: Arena) -> Iterator[Row]:
    """Every row, in the order of the table."""
    yield equality(arena)
    for kind in documents.KINDS:
        yield from batch(arena, kind)
    yield from noise(arena)
    yield from growth(arena)
    yield memory(arena)
    yield from whole_processes(arena)


def equality(arena: Arena) -> Row:
    """The condition for all else: the same text from every engine."""
    paragraphs = arena.compare_texts()
    equal = arena.present()
    what = f"先决条件：文字逐段相等（{paragraphs} 段）"
    return Row(what, "、".join(equal), f"{len(equal)} 家相等")


def batch(arena: Arena, kind: str) -> Iterator[Row]:
    """Documents in a batch, against each peer and against the floor."""
    for engine in PEERS:
        bar = BARS[kind].get(engine)
        if engine in arena.why:
            yield absent(NAMES[kind], engine, arena.why[engine], bar)
            continue
        say(f"{NAMES[kind]}：与 {engine} 轮流……")
        yield compared(NAMES[kind], engine, arena.alternate(OURS, engine, kind), bar)
    pair = arena.alternate(FLOOR, OURS, kind)
    yield compared(f"{NAMES[kind]}，距下限", "Jinja＋压缩＋写出", pair, FLOOR_BAR, inverse=True)


def noise(arena: Arena) -> Iterator[Row]:
    """One measurement twice: how far from 1 is the machine's doing."""
    say("同一测量做两次……")
    for engine in (OURS, *arena.present()[:1]):
        pair = arena.alternate(engine, engine, "letter")
        yield compared("噪声：同一测量两次", f"{engine} 自己", pair, None)


def growth(arena: Arena) -> Iterator[Row]:
    """A table of 1,000 and of 10,000 rows: time a row, then time a document."""
    say("表格行数……")
    few, many = "rows1000", "rows10000"
    engines = [OURS, *(engine for engine in arena.present() if engine == REFERENCE)]
    for name, size in ((few, 1_000), (many, 10_000)):
        arena.records(name, [data.letter(0, size)])
        for engine in engines:
            arena.prepare(arena.engines[engine], name, "letter")
    ours, sizes = arena.engines[OURS], arena.sizes
    pair = alternate(
        lambda: ours.run(few, 50) / 1_000,
        lambda: ours.run(many, 5) / 10_000,
        sizes.rounds,
        sizes.budget / 3,
    )
    yield compared("每行用时，10,000 行比 1,000 行", "docgen 自己", pair, LINEAR_BAR)
    for engine in engines[1:]:
        theirs = arena.engines[engine]
        for size in sizes.rows:
            mine, other = partial(ours.run, f"rows{size}", 5), partial(theirs.run, f"rows{size}", 1)
            pair = alternate(mine, other, 3, sizes.budget / 10)
            yield compared(f"一封信，表格 {size:,} 行", engine, pair, None)


def memory(arena: Arena) -> Row:
    """Each number of letters in a process of its own, which is asked for its peak."""
    say("内存……")
    counts = sorted({1, 100, 1_000, arena.sizes.letters})
    peaks = []
    for count in counts:
        folder = arena.folder / f"memory{count}"
        folder.mkdir()
        with Peer(OURS, folder) as peer:
            arena.prepare(peer, "letter")
            peer.run("letter", count)
            peaks.append(peer.peak())
        shutil.rmtree(folder)
    ratio = peaks[-1] / peaks[0]
    return Row(
        f"内存峰值，{counts[-1]:,} 封比 1 封",
        "docgen 自己",
        f"{ratio:.2f}",
        str(FLAT_BAR),
        FLAT_BAR.verdict(ratio),
        "、".join(f"{peak:.0f}" for peak in peaks) + " MB",
        "、".join(f"{count:,}" for count in counts) + " 封",
    )


def whole_processes(arena: Arena) -> Iterator[Row]:
    """A folder of YAML files, and one cold letter, from start of the process to its end."""
    sizes, template = arena.sizes, arena.folder / f"letter.{OURS}.docx"
    files = Processes(arena.folder / "processes", template, sizes.files)
    files.letter()  # the cache of compiled templates is warm from here on
    number = f"{sizes.files:,}"
    what = f"{number} 个 YAML（各 {files.size / 1024:.1f} KB）到 {number} 封信，整个进程"
    say(f"{what}……")
    pair = alternate(files.yaml_ours, files.yaml_usual, 3, sizes.budget)
    yield compared(what, "safe_load＋docxtpl", pair, YAML_BAR)
    pair = alternate(files.read_ours, files.read_usual, sizes.rounds)
    yield compared("其中只读一个 YAML", "safe_load", pair, None)
    say("冷启动……")
    for name, theirs, bar in (
        ("全部组件在顶上导入", partial(files.letter_with, declared=True), COLD_BAR),
        ("程序里写到的在顶上导入", partial(files.letter_with, declared=False), None),
        ("safe_load＋docxtpl", files.letter_usual, None),
    ):
        pair = alternate(files.letter, theirs, sizes.cold)
        yield compared("冷启动一封信：YAML 到 Word", name, pair, bar)
    what, peer = "冷启动一封信：docgen build，连核验", "全部组件在顶上导入"
    try:
        pair = alternate(files.build, files.build_with_everything, sizes.cold)
    except PeerError as fault:
        yield absent(what, peer, f"出错：{fault}", COLD_BAR)
        return
    yield compared(what, peer, pair, COLD_BAR)
