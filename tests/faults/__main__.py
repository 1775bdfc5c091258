"""Every write made to fail in turn, and what came: python -m tests.faults [--seconds N] [场景…]"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.place import SCENES
from tests.faults.trials import Stage, Trial, ready, trials, wrong

HEAVY = 40  # of the points of a heavy scene, one in so many
GOLDEN = 0.6180339887498949
TITLES = {"kill": "断电", "half": "写一半断电", "手改": "断电后手改", "同时": "断电时另有一个在做"}
TITLES |= {"时钟": "断电后时钟倒退", "once": "一次失败", "full": "磁盘满", "frozen": "变只读"}
TITLES |= {"interrupt": "Ctrl-C", "read": "读不了"}


@dataclass
class Told:
    """What one process did: points by scene, trials by scene and act, what was planned, faults."""

    points: dict[str, tuple[int, int]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    planned: int = 0
    faults: list[str] = field(default_factory=list)


def run(names: Sequence[str], every: int, seconds: float, part: int, parts: int) -> Told:
    """One of `parts` shares of the trials of some scenes, every so many of them."""
    told, end = Told(), time.monotonic() + seconds
    with TemporaryDirectory(prefix="faults-") as folder:
        asked = [scene for scene in SCENES if scene.name in names or not names]
        stages = [ready(scene, Path(folder, scene.name)) for scene in asked]
        told.points = {one.scene.name: (len(one.calls), len(one.reads)) for one in stages}
        queue = _queue(stages, every)[part::parts]
        told.planned = len(queue)
        for stage, trial in queue:
            if time.monotonic() > end:
                break
            told.done[f"{stage.scene.name} {trial.act}"] += 1
            if said := wrong(stage, trial):
                told.faults.append(f"{stage.scene.name} {trial} ({stage.at(trial)}): {said}")
                print(told.faults[-1], flush=True)
    return told


def _queue(stages: Sequence[Stage], every: int) -> list[tuple[Stage, Trial]]:
    """The trials of all stages. However early it ends, what was done is spread evenly over them.

    The multiples of the golden section, whose fractions leave no large gap at any length.
    """
    order: list[tuple[float, int, int, Stage, Trial]] = []
    acts = list(TITLES)
    for place, stage in enumerate(stages):
        step = every * (HEAVY if stage.scene.heavy else 1)
        for act in acts:
            mine = [trial for trial in trials(stage) if trial.act == act][place % step :: step]
            for number, trial in enumerate(mine):
                order.append((number * GOLDEN % 1, acts.index(act), place, stage, trial))
    return [entry[3:] for entry in sorted(order, key=lambda entry: entry[:3])]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=570)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("scenes", nargs="*")
    given = parser.parse_args()
    share = partial(run, given.scenes, given.every, given.seconds, parts=given.processes)
    with multiprocessing.get_context("fork").Pool(given.processes) as pool:
        shares = pool.map(share, range(given.processes), chunksize=1)
    done = sum((one.done for one in shares), Counter[str]())
    for name, (writes, reads) in shares[0].points.items():
        each = [f"{title} {done[f'{name} {act}']}" for act, title in TITLES.items()]
        print(f"{name}：写盘 {writes} 处，读 {reads} 处；{'，'.join(each)}")
    for act, title in TITLES.items():
        every = sum(done[f"{name} {act}"] for name in shares[0].points)
        print(f"{title} {every}", end="，")
    faults = sum(len(one.faults) for one in shares)
    print(f"故障注入 {done.total()}/{sum(one.planned for one in shares)} 次，{faults} 次不对")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
