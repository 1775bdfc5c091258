"""docgen new: every field of every notice stands there, reads back clean, and nothing is lost."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path

import pytest

from tests.cli.kit import inside
from tests.scaffold.kit import NOTICES, empty, faults, file_of, findings, new, slips


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One new applicant for each notice and track, named by its number."""
    root = empty(tmp_path_factory.mktemp("new"))
    for number, (slug, track) in enumerate(NOTICES):
        new(root, f"客户{number}", slug, track)
    return root


@pytest.mark.parametrize("number", range(len(NOTICES)), ids=[" ".join(one) for one in NOTICES])
def test_a_new_applicant_lacks_data_and_nothing_else(begun: Path, number: int) -> None:
    found = findings(begun, "-a", f"客户{number}")
    assert faults(found) == []
    assert sum(one["verdict"] == "资料不足" for one in found) > 20
    assert [one["message"] for one in found if one["severity"] == "warning"] == []


@pytest.mark.parametrize("number", range(len(NOTICES)), ids=[" ".join(one) for one in NOTICES])
def test_drafts_of_a_new_applicant_are_made(begun: Path, number: int) -> None:
    done = inside(begun, "build", "--all", "-a", f"客户{number}", "--format", "docx", "--json")
    told = json.loads(done.out)
    assert done.code == 0
    assert told["outputs"] and all(one["draft"] for one in told["outputs"])


@pytest.mark.parametrize("number", range(len(NOTICES)), ids=[" ".join(one) for one in NOTICES])
def test_the_rows_that_stand_there_as_comments_are_rows(begun: Path, number: int) -> None:
    path = file_of(begun, f"客户{number}")
    typed = path.read_text("utf-8")
    rows = re.sub(r"(?m)^( +)# (- |  )", r"\1\2", typed)
    assert rows.count("\n  - ") > typed.count("\n  - ") + 3
    path.write_text(rows, "utf-8")
    try:
        assert slips(findings(begun, "-a", f"客户{number}")) == []
    finally:
        path.write_text(typed, "utf-8")


def test_a_file_is_block_style_and_tells_of_clause_unit_choices_and_example(begun: Path) -> None:
    text = file_of(begun, "客户1").read_text("utf-8")
    values = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert not [line for line in values if re.search(r"[\[{]", line.partition("#")[0])]
    assert "# 必填 日期 · 条款 三（一）" in text and "# 如 2026-06-01\n申报日期:\n" in text
    assert "# 必填 数（万元）\n注册资本:\n" in text
    assert "# 可选 单独、联合体\n申报方式:\n" in text
    assert "  # - 年度:  # 必填 整数 · 如 2025\n" in text
    assert "证明材料:\n  - 编号: 证01\n" in text and "  证明: 证01\n" in text


def test_what_a_chapter_is_asked_never_prints(begun: Path) -> None:
    folder = begun / "data/申报单位/客户1/正文"
    chapter = (folder / "4 重点建设内容.md").read_text("utf-8")
    assert "## 评估咨询\n" in chapter and "条款 二（三）" in chapter
    done = inside(begun, "build", "建设方案", "-a", "客户1", "--format", "docx")
    assert done.code == 0
    from tests.kit import text_of

    (made,) = begun.glob("out/*/客户1/建设方案*.docx")
    printed = text_of(made)
    assert "评估咨询" in printed and "<!--" not in printed and "不会印出" not in printed


def test_a_further_notice_adds_and_changes_nothing_that_was_typed(tmp_path: Path) -> None:
    root = empty(tmp_path)
    new(root, "客户甲", "江苏数促中心-2026")
    path = file_of(root, "客户甲")
    text = path.read_text("utf-8").replace("单位名称:\n", "单位名称:   客户甲   # 手写的\n", 1)
    path.write_bytes(text.replace("\n", "\r\n").encode())
    chapter = root / "data/申报单位/客户甲/正文/9 预期成效.md"
    chapter.write_text("## 服务成效\n手写的\n", "utf-8")
    before = path.read_bytes().decode().split("\n")
    for slug, track in (NOTICES[2], NOTICES[3], NOTICES[9], NOTICES[11]):
        new(root, "客户甲", slug, track)
    after = path.read_bytes().decode().split("\n")
    kept = [line for line in difflib.ndiff(before, after) if line.startswith(("- ", "? "))]
    assert kept == []
    assert all(line.endswith("\r") for line in after[:-1])
    assert chapter.read_text("utf-8") == "## 服务成效\n手写的\n"
    assert faults(findings(root, "-a", "客户甲")) == []
    assert "类别: 企业" in path.read_text("utf-8") and "类别: 综合类" in path.read_text("utf-8")


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    root = empty(tmp_path)
    for _ in range(2):
        new(root, "客户甲", *NOTICES[0])
        files = {p: p.read_bytes() for p in (root / "data").rglob("*") if p.is_file()}
    new(root, "客户甲", *NOTICES[0])
    assert {p: p.read_bytes() for p in (root / "data").rglob("*") if p.is_file()} == files


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    root = empty(tmp_path)
    path = file_of(root, "客户甲")
    path.parent.mkdir(parents=True)
    path.write_text("单位名称: “甲\n  乙: [1\n", "utf-8")
    done = inside(root, "new", "客户甲", "-n", "江苏数促中心-2026")
    assert done.code == 2 and "读不通，没有改动" in done.err and "docgen check" in done.err
    assert path.read_text("utf-8") == "单位名称: “甲\n  乙: [1\n"
    assert [p.name for p in path.parent.iterdir()] == ["申报单位.yaml"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["客户甲"], "没有指明通知"),
        (["客户甲", "-n", "江苏数促"], "没有“江苏数促”这个通知"),
        (["-n", "江苏数促中心-2026"], "没有写新的名字"),
        (["甲", "-b", "乙", "-n", "江苏数促中心-2026"], "一次只建一个"),
        (["../甲", "-n", "江苏数促中心-2026"], "像是路径"),
        (["甲", "-n", "江门标杆示范-2023"], "没有指明申报哪一类"),
        (["甲", "-n", "江门标杆示范-2023", "--track", "企"], "没有“企”这一类"),
        (["甲", "-n", "江苏数促中心-2026", "--track", "企业"], "不分类别"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_misuse_is_told_and_makes_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    root = empty(tmp_path)
    done = inside(root, "new", *words)
    assert done.code == 2 and said in done.err
    assert not (root / "data").exists()


def test_a_new_bureau_lacks_data_and_nothing_else(tmp_path: Path) -> None:
    root = empty(tmp_path)
    path = root / "data/主管部门/某市工信局.yaml"
    for slug in dict.fromkeys(slug for slug, _ in NOTICES):
        done = inside(root, "new", "-b", "某市工信局", "-n", slug)
        assert done.code == 0, done.err
    assert faults(findings(root, "-b", "某市工信局")) == []
    typed = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^( +)# (- |  )", r"\1\2", typed), "utf-8")
    assert faults(findings(root, "-b", "某市工信局")) == []
    assert typed.count("\n单位名称:\n") == 1
    done = inside(root, "build", "--all", "-b", "某市工信局", "--format", "docx,xlsx")
    assert done.code == 0


def test_evidence_whose_file_is_not_named_yet_is_no_crash(tmp_path: Path) -> None:
    root = empty(tmp_path)
    new(root, "客户甲", "江苏数促中心-2026")
    folder = root / "data/申报单位/客户甲/证明材料"
    folder.mkdir()
    (folder / "租约.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    found = findings(root, "-a", "客户甲")
    assert "程序出错" not in [one["code"] for one in found]
    assert "未列证明" in [one["code"] for one in found]
    assert inside(root, "bind", "-a", "客户甲").code in (0, 1)
