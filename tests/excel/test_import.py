"""Importing again: comments and order stay, a hand's work is kept, all that changes is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.excel.kit import SLUG, data, filled, imported, inside, told, workspace

FIRST = {"名称": "甲", "单位名称": "甲公司", "电话": "02581234567", "营收": 128.5}
CASES = [
    {"申报单位": "甲", "客户": "客一", "金额": 12, "成效": "好"},
    {"申报单位": "甲", "客户": "客二", "金额": 7, "开始": "2023-04"},
    {"申报单位": "甲", "客户": "客三", "金额": 3},
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def put(root: Path, *rows: dict[str, Any], cases: Any = (), words: tuple[str, ...] = ()) -> Any:
    return imported(root, filled(root, {"申报单位": rows, "服务案例": cases}), *words)


def by_hand(root: Path, old: str, new: str, name: str = "甲") -> None:
    path = root / f"data/申报单位/{name}/申报单位.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_same_book_twice_changes_nothing(root: Path) -> None:
    put(root, FIRST, cases=CASES)
    before = {p: p.read_bytes() for p in (root / "data").rglob("*") if p.is_file()}
    done, found = put(root, FIRST, cases=CASES)
    assert (done.code, found["problems"]) == (0, [])
    assert {p: p.read_bytes() for p in (root / "data").rglob("*") if p.is_file()} == before


def test_a_change_of_the_sheet_is_taken_and_listed_with_its_line(root: Path) -> None:
    put(root, FIRST, cases=CASES)
    by_hand(root, "电话: 02581234567", "电话: 02581234567   # 总机")
    by_hand(root, "员工数:", "员工数: 30")  # the sheet does not hold it
    before = data(root, "甲")
    done, found = put(root, {**FIRST, "营收": 130, "电话": "02587654321"}, cases=CASES)
    assert done.code == 0
    after = data(root, "甲")
    assert after == before.replace("128.5", "130").replace("02581234567", "02587654321")
    lines = {p["message"]: p["line"] for p in found["problems"]}
    assert lines == {
        "电话：“02581234567” → “02587654321”": after.split("\n").index("电话: 02587654321   # 总机")
        + 1,
        "营收（万元）：“128.5” → “130”": after.split("\n").index("营收: 130") + 1,
    }
    assert told(found) == ["申报单位!E3 导入 提示", "申报单位!H3 导入 提示"]


def test_what_a_hand_changed_is_kept_and_shown(root: Path) -> None:
    put(root, FIRST)
    by_hand(root, "营收: 128.5", "营收: 200  # 审计后")
    done, found = put(root, FIRST)  # the sheet as before: a reminder
    assert (done.code, told(found)) == (0, ["申报单位!H3 冲突 提醒"])
    done, found = put(root, {**FIRST, "营收": 150})  # both changed
    assert (done.code, told(found)) == (1, ["申报单位!H3 冲突 错误"])
    (problem,) = found["problems"]
    assert "200" in problem["message"] and "150" in problem["message"] and problem["line"]
    assert "营收: 200  # 审计后" in data(root, "甲")
    done, found = put(root, {**FIRST, "营收": 150}, words=("--take", "表格"))
    assert (done.code, told(found)) == (0, ["申报单位!H3 导入 提示"])
    assert "营收: 150  # 审计后" in data(root, "甲")
    assert put(root, {**FIRST, "营收": 160})[1]["problems"][0]["code"] == "导入"


def test_a_conflict_is_told_at_its_line_in_the_file_as_it_now_is(root: Path) -> None:
    put(root, FIRST)
    by_hand(root, "营收: 128.5", "营收: 200")
    _, found = put(root, {**FIRST, "简介": "一\n\n二", "营收": 150})
    line = data(root, "甲").split("\n").index("营收: 200") + 1
    assert [p["line"] for p in found["problems"] if p["code"] == "冲突"] == [line]


def test_a_file_written_by_hand_is_all_a_hands(root: Path) -> None:
    folder = root / "data/申报单位/甲"
    folder.mkdir(parents=True)
    text = "# 我写的\n营收: 9  # 审\n\n单位名称:\n自留: 有\n"
    (folder / "申报单位.yaml").write_text(text, "utf-8")
    done, found = put(root, FIRST)
    assert done.code == 1
    assert told(found, "冲突") == ["申报单位!H3 冲突 错误"]
    after = data(root, "甲")
    assert after.startswith("# 我写的\n营收: 9  # 审\n\n单位名称: 甲公司\n自留: 有\n")
    assert "电话: 02581234567" in after and f"申报:\n  - {SLUG}" in after


def test_the_same_value_written_another_way_is_no_change(root: Path) -> None:
    folder = root / "data/申报单位/甲"
    folder.mkdir(parents=True)
    text = f"""申报: [{SLUG}]
营收: 128.50
起始: 2023年4月
独立法人: 是
行业: [第1类很长的行业名称, 第2类很长的行业名称]
简介: |
  一

  二
"""
    (folder / "申报单位.yaml").write_text(text, "utf-8")
    row = {"名称": "甲", "营收": 128.5, "起始": "2023-04", "独立法人": True, "简介": "一\n\n二"}
    done, found = put(root, {**row, "行业": "第1类很长的行业名称，第2类很长的行业名称"})
    assert (done.code, found["problems"]) == (0, [])
    assert data(root, "甲") == text


def test_a_section_of_the_notice_is_where_its_values_go(root: Path) -> None:
    put(root, FIRST)
    by_hand(root, "营收: 128.5\n", "")
    path = root / "data/申报单位/甲/申报单位.yaml"
    path.write_text(data(root, "甲") + f"\n{SLUG}:\n  营收: 128.5  # 只对这个通知\n", "utf-8")
    done, _ = put(root, {**FIRST, "营收": 129}, words=("--take", "表格"))
    assert done.code == 0
    assert "  营收: 129  # 只对这个通知\n" in data(root, "甲")


def test_windows_line_ends_stay(root: Path) -> None:
    put(root, FIRST)
    path = root / "data/申报单位/甲/申报单位.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    put(root, {**FIRST, "营收": 129})
    assert path.read_bytes() == before.replace(b"128.5", b"129")


def test_rows_are_known_again_when_some_come_and_go(root: Path) -> None:
    put(root, FIRST, cases=CASES)
    by_hand(root, "  - 客户: 客二\n", "  # 老客户\n  - 客户: 客二   # 注\n")
    _, two, three = CASES
    new = {"申报单位": "甲", "客户": "客新", "成效": "多行\n成效"}
    done, found = put(root, FIRST, cases=[three, new, {**two, "金额": 8}])
    assert done.code == 0
    text = data(root, "甲")
    assert "客一" not in text and "  # 老客户\n  - 客户: 客二   # 注\n    金额: 8\n" in text
    assert text.index("客三") < text.index("客新") < text.index("客二")
    said = "\n".join(p["message"] for p in found["problems"])
    assert "服务案例第3行·金额（万元）：“7” → “8”" in said
    assert "服务案例第2行：（空） → “客新" in said
    assert "原第1行（表格里没有）：“客一" in said
    assert inside(root, "check", "-a", "甲").code == 0


def test_rows_that_a_hand_changed_are_kept_as_a_whole(root: Path) -> None:
    put(root, FIRST, cases=CASES)
    by_hand(root, "    金额: 7\n", "    金额: 70\n    成效: 手写\n")
    before = data(root, "甲")
    changed = [CASES[0], {**CASES[1], "金额": 71}, CASES[2], {"申报单位": "甲", "客户": "客四"}]
    done, found = put(root, FIRST, cases=changed)
    assert (done.code, data(root, "甲")) == (1, before)
    assert told(found) == ["服务案例!C4 冲突 错误", "服务案例!A6 冲突 错误"]
    assert found["problems"][0]["line"] == before.split("\n").index("    金额: 70") + 1
    done, _ = put(root, FIRST, cases=changed, words=("--take", "表格"))
    assert done.code == 0
    assert "    金额: 71\n" in data(root, "甲") and "成效: 手写" in data(root, "甲")


def test_a_table_that_the_sheet_does_not_hold_is_untouched(root: Path) -> None:
    put(root, FIRST, cases=CASES)
    before = data(root, "甲")
    assert put(root, FIRST)[0].code == 0
    assert data(root, "甲") == before


def test_a_broken_file_is_not_touched(root: Path) -> None:
    put(root, FIRST)
    by_hand(root, "营收: 128.5", "营收: [128.5")
    before = data(root, "甲")
    done, found = put(root, {**FIRST, "电话": "02587654321"})
    assert done.code == 1 and "写法" in [p["code"] for p in found["problems"]]
    assert data(root, "甲") == before


def test_the_order_of_rows_is_the_order_of_recommendation(root: Path) -> None:
    rows = [{"名称": name} for name in ("丙", "甲", "乙")]
    file = root / "data/主管部门/某局.yaml"
    done, _ = put(root, *rows, words=("-b", "某局"))
    assert done.code == 0
    text = file.read_text("utf-8")
    assert text.index("丙") < text.index("甲") < text.index("乙")
    file.write_text(
        text.replace(
            "    - 申报单位: 甲\n      理由:\n", "    # 问过\n    - 申报单位: 甲\n      理由: 好\n"
        )
    )
    done, found = put(root, *reversed(rows), words=("-b", "某局"))
    assert done.code == 0
    text = file.read_text("utf-8")
    assert text.index("乙") < text.index("    # 问过\n    - 申报单位: 甲\n      理由: 好\n")
    assert [p["message"] for p in found["problems"]] == ["推荐对象：“丙、甲、乙” → “乙、甲、丙”"]
    file.write_text(text.replace("    - 申报单位: 乙\n      理由:\n", "") + "    - 申报单位: 乙\n")
    before = file.read_text("utf-8")
    done, found = put(root, *rows, words=("-b", "某局"))
    assert (done.code, [p["code"] for p in found["problems"]]) == (1, ["冲突"])
    assert file.read_text("utf-8") == before
    put(root, rows[1], words=("-b", "某局", "--take", "表格"))
    after = file.read_text("utf-8")
    assert after.index("甲") < after.index("丙") < after.index("乙"), "the others stay"


def test_a_new_bureau_has_every_field_to_fill_in_and_is_told_what_next(root: Path) -> None:
    done, found = put(root, {"名称": "丙"}, {"名称": "甲"}, words=("-b", "某局"))
    text = (root / "data/主管部门/某局.yaml").read_text("utf-8")
    assert done.code == 0
    assert "    - 申报单位: 丙  # 必填" in text
    assert "    - 申报单位: 甲\n      理由:\n" in text
    assert [p["hint"] for p in found["problems"]] == [
        "填好 data/主管部门/某局.yaml 再查：docgen check -b 某局"
    ]


def test_who_stands_twice_in_the_sheet_keeps_its_rank(root: Path) -> None:
    rows = [{"名称": name} for name in ("丙", "甲", "乙")]
    put(root, *rows, words=("-b", "某局"))
    file = root / "data/主管部门/某局.yaml"
    before = file.read_bytes()
    done, found = put(root, *rows, {"名称": "丙"}, words=("-b", "某局"))
    assert done.code == 1
    assert "重复" in "".join(p["code"] for p in found["problems"])
    assert not [p for p in found["problems"] if "保留在最后" in p["message"]]
    assert file.read_bytes() == before


def test_a_damaged_record_makes_everything_a_hands(root: Path) -> None:
    put(root, FIRST)
    (root / "data/申报单位/甲/.导入.json").write_text('{"values": 3}')
    done, found = put(root, {**FIRST, "营收": 1})
    assert (done.code, told(found)) == (1, ["申报单位!H3 冲突 错误"])


def test_what_cannot_be_written_leaves_all_as_it_was(root: Path) -> None:
    put(root, FIRST)
    before = data(root, "甲")
    (root / "data/申报单位/乙").write_text("占了名字的文件")
    done, found = put(root, {**FIRST, "营收": 1}, {"名称": "乙"}, {"名称": "丙"})
    assert done.code == 1 and "写入" in [p["code"] for p in found["problems"]]
    assert data(root, "甲") == before
    assert not (root / "data/申报单位/丙").exists()
    assert not list((root / "data").rglob(".docgen-*"))


def test_one_that_cannot_be_read_keeps_its_place_in_the_order(root: Path) -> None:
    rows = [{"名称": name, "单位名称": name} for name in ("甲", "丁")]
    put(root, *rows, words=("-b", "市局"))
    record = root / "data/主管部门/.市局.导入.json"
    before = record.read_bytes()
    file = root / "data/申报单位/丁/申报单位.yaml"
    kept = file.read_bytes()
    file.write_bytes(kept + b"\xff")
    done, _ = put(root, *rows, words=("-b", "市局"))
    assert done.code == 1 and "推荐顺序" not in done.out
    file.write_bytes(kept)
    assert record.read_bytes() == before


def test_the_indent_of_prose_is_a_change_blank_lines_around_it_are_none(root: Path) -> None:
    put(root, {**FIRST, "简介": "甲"})
    before = data(root, "甲")
    put(root, {**FIRST, "简介": "\n\n甲 \n"})
    assert data(root, "甲") == before
    put(root, {**FIRST, "简介": "    甲"})
    assert data(root, "甲") != before
