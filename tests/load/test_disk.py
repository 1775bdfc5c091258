"""What the disk refuses is told in Chinese with what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from docgen.load.disk import disk_error, is_inside, read_bytes, relative


@pytest.mark.parametrize(
    "code, said",
    [
        (errno.ENOENT, "不存在"),
        (errno.EACCES, "权限"),
        (errno.EISDIR, "文件夹"),
        (errno.ELOOP, "链接"),
        (errno.ENAMETOOLONG, "过长"),
        (errno.EIO, "磁盘"),
    ],
)
def test_each_refusal_has_its_words(code: int, said: str) -> None:
    problem = disk_error(OSError(code, os.strerror(code)), "甲.yaml")
    assert (problem.code, problem.where.file) == ("读取", "甲.yaml")
    assert said in problem.message
    assert problem.hint


def test_bytes_are_read_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "甲"
    path.write_bytes(b"12345")
    assert read_bytes(path, "甲", 5).value == b"12345"
    assert [problem.code for problem in read_bytes(path, "甲", 4).problems] == ["过大"]


@pytest.mark.parametrize("name", ["无", "", "a\0b", "长" * 200])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    outcome = read_bytes(tmp_path / name, name, 10)
    assert outcome.value is None
    assert [problem.code for problem in outcome.problems] == ["读取"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    assert "普通文件" in read_bytes(tmp_path / "管道", "管道", 10).problems[0].message


def test_names_in_messages_are_relative_to_the_workspace(tmp_path: Path) -> None:
    assert relative(tmp_path / "data" / "甲.yaml", tmp_path) == "data/甲.yaml"
    assert relative(Path("/别处/甲.yaml"), tmp_path) == "甲.yaml"


def test_inside_means_below_with_links_followed(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "一").touch()
    (tmp_path / "乙").touch()
    (tmp_path / "甲" / "链").symlink_to(tmp_path / "乙")
    (tmp_path / "甲" / "圈").symlink_to(tmp_path / "甲" / "圈")
    inside = [
        name
        for name in ("一", "链", "圈", "无", "../乙")
        if is_inside(tmp_path / "甲" / name, tmp_path / "甲")
    ]
    assert inside == ["一"]
