"""With FINAL=1 a bureau's papers are about those who pass; the others are named and told why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.kit import Run, docgen, edit, text_of, workspace

SLUG, BUREAU = "天津服务商与促进中心", "示例区工信局"
WEAK = "data/申报单位/示例服务商/申报单位.yaml"
OUT = Path("out") / SLUG / BUREAU


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def _build(place: Path, *more: str) -> Run:
    return docgen(place, "build", "--all", "-b", BUREAU, "--format", "docx,xlsx", "--json", *more)


def _made(run: Run) -> set[str]:
    return {output["path"].split("/", 3)[3] for output in run.json["outputs"]}


def _spoil(place: Path) -> None:
    edit(place, WEAK, "\n独立法人: 是", "\n独立法人: 否")


def test_who_fails_is_left_out_of_letters_and_tables_alike(place: Path) -> None:
    other = _second(place)
    _spoil(place)
    run = _build(place, "--final")
    assert run.code == 1
    (problem,) = [p for p in run.problems if p["code"] == "未列入"]
    assert problem["subject"] == "示例服务商"
    made = _made(run)
    assert "推荐函.docx" in made
    assert not [output for output in run.json["outputs"] if output["draft"]]
    assert "补正通知/示例服务商.docx" in made
    letter = text_of(place / OUT / "推荐函.docx")
    name = next(
        line.partition(": ")[2]
        for line in (place / WEAK).read_text("utf-8").splitlines()
        if line.startswith("单位名称:")
    )
    assert name not in letter
    assert other in letter
    told = text_of(place / OUT / "补正通知" / "示例服务商.docx")
    assert name in told
    assert "独立法人" in told


def test_one_who_cannot_be_read_takes_the_letter_from_nobody(place: Path) -> None:
    other = _second(place)
    edit(place, WEAK, "\n独立法人: 是", '\n独立法人: "是')
    run = _build(place, "--final")
    assert [p["subject"] for p in run.problems if p["code"] == "未列入"] == ["示例服务商"]
    assert {"推荐函.docx", "推荐汇总表.xlsx"} <= _made(run)
    assert other in text_of(place / OUT / "推荐函.docx")
    assert {"推荐函.草稿.docx", "推荐汇总表.草稿.xlsx"} <= _made(_build(place))


def test_a_letter_that_would_recommend_nobody_is_not_issued(place: Path) -> None:
    _build(place, "--final")
    _spoil(place)
    run = _build(place, "--final")
    assert not {path for path in _made(run) if path.startswith(("推荐函", "推荐汇总表"))}
    assert not (place / OUT / "推荐函.docx").exists()
    assert "撤去" in run.codes()


def test_a_final_from_before_that_may_not_be_made_again_is_told(place: Path) -> None:
    _build(place, "--final")
    edit(place, f"data/主管部门/{BUREAU}.yaml", "申报材料套数: 1", "申报材料套数: 2")
    run = _build(place, "--final")
    (told,) = [p for p in run.problems if p["message"].startswith("推荐函没有生成定稿")]
    assert "以前生成的" in told["message"]


def test_without_final_everyone_is_there_as_a_draft(place: Path) -> None:
    _spoil(place)
    made = _made(_build(place))
    assert "推荐函.草稿.docx" in made
    assert "补正通知/示例服务商.docx" in made


def test_once_mended_the_notice_to_mend_is_withdrawn(place: Path) -> None:
    _spoil(place)
    _build(place, "--final")
    edit(place, WEAK, "\n独立法人: 否", "\n独立法人: 是")
    assert _build(place, "--final").code == 0
    assert not (place / OUT / "补正通知").exists()


def test_a_notice_to_mend_that_a_hand_changed_stays_and_is_told(place: Path) -> None:
    _spoil(place)
    _build(place, "--final")
    (place / OUT / "补正通知" / "示例服务商.docx").write_bytes(b"by hand")
    edit(place, WEAK, "\n独立法人: 否", "\n独立法人: 是")
    run = _build(place, "--final")
    assert (place / OUT / "补正通知" / "示例服务商.docx").read_bytes() == b"by hand"
    assert "手改" in run.codes()


def test_a_letter_on_one_who_is_not_on_the_list_any_more_is_withdrawn(place: Path) -> None:
    _build(place)
    assert (place / OUT / "推荐意见" / "示例津促进中心.docx").exists()
    file = place / "data" / "主管部门" / f"{BUREAU}.yaml"
    text = file.read_text("utf-8")
    row = text.index("- 申报单位: 示例津促进中心")
    rest = text[row:].split("\n")
    indent = " " * (row - text.rindex("\n", 0, row) - 1)
    end = next(
        (n for n, line in enumerate(rest[1:], 1) if line and not line.startswith(indent + " ")),
        len(rest),
    )
    file.write_text(text[:row].rstrip(" ") + "\n".join(rest[end:]), "utf-8")
    _build(place)
    assert not (place / OUT / "推荐意见" / "示例津促进中心.docx").exists()


def test_a_slip_in_the_list_takes_no_letter_away(place: Path) -> None:
    _build(place)
    edit(place, f"data/主管部门/{BUREAU}.yaml", "  推荐对象:", "  推荐对像:")
    run = _build(place)
    assert (place / OUT / "推荐意见" / "示例津促进中心.docx").exists()
    assert "未知键" in run.codes()


def test_the_ledger_has_a_row_for_every_finding_and_everyone(place: Path) -> None:
    _spoil(place)
    _build(place, "--final")
    book = CalamineWorkbook.from_path(place / OUT / "审核台账.xlsx")
    rows = book.get_sheet_by_index(0).to_python()
    head = next(row for row in rows if "申报单位" in row and "谁来办" in row)
    body = rows[rows.index(head) + 1 :]
    whom = {row[head.index("申报单位")] for row in body}
    assert whom == {"示例服务商", "示例津促进中心", BUREAU}
    failed = [row for row in body if row[head.index("级别")] == "不通过"]
    assert failed
    assert failed[0][head.index("谁来办")] == "申报单位补正"


def test_one_listed_twice_keeps_its_letter_and_the_second_row_is_named(place: Path) -> None:
    _list_again(place, "示例津促进中心")
    run = _build(place, "--final")
    assert run.code == 1
    assert "推荐意见/示例津促进中心.docx" in _made(run)
    assert not [path for path in _made(run) if path.startswith("补正通知/")]
    (left,) = [p for p in run.problems if p["code"] == "未列入"]
    assert left["message"].startswith("推荐对象第 3 行没有列入定稿")
    row = next(row for row in _ledger(place) if row["编号"] == "重复推荐")
    assert (row["申报单位"], row["谁来办"]) == (BUREAU, "主管部门补正")


def test_what_two_candidates_share_is_for_a_person(place: Path) -> None:
    other = "data/申报单位/示例津促进中心/申报单位.yaml"
    edit(place, WEAK, _line(place, WEAK, "  手机:"), "  手机: 022-60001111")
    edit(place, other, _line(place, other, "  手机:"), "  手机: （022）6000 1111")
    run = docgen(place, "check", "-b", BUREAU, "-n", SLUG, "--json")
    (shared,) = [p for p in run.problems if p["code"] == "共用"]
    assert shared["message"] == "“示例服务商”“示例津促进中心”：联系人·手机相同"
    assert (shared["severity"], shared["verdict"]) == ("warning", "待人工")
    assert shared["line"]
    assert "60001111" not in run.out
    edit(place, WEAK, "  手机: 022-60001111", "  手机: 022-60001112")
    run = docgen(place, "check", "-b", BUREAU, "-n", SLUG, "--json")
    assert "共用" not in run.codes()


def test_one_company_in_two_folders_is_for_a_person(place: Path) -> None:
    other = "data/申报单位/示例津促进中心/申报单位.yaml"
    code = _line(place, WEAK, "统一社会信用代码:")
    edit(place, other, _line(place, other, "统一社会信用代码:"), code)
    run = docgen(place, "check", "-b", BUREAU, "-n", SLUG, "--json")
    (shared,) = [p for p in run.problems if p["code"] == "共用"]
    assert f"都有代码 {code.split()[-1]}（" in shared["message"]


def _second(place: Path) -> str:
    """Lists one more like the one that is spoilt, and tells its name."""
    applicants = place / "data" / "申报单位"
    shutil.copytree(applicants / "示例服务商", applicants / "另一服务商")
    file, name = applicants / "另一服务商" / "申报单位.yaml", "示例另一数字技术有限公司"
    file.write_text(file.read_text("utf-8").replace("示例津智数字技术有限公司", name), "utf-8")
    sheet = f"data/主管部门/{BUREAU}.yaml"
    rows = (place / sheet).read_text("utf-8")
    begin = rows.index("    - 申报单位: 示例服务商")
    row = rows[begin : rows.index("    # 促进中心", begin)]
    edit(place, sheet, row, row + row.replace("示例服务商", "另一服务商"))
    return name


def test_by_when_is_the_day_on_which_the_bureau_hands_in(place: Path) -> None:
    city, slug = "示例市工信局", "江苏数促中心-2026"
    name = next(row.split(": ")[1] for row in _rows_of(place, city, slug))
    edit(place, f"data/申报单位/{name}/申报单位.yaml", "\n独立法人: 是", "\n独立法人: 否")
    words = ("build", "--all", "-b", city, "-n", slug, "--format", "docx,xlsx", "--final")
    docgen(place, *words)
    out = place / "out" / slug / city
    assert "本机关报送的期限是2026年6月12日。" in text_of(out / "补正通知" / f"{name}.docx")
    rows = CalamineWorkbook.from_path(out / "审核台账.xlsx").get_sheet_by_index(0).to_python()
    head = next(row for row in rows if "最迟办结" in row)
    body = rows[rows.index(head) + 1 :]
    assert {row[head.index("最迟办结")] for row in body} == {"2026年6月12日"}


def _rows_of(place: Path, bureau: str, slug: str) -> list[str]:
    text = (place / f"data/主管部门/{bureau}.yaml").read_text("utf-8").partition(f"\n{slug}:")[2]
    return [line for line in text.splitlines() if line.startswith("    - 申报单位: ")]


def _list_again(place: Path, name: str) -> None:
    after = "  # —— 送出的材料 ——"
    edit(place, f"data/主管部门/{BUREAU}.yaml", after, f"    - 申报单位: {name}\n{after}")


def _ledger(place: Path) -> list[dict[str, object]]:
    book = CalamineWorkbook.from_path(place / OUT / "审核台账.xlsx")
    rows = book.get_sheet_by_index(0).to_python()
    head = next(row for row in rows if "申报单位" in row and "谁来办" in row)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows[rows.index(head) + 1 :]]


def _line(place: Path, file: str, begin: str) -> str:
    return next(x for x in (place / file).read_text("utf-8").splitlines() if x.startswith(begin))
