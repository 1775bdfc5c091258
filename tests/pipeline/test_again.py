"""A second build makes only what would come out otherwise; processes make the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.batch import in_processes
from docgen.pipeline import Request, Workspace, build
from tests.kit import docgen, edit, workspace

CITY = "江苏数促中心-2026"
BUREAU = ("build", "--all", "-b", "示例市工信局", "-n", CITY, "--json")
ONE = "data/申报单位/示例单体/申报单位.yaml"
OTHER = "data/申报单位/示例联合体/申报单位.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def _bytes(place: Path) -> dict[str, bytes]:
    files = (path for path in sorted((place / "out").rglob("*")) if path.is_file())
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in files
        if not path.name.startswith(".")
    }


def _touched(place: Path) -> dict[str, int]:
    return {
        path.relative_to(place).as_posix(): path.stat().st_mtime_ns
        for path in (place / "out").rglob("*.*")
        if path.suffix in (".docx", ".pdf", ".xlsx")
    }


def _rewritten(place: Path, before: dict[str, int]) -> set[str]:
    """The documents that were written anew, by their names."""
    now = _touched(place)
    return {path.split("/", 3)[3].split(".")[0] for path in now if now[path] != before.get(path)}


def test_nothing_is_made_twice_and_a_change_remakes_what_prints_it(place: Path) -> None:
    first = docgen(place, *BUREAU)
    before = _touched(place)
    again = docgen(place, *BUREAU)
    assert _rewritten(place, before) == set()
    assert [o["sha256"] for o in again.json["outputs"]] == [
        o["sha256"] for o in first.json["outputs"]
    ]
    text = (place / ONE).read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("促进中心名称:"))
    edit(place, ONE, name, f"{name.strip()}（改）")
    docgen(place, *BUREAU)
    changed = _rewritten(place, before)
    assert "推荐意见/示例单体" in changed
    assert "推荐意见/示例联合体" not in changed


def test_what_is_left_alone_is_the_same_as_made_anew(place: Path, tmp_path: Path) -> None:
    docgen(place, *BUREAU)
    edit(
        place,
        "data/申报单位/示例联合体/申报单位.yaml",
        "申报日期: 2026-06-01",
        "申报日期: 2026-06-02",
    )
    docgen(place, *BUREAU)
    kept = _bytes(place)
    for path in sorted((place / "out").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    docgen(place, *BUREAU)
    assert _bytes(place) == kept


def test_a_check_after_a_build_that_left_files_alone_calls_none_of_them_old(place: Path) -> None:
    docgen(place, *BUREAU)
    edit(
        place,
        "data/申报单位/示例联合体/申报单位.yaml",
        "申报日期: 2026-06-01",
        "申报日期: 2026-06-02",
    )
    assert "过期" in docgen(place, "check", "-b", "示例市工信局", "-n", CITY, "--json").codes()
    docgen(place, *BUREAU)
    assert "过期" not in docgen(place, "check", "-b", "示例市工信局", "-n", CITY, "--json").codes()


def test_a_file_that_a_hand_changed_is_not_taken_for_ours(place: Path) -> None:
    docgen(place, *BUREAU)
    letter = place / "out" / CITY / "示例市工信局" / "推荐意见" / "示例单体.docx"
    letter.write_bytes(b"by hand")
    docgen(place, *BUREAU)
    assert letter.read_bytes() == b"by hand"
    assert letter.with_name("示例单体.新.docx").exists()


def test_several_processes_make_the_same_bytes(place: Path) -> None:
    def built() -> dict[str, bytes]:
        request = Request(bureau="示例市工信局", notice=CITY, every=True)
        report = build(Workspace(place), request, runner=in_processes(2))
        assert not report.refused
        return _bytes(place)

    docgen(place, *BUREAU, env={"DOCGEN_ROOT": str(place)})
    alone = _bytes(place)
    for path in (place / "out").rglob("*.*"):
        if path.is_file():
            path.unlink()
    assert built() == alone
