"""docgen match: where one applicant stands with every notice, told apart as 通过, 差, 缺."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.kit import docgen, edit, workspace

NATION = "国家数促中心-2026"
YAML = "data/申报单位/示例单体/申报单位.yaml"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("match"))


def _matches(place: Path, *more: str) -> list[dict[str, object]]:
    run = docgen(place, "match", "-a", "示例单体", "--json", *more)
    assert run.code == 0
    return json.loads(run.out)["matches"]


def test_what_was_applied_for_comes_first_and_every_track_is_told(place: Path) -> None:
    matches = _matches(place)
    assert matches[0]["notice"] == "江苏数促中心-2026"
    assert matches[0]["applied"]
    pairs = [(m["notice"], m["track"]) for m in matches]
    assert len(pairs) == len(set(pairs))
    assert (NATION, "") in pairs


def test_what_is_against_a_rule_and_what_is_lacking_are_told_apart(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    edit(place, YAML, "申报日期: 2026-05-29", "申报日期: 2026-07-01")
    text = (place / YAML).read_text("utf-8").replace("\n独立法人: 是", "\n独立法人:")
    (place / YAML).write_text(text, "utf-8")
    (match,) = _matches(place, "-n", NATION)
    assert match["verdict"] == "不通过"
    assert "S0-T01" in [p["code"] for p in match["failed"]]  # type: ignore[index, attr-defined]
    assert any("独立法人" in p["message"] for p in match["lacking"])  # type: ignore[index, attr-defined]
    told = docgen(place, "match", "-a", "示例单体", "-n", NATION).out
    assert "不符合" in told
    assert "缺资料" in told


def test_match_writes_nothing(place: Path) -> None:
    _matches(place)
    assert not (place / "out").exists()


def test_match_wants_an_applicant(place: Path) -> None:
    assert docgen(place, "match").code == 2
