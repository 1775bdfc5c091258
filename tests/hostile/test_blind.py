"""暗标: a document that must not say whose it is says so nowhere, or is no final."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fill.kit import docx
from tests.hostile.kit import PACK, PROSE, SLUG, applicant, run, workspace

TAGS = ("{{ 备注 }}", "{{p 正文.概述 }}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = workspace(tmp_path / "暗标")
    text = PACK["材料.yaml"] + "  暗标: [单位名称, 案例.客户]\n"
    (made / "notices" / SLUG / "材料.yaml").write_text(text, "utf-8")
    (made / "templates/方案/测试.docx").write_bytes(docx(*TAGS))
    return made


def built(
    root: Path, name: str, facts: str = "", prose: str = PROSE
) -> tuple[list[str], list[str]]:
    """What is said of 暗标, and the files made."""
    folder = applicant(root, name)
    with (folder / "申报单位.yaml").open("a", encoding="utf-8") as file:
        file.write(facts)
    (folder / "正文/1 概述.md").write_text(prose, "utf-8")
    (end,) = run(root, [("build", "方案", "-a", name, "--json")])
    assert end.code in (0, 1), end.out
    told = [f"{p['file']} {p['message']}" for p in end.problems if p["code"] == "暗标"]
    return told, sorted(path.name for path in (root / "out" / SLUG / name).glob("方案*"))


def test_what_says_nothing_is_a_final(root: Path) -> None:
    assert built(root, "好", "备注: 本单位\n") == ([], ["方案.docx", "方案.pdf"])


@pytest.mark.parametrize("typed", ["甲公司承担。", "甲 公司", "甲\u200b公\u2060司", "**甲**公司"])
def test_a_name_in_the_text_is_told_and_only_a_draft_comes(root: Path, typed: str) -> None:
    told, files = built(root, "说漏", prose=f"## 背景\n\n{typed}\n")
    assert told == ["方案.docx 这份文书是暗标，不能出现“甲公司”"]
    assert files == ["方案.草稿.docx", "方案.草稿.pdf"]


def test_names_in_rows_count_too(root: Path) -> None:
    told, _ = built(root, "客户", "案例:\n  - {客户: 丙厂, 金额: 1}\n备注: 为丙厂服务\n")
    assert told == ["方案.docx 这份文书是暗标，不能出现“丙厂”"]


def test_a_template_that_prints_the_name_is_told(root: Path) -> None:
    (root / "templates/方案/测试.docx").write_bytes(docx(*TAGS, "{{ 单位名称 }}"))
    told, files = built(root, "模板")
    assert told and "草稿" in files[0]


def test_a_field_that_is_not_there_is_told_by_the_lint(root: Path) -> None:
    path = root / "notices" / SLUG / "材料.yaml"
    path.write_text(path.read_text("utf-8").replace("案例.客户", "案例.没有"), "utf-8")
    (end,) = run(root, [("notice", "check", SLUG, "--json")])
    assert any("案例.没有" in p["message"] for p in end.problems)
