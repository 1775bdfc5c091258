"""The typesetting benchmark prints what it says it prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.typeset import documents
from bench.typeset.processes import ours
from tests.kit import ROOT


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return documents.write(tmp_path_factory.mktemp("bench"), share=0.01)


def test_every_kind_is_there_and_prints(files: dict[str, Path], tmp_path: Path) -> None:
    assert set(files) == set(documents.KINDS)
    printed = {kind: ours(path, tmp_path / kind) for kind, path in files.items()}
    assert printed["letters"].pages == 1
    assert printed["plan"].pages > 40
    assert all(each.size > 10_000 and each.peak > 10 for each in printed.values())


def test_what_is_not_measured_is_said() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "nothing"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "nothing" in done.stderr
