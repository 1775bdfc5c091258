"""Forks writers, kills each with SIGKILL at a random moment, and looks at what stands."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, os.getcwd())

from docgen.store import Put, Store

STEM = "江苏数促中心-2026/示例联合体/建设方案"
SIZE = 200_000


def files(turn: int) -> dict[str, bytes]:
    return {ext: f"{turn:08d}{ext:4}".encode() * (SIZE // 12) for ext in ("docx", "pdf")}


def write_for_ever(store: Store, start: int) -> None:
    turn = start
    while True:
        outcome = store.put(Put(STEM, turn % 3 == 0, files(turn), {"data": str(turn)}))
        assert not outcome.problems, outcome.problems
        turn += 1


def torn(folder: Path) -> list[str]:
    bad = []
    for path in folder.iterdir():
        if path.suffix in (".docx", ".pdf"):
            data = path.read_bytes()
            if len(data) != SIZE // 12 * 12 or data != data[:12] * (SIZE // 12):
                bad.append(path.name)
    return bad


def main(root: Path, kills: int) -> int:
    store, chance = Store(root / "out"), random.Random(20261120)
    folder = store.root / "江苏数促中心-2026" / "示例联合体"
    store.put(Put(STEM, True, files(0), {}))
    bad: list[str] = []
    for kill in range(kills):
        child = os.fork()
        if child == 0:
            write_for_ever(store, 1000 * (kill + 1))
        time.sleep(chance.uniform(0.002, 0.04))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        bad += torn(folder)
        outcome = store.put(Put(STEM, kill % 2 == 0, files(kill), {}))
        bad += [str(problem) for problem in outcome.problems]
        mark = ".草稿" if kill % 2 == 0 else ""
        names = {".锁", "清单.json", f"建设方案{mark}.docx", f"建设方案{mark}.pdf"}
        bad += sorted(names ^ {path.name for path in folder.iterdir()})
    print(f"{kills} kills, {len(bad)} torn", *bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
