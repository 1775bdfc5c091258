"""范围 in a pack: read, linted, kept by every value; 不限 lifts what is usual."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import docgen, edit, workspace

COMMON = "notices/通用/字段.yaml"
DATA = "data/申报单位/示例单体/申报单位.yaml"
PACK = "国家数促中心-2026"
STAFF = "  员工总数: {类型: 整数, 单位: 人, 必填: 是}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("limits"))


def limited(place: Path, words: str) -> None:
    text = (place / COMMON).read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(text) if line.startswith("  员工总数:"))
    text[number] = STAFF[:-1] + f", 范围: {words}}}" if words else STAFF
    (place / COMMON).write_text("\n".join(text) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("{不少于: 没有的字段}", "未知字段", "没有的字段"),
        ("{不少于: 1 +}", "表达式", "员工总数"),
        ("{大于: 1}", "写法", "不少于、不超过"),
    ],
)
def test_a_pack_is_told_what_is_wrong_with_a_limit(
    place: Path, words: str, code: str, said: str
) -> None:
    limited(place, words)
    found = docgen(place, "notice", "check", PACK, "--json").problems
    assert [p for p in found if p["code"] == code and said in p["message"]]


def test_a_limit_may_name_other_fields_and_is_an_error(place: Path) -> None:
    limited(place, "{不少于: 注册资本}")
    (told,) = of_ranges(place)
    assert told["severity"] == "error"
    assert "“员工总数”是" in told["message"] and "不能少于注册资本（" in told["message"]


def test_without_limits_what_is_usual_holds_unless_lifted(place: Path) -> None:
    limited(place, "")
    edit(place, DATA, "\n员工总数: ", "\n员工总数: -")
    (told,) = of_ranges(place)
    assert told["severity"] == "warning" and "小于零" in told["message"]
    limited(place, "不限")
    assert of_ranges(place) == []


def of_ranges(place: Path) -> list[dict[str, object]]:
    run = docgen(place, "check", "-a", "示例单体", "--json")
    return [p for p in run.problems if p["code"] == "范围"]
