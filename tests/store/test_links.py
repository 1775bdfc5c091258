"""Links in the place of what is written: nothing outside out/ and data/ is made or changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.store import DataFile, DataStore, Put, Store, write_over

STEM = "通知/甲/推荐意见/乙"
SHOWN = "out/通知/甲"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder with a file of somebody's, beside the workspace."""
    folder = tmp_path / "外面"
    folder.mkdir()
    (folder / "要紧.txt").write_text("原样", "utf-8")
    return folder


def put(root: Path) -> list[str]:
    """Puts one document; what was told."""
    made = Store(root / "out", patience=1).put(Put(STEM, False, {"docx": b"new"}, {}))
    return [problem.message for problem in made.problems]


def standing(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("place", ["out/通知", SHOWN, f"{SHOWN}/推荐意见"])
def test_a_folder_that_leads_out_is_refused(tmp_path: Path, outside: Path, place: str) -> None:
    link = tmp_path / "家" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    (told,) = put(tmp_path / "家")
    assert "链接" in told
    assert standing(outside) == {"要紧.txt": "原样"}


def test_all_of_out_may_lie_elsewhere(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "家").mkdir()
    (tmp_path / "家/out").symlink_to(outside)
    assert put(tmp_path / "家") == []
    assert (outside / "通知/甲/推荐意见/乙.docx").read_bytes() == b"new"


@pytest.mark.parametrize("name", [".锁", ".docgen-0-docx.tmp", ".docgen-manifest.tmp"])
@pytest.mark.parametrize("target", ["要紧.txt", "没有.txt"])
def test_our_own_files_are_never_somebody_elses(
    tmp_path: Path, outside: Path, name: str, target: str
) -> None:
    folder = tmp_path / "家" / SHOWN
    folder.mkdir(parents=True)
    (folder / name).symlink_to(outside / target)
    put(tmp_path / "家")
    assert standing(outside) == {"要紧.txt": "原样"}


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero"), lambda p: p.symlink_to(p)],
    ids=["pipe", "folder", "device", "loop"],
)
@pytest.mark.parametrize("name", ["清单.json", ".锁", "推荐意见/乙.docx", "推荐意见"])
def test_what_is_no_file_is_told_and_keeps_nobody_waiting(
    tmp_path: Path, make: Callable[[Path], object], name: str
) -> None:
    path = tmp_path / "家" / SHOWN / name
    path.parent.mkdir(parents=True)
    make(path)
    told = put(tmp_path / "家")
    stands = path.parents[len(Path(name).parents) - 1] / "推荐意见/乙.docx"
    assert told or stands.read_bytes() == b"new"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_record_that_is_no_file_records_nothing(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    (tmp_path / SHOWN).mkdir(parents=True)
    make(tmp_path / SHOWN / "清单.json")
    store = Store(tmp_path / "out")
    assert store.stems("通知", "甲") == [] and store.entries("通知", "甲") == ()


def test_data_is_not_written_through_a_link(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "data/申报单位").mkdir(parents=True)
    (tmp_path / "data/申报单位/甲").symlink_to(outside)
    files = [DataFile("data/申报单位/甲/申报单位.yaml", b"x"), DataFile("data/申报单位/乙/a", b"x")]
    (told,) = DataStore(tmp_path).put(files)
    assert "链接" in told.message
    assert standing(outside) == {"要紧.txt": "原样"}
    assert not (tmp_path / "data/申报单位/乙").exists()


def test_a_file_made_anew_takes_the_place_of_a_link(tmp_path: Path, outside: Path) -> None:
    path = tmp_path / "检查报告.html"
    path.symlink_to(outside / "要紧.txt")
    assert write_over(path, b"new") is None
    assert path.read_bytes() == b"new" and not path.is_symlink()
    assert standing(outside) == {"要紧.txt": "原样"}
