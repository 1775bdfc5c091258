"""A missing fact still gives a draft and refuses a final; put back, only the final stands."""

from __future__ import annotations

from pathlib import Path

from tests.kit import docgen, edit, highlighted, workspace

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


def test_an_output_edited_by_hand_is_kept(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    order = ("build", "联合协议", "-a", "示例联合体", "--format", "docx")
    docgen(place, *order)
    built = place / "out/江苏数促中心-2026/示例联合体/联合协议.docx"
    edited = built.read_bytes() + b"edited by hand"
    built.write_bytes(edited)
    again = docgen(place, *order, "--json")
    assert built.read_bytes() == edited
    assert (built.parent / "联合协议.新.docx").exists()
    assert any(
        p["severity"] == "warning" and "联合协议.docx" in p["file"] + p["message"]
        for p in again.problems
    )


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
