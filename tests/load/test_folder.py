"""正文/ becomes chapters by title and notice; what cannot be read is named, the rest is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.load.folder import Prose, chapter_title, read_prose
from docgen.problem import Problem
from tests.load.kit import PNG, said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data" / "申报单位" / "示例甲"
    (place / "正文").mkdir(parents=True)
    return place


def write(folder: Path, name: str, text: str | bytes = "甲\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(folder: Path, *notices: str) -> tuple[Prose, tuple[Problem, ...]]:
    outcome = read_prose(folder, folder.parents[2], notices or None)
    assert outcome.value is not None
    assert all(problem.hint for problem in outcome.problems)
    return outcome.value, outcome.problems


@pytest.mark.parametrize(
    "stem, title",
    [
        ("4 重点建设内容", "重点建设内容"),
        ("04-重点建设内容", "重点建设内容"),
        ("10.重点建设内容", "重点建设内容"),
        ("4重点建设内容", "重点建设内容"),
        ("四、重点建设内容", "重点建设内容"),
        ("（四）重点建设内容", "重点建设内容"),
        ("第4章 重点建设内容", "重点建设内容"),
        ("重点建设内容", "重点建设内容"),
        ("5G应用", "5G应用"),
        ("3年规划", "3年规划"),
        ("2 3年规划", "3年规划"),
        ("7", "7"),
        ("e\u0301tude", "étude"),
    ],
)
def test_a_file_name_stands_for_a_title(stem: str, title: str) -> None:
    assert chapter_title(stem) == title


def test_chapters_come_in_the_order_of_their_numbers_with_file_and_path(folder: Path) -> None:
    write(folder, "正文/10 丙.md")
    write(folder, "正文/2 乙.md")
    write(folder, "正文/1 甲.md", "\ufeff# 甲\r\n\r\n## 一节\r\n\r\n正文。\r\n")
    prose, problems = read(folder)
    assert problems == ()
    assert prose.titles() == ("甲", "乙", "丙")
    chapter = prose.chapter("甲")
    assert chapter is not None
    section = chapter.section("一节")
    assert section is not None
    assert section.where.file == "data/申报单位/示例甲/正文/1 甲.md"
    assert (section.where.line, section.where.path) == (3, "正文.甲")


def test_a_notice_comes_before_its_parent_and_that_before_the_top(folder: Path) -> None:
    for level in ("", "子通知/", "父通知/"):
        write(folder, f"正文/{level}1 甲.md", level or "顶")
    write(folder, "正文/父通知/乙.md", "父")
    write(folder, "正文/丙.md", "顶")
    prose, problems = read(folder, "子通知", "父通知")
    assert problems == ()
    slugs = ("子通知", "父通知")

    def found(title: str, slugs: tuple[str, ...] = slugs) -> str | None:
        chapter = prose.chapter(title, slugs)
        return None if chapter is None else Path(chapter.where.file).parent.name

    assert (found("甲"), found("乙"), found("丙"), found("丁")) == (
        "子通知",
        "父通知",
        "正文",
        None,
    )
    assert (found("甲", ()), found("乙", ())) == ("正文", None)
    assert prose.titles(slugs) == ("甲", "丙", "乙")


def test_no_prose_is_no_problem(tmp_path: Path) -> None:
    outcome = read_prose(tmp_path / "无", tmp_path)
    assert outcome.problems == ()
    assert outcome.value is not None and outcome.value.titles() == ()


def test_hidden_and_temporary_files_are_passed_over(folder: Path) -> None:
    for name in (".甲.md.swp", "~$甲.md", ".DS_Store", "甲.md"):
        write(folder, f"正文/{name}")
    prose, problems = read(folder)
    assert (prose.titles(), problems) == (("甲",), ())


def test_two_files_of_one_chapter_are_named_both(folder: Path) -> None:
    write(folder, "正文/1 甲.md")
    write(folder, "正文/2 甲.md")
    _, problems = read(folder)
    assert said(problems) == ["None:None 错误 章节"]
    assert "1 甲.md 和 2 甲.md" in problems[0].message


def test_what_is_no_markdown_is_told(folder: Path) -> None:
    write(folder, "正文/甲.docx")
    write(folder, "正文/图.png", PNG)
    write(folder, "正文/图片/说明.txt")
    _, problems = read(folder)
    assert [(p.code, Path(p.where.file).name) for p in problems] == [("章节", "甲.docx")]


def test_a_folder_that_is_no_notice_is_told(folder: Path) -> None:
    write(folder, "正文/草稿/甲.md")
    assert said(read(folder, "某通知")[1]) == ["None:None 提醒 章节"]
    assert read(folder)[1] == ()  # where the notices are not known


def test_a_file_that_cannot_be_read_stops_no_other(folder: Path) -> None:
    write(folder, "正文/1 甲.md", "单位名称".encode("gbk"))
    write(folder, "正文/2 乙.md", b"\x07")
    write(folder, "正文/3 丙.md", b"a" * (1024 * 1024 + 1))
    write(folder, "正文/4 丁.md")
    (folder / "正文/5 戊.md").mkdir()
    prose, problems = read(folder)
    assert prose.titles() == ("丁",)
    assert [p.code for p in problems] == ["编码", "字符", "过大"]
    assert problems[1].where.line == 1


def test_a_link_out_of_the_applicants_folder_is_not_followed(folder: Path) -> None:
    secret = write(folder.parent, "别家/甲.md", "机密")
    (folder / "正文/甲.md").symlink_to(secret)
    (folder / "正文/乙.md").symlink_to(folder / "无")
    prose, problems = read(folder)
    assert prose.titles() == ()
    assert [p.code for p in problems] == ["读取", "读取"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(folder: Path) -> None:
    write(folder, "正文/甲.md").chmod(0)
    assert [p.code for p in read(folder)[1]] == ["读取"]


def test_a_disk_error_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "正文/甲.md")

    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    _, problems = read(folder)
    assert [p.code for p in problems] == ["读取"]
    assert "磁盘" in problems[0].message
    monkeypatch.setattr(Path, "iterdir", broken)
    assert [p.code for p in read(folder)[1]] == ["读取"]


def test_pictures_are_looked_up_beside_the_chapter_and_in_the_applicants_folder(
    folder: Path,
) -> None:
    write(folder, "正文/甲.md", "![a](图/一.png)\n\n![b](图/二.png)\n\n![c](图/三.png)\n")
    write(folder, "正文/图/一.png", PNG)
    write(folder, "图/二.png", PNG)
    prose, problems = read(folder)
    assert said(problems) == ["5:1 错误 图片"]
    assert problems[0].where.file.endswith("正文/甲.md")
    chapter = prose.chapter("甲")
    assert chapter is not None and len(chapter.blocks) == 3
