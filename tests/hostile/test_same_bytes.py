"""The same input gives the same bytes: other zones, tongues, hash seeds, days, folders, users."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import ROOT, workspace

COMMANDS = (
    ("build", "--all", "-a", "示例车间", "--format", "docx,pdf"),
    ("build", "--all", "-b", "示例县工信局", "-n", "江门标杆示范-2023"),
    ("bind", "-a", "示例车间"),
    ("sheet", "-n", "江门标杆示范-2023", "-o", "报名表.xlsx"),
)
EACH = (
    "import sys; from docgen.cli import main\n"
    f"for words in {COMMANDS!r}: assert main(words) in (0, 1), words"
)
CLOCK = """
import datetime, time
then = {then}
class date(datetime.date):
    today = classmethod(lambda kind: datetime.datetime.now().date())
class datetime_(datetime.datetime):
    now = classmethod(lambda kind, zone=None: kind.fromtimestamp(then, zone))
    utcnow = classmethod(lambda kind: kind.fromtimestamp(then))
datetime_.__name__ = "datetime"
datetime.date, datetime.datetime = date, datetime_
time.time, time.localtime = lambda: then, lambda *_, real=time.localtime: real(then)
"""
PLAIN = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"}
ELSEWHERE = {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1", "USER": "王五"}
FAR = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4242",
    "COLUMNS": "20",
}


def made(
    folder: Path, settings: dict[str, str], before: str = "", user: int | None = None
) -> dict[str, str]:
    """The hash of every file that the commands make in a workspace of their own."""
    root = workspace(folder)
    home = folder / "家"
    home.mkdir()
    if user is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, user, follow_symlinks=False)
    done = subprocess.run(
        [sys.executable, "-c", before + EACH],
        cwd=root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home),
             "DOCGEN_ROOT": str(root), "DOCGEN_CACHE": "", **settings},
        capture_output=True, check=False, user=user, umask=0o077 if user else 0o022,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    files = [*(root / "out").rglob("*"), root / "报名表.xlsx"]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    files = made(tmp_path_factory.mktemp("a") / "a", PLAIN)
    assert {name.rpartition(".")[2] for name in files} >= {"docx", "pdf", "xlsx", "json"}
    return files


def test_in_another_zone_tongue_and_folder(plain: dict[str, str], tmp_path: Path) -> None:
    assert made(tmp_path / "甲 乙（丙）", ELSEWHERE) == plain


def test_for_another_user(plain: dict[str, str], tmp_path: Path) -> None:
    nobody = 65534 if os.geteuid() == 0 and os.access(ROOT, os.X_OK) else None
    for folder in (tmp_path, *tmp_path.parents[:2]):
        if nobody:
            folder.chmod(0o755)
    try:
        subprocess.run([sys.executable, "-c", "import docgen"], cwd=ROOT, user=nobody, check=True)
    except (PermissionError, subprocess.CalledProcessError):
        nobody = None  # an interpreter in somebody's home
    assert made(tmp_path / ("长" * 40), FAR, user=nobody) == plain


@pytest.mark.parametrize("then", [1_583_020_799, 2_147_483_647], ids=["2020", "2038"])
def test_on_another_day(plain: dict[str, str], tmp_path: Path, then: int) -> None:
    assert made(tmp_path / "a", PLAIN, CLOCK.format(then=then)) == plain
