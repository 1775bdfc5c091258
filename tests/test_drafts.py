"""A missing fact still gives a draft and refuses a final; put back, only the final stands."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from docx import Document

from tests.kit import docgen, edit, highlighted, text_of, workspace

LEAD = "data/申报单位/示例联合体/申报单位.yaml"


def test_one_fact_less_and_back_again(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    text = (place / LEAD).read_text(encoding="utf-8")
    line = next(x for x in text.splitlines() if x.startswith("专职人数:"))
    out = place / "out/江苏数促中心-2026/示例联合体"

    edit(place, LEAD, f"\n{line}\n", "\n")
    draft = docgen(place, "build", "建设方案", "-a", "示例联合体", "--format", "docx", "--json")
    assert draft.code == 0
    assert [p.name for p in out.glob("建设方案*.docx")] == ["建设方案.草稿.docx"]
    assert any("专职人数" in text for text in highlighted(out / "建设方案.草稿.docx"))
    assert draft.json["verdict"] == "资料不足"
    assert [o["draft"] for o in draft.json["outputs"]] == [True]

    refused = docgen(place, "build", "建设方案", "-a", "示例联合体", "--final", "--json")
    assert refused.code == 1
    assert any("专职人数" in p["message"] for p in refused.problems)
    assert not list(out.glob("建设方案.docx"))

    (place / LEAD).write_text(text, encoding="utf-8")
    final = docgen(place, "build", "建设方案", "-a", "示例联合体", "--format", "docx")
    assert final.code == 0
    assert [p.name for p in out.glob("建设方案*.docx")] == ["建设方案.docx"]


def test_a_plan_saved_again_in_an_office_outlives_three_builds(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    order = ("build", "建设方案", "-a", "示例联合体", "--format", "docx")
    docgen(place, *order)
    built = place / "out/江苏数促中心-2026/示例联合体/建设方案.docx"
    beside = built.with_name("建设方案.新.docx")
    edit_by_hand(built)
    kept = built.read_bytes()
    staff = "236"
    for number in ("241", "242", "243"):
        edit(place, LEAD, f"员工总数: {staff}", f"员工总数: {number}")
        staff = number
        run = docgen(place, *order, "--json")
        assert built.read_bytes() == kept
        assert f"现有员工{number}人" in text_of(beside)
        assert [o["path"].rpartition("/")[2] for o in run.json["outputs"]] == [beside.name]
        told = [p for p in run.problems if p["code"] == "手改"]
        assert [(p["severity"], p["file"]) for p in told] == [
            ("warning", "out/江苏数促中心-2026/示例联合体/建设方案.docx")
        ]
    why = docgen(place, "why", str(built), "236", "--json").json
    assert any("在 Word 里改过" in note for note in why["notes"])
    beside.write_bytes(kept)  # the one beside is edited, too: it stays as well
    docgen(place, *order)
    assert beside.read_bytes() == kept and built.read_bytes() == kept
    assert "现有员工243人" in text_of(built.with_name("建设方案.新2.docx"))


def edit_by_hand(docx: Path) -> None:
    """Opens and saves a document in LibreOffice, or in python-docx where there is none."""
    office = shutil.which("soffice")
    if office is None:
        document = Document(str(docx))
        document.paragraphs[-1].add_run("手改")
        document.save(str(docx))
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "docx", "--outdir", folder, str(docx)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        shutil.copyfile(Path(folder) / docx.name, docx)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, zone in (("甲 乙", "UTC"), ("b", "Asia/Shanghai")):
        place = workspace(tmp_path / name)
        env = {"TZ": zone, "PYTHONHASHSEED": str(len(made) + 1), "LANG": "C"}
        run = docgen(place, "build", "联合协议", "-a", "示例联合体", env=env)
        assert run.code == 0
        files = sorted((place / "out").rglob("联合协议.*"))
        made.append([path.read_bytes() for path in files])
    assert len(made[0]) == 2
    assert made[0] == made[1]


def test_a_document_from_older_data_is_told_and_held_against_the_data(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    docgen(place, "build", "联合协议", "-a", "示例联合体", "--format", "docx")
    assert docgen(place, "check", "-a", "示例联合体").code == 0
    text = (place / LEAD).read_text(encoding="utf-8")
    renamed = text.replace("示例数字科技有限公司", "示例数智科技有限公司")
    (place / LEAD).write_text(renamed, encoding="utf-8")
    run = docgen(place, "check", "-a", "示例联合体", "--json")
    assert run.code == 1
    assert "过期" in run.codes()
    told = next(p for p in run.problems if p["code"] == "S0-C01")
    assert told["verdict"] == "不通过"
    assert "联合协议" in told["message"]
    docgen(place, "build", "联合协议", "-a", "示例联合体", "--format", "docx")
    assert "S0-C01" not in docgen(place, "check", "-a", "示例联合体", "--json").codes()
