"""A cluster makes the same files as this machine does, whoever of its workers dies."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.batch.province import province
from tests.kit import ROOT, docgen

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="dask.distributed is not installed"
)
COUNT = 24


class Cluster:
    """A scheduler and two workers of one thread each, on loopback, as processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self._log = (folder / "log").open("wb")
        self.processes = [self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")]
        until = time.monotonic() + 60
        while not self.file.exists() or not self.file.read_text():
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text())["address"]
        more = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        self.workers = [self._start("dask_worker", *more) for _ in range(2)]
        self.processes += self.workers

    def _start(self, what: str, *more: str) -> subprocess.Popen[bytes]:
        command = (sys.executable, "-m", f"distributed.cli.{what}", "--no-dashboard")
        return subprocess.Popen(
            [*command, "--scheduler-file", str(self.file), *more],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=self._log,
            stderr=self._log,
        )

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        self._log.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    running = Cluster(tmp_path / "cluster")
    try:
        yield running
    finally:
        running.close()


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_killed_worker_loses_nothing(tmp_path: Path, cluster: Cluster) -> None:
    made = province(tmp_path / "place", COUNT)
    what = ("build", "--all", "-b", made.pattern.bureau, "-n", made.pattern.notice, "--final")
    run = subprocess.Popen(
        [sys.executable, "-m", "docgen", *what, "--json", "--cluster", cluster.address],
        cwd=ROOT,
        env={**os.environ, "DOCGEN_ROOT": str(made.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    log = tmp_path / "cluster" / "log"
    until = time.monotonic() + 60
    # the client is told of in the scheduler's log when the sending begins
    while b"Receive client connection" not in log.read_bytes() and run.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.02)
    time.sleep(2.0)
    cluster.workers[0].send_signal(signal.SIGKILL)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 0, err.decode()
    letters = [o for o in json.loads(out)["outputs"] if o["document"] == "推荐意见"]
    assert len(letters) == 2 * COUNT
    away = _bytes(made.out)
    for path in sorted(made.out.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert docgen(made.root, *what).code == 0
    assert _bytes(made.out) == away


def test_no_scheduler_is_said_in_a_line(tmp_path: Path) -> None:
    made = province(tmp_path, 2)
    what = ("build", "推荐意见", "-b", made.pattern.bureau, "-n", made.pattern.notice)
    run = docgen(made.root, *what, "--cluster", "tcp://127.0.0.1:9")
    assert run.code == 2
    assert "连不上" in run.err
