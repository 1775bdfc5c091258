"""Every call to the system is made to fail once, and the process to die before each, in turn."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docgen.problem import Severity
from docgen.store import Put, Store

STEM = "江苏数促中心-2026/示例联合体/建设方案"
CALLS = ("open", "write", "fsync", "replace", "unlink", "mkdir", "scandir", "close")
FINAL, DRAFT = ["建设方案.docx", "建设方案.pdf"], ["建设方案.草稿.docx", "建设方案.草稿.pdf"]


class KilledError(BaseException):
    """Stands for kill -9: from then on the process touches nothing."""


@contextmanager
def failing(calls: tuple[str, ...], fail: Callable[[int], None]) -> Iterator[None]:
    """Call `fail` with a running number before each of those functions of os."""
    real = {name: getattr(os, name) for name in calls}
    counter = iter(range(1_000_000))

    def wrap(name: str) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            try:
                fail(next(counter))
            except BaseException:
                if name == "close":  # a dead process holds no file open
                    real[name](*arguments)
                raise
            return real[name](*arguments, **named)

        return call

    for name in calls:
        setattr(os, name, wrap(name))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def put(root: Path, content: str, draft: bool) -> tuple[list[str], list[str]]:
    """Put a docx and a pdf of that content; the files made, and the codes of the problems."""
    files = {ext: f"{content} {ext}".encode() for ext in ("docx", "pdf")}
    outcome = Store(root / "out").put(Put(STEM, draft, files, {"data": content}))
    errors = [p.code for p in outcome.problems if p.severity is Severity.ERROR]
    return [output.path for output in outcome.value or ()], errors


def seen(root: Path) -> dict[str, str]:
    folder = root / "out" / "江苏数促中心-2026" / "示例联合体"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}


def count_of_calls(root: Path, draft: bool) -> int:
    numbers: list[int] = []
    put(root, "old", True)
    with failing(CALLS, numbers.append):
        put(root, "new", draft)
    return len(numbers)


def points(draft: bool, tmp: Path) -> Iterator[tuple[int, Path]]:
    """Every point of a put that follows another, each with a fresh folder where that one stands."""
    for number in range(count_of_calls(tmp / "count", draft)):
        root = tmp / str(number)
        put(root, "old", True)
        yield number, root


def assert_whole(files: dict[str, str]) -> None:
    """Every document that stands is the old or the new one, entire; none has vanished."""
    for name, text in files.items():
        if not name.startswith(".") and name != "清单.json":
            assert text in {f"{age} {name[-4:].strip('.')}" for age in ("old", "new")}
    for extension in ("docx", "pdf"):
        assert any(name.endswith(extension) for name in files)
    json.loads(files["清单.json"])


def assert_clean(files: dict[str, str], draft: bool, age: str) -> None:
    names = DRAFT if draft else FINAL
    assert sorted(files) == sorted([".锁", *names, "清单.json"])
    assert [files[name] for name in names] == [f"{age} docx", f"{age} pdf"]
    record = json.loads(files["清单.json"])
    assert "pending" not in record
    assert [entry["path"] for entry in record["outputs"]] == names


@pytest.mark.parametrize("draft", [True, False], ids=["update", "draft to final"])
def test_killed_at_any_point_the_next_run_ends_as_if_nothing_had_happened(
    tmp_path: Path, draft: bool
) -> None:
    for number, root in points(draft, tmp_path):

        def die(now: int, number: int = number) -> None:
            if now >= number:
                raise KilledError

        with failing(CALLS, die), pytest.raises(KilledError):
            put(root, "new", draft)
        assert_whole(seen(root))

        age = "new" if number % 2 else "newer"  # the next run may bring other data
        made, errors = put(root, age, draft)
        assert errors == []
        assert len(made) == 2
        assert_clean(seen(root), draft, age)


@pytest.mark.parametrize("draft", [True, False], ids=["update", "draft to final"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_any_call_may_fail_once(tmp_path: Path, draft: bool, code: int) -> None:
    for number, root in points(draft, tmp_path):

        def refuse(now: int, number: int = number) -> None:
            if now == number:
                raise OSError(code, "injected")

        with failing(CALLS, refuse):
            made, errors = put(root, "new", draft)
        files = seen(root)
        assert_whole(files)
        assert set(errors) <= {"写入"}
        if not errors:
            assert len(made) == 2
        assert all(files[path.rpartition("/")[2]].startswith("new") for path in made)

        assert put(root, "new", draft)[1] == []
        assert_clean(seen(root), draft, "new")


def test_kill_9_in_earnest(tmp_path: Path) -> None:
    script = Path(__file__).with_name("kill_loop.py")
    command = [sys.executable, str(script), str(tmp_path), "20"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "20 kills, 0 torn\n", "")


@contextmanager
def small_disk(path: Path, size: str) -> Iterator[None]:
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("需要 root 权限才能挂载小容量的 tmpfs")
    try:
        yield
    finally:
        subprocess.run(["umount", str(path)], check=True)


def test_a_full_disk_leaves_the_old_files_and_says_so(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "256k"):
        store = Store(disk / "out")
        store.put(Put(STEM, True, {"docx": b"1" * 1000, "pdf": b"1" * 1000}, {}))
        outcome = store.put(Put(STEM, True, {"docx": b"2" * 1000, "pdf": b"2" * 300_000}, {}))
        (problem,) = outcome.problems
        assert "磁盘已满" in problem.message
        assert outcome.value == ()
        files = seen(disk)
        assert sorted(files) == sorted([".锁", *DRAFT, "清单.json"])
        assert files[DRAFT[0]] == files[DRAFT[1]] == "1" * 1000


def test_a_disk_mounted_read_only_is_told(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "256k"):
        put(disk, "old", True)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        (problem,) = Store(disk / "out").put(Put(STEM, True, {"docx": b"2"}, {})).problems
        assert "只读" in problem.message
        assert seen(disk)[DRAFT[0]] == "old docx"


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user that owns nothing: root becomes nobody for a while."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_folder_without_the_right_to_write_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(0o711)
    put(tmp_path, "old", True)
    folder = tmp_path / "out" / "江苏数促中心-2026" / "示例联合体"
    (folder / ".锁").chmod(0o666)
    folder.chmod(0o555)
    with without_rights():
        outcome = Store(tmp_path / "out").put(Put(STEM, True, {"docx": b"2"}, {}))
    folder.chmod(0o755)
    (problem,) = outcome.problems
    assert "权限" in problem.message
    assert outcome.value == ()
    assert seen(tmp_path)[DRAFT[0]] == "old docx"


def test_a_path_too_long_is_told(tmp_path: Path) -> None:
    root = tmp_path.joinpath(*["长" * 60] * 24)
    (problem,) = Store(root / "out").put(Put(STEM, True, {"docx": b"2"}, {})).problems
    assert "过长" in problem.message
