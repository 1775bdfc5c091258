"""A pack that is wrong is told, and never lets a final pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit import docgen, edit, workspace

RULES = "notices/国家数促中心-2026/规则.yaml"
FIRST = "    - 须: 独立法人\n"
SINGLE = "data/申报单位/示例单体/申报单位.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace whose packs have no cases: running them all is not what is tested here."""
    place = workspace(tmp_path)
    for folder in place.glob("notices/*/用例"):
        shutil.rmtree(folder)
    return place


@pytest.mark.parametrize(
    "written, said",
    [
        ("    - 须要: 独立法人\n", "须要"),
        ("    - 须:\n", "没有写怎样判断"),
        ("    - 须: >3\n", "没有写怎样判断"),
        ("    - 须: 独立法人 # and 单位名称 == 1\n", "当作注释"),
        ("    - {须: 独立法人 and f(1, 2)}\n", "括号或引号没有配对"),
        ("    - 须: 单位名称 == “示例”\n", "全角"),
        ("    - 须: 独立法人 ｜ length\n", "全角"),
        ("    - 须: '独立法人'\n", "引号"),
        ("    - 须: [独立法人]\n", "列表"),
        ("    - 取值: 成立日期\n", "一起写"),
        ("    - 取值: 成立日期\n      不晚于: 3\n", "没法比较"),
        ("    - 须: 注册资本 ** 9\n", "乘方"),
        ("    - 须: 注册资本 | 没有这个\n", "没有这个"),
        ("    - 须: 独立法 == 1\n", "独立法"),
    ],
)
def test_a_rule_that_cannot_be_judged_is_told_and_refuses_a_final(
    place: Path, written: str, said: str
) -> None:
    edit(place, RULES, FIRST, written)
    checked = docgen(place, "check", "-a", "示例单体", "-n", "国家数促中心-2026", "--json")
    lint = docgen(place, "notice", "check", "国家数促中心-2026", "--json")
    told = [*checked.problems, *lint.problems]
    assert any(said in p["message"] + p["hint"] for p in told), [p["message"] for p in told]
    if said == "引号":
        return  # a quoted name reads as the name: a warning is enough
    assert checked.code == 1
    built = docgen(place, "build", "建设方案", "-a", "示例单体", "--final", "--format", "docx")
    assert built.code == 1
    assert not list((place / "out").rglob("建设方案.docx"))


def test_a_pack_without_rules_is_told_and_refuses_a_final(place: Path) -> None:
    for path in place.glob("notices/*/规则.yaml"):
        path.unlink()
    run = docgen(place, "build", "建设方案", "-a", "示例单体", "--final", "--json")
    assert run.code == 1
    assert any("规则.yaml" in p["message"] for p in run.problems)


@pytest.mark.parametrize(
    "target", ["../../etc", "没有这个", "江苏数促中心-2026", "国家数促中心-2026"]
)
def test_forwarding_what_is_not_there_is_told_at_its_line(place: Path, target: str) -> None:
    edit(
        place,
        "notices/国家数促中心-2026/通知.yaml",
        "\n状态: 有效",
        f"\n转发: {target}\n状态: 有效",
    )
    run = docgen(place, "notice", "check", "国家数促中心-2026", "--json")
    assert run.code == 1
    lines = (place / "notices/国家数促中心-2026/通知.yaml").read_text("utf-8").splitlines()
    told = [
        p for p in run.problems if p["line"] and p["file"].endswith("国家数促中心-2026/通知.yaml")
    ]
    assert any(lines[p["line"] - 1].startswith("转发") for p in told) or target.startswith("江苏")


def test_a_candidate_listed_twice_is_told(place: Path) -> None:
    bureau = "data/主管部门/示例市工信局.yaml"
    edit(place, bureau, "申报单位: 示例单体", "申报单位: 示例联合体")
    run = docgen(place, "check", "-b", "示例市工信局", "--json")
    assert run.code == 1
    assert "重复推荐" in run.codes()


def test_an_unreadable_candidate_does_not_hold_up_the_other(place: Path) -> None:
    (place / SINGLE).write_text("单位名称: [示例\n", encoding="utf-8")
    run = docgen(place, "build", "推荐意见", "-b", "示例市工信局", "--format", "docx", "--json")
    made = {o["path"].rpartition("/")[2] for o in run.json["outputs"]}
    assert "示例联合体.docx" in made
    assert "示例单体.docx" not in made


def test_an_answer_that_settles_nothing_is_told(place: Path) -> None:
    edit(place, SINGLE, "\n确认:", "\n说明: {S0-E01: 不适用}\n确认:")
    run = docgen(place, "check", "-a", "示例单体", "--json")
    assert any(p["code"] == "说明" for p in run.problems)
