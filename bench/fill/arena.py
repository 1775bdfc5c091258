"""All engines side by side: started, given both documents, warmed up, ready to take turns."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from bench.fill import data, documents, node
from bench.fill.measure import Pair, alternate
from bench.fill.peers import Peer, PeerError
from bench.fill.words import first_difference, visible_text

OURS, FLOOR, REFERENCE = "docgen", "floor", "docxtpl"
PEERS = (REFERENCE, *node.ENGINES)
NAMES = {"letter": "信函，成批", "plan": "方案，成批"}
RECORDS = {"letter": 100, "plan": 5}

RAM_DISK = Path("/dev/shm")
NEEDED_SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: rounds, seconds of a turn and of warming up, greatest numbers.

    `budget` is the seconds after which what takes long is content with two rounds.
    """

    rounds: int
    ours: float
    theirs: float
    warm_up: float
    equal: int
    rows: tuple[int, ...]
    letters: int
    files: int
    cold: int
    budget: float


FULL = Sizes(
    rounds=7,
    ours=0.3,
    theirs=0.8,
    warm_up=2.0,
    equal=3,
    rows=(1_000, 10_000),
    letters=10_000,
    files=1_000,
    cold=5,
    budget=60.0,
)
QUICK = Sizes(
    rounds=3,
    ours=0.1,
    theirs=0.25,
    warm_up=0.5,
    equal=1,
    rows=(1_000,),
    letters=2_000,
    files=50,
    cold=2,
    budget=8.0,
)


class Arena:
    """The engines that could be had, and for each other one why not."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.why: dict[str, str] = {}
        self.engines: dict[str, Peer] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._stack = ExitStack()
        self.folder = Path()

    def __enter__(self) -> Arena:
        """Fetches and starts everything."""
        roomy = RAM_DISK.is_dir() and shutil.disk_usage(RAM_DISK).free > NEEDED_SPACE
        folder = TemporaryDirectory(prefix="docgen-bench-", dir=RAM_DISK if roomy else None)
        with ExitStack() as stack:
            self.folder = Path(stack.enter_context(folder))
            self._stack = stack
            say("准备对手……")
            self.why = {engine: f"未取得：{reason}" for engine, reason in node.absent().items()}
            for kind, build in data.RECORDS.items():
                self.records(kind, [build(seed) for seed in range(RECORDS[kind])])
            for engine in (OURS, FLOOR, *PEERS):
                if engine not in self.why:
                    self._start(engine)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def records(self, kind: str, records: list[data.Record]) -> None:
        (self.folder / f"{kind}.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")

    def prepare(self, peer: Peer, kind: str, template: str = "") -> None:
        """Gives an engine a template in its tags, and the records called `kind`."""
        template = template or kind
        file = self.folder / f"{template}.{peer.engine}.docx"
        if not file.exists():
            file.write_bytes(documents.build(peer.engine, template))
        peer.prepare(kind, file, self.folder / f"{kind}.json")

    def alternate(self, ours: str, theirs: str, kind: str) -> Pair:
        return alternate(self._turn(ours, kind), self._turn(theirs, kind), self.sizes.rounds)

    def compare_texts(self) -> int:
        """Sets aside every engine whose text is not docgen's; how many paragraphs were compared."""
        say("核对各引擎的文字……")
        compared = 0
        for kind in documents.KINDS:
            for peer in self.engines.values():
                peer.run(kind, self.sizes.equal)
            for number in range(self.sizes.equal):
                ours = visible_text(self.engines[OURS].document(kind, number))
                compared += len(ours)
                for engine in self.present():
                    theirs = visible_text(self.engines[engine].document(kind, number))
                    difference = first_difference(ours, theirs)
                    if difference:
                        self.why[engine] = f"文字不等：{NAMES[kind]}，{difference}"
        return compared

    def present(self) -> list[str]:
        """The peers that are compared."""
        return [engine for engine in PEERS if engine not in self.why]

    def _start(self, engine: str) -> None:
        say(f"预热 {engine}……")
        peer = self._stack.enter_context(Peer(engine, self.folder))
        try:
            for kind in documents.KINDS:
                self.prepare(peer, kind)
                self._calibrate(peer, kind)
        except PeerError as fault:
            if engine in (OURS, FLOOR):
                raise
            self.why[engine] = f"出错：{fault}"
            return
        self.engines[engine] = peer

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
        self._counts[peer.engine, kind] = _between(sizes.equal, int(turn / seconds), 5_000)

    def _turn(self, engine: str, kind: str) -> Callable[[], float]:
        return partial(self.engines[engine].run, kind, self._counts[engine, kind])


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))


def say(what: str) -> None:
    """Progress, for the eyes only."""
    print(what, file=sys.stderr, flush=True)
