"""The Makefile: values and goals arrive to the letter, and nothing typed is ever run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAMPS = (".venv/ready.json", ".local/fonts/清单.json", ".local/libs/清单.json")
ECHO = """\
import json, os

def main(argv):
    names = ("DOCGEN_GOAL", "APP", "BUREAU", "NOTICE", "FINAL", "FORMAT", "DATE")
    said = {name: os.environ[name] for name in names} | {"argv": argv}
    os.write(1, (json.dumps(said) + "\\n").encode())
    return 0
"""
HOSTILE = (
    "$(shell touch pwned)",
    "$$(touch pwned)",
    "`touch pwned`",
    '";touch pwned;"',
    "';touch pwned;'",
    "$(error stopped)",
    "../..",
    "-rf",
    "a b  c",
    "#甲%乙\\",
    "甲\ntouch pwned",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder already set up, whose docgen only says what it was asked."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for source in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / source).touch()
    (tmp_path / "docgen" / "cli").mkdir(parents=True)
    (tmp_path / "docgen" / "__init__.py").touch()
    (tmp_path / "docgen" / "cli" / "__init__.py").write_text(ECHO)
    shutil.copy(ROOT / "docgen" / "cli" / "make.py", tmp_path / "docgen" / "cli")
    for stamp in STAMPS:
        (tmp_path / stamp).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / stamp).touch()
    (tmp_path / ".venv" / "bin").mkdir()
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


def make(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    inherited = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "APP", "BUREAU", "NOTICE")
    kept = {name: value for name, value in os.environ.items() if name not in inherited}
    return subprocess.run(
        ["make", *words],
        cwd=folder,
        env=kept | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def asked(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_value_arrives_to_the_letter(folder: Path) -> None:
    for value in HOSTILE:
        for name in ("APP", "NOTICE"):
            assert asked(make(folder, "建设方案", f"{name}={value}"))[0][name] == value
            assert asked(make(folder, "建设方案", **{name: value}))[0][name] == value
    assert not list(folder.glob("**/pwned"))


def test_a_goal_is_never_run(folder: Path) -> None:
    for goal in HOSTILE:
        make(folder, "-k", "-i", "--", goal)
        make(folder, "-n", "--", goal)
    assert not list(folder.glob("**/pwned"))
    assert asked(make(folder, "';touch pwned;'"))[0]["DOCGEN_GOAL"] == "';touch pwned;'"


def test_a_file_of_its_name_does_not_hide_a_goal(folder: Path) -> None:
    (folder / "建设方案").mkdir()
    (folder / "docs").mkdir()
    goals = [line["DOCGEN_GOAL"] for line in asked(make(folder, "建设方案", "docs", "docgen"))]
    assert goals == ["建设方案", "docs", "docgen"]


def test_goals_side_by_side(folder: Path) -> None:
    done = make(folder, "-j2", "建设方案", "申报书", "APP=甲")
    assert {line["DOCGEN_GOAL"] for line in asked(done)} == {"建设方案", "申报书"}
    assert "jobserver" not in done.stderr


def test_a_dry_run_runs_nothing(folder: Path) -> None:
    (folder / STAMPS[0]).unlink()
    done = make(folder, "-n", "建设方案", "APP=甲")
    assert done.returncode == 0
    assert "-m docgen.setup" in done.stdout
    assert "-m docgen.cli.make" in done.stdout
    assert "argv" not in done.stdout
    assert not (folder / STAMPS[0]).exists()


def test_alone_it_helps(folder: Path) -> None:
    assert "make 建设方案 APP=示例联合体" in make(folder).stdout
    assert make(folder).stdout == make(folder, "help").stdout


def test_without_python_it_says_so(folder: Path) -> None:
    done = make(folder, "fonts", "PYTHON=no-such-python")
    assert done.returncode == 2
    assert "缺少 python3" in done.stderr
