"""Seeded mutants of all examples: python -m tests.fuzz [--seconds N] [--seed S] [目标[=个数]…]

A mutant is named by target, seed and number: `--only 资料:17 --seed 5` makes that one again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType

from docgen.problem import Stop
from tests.fuzz.targets import TARGETS, Target, place

LONGEST = 20  # seconds a mutant may take
MOST = 1_000_000  # mutants of a target
SHRINKS = 300  # tries to make a failure smaller
SHOWN = 400  # characters of what is left


@dataclass
class Told:
    """What one process did: mutants by target, and failures."""

    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Slow(BaseException):
    """A mutant has taken too long."""


def mutant(target: Target, seeds: Sequence[tuple[str, bytes]], seed: str) -> tuple[str, bytes]:
    """The file that a seed stands for: its name, its bytes."""
    chance = Random(seed)
    name, data = chance.choice(seeds)
    return name, target.change(chance, data)


def judged(target: Target, root: Path, name: str, data: bytes) -> str:
    """What is wrong with how a mutant is taken; the file that it replaced is put back."""
    path = root / name
    before = path.read_bytes() if path.is_file() else None
    signal.signal(signal.SIGALRM, _slow)
    signal.alarm(LONGEST)
    try:
        return target.judge(root, name, data)
    except (Stop, Slow) as end:
        return "" if isinstance(end, Stop) else f"took more than {LONGEST} s"
    except Exception as failure:
        frames = traceback.extract_tb(failure.__traceback__)[-3:]
        at = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
        return f"{type(failure).__name__}: {str(failure)[:160]} at {at}"
    finally:
        signal.alarm(0)
        if before is not None:
            path.write_bytes(before)


def _slow(signum: int, frame: FrameType | None) -> None:
    raise Slow


def _kind(said: str) -> str:
    """What makes two failures the same one."""
    return said.split(":")[0] + said.rpartition(" at ")[2] if " at " in said else said.split(":")[0]


def shrunk(target: Target, root: Path, name: str, data: bytes, said: str) -> bytes:
    """The mutant with all lines, then signs, left out that the failure does not need."""
    tries, kind = SHRINKS, _kind(said)
    for split in (b"\n", b""):
        pieces = data.split(split) if split else [data[n : n + 1] for n in range(len(data))]
        size = max(len(pieces) // 2, 1)
        while size and tries and len(pieces) < 20_000:
            at = 0
            while at < len(pieces) and tries:
                tries -= 1
                less = pieces[:at] + pieces[at + size :]
                if _kind(judged(target, root, name, split.join(less))) == kind:
                    pieces = less
                else:
                    at += size
            size //= 2
        data = split.join(pieces)
    return data


def run(asked: Mapping[str, int], seed: str, seconds: float, part: int, parts: int) -> Told:
    """One process's share: each target its share of the time, and no more mutants than asked."""
    told = Told()
    with TemporaryDirectory(prefix="fuzz-") as folder:
        root = place(Path(folder).resolve())
        chosen = [target for target in TARGETS if target.name in asked]
        whole = sum(target.share for target in chosen)
        for target in chosen:
            seeds = sorted(target.seeds(root).items())
            end = time.monotonic() + seconds * target.share / whole
            for number in range(part, asked[target.name], parts):
                if time.monotonic() > end:
                    break
                told.done[target.name] += 1
                name, data = mutant(target, seeds, f"{seed}/{target.name}/{number}")
                if said := judged(target, root, name, data):
                    told.faults.append(_told(target, root, number, name, data, said))
                    print(told.faults[-1], flush=True)
    return told


def _told(target: Target, root: Path, number: int, name: str, data: bytes, said: str) -> str:
    less = shrunk(target, root, name, data, said)
    shown = repr(less.decode("utf-8", "backslashreplace"))[:SHOWN]
    return f"{target.name}:{number} {name}: {said}\n    {len(less)} 字节：{shown}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="one mutant, as 目标:编号")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("targets", nargs="*")
    given = parser.parse_args()
    if given.only:
        name, _, number = given.only.partition(":")
        told = run({name: int(number) + 1}, given.seed, given.seconds, int(number), 1)
        return 1 if told.faults else 0
    words = [word.partition("=") for word in given.targets or [target.name for target in TARGETS]]
    asked = {name: int(count or MOST) for name, _, count in words}
    share = partial(run, asked, given.seed, given.seconds, parts=given.processes)
    with multiprocessing.get_context("fork").Pool(given.processes) as pool:
        shares = pool.map(share, range(given.processes), chunksize=1)
    done = sum((one.done for one in shares), Counter[str]())
    faults = [fault for one in shares for fault in one.faults]
    silent = sum(": silent" in fault for fault in faults)
    print("，".join(f"{name} {count}" for name, count in done.items()))
    print(
        f"变异 {done.total()} 个（种子 {given.seed}）：异常 {len(faults) - silent} 次，"
        f"无声改动 {silent} 次"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
