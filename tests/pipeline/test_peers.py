"""A rule that looks for its like among all who apply finds it by what it asks for."""

from __future__ import annotations

from pathlib import Path

from bench.batch.province import ONE_TABLE, province
from docgen.check.peers import peers_for
from docgen.model import rule as rules
from docgen.model.dossier import Peers
from docgen.model.values import Record
from docgen.problem import Where
from tests.kit import docgen, edit


def _peers(*texts: str) -> Peers:
    return Peers(
        Record({"名称": text, "申报": Record({"代码": text}, "", Where())}, "", Where())
        for text in texts
    )


def _rule(value: str) -> rules.Rule:
    part = rules.Part(rules.Strength.HARD, rules.Test(value=value))
    return rules.Rule("R", "一", "规则", rules.Party.APPLICANT, (part,), "通知")


def _seen(value: str, code: object = "乙") -> list[object]:
    peers = _peers("甲", "乙", "丙", "乙")
    return [row["名称"] for row in peers_for(_rule(value), peers, {"代码": code, "甲方": "甲"})]


def test_the_like_are_found() -> None:
    assert _seen("全部申报 | 只留('行.申报.代码 == 代码') | length") == ["乙", "乙"]
    two = "全部申报 | 只留('行.名称 != \"丁\"') | 只留('行.申报.代码 == 代码') | length"
    assert _seen(two) == ["乙", "乙"]


def test_a_condition_that_may_keep_others_sees_all() -> None:
    for value in (
        "全部申报 | length",
        "全部申报 | 只留('行.申报.代码 == 代码 or 行.名称 == \"甲\"') | length",
        "全部申报 | 只留('行.申报.代码 != 代码') | length",
        "全部申报 | 只留('行.申报.代码 == 甲方') | length",
        "(全部申报 | 只留('行.申报.代码 == 代码') | length) / (全部申报 | length)",
    ):
        assert len(_seen(value)) == 4, value
    assert len(_seen("全部申报 | 只留('行.申报.代码 == 代码') | length", None)) == 4


def test_the_same_code_twice_is_told_of_both(tmp_path: Path) -> None:
    made = province(tmp_path, 4, 0, ONE_TABLE)
    first, second = (made.folder(name) / "申报单位.yaml" for name in made.sound[:2])
    codes = [
        next(line for line in file.read_text("utf-8").splitlines() if line.startswith("统一社会"))
        for file in (first, second)
    ]
    edit(tmp_path, second.relative_to(tmp_path).as_posix(), codes[1], codes[0])
    what = ("build", "推荐函", "-b", made.pattern.bureau, "-n", made.pattern.notice, "--json")
    failed = {p["subject"] for p in docgen(tmp_path, *what).problems if p["verdict"] == "不通过"}
    assert failed == set(made.sound[:2])
