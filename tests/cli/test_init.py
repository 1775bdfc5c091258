"""docgen init and doctor: a working folder of one's own, and what this machine lacks for it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.cli.kit import REPOSITORY, docgen


def test_a_working_folder_is_made_and_completed_but_never_changed(tmp_path: Path) -> None:
    done = docgen(tmp_path, "init", "我的")
    assert done.code == 0 and "新建 我的：" in done.out
    root = tmp_path / "我的"
    for name in ("notices", "templates"):
        ours = {p.relative_to(REPOSITORY) for p in (REPOSITORY / name).rglob("*.[yd]*")}
        made = {p.relative_to(root) for p in (root / name).rglob("*.[yd]*")}
        assert ours == made
    assert "docgen new" in (root / "README.md").read_text("utf-8")
    (root / "README.md").write_text("自己写的", "utf-8")
    (root / "templates/建设方案/甘肃.docx").unlink()
    again = docgen(root, "init", ".")
    assert "：1 个文件" in again.out
    assert (root / "README.md").read_text("utf-8") == "自己写的"
    assert "已经齐了" in docgen(root, "init", ".").out
    assert docgen(root, "notice", "list").out == docgen(REPOSITORY, "notice", "list").out


def test_the_guide_comes_along_and_leads_nowhere_that_is_not_there(tmp_path: Path) -> None:
    done = docgen(tmp_path, "init", "我的 材料")
    assert "cd '我的 材料'，docgen ready" in done.out and "docs/三分钟上手.md" in done.out
    root = tmp_path / "我的 材料"
    assert "cd " not in docgen(root, "init", ".").out
    pages = [root / "README.md", *(root / "docs").glob("*.md")]
    links = [
        (page, unquote(link))
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", outside_code(page.read_text("utf-8")))
        if "://" not in link
    ]
    assert len(pages) > 12 and len(links) > 30
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []
    assert not [path for path in (root / "docs").rglob("*") if path.suffix == ".py"]


def outside_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^```.*?^```", "", text))


def test_examples_come_only_when_asked_for(tmp_path: Path) -> None:
    docgen(tmp_path, "init", "甲")
    assert not list((tmp_path / "甲/data").rglob("*.yaml"))
    docgen(tmp_path, "init", "乙", "--examples")
    assert docgen(tmp_path / "乙", "check", "-a", "示例联合体").code == 0


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "甲").write_text("x")
    done = docgen(tmp_path, "init", "甲")
    assert done.code == 2 and "是一个文件" in done.err


def test_outside_a_working_folder_the_way_to_one_is_told(tmp_path: Path) -> None:
    done = docgen(tmp_path, "check", "-a", "甲")
    assert done.code == 2 and "docgen init" in done.err
    doctor = docgen(tmp_path, "doctor")
    assert doctor.code == 2 and "docgen init" in doctor.out


def test_whatever_is_lacking_has_its_cure_on_the_next_line(tmp_path: Path) -> None:
    docgen(tmp_path, "init", ".")
    (tmp_path / "templates").rename(tmp_path / "别处")
    doctor = docgen(tmp_path, "doctor", PATH="")
    lines = doctor.out.splitlines()
    lacking = [number for number, text in enumerate(lines) if text.startswith("  缺")]
    assert doctor.code == 2 and len(lacking) >= 3
    assert all(lines[number + 1].startswith("      提示 ") for number in lacking)
    assert "docgen init ." in doctor.out and "docgen new 客户甲" not in doctor.out
    assert "缺  git" in doctor.out and "缺  LibreOffice" in doctor.out


def test_without_chinese_fonts_one_sentence_says_so(tmp_path: Path) -> None:
    docgen(tmp_path, "init", ".", "--examples")
    doctor = docgen(tmp_path, "doctor")
    if doctor.code == 0:
        pytest.skip("this system has Chinese fonts of its own")
    assert "仿宋：没有可用的字体" in doctor.out and "docgen ready" in doctor.out
    done = docgen(tmp_path, "build", "建设方案", "-a", "示例联合体")
    assert done.out.count("缺字") == 1 and "没有一种中文字体" in done.out
    assert [p.name for p in tmp_path.glob("out/*/*/建设方案*")] == ["建设方案.草稿.docx"]
