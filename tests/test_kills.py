"""docgen build, killed at random moments and run again: as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from bench.batch.province import Province, province
from tests.kit import ROOT, Run, docgen

KILLS = int(os.environ.get("DOCGEN_KILLS", "20"))
COUNT = 6


def _command(made: Province) -> tuple[str, ...]:
    return ("build", "--all", "-b", made.pattern.bureau, "-n", made.pattern.notice, "--final")


def _start(made: Province) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "docgen", *_command(made)],
        cwd=ROOT,
        env={**os.environ, "DOCGEN_ROOT": str(made.root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _built(made: Province) -> Run:
    run = docgen(made.root, *_command(made), "--json")
    assert run.code == 0, run.problems
    return run


def _files(made: Province) -> dict[str, bytes]:
    """All that lies in out/ but for the locks."""
    return {
        path.relative_to(made.out).as_posix(): path.read_bytes()
        for path in sorted(made.out.rglob("*"))
        if path.is_file() and path.name != ".锁"
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Province:
    return province(tmp_path_factory.mktemp("province"), COUNT)


@pytest.fixture(scope="module")
def whole(made: Province) -> tuple[dict[str, bytes], float]:
    """What an undisturbed run leaves, and how long it takes."""
    start = time.monotonic()
    _built(made)
    return _files(made), time.monotonic() - start


def test_killed_at_any_moment_it_ends_as_if_nothing_had_happened(
    made: Province, whole: tuple[dict[str, bytes], float]
) -> None:
    wanted, seconds = whole
    chance = random.Random(20261120)
    for kill in range(KILLS):
        if kill % 4 == 0:
            shutil.rmtree(made.root / "out", ignore_errors=True)
        running = _start(made)
        # most of what is written is written at the end
        moment = chance.uniform(0, seconds) if kill % 2 else chance.uniform(0.8, 1.05) * seconds
        with_end = time.monotonic() + moment
        while time.monotonic() < with_end and running.poll() is None:
            time.sleep(0.002)
        os.killpg(running.pid, signal.SIGKILL) if running.poll() is None else None
        running.wait()
        if made.out.exists():
            torn = {
                name
                for name, data in _files(made).items()
                if name in wanted and name != "清单.json" and data != wanted[name]
            }
            assert torn == set(), f"kill {kill}"
        if kill % 4 == 3 or kill == KILLS - 1:
            _built(made)
            assert _files(made) == wanted, f"kill {kill}"


def test_two_runs_at_once_leave_what_one_would(
    made: Province, whole: tuple[dict[str, bytes], float]
) -> None:
    shutil.rmtree(made.root / "out")
    running = [_start(made) for _ in range(2)]
    assert [one.wait(timeout=120) for one in running] == [0, 0]
    assert _files(made) == whole[0]


def _on_a_disk(made: Province, options: str) -> bool:
    """out/ as a file system of its own; False where none may be mounted."""
    shutil.rmtree(made.root / "out", ignore_errors=True)
    (made.root / "out").mkdir()
    command = ("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(made.root / "out"))
    return bool(shutil.which("mount")) and subprocess.run(command, check=False).returncode == 0


@pytest.mark.parametrize(
    ("options", "said"), [("size=200k", "磁盘已满"), ("ro,size=8m", "只读")], ids=["full", "ro"]
)
def test_a_disk_that_takes_nothing_is_told(
    made: Province, whole: tuple[dict[str, bytes], float], options: str, said: str
) -> None:
    if not _on_a_disk(made, options):
        pytest.skip("no file system may be mounted here")
    try:
        run = docgen(made.root, *_command(made), "--json")
        assert run.code == 1
        assert said in json.dumps(run.problems, ensure_ascii=False)
        stand = _files(made) if made.out.exists() else {}
        assert {name for name, data in stand.items() if whole[0].get(name) != data} <= {"清单.json"}
        assert not list(made.out.rglob(".docgen-*"))
    finally:
        subprocess.run(["umount", str(made.root / "out")], check=True)
    _built(made)
    assert _files(made) == whole[0]
