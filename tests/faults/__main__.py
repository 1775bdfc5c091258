"""Every write made to fail in turn, and what came: python -m tests.faults [--seconds N] [场景…]"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.place import SCENES
from tests.faults.trials import Stage, Trial, ready, trials, wrong

HEAVY = 40  # of the points of a heavy scene, one in so many
TITLES = {"kill": "断电", "half": "写一半断电", "interrupt": "Ctrl-C", "once": "一次失败"}
TITLES |= {
    "read": "读不了",
    "full": "磁盘满",
    "frozen": "变只读",
    "同时": "同时",
    "手改": "手改",
    "时钟": "时钟倒退",
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=540)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("scenes", nargs="*")
    given = parser.parse_args()
    end = time.monotonic() + given.seconds
    faults: list[str] = []
    done: Counter[str] = Counter()
    with TemporaryDirectory(prefix="faults-") as folder:
        asked = [s for s in SCENES if s.name in given.scenes or not given.scenes]
        stages = [ready(scene, Path(folder, scene.name)) for scene in asked]
        queue = _queue(stages, given.every, given.first)
        for stage, trial in queue:
            if time.monotonic() > end:
                break
            done[f"{stage.scene.name} {trial.act}"] += 1
            if said := wrong(stage, trial):
                call = " ".join(stage.calls[trial.at]) if trial.act != "read" else ""
                faults.append(f"{stage.scene.name} {trial} ({call}): {said}")
                print(faults[-1], flush=True)
        _told(stages, done, len(queue), faults)
    return 1 if faults else 0


def _queue(stages: list[Stage], every: int, first: int) -> list[tuple[Stage, Trial]]:
    """All trials, the stages in turn, so that what there is no time for is of every stage."""
    lists = []
    for stage in stages:
        step = every * (HEAVY if stage.scene.heavy else 1)
        lists.append([(stage, trial) for trial in list(trials(stage))[first % step :: step]])
    longest = max(map(len, lists), default=0)
    order = [
        (number / len(one), place, pair)
        for place, one in enumerate(lists)
        for number, pair in enumerate(one)
    ]
    assert longest <= len(order)
    return [pair for _, _, pair in sorted(order, key=lambda entry: entry[:2])]


def _told(stages: list[Stage], done: Counter[str], planned: int, faults: list[str]) -> None:
    for stage in stages:
        each = [f"{t} {done[f'{stage.scene.name} {act}']}" for act, t in TITLES.items()]
        print(f"{stage.scene.name}：写盘 {stage.points} 处，读 {stage.reads} 处；{'，'.join(each)}")
    total = sum(done.values())
    print(f"故障注入 {total}/{planned} 次，{len(faults)} 次不对")


if __name__ == "__main__":
    sys.exit(main())
