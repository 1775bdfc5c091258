"""docgen check --outputs, as a user runs it on what was built."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.kit import docgen, edit, workspace

NOTICE = "国家数促中心-2026"
WHOM = ("-a", "示例联合体", "-n", NOTICE)
AGREEMENT, PROMISE = "联合协议", "真实性承诺书"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = workspace(tmp_path_factory.mktemp("成品"))
    for kind in (AGREEMENT, PROMISE):
        assert docgen(place, "build", kind, *WHOM).code == 0
    return place


def change(docx: Path, old: str, new: str) -> None:
    """Replaces words in a Word file, as a hand would."""
    with zipfile.ZipFile(docx) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    words = parts["word/document.xml"].decode()
    assert old in words
    parts["word/document.xml"] = words.replace(old, new).encode()
    with zipfile.ZipFile(docx, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_what_was_just_built_agrees(built: Path) -> None:
    run = docgen(built, "check", "--outputs", *WHOM)
    assert run.code == 0
    assert "核对 2 份文书" in run.out


def test_nothing_built_is_told(built: Path) -> None:
    run = docgen(built, "check", "--outputs", "-a", "示例单体", "-n", NOTICE)
    assert run.code == 2
    assert "还没有“示例单体”的成品" in run.err


def test_a_word_file_changed_by_hand_does_not_agree_with_its_pdf(built: Path) -> None:
    path = built / "out" / NOTICE / "示例联合体" / f"{PROMISE}.docx"
    before = path.read_bytes()
    change(path, "郑重承诺", "随口承诺")
    try:
        run = docgen(built, "check", "--outputs", *WHOM, "--json")
    finally:
        path.write_bytes(before)
    assert run.code == 1
    assert run.codes() == ["改过", "文字不一致"]
    assert all(p["file"].endswith(f"{PROMISE}.docx") for p in run.problems)
    assert "随口承诺" in run.problems[1]["message"]


def test_a_row_too_low_for_its_words_names_the_data(built: Path) -> None:
    whom = ("-b", "示例省工信厅", "-n", NOTICE)
    assert docgen(built, "build", "推荐意见", *whom, "-a", "示例联合体").code == 0
    path = built / "out" / NOTICE / "示例省工信厅" / "推荐意见" / "示例联合体.docx"
    change(path, 'w:val="600" w:hRule="atLeast"', 'w:val="60" w:hRule="exact"')
    run = docgen(built, "check", "--outputs", *whom, "--json")
    low = [p for p in run.problems if p["code"] == "行高"]
    named = {p["path"]: p for p in low}
    found = named["推荐对象.1.申报.促进中心名称"]
    assert found["file"] == "data/申报单位/示例联合体/申报单位.yaml"
    assert found["line"] > 1
    assert found["spot"].startswith("表 ")


def test_more_pages_than_the_notice_allows_are_no_final(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    old = f"- 文种: {AGREEMENT}\n"
    edit(place, f"notices/{NOTICE}/材料.yaml", old, old + "  页数上限: 3\n")
    run = docgen(place, "build", AGREEMENT, *WHOM, "--json")
    assert [(p["code"], p["severity"]) for p in run.problems if p["code"] == "页数超限"] == [
        ("页数超限", "error")
    ]
    assert {o["draft"] for o in run.json["outputs"]} == {True}
    run = docgen(place, "check", "--outputs", *WHOM, "--json")
    assert (run.code, run.codes()) == (1, ["页数超限"])
