"""A generated province: the sound applicants are done, the broken are named, nothing stops."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bench.batch.broken import WAYS
from bench.batch.province import LETTERS_EACH, ONE_TABLE, Pattern, Province, province
from tests.kit import Run, docgen, text_of

SCREEN = 50  # lines
WHOLE = os.environ.get("DOCGEN_WHOLE") == "1"  # the full number, which takes minutes
COUNT, BROKEN = (500, 40) if WHOLE else (60, 12)
TABLE_COUNT, TABLE_BROKEN = (500, 39) if WHOLE else (30, 6)


def _build(made: Province, *more: str) -> Run:
    pattern = made.pattern
    what = ("build", "--all", "-b", pattern.bureau, "-n", pattern.notice, "--final")
    return docgen(made.root, *what, *more, timeout=3_000)


def _named(run: Run) -> list[dict[str, str]]:
    return [problem for problem in run.problems if problem["code"] == "未列入"]


def _rows(path: Path, column: str) -> list[dict[str, object]]:
    """The rows of a workbook below the one that has this column."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    head = next(row for row in rows if column in row)
    return [dict(zip(head, row, strict=True)) for row in rows[rows.index(head) + 1 :]]


def _check_named(made: Province, run: Run) -> None:
    assert run.code == 1
    named = _named(run)
    assert len(named) == len(made.broken)
    told = " ".join(f"{problem['subject']} {problem['message']}" for problem in named)
    assert [name for name in made.broken if name not in told] == []
    assert not any(problem["message"].endswith("没有列入定稿") for problem in named)
    assert not [output for output in run.json["outputs"] if output["draft"]]


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Province, Run]:
    made = province(tmp_path_factory.mktemp("letters"), COUNT, BROKEN, LETTERS_EACH)
    return made, _build(made, "--json")


def test_the_sound_are_done_and_the_broken_named(letters: tuple[Province, Run]) -> None:
    made, run = letters
    assert len(made.sound) == COUNT - BROKEN
    _check_named(made, run)
    for extension in ("docx", "pdf"):
        stand = {path.stem for path in (made.out / "推荐意见").glob(f"*.{extension}")}
        assert stand == set(made.sound)
    name = made.sound[-1]
    assert f"{int(name[3:8]):05d}号" in text_of(made.out / "推荐意见" / f"{name}.docx")


def test_counts_and_ledger_are_about_the_same(letters: tuple[Province, Run]) -> None:
    made, _ = letters
    (row,) = [row for row in _rows(made.out / "送件清单.xlsx", "材料") if "推荐意见" in str(row)]
    assert f"{len(made.sound)} 套" in str(row)
    found: dict[str, set[object]] = {}
    for entry in _rows(made.out / "审核台账.xlsx", "谁来办"):
        found.setdefault(str(entry["申报单位"]), set()).add(entry["结论"])
    assert set(made.sound) <= set(found)
    assert not any(found[name] & {"不通过"} for name in made.sound)


def test_the_summary_fits_a_screen(letters: tuple[Province, Run]) -> None:
    made, _ = letters
    told = _build(made)
    assert told.code == 1
    assert len(told.out.splitlines()) <= SCREEN, told.out
    assert str(len(made.broken)) in told.out


def test_a_table_over_all_has_the_sound_and_nobody_else(tmp_path: Path) -> None:
    made = province(tmp_path, TABLE_COUNT, TABLE_BROKEN, ONE_TABLE)
    run = _build(made, "--json")
    _check_named(made, run)
    rows = _rows(made.out / "推荐汇总表.xlsx", "申报单位")
    units = [str(row["申报单位"]).replace("\n", "") for row in rows if row["申报单位"]]
    assert units.pop().startswith(f"推荐申报单位{len(made.sound)}个")
    assert [unit[:9] for unit in units] == [f"{name[:8]}号" for name in made.sound]
    for file in ("推荐汇总表.docx", "推荐汇总表.pdf", "推荐函.docx", "推荐函.pdf"):
        assert (made.out / file).exists()


@pytest.mark.parametrize("pattern", [LETTERS_EACH, ONE_TABLE], ids=lambda one: one.notice)
def test_nothing_is_wrong_with_the_sound(pattern: Pattern, tmp_path: Path) -> None:
    made = province(tmp_path, 2, 0, pattern)
    run = _build(made, "--json", "--format", "docx")
    assert run.code == 0, run.problems


def test_there_are_forty_ways() -> None:
    assert len(WAYS) == 40
