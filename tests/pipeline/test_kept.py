"""What was judged of an applicant is kept between runs, no longer than what it was judged by."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from docgen.pipeline import kept
from docgen.pipeline.cache import Cache
from docgen.pipeline.kept import Kept, signature
from docgen.pipeline.workspace import Workspace
from tests.kit import docgen, edit, workspace

BUREAU, NAME, OTHER = "示例州工信局", "示例综合", "示例技术创新"
DATA = "data/申报单位/{}/申报单位.yaml"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = workspace(tmp_path / "家")
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    return root


def _check(root: Path) -> dict[str, Any]:
    return json.loads(docgen(root, "check", "-b", BUREAU, "--json").out)


def _fresh(root: Path) -> dict[str, Any]:
    return json.loads(docgen(root, "check", "-b", BUREAU, "--json", env={"DOCGEN_CACHE": ""}).out)


def _entries(root: Path) -> int:
    return len(list((root.parent / "cache").glob("*.kept")))


def test_a_second_check_says_the_same_from_what_was_kept(place: Path) -> None:
    time.sleep(2.1)  # what was changed a moment ago is not kept
    first = _check(place)
    assert _entries(place) > 4
    (place / DATA.format(NAME)).chmod(0o644)
    assert _check(place) == first == _fresh(place)


@pytest.mark.parametrize(
    "change",
    ["data", "prose", "evidence", "peer", "notice"],
)
def test_what_changes_is_judged_anew(place: Path, change: str) -> None:
    time.sleep(2.1)
    before = _check(place)
    if change == "data":
        edit(place, DATA.format(NAME), "\n单位名称: ", "\n单位名称: 改名")
    elif change == "prose":
        chapter = next((place / "data/申报单位" / NAME / "正文").glob("*.md"))
        chapter.write_text(chapter.read_text("utf-8") + "\n【待补：一段】\n", "utf-8")
    elif change == "evidence":
        next((place / "data/申报单位" / NAME / "证明材料").iterdir()).unlink()
    elif change == "peer":  # the same code under two names: a rule of the other applicant sees it
        text = (place / DATA.format(NAME)).read_text("utf-8")
        code = text.split("\n统一社会信用代码: ")[1].split("\n")[0]
        other = (place / DATA.format(OTHER)).read_text("utf-8")
        old = other.split("\n统一社会信用代码: ")[1].split("\n")[0]
        edit(place, DATA.format(OTHER), f"码: {old}\n", f"码: {code}\n")
    else:
        rules = place / "notices/甘肃工业互联网数促中心/规则.yaml"
        rules.write_text(rules.read_text("utf-8").replace("强度: 硬", "强度: 提示", 1), "utf-8")
    after = _check(place)
    assert after == _fresh(place)
    if change != "notice":
        assert after != before


def test_a_change_of_the_same_length_and_moment_is_not_overlooked(tmp_path: Path) -> None:
    (tmp_path / "data/申报单位/甲").mkdir(parents=True)
    (tmp_path / "notices").mkdir()
    file = tmp_path / "data/申报单位/甲/申报单位.yaml"
    file.write_text("名称: 甲\n", "utf-8")
    assert signature(tmp_path / "data") == ""
    assert Kept(Workspace(tmp_path), tmp_path / "cache").stamp("甲") == ""


def test_what_is_damaged_or_of_another_program_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOMENT", 0)
    (tmp_path / "data/申报单位/甲").mkdir(parents=True)
    (tmp_path / "notices").mkdir()
    folder = tmp_path / "cache"
    store = Kept(Workspace(tmp_path), folder)
    stamp = store.stamp("甲", "一")
    store.put("甲", "核验", stamp, {"值": 1})
    assert Kept(Workspace(tmp_path), folder).get("甲", "核验", stamp) == {"值": 1}
    assert store.get("甲", "核验", store.stamp("甲", "二")) is None
    (entry,) = folder.glob("*.kept")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert store.get("甲", "核验", stamp) is None
    shutil.rmtree(folder)
    assert store.get("甲", "核验", stamp) is None
    assert Kept(Workspace(tmp_path), None).stamp("甲") == ""


def test_files_of_the_future_hide_no_change_of_this_moment(tmp_path: Path) -> None:
    early, late = tmp_path / "甲", tmp_path / "乙"
    for path in (early, late):
        path.write_text("x")
    os.utime(late, ns=(0, time.time_ns() + 10**18))
    time.sleep(kept.MOMENT / 1e9 + 0.1)
    assert signature(tmp_path)  # a clock that was wrong and is right again
    early.write_text("y")
    assert not signature(tmp_path)


def test_what_a_killed_run_began_is_removed_though_nobody_needs_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path, ".kept", 10)
    begun = tmp_path / ".docgen-走了的一家.kept.tmp"
    begun.write_bytes(b"half")
    cache.put("另一家", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["另一家.kept"]
