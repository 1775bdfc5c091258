"""A share of the faults that `make faults` tries: each ends whole, and the next run as ever."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from bench.batch.province import province
from tests.faults.place import SCENES
from tests.kit import ROOT

SHARES = {"out": 61, "data": 43}  # of the faults of each act, one in so many


@pytest.mark.parametrize("folder", SHARES)
def test_a_share_of_the_faults(folder: str) -> None:
    scenes = [
        one.name for one in SCENES if (one.words[0] in ("build", "bind")) == (folder == "out")
    ]
    words = ("--every", str(SHARES[folder]), "--processes", "1", "--seconds", "100", *scenes)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "故障注入 0/" not in done.stdout


def test_a_killed_build_leaves_no_process(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = province(tmp_path_factory.mktemp("province"), 8)
    words = ("build", "--all", "-b", made.pattern.bureau, "-n", made.pattern.notice)
    running = subprocess.Popen(
        [sys.executable, "-m", "docgen", *words],
        cwd=ROOT,
        env={"DOCGEN_ROOT": str(made.root), "DOCGEN_CACHE": "", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def alive() -> int:
        listed = subprocess.run(
            ("ps", "-o", "pid=", "-g", str(running.pid)),
            capture_output=True,
            text=True,
            check=False,
        )
        return len(listed.stdout.split())

    end = time.monotonic() + 60
    while alive() < 2 and running.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    if alive() < 2:
        pytest.skip("this machine builds in one process")
    running.kill()
    running.wait()
    while alive() and time.monotonic() < end:
        time.sleep(0.1)
    assert alive() == 0
