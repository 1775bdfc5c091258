"""`docgen diff`: fields, documents and verdicts against the last build, or a revision in git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kit import docgen, edit, workspace

CITY = "江苏数促中心-2026"
FOLDER = "data/申报单位/示例联合体"
DATA = f"{FOLDER}/申报单位.yaml"
WHOM = ("-a", "示例联合体")
FIRST_LAB = "  - {名称: 中小企业公共服务示范平台"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = workspace(tmp_path_factory.mktemp("比较"))
    assert docgen(place, "build", "--all", *WHOM, "--format", "docx").code == 0
    return place


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "w", symlinks=True)
    return tmp_path / "w"


def test_nothing_changed_is_said(place: Path) -> None:
    run = docgen(place, "diff", *WHOM, "--json")
    assert (run.code, run.json["fields"], run.json["documents"], run.json["verdicts"]) == (
        0, [], [], [],
    )  # fmt: skip
    assert "没有变化" in docgen(place, "diff", *WHOM).out


def change(place: Path) -> None:
    """A figure, a row less, a sentence, and a fourth trade where three are allowed."""
    edit(place, DATA, "员工总数: 236", "员工总数: 240")
    lines = (place / DATA).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(FIRST_LAB)]
    assert len(kept) == len(lines) - 1
    (place / DATA).write_text("".join(kept), "utf-8")
    edit(
        place,
        DATA,
        "服务行业: [机械, 汽车, 电子信息制造]",
        "服务行业: [机械, 汽车, 电子信息制造, 纺织]",
    )
    edit(place, f"{FOLDER}/正文/1 建设主体情况.md", "研发人员98人", "研发人员99人")


def held(found: dict[str, list[dict[str, object]]]) -> None:
    fields = {str(one["path"]): one for one in found["fields"]}
    assert (fields["员工总数"]["old"], fields["员工总数"]["new"]) == ("236", "240")
    assert (fields["员工总数"]["file"], fields["员工总数"]["line"]) == (DATA, 27)
    assert fields["服务行业"]["new"] == "机械、汽车、电子信息制造、纺织"
    row = fields["资质.1"]
    assert str(row["old"]).startswith("中小企业公共服务示范平台") and row["new"] is None
    assert not [path for path in fields if path.startswith("资质.") and path != "资质.1"]
    prose = next(one for path, one in fields.items() if path.startswith("正文."))
    assert "98人" in str(prose["old"]) and "99人" in str(prose["new"])
    assert (prose["file"], prose["line"]) == (f"{FOLDER}/正文/1 建设主体情况.md", 5)
    documents = {str(one["document"]): one for one in found["documents"]}
    places = [one["place"] for one in documents["建设方案"]["places"]]  # type: ignore[attr-defined]
    assert "“牵头单位概况”下" in places and "“基本信息表”下表格" in places
    verdicts = {one["code"]: (one["old"], one["new"]) for one in found["verdicts"]}
    assert verdicts["S0-Q01"] == ("通过", "提醒")
    assert verdicts["S0-E13"][1] == "资料不足" or "S0-Q02" in verdicts


def test_what_changed_since_the_build(place: Path) -> None:
    change(place)
    run = docgen(place, "diff", *WHOM, "--json")
    assert run.code == 0
    held(run.json)
    said = docgen(place, "diff", *WHOM).out
    assert f"{DATA}:27:7 员工总数" in said and "“236” → “240”" in said
    assert "通过 → 提醒" in said


def test_what_changed_since_a_revision(place: Path) -> None:
    def git(*words: str) -> None:
        own = ["-c", "user.name=甲", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *own, *words], cwd=place, check=True, capture_output=True)

    git("init", "-q")
    git("add", "notices", "templates", "data")
    git("commit", "-qm", "一")
    before = git_state(place)
    change(place)
    run = docgen(place, "diff", *WHOM, "--against", "HEAD", "--json")
    assert run.code == 0, run.err
    assert run.json["against"] == "HEAD"
    held(run.json)
    assert "真实性承诺书" not in {one["document"] for one in run.json["documents"]}
    assert git_state(place) == before, "the repository is only read"
    assert docgen(place, "diff", *WHOM, "--against", "没有").code == 2
    bureau = docgen(place, "diff", "-b", "示例市工信局", "--against", "HEAD", "--json")
    assert {"员工总数", "服务行业"} <= {one["path"] for one in bureau.json["fields"]}
    letter = [d for d in bureau.json["documents"] if d["document"] == "推荐意见（示例联合体）"]
    assert letter and letter[0]["status"] == "改动"


def git_state(place: Path) -> dict[str, bytes]:
    files = (path for path in sorted((place / ".git").rglob("*")) if path.is_file())
    return {path.as_posix(): path.read_bytes() for path in files}


def test_a_draft_that_becomes_final_and_back_is_told(place: Path) -> None:
    edit(place, DATA, "\n专职人数: 86\n", "\n")
    documents = docgen(place, "diff", *WHOM, "--json").json["documents"]
    assert {one["status"] for one in documents} >= {"定稿变草稿"}


def test_misuse_is_told(place: Path, tmp_path: Path) -> None:
    for words, said in (
        ((*WHOM, "--against", "HEAD"), "不在 git 仓库里"),
        ((), "没有指明比较谁"),
        (("-a", "示例单体"), "还没有生成过文书"),
        ((*WHOM, "--against", ""), "没有写与哪个版本比"),
    ):
        run = docgen(place, "diff", *words)
        assert run.code == 2 and said in run.err, (words, run.err)
    bare = tmp_path / "bin"
    bare.mkdir()
    run = docgen(place, "diff", *WHOM, "--against", "HEAD", env={"PATH": str(bare)})
    assert run.code == 2 and "没有 git" in run.err
