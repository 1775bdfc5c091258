"""What a look at a folder finds, on a disk where writing takes its time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.watch.changes import MOST_PAUSE, STILL, Eye


def seen_after(folder: Path, change: Callable[[], object]) -> list[str]:
    """The names that are told after a change."""
    stop = threading.Event()
    eye = Eye(lambda: [folder], stop)
    worker = threading.Thread(target=change)
    worker.start()
    timer = threading.Timer(20, stop.set)
    timer.start()
    found = eye.wait()
    timer.cancel()
    worker.join()
    return [os.path.relpath(path, folder) for path in found]


def test_a_new_a_changed_and_a_removed_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "正文").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("1")

    def change() -> None:
        (tmp_path / "a.yaml").write_text("22")
        (tmp_path / "b.yaml").unlink()
        (tmp_path / "正文/1.md").write_text("x")

    assert seen_after(tmp_path, change) == ["a.yaml", "b.yaml", "正文/1.md"]


def test_a_file_of_the_same_size_is_told_by_its_times(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1")
    time.sleep(0.02)
    assert seen_after(tmp_path, lambda: (tmp_path / "a.yaml").write_text("2")) == ["a.yaml"]


def test_one_that_is_written_slowly_is_waited_for(tmp_path: Path) -> None:
    """Each piece comes sooner than STILL: the change is told when the last has come."""
    path = tmp_path / "a.yaml"
    pieces = 12

    def slowly() -> None:
        with path.open("wb", buffering=0) as file:
            for _ in range(pieces):
                file.write(b"x")
                time.sleep(STILL / 3)

    assert seen_after(tmp_path, slowly) == ["a.yaml"]
    assert path.stat().st_size == pieces


def test_what_is_written_while_one_reads_is_told_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("1")
    eye = Eye(lambda: [tmp_path], threading.Event())
    assert not eye.moved()
    path.write_text("22")
    time.sleep(0.3)
    assert eye.moved()
    assert eye.wait() == [str(path)]
    time.sleep(0.3)
    assert not eye.moved()


@pytest.mark.parametrize("name", [".a.yaml.swp", "~$a.docx", ".git", "~a"])
def test_what_editors_leave_beside_is_nothing(tmp_path: Path, name: str) -> None:
    def change() -> None:
        (tmp_path / name).write_text("x")
        time.sleep(0.5)
        (tmp_path / "last").write_text("x")

    assert seen_after(tmp_path, change) == ["last"]


def test_a_disk_that_is_slow_is_looked_at_more_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every listing takes a quarter of a second, as over a bad line: work gets most of the time."""
    looks = 0
    listing = os.scandir

    def slow(folder: str) -> object:
        nonlocal looks
        looks += 1
        time.sleep(0.25)
        return listing(folder)

    stop = threading.Event()
    monkeypatch.setattr(os, "scandir", slow)
    eye = Eye(lambda: [tmp_path], stop)
    looks = 0
    threading.Timer(4, stop.set).start()
    assert eye.wait() == []
    assert 2 <= looks <= 4
    assert MOST_PAUSE < 10


def test_a_root_that_vanishes_and_comes_back_is_a_change(tmp_path: Path) -> None:
    folder = tmp_path / "甲"
    folder.mkdir()
    (folder / "a.yaml").write_text("1")
    stop = threading.Event()
    eye = Eye(lambda: [folder], stop)
    folder.rename(tmp_path / "away")
    assert eye.wait() == [str(folder / "a.yaml")]
    (tmp_path / "away").rename(folder)
    assert eye.wait() == [str(folder / "a.yaml")]
