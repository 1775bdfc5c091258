"""Some mutants of every example: no exception, no silent change. `make fuzz` tries many more."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.fuzz.targets import TARGETS
from tests.kit import ROOT

SHARES = (  # mutants of each, in one process
    {"YAML": 60, "正文": 60, "单元格": 40, "成文": 3},
    {"资料": 20, "模板": 20, "工作簿": 15, "通知包": 10},
)


def test_no_target_is_left_out() -> None:
    assert {target.name for target in TARGETS} == {name for share in SHARES for name in share}


@pytest.mark.parametrize("share", SHARES, ids=("reading", "working"))
def test_some_mutants(share: dict[str, int]) -> None:
    asked = [f"{name}={count}" for name, count in share.items()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--processes", "1", "--seed", "20261120", *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    told = done.stdout.splitlines()[-2]
    assert sorted(told.split("，")) == sorted(f"{name} {count}" for name, count in share.items())
