"""Bad input gets a clear answer, an exit code, and leaves nothing half done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.kit import ROOT, docgen, edit, workspace

SINGLE = "data/申报单位/示例单体/申报单位.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def test_twenty_faults_give_twenty_problems_on_their_lines(place: Path) -> None:
    folder = place / "data/申报单位/二十处错误"
    shutil.copytree(ROOT / "tests/data/二十处错误", folder)
    scans = folder / "证明材料"
    scans.mkdir(exist_ok=True)
    for name in (
        "营业执照",
        "公共信用信息报告",
        "2023年度审计报告",
        "2025年度审计报告",
        "服务合同与验收",
    ):
        sample = ROOT / "data/申报单位/示例单体/证明材料"
        shutil.copy(next(sample.glob("*.pdf")), scans / f"{name}.pdf")
    write_prose(folder / "正文")
    wanted = yaml.safe_load((folder / "应报.yaml").read_text(encoding="utf-8"))
    (folder / "应报.yaml").unlink()

    run = docgen(place, "check", "-a", "二十处错误", "--json")

    assert run.code == 1
    own = [p for p in run.problems if p["severity"] == "error"]
    found = {p["line"]: p["message"] for p in own}
    assert {p["file"] for p in own} == {"data/申报单位/二十处错误/申报单位.yaml"}
    assert found.keys() == {int(line) for line in wanted}
    assert len(own) == 20
    for line, word in wanted.items():
        assert str(word) in found[int(line)], (line, found[int(line)])


def write_prose(folder: Path) -> None:
    """A short text for every section that the notice's plan must have."""
    folder.mkdir()
    pack = (ROOT / "notices/国家数促中心-2026/材料.yaml").read_text(encoding="utf-8")
    plan = next(d for d in yaml.safe_load(pack) if d["文种"] == "建设方案")
    for chapter in plan["章节"]:
        titles = [s if isinstance(s, str) else s["名"] for s in chapter["节"]]
        text = "".join(f"## {title}\n\n示例内容（见证01）。\n\n" for title in titles)
        (folder / f"{chapter['名']}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["build", "建设方案", "-a", "没有这家"], "没有“没有这家”"),
        (["build", "建设方案", "-a", "示例单休"], "是不是“示例单体”"),
        (["build", "建设方案", "-a", "../.."], "像是路径"),
        (["build", "建设方案", "-a", "$(touch x)"], "没有"),
        (["build", "建设方按", "-a", "示例单体"], "是不是“建设方案”"),
        (["build", "建设方案", "-a", "示例单体", "-n", "江苏数促"], "没有“江苏数促”"),
        (["build", "联合协议", "-a", "示例单体"], "不需要联合协议"),
        (["build", "推荐意见", "-a", "示例单体"], "由主管部门出具"),
        (["build", "建设方案", "-a", "示例单体", "--format", "ods"], "ods"),
        (["build", "建设方案", "-a", "示例单体", "--date", "2026-02-30"], "2026-02-30"),
        (["check"], "没有指明"),
        (["check", "没有.yaml"], "没有"),
        (["no-such-command"], "no-such-command"),
    ],
)
def test_misuse_is_answered_with_two(place: Path, arguments: list[str], said: str) -> None:
    run = docgen(place, *arguments)
    assert run.code == 2
    assert said in run.out + run.err
    assert not (place / "out").exists()


@pytest.mark.parametrize(
    "content, said",
    [
        ("单位名称: 示例\n".encode("gb18030"), "UTF-8"),
        (b"", "空"),
        ("- 一\n- 二\n".encode(), "键: 值"),
        ("单位名称: [示例\n".encode(), "括号"),
        ("单位名称: *a\n".encode(), "别名"),
        ("单位名称: 示例\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_unreadable_data_is_named_and_nothing_is_built(
    place: Path, content: bytes, said: str
) -> None:
    (place / SINGLE).write_bytes(content)
    checked = docgen(place, "check", "-a", "示例单体", "-n", "江苏数促中心-2026")
    assert checked.code == 1
    assert said in checked.out
    built = docgen(place, "build", "建设方案", "-a", "示例单体", "-n", "江苏数促中心-2026")
    assert built.code == 1
    assert not list((place / "out").rglob("*.docx"))


def test_what_a_broken_line_hides_is_not_asked_for(place: Path) -> None:
    data = "data/申报单位/示例单体/申报单位.yaml"
    edit(place, data, "\n注册资本: ", "\n注册资本：")
    run = docgen(place, "check", "-a", "示例单体")
    assert "全角冒号" in run.out and "未读全" in run.out
    assert "先改这几处" not in run.out and "还没有填" not in run.out


@pytest.mark.parametrize("name", ["申报单位.yaml.txt", "申报单位.yml"])
def test_a_data_file_under_nearly_its_name_is_named(place: Path, name: str) -> None:
    folder = place / "data/申报单位/示例单体"
    (folder / "申报单位.yaml").rename(folder / name)
    (told,) = docgen(place, "check", "-a", "示例单体", "--json").problems
    assert told["code"] == "读取" and f"旁边的“{name}”改名为“申报单位.yaml”" in told["hint"]


def test_a_section_under_nearly_its_name_is_named(place: Path) -> None:
    file = "data/申报单位/示例单体/正文/10 保障措施与风险应对.md"
    edit(place, file, "\n## 组织保障\n", "\n## 技术保障\n\n另有的一节。\n\n## 组织 保障\n")
    told = docgen(place, "check", "-a", "示例单体", "--json").problems
    (section,) = [p for p in told if p["code"] == "小节"]
    lines = (place / file).read_text("utf-8").splitlines()
    assert lines[section["line"] - 1] == "## 组织 保障" and "“组织保障”没有写" in section["message"]
    assert "S0-M05" in [p["code"] for p in told]


def test_an_unknown_key_offers_the_nearest(place: Path) -> None:
    edit(place, SINGLE, "\n专职人数:", "\n专职人数量:")
    run = docgen(place, "check", "-a", "示例单体", "--json")
    unknown = next(p for p in run.problems if p["code"] == "未知键")
    assert "专职人数量" in unknown["message"]
    assert "专职人数" in unknown["hint"]
    assert run.code == 1


def test_a_reference_does_not_hide_the_other_faults(place: Path) -> None:
    edit(place, SINGLE, "\n员工总数: ", "\n法定代表: *a\n员工总数: 很多 #")
    run = docgen(place, "check", "-a", "示例单体", "--json")
    assert {"别名", "类型"} <= set(run.codes())
    built = docgen(place, "build", "建设方案", "-a", "示例单体")
    assert built.code == 1
    assert not list((place / "out").rglob("*.docx"))


def test_a_missing_evidence_file_is_named_at_its_row(place: Path) -> None:
    scan = next((place / "data/申报单位/示例单体/证明材料").glob("*.pdf"))
    scan.unlink()
    run = docgen(place, "check", "-a", "示例单体", "--json")
    problem = next(p for p in run.problems if p["code"] == "缺证明文件")
    lines = (place / SINGLE).read_text(encoding="utf-8").splitlines()
    assert scan.name in lines[problem["line"] - 1]


def test_an_empty_chapter_is_missing_data(place: Path) -> None:
    chapter = next((place / "data/申报单位/示例单体/正文").glob("*预期成效.md"))
    chapter.write_text("", encoding="utf-8")
    run = docgen(place, "check", "-a", "示例单体", "--json")
    assert run.code == 1
    assert "S0-M05" in run.codes()


def test_braces_in_data_print_as_typed(place: Path) -> None:
    edit(place, SINGLE, "\n法定代表人: ", "\n法定代表人: '{{ 7*7 }}<&>' #")
    run = docgen(place, "build", "建设方案", "-a", "示例单体", "--format", "docx")
    assert run.code == 0
    from tests.kit import text_of

    built = next((place / "out").rglob("建设方案*.docx"))
    assert "{{ 7*7 }}<&>" in text_of(built)
