"""docgen template check, run in a workspace: findings, JSON, copies with comments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.fill.house.text import paragraph
from tests.cli.kit import inside, workspace
from tests.fill.kit import docx, part, texts

NOTICE = "测试通知-2026"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = workspace(tmp_path)
    folder = made / "templates/方案"
    folder.mkdir(parents=True)
    body = paragraph("总则", "标题1") + paragraph("{{ 单位名 }}") + paragraph("{% if 单位名称 %}")
    (folder / "测试.docx").write_bytes(docx("{{ 单位名称 }}", body=body))
    return made


def test_everything_is_told_at_once_with_its_place(root: Path) -> None:
    done = inside(root, "template", "check", "--json")
    content = json.loads(done.out)
    assert done.code == 1
    assert [(p["code"], p["file"], p["spot"]) for p in content["problems"]] == [
        ("模板配对", "templates/方案/测试.docx", "正文“总则”下第4段：{% if 单位名称 %}"),
        ("模板未知名称", "templates/方案/测试.docx", "正文“总则”下第3段：{{ 单位名 }}"),
    ]
    assert {p["notice"] for p in content["problems"]} == {NOTICE}


def test_with_a_notice_its_unused_fields_are_told(root: Path) -> None:
    done = inside(root, "template", "check", "-n", NOTICE)
    assert "模板未用字段 申报单位的字段“服务行业”没有一份模板印出" in done.out
    assert "notices/测试通知-2026/字段.yaml:4:" in done.out
    assert "未用字段" not in inside(root, "template", "check", "方案").out


def test_a_lone_file_is_held_to_the_notice_it_is_given(root: Path) -> None:
    (root / "改.docx").write_bytes(docx("{{ 单位名 }}"))
    assert "模板未知名称" in inside(root, "template", "check", "改.docx", "-n", NOTICE).out
    assert inside(root, "template", "check", "改.docx").code == 0


def test_templates_of_a_kind_that_the_notice_does_not_use_are_left_alone(root: Path) -> None:
    (root / "templates/方案/别的通知.docx").write_bytes(docx("{{ 别处的字段 }}"))
    done = inside(root, "template", "check", "方案", "-n", NOTICE)
    assert "测试.docx" in done.out and "别的通知.docx" not in done.out
    (root / "templates/报告").mkdir()
    (root / "templates/报告/别的通知.docx").write_bytes(docx("{{ 别处的字段 }}"))
    done = inside(root, "template", "check", "报告", "-n", NOTICE)
    assert (done.code, "没有用“报告”里的模板" in done.err) == (2, True)


def test_copies_with_comments_stand_apart_and_overwrite_nothing(root: Path) -> None:
    template = root / "templates/方案/测试.docx"
    before = template.read_bytes()
    for name in ("测试.docx", "测试（2）.docx"):
        done = inside(root, "template", "check", "--comments", "批注")
        assert f"批注副本 批注/方案/{name}" in done.out
        copy = (root / "批注/方案" / name).read_bytes()
        assert len(part(copy, "word/comments.xml")) == 2
        assert texts(copy) == texts(before)
    inside(root, "template", "check", "--comments", "templates")
    assert template.read_bytes() == before


def test_a_sound_template_gets_no_copy(root: Path) -> None:
    (root / "templates/方案/测试.docx").write_bytes(docx("{{ 单位名称 }}"))
    done = inside(root, "template", "check", "--comments", "批注")
    assert (done.code, (root / "批注").exists()) == (0, False)
    assert "没有发现问题" in done.out


def test_a_file_is_no_folder_for_copies(root: Path) -> None:
    (root / "批注").write_text("x")
    assert inside(root, "template", "check", "--comments", "批注").code == 2


def test_a_fault_while_building_names_template_and_data(root: Path) -> None:
    template = docx("{{ 单位名称 + 1 }}", "{{ 服务行业 | 保留 }}")
    (root / "templates/方案/测试.docx").write_bytes(template)
    done = inside(root, "build", "方案", "-a", "甲", "--json")
    told = [p for p in json.loads(done.out)["problems"] if p["code"] == "模板写法"]
    assert done.code == 1
    assert [(p["file"], p["spot"], p["path"]) for p in told] == [
        ("templates/方案/测试.docx", "正文第1段：{{ 单位名称 + 1 }}", "单位名称"),
        ("templates/方案/测试.docx", "正文第2段：{{ 服务行业 | 保留 }}", "服务行业"),
    ]
    data = "data/申报单位/甲/申报单位.yaml"
    assert f"单位名称=“甲公司”（{data}:3:7）" in told[0]["message"]
    assert f"服务行业=“机械”（{data}:4:7）" in told[1]["message"]
