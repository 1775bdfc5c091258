"""The command line as a person or a program uses it, in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.report.lines import width
from tests.cli.kit import REPOSITORY, docgen, inside, python, workspace


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose template docgen itself made."""
    made = workspace(tmp_path_factory.mktemp("工作 区"))
    done = inside(made, "template", "new", "方案", "-n", "测试通知-2026")
    assert (done.code, done.err) == (0, "")
    assert (made / "templates/方案/测试.docx").is_file()
    return made


def test_an_applicant_that_fits_passes(root: Path) -> None:
    done = docgen(root, "check", "-a", "甲", "--date", "2026-06-10")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("能交    甲 · 测试通知-2026  通过\n")
    assert "线上申报  2026-05-27 至 2026-06-20  还有 10 天" in done.out
    assert not (root / "out/测试通知-2026/甲").exists()


def test_a_broken_rule_is_found_with_its_clause_and_place(root: Path) -> None:
    done = inside(root, "check", "-a", "乙")
    assert done.code == 1
    place = "data/申报单位/乙/申报单位.yaml:4:7"
    assert f"{place} 错误 T-Q01 服务行业不超过1个\n  实际 2，" in done.out
    assert "\n  依据 测试〔2026〕1号 二\n  提示 保留最主要的1个\n" in done.out


def test_json_is_one_object_on_standard_output(root: Path) -> None:
    done = docgen(root, "check", "-a", "乙", "--json", LANG="C", PYTHONIOENCODING="ascii")
    content = json.loads(done.out)
    assert (done.code, done.err) == (1, "")
    assert content["verdict"] == "不通过"
    assert [p["code"] for p in content["problems"]] == ["T-Q01"]
    assert content["outputs"] == []


def test_a_draft_that_is_built_is_no_failure(root: Path) -> None:
    done = inside(root, "build", "方案", "-a", "丙", "--json")
    content = json.loads(done.out)
    assert (done.code, content["verdict"]) == (0, "资料不足")
    (output,) = content["outputs"]
    assert output["path"] == "out/测试通知-2026/丙/方案.草稿.docx"
    assert output["draft"] is True
    assert (root / output["path"]).is_file()


def test_a_final_is_refused_while_anything_is_missing(root: Path) -> None:
    done = inside(root, "build", "方案", "-a", "乙", "--final")
    assert done.code == 1
    assert "没有生成定稿" in done.out
    assert not list((root / "out").rglob("乙/*.docx"))


def test_everything_of_an_applicant_is_built_and_then_unchanged(root: Path) -> None:
    first = inside(root, "build", "--all", "-a", "甲")
    second = inside(root, "build", "--all", "-a", "甲")
    assert (first.code, second.code) == (0, 0)
    assert "新建  out/测试通知-2026/甲/方案.docx" in first.out
    assert "未变  out/测试通知-2026/甲/方案.docx" in second.out


def test_a_hands_edit_is_told_and_kept(root: Path) -> None:
    inside(root, "build", "方案", "-a", "丙")
    path = root / "out/测试通知-2026/丙/方案.草稿.docx"
    path.write_bytes(b"mine")
    done = inside(root, "build", "方案", "-a", "丙")
    assert done.code == 0
    assert "提醒 手改 方案.草稿.docx 生成之后被人改过" in done.out
    assert path.read_bytes() == b"mine"


def test_a_lone_file_is_read(root: Path) -> None:
    (root / "x.yaml").write_text("单位名称: 甲\n\t乙: 1\n", "utf-8")
    done = inside(root, "check", "x.yaml")
    assert done.code == 1
    assert "x.yaml:2:1 错误 缩进" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build"], "没有写明文种"),
        (["build", "方案"], "没有指明申报单位或主管部门"),
        (["build", "方案", "--all", "-a", "甲"], "二者留一个"),
        (["build", "方", "-a", "甲"], "是不是“方案”？"),
        (["build", "方案", "-a", "甲甲"], "没有“甲甲”这个申报单位\n  提示 是不是“甲”？"),
        (["build", "方案", "-a", "../甲"], "像是路径"),
        (["build", "方案", "-a", "-rf"], "选项 -a、--applicant 后面缺值"),
        (["build", "方案", "--applicant=-rf"], "以“-”开头"),
        (["build", "方案", "-a", ""], "申报单位“”是空的"),
        (["build", "方案", "-a", "$(touch P)"], "没有“$(touch P)”这个申报单位"),
        (["build", "方案", "-a", "甲\x1b[2J"], "看不见的字符 U+001B"),
        (["build", "方案", "-b", "无此局"], "没有“无此局”这个主管部门"),
        (["build", "方案", "-a", "甲", "-n", "测试通知"], "是不是“测试通知-2026”？"),
        (["build", "方案", "-a", "甲", "--date", "2026-2-3"], "不是日期"),
        (["build", "方案", "-a", "甲", "--date", "2026-02-30"], "不是日期"),
        (["build", "方案", "-a", "甲", "--format", "doc"], "“doc”不是能出的格式"),
        (["build", "方案", "-a", "甲", "--pdf-engine", "word"], "可写 typst 或 soffice"),
        (["build", "方案", "--fina"], "没有“--fina”这个选项\n  提示 是不是“--final”？"),
        (["build", "方案", "--final=1"], "选项 --final 后面不带值"),
        (["build", "甲", "乙", "-a", "甲"], "多了“乙”"),
        (["check"], "没有指明检查谁"),
        (["check", "-a", "甲", "-b", "乙"], "一次只检查一个"),
        (["check", "甲"], "检查申报单位用 -a 甲"),
        (["check", "无.yaml"], "没有“无.yaml”这个文件"),
        (["chekc", "-a", "甲"], "是不是“check”？"),
        (["notice", "lst"], "是不是“list”？"),
        (["notice", "show"], "缺“通知”"),
        (["template", "new", "方案"], "没有指明通知"),
        (["new", "丁"], "加 NOTICE=通知（命令行用 -n）；现有：测试通知-2026"),
        (["why"], "make 出处 FILE=成品.docx TEXT=要找的文字"),
        (["why", "服务行者", "-a", "甲"], "是不是“服务行业”？"),
        (["why", "案例.9.客户", "-a", "甲"], "表里的行从 1 数"),
        (["watch", "-a", "甲", "--port", "99999"], "写 1024 到 65535"),
        (["template", "new", "方案", "-n", "测试通知-2026"], "已经有了"),
        (["--nonsense"], "没有“--nonsense”这个选项"),
    ],
)
def test_misuse_is_one_clear_line_with_a_cure(root: Path, words: list[str], said: str) -> None:
    before = sorted(root.rglob("*"))
    done = inside(root, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "\n  提示 " in done.err
    assert "\x1b" not in done.err
    assert sorted(root.rglob("*")) == before


def test_misuse_with_json_is_an_object_too(root: Path) -> None:
    done = inside(root, "check", "-a", "无", "--json")
    (problem,) = json.loads(done.out)["problems"]
    assert (done.code, problem["code"], problem["severity"]) == (2, "无法进行", "error")
    assert problem["message"] in done.err


def test_outside_a_workspace_it_says_so(tmp_path: Path) -> None:
    done = docgen(tmp_path, "check", "-a", "甲")
    assert (done.code, done.out) == (2, "")
    assert "notices/" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_goal_of_make_may_stand_after_two_dashes(root: Path) -> None:
    assert inside(root, "build", "-a", "丙", "--format", "docx", "--", "方案").code == 0
    assert "没有“--all”这个文种" not in inside(root, "build", "-a", "丙", "--", "--all").out


@pytest.mark.parametrize(
    "words",
    [["--help"], ["-h"], ["build", "--help"], ["check", "-h"], ["notice", "-h"]]
    + [["notice", name, "--help"] for name in ("list", "show", "check")]
    + [["template", name, "--help"] for name in ("fields", "check", "new")]
    + [["doctor", "--help"]],
)
def test_help_is_chinese_and_fits(words: list[str], tmp_path: Path) -> None:
    told = inside(tmp_path, *words)
    assert told.code == 0
    assert told.out.startswith("用法：docgen")
    assert all(width(line) <= 80 for line in told.out.splitlines())
    assert not any(word in told.out for word in ("Usage", "Options", "Show", "usage"))


def test_without_a_command_help_is_shown_as_misuse(root: Path) -> None:
    done = inside(root)
    assert done.code == 2
    assert "docgen 命令" in done.out


def test_notices_and_templates_are_shown(root: Path) -> None:
    listed = inside(root, "notice", "list")
    shown = inside(root, "notice", "show", "测试通知-2026", "--date", "2026-06-01")
    checked = inside(root, "template", "check")
    fields = inside(root, "template", "fields", "-n", "测试通知-2026")
    assert listed.out == "测试通知-2026  有效  最后期限 2026-06-20  测试〔2026〕1号  测试通知\n"
    assert "还有 19 天" in shown.out
    assert "方案  申报单位  docx" in shown.out
    assert (checked.code, checked.out) == (0, "合计 没有错误（模板 1）：没有发现问题\n")
    assert "服务行业  多选  必填" in fields.out


def test_a_pack_without_cases_fails_its_check(root: Path) -> None:
    done = inside(root, "notice", "check", "测试通知-2026")
    assert done.code == 1
    assert "T-Q01" in done.out


def test_only_what_a_command_needs_is_imported(root: Path) -> None:
    heavy = {"rich", "lxml", "typst", "docxtpl", "PIL", "weasyprint", "fontTools", "rapidfuzz"}
    code = (
        "import sys; from docgen.cli import main; code = main(sys.argv[1:]);"
        f"print(sorted({heavy | {'yaml', 'jinja2', 'typing_extensions'}} & set(sys.modules)))"
    )
    helped = python(root, "-c", code, "--help")
    checked = python(root, "-c", code, "check", "-a", "甲")
    assert helped.out.splitlines()[-1] == "[]"
    assert not heavy & set(json.loads(checked.out.splitlines()[-1].replace("'", '"')))


def test_it_starts_at_once(root: Path) -> None:
    def seconds(*words: str) -> float:
        before = os.times()
        docgen(root, *words)
        after = os.times()
        return (after.children_user - before.children_user) + (
            after.children_system - before.children_system
        )

    assert min(seconds("--help") for _ in range(3)) < 0.2


def test_a_terminal_gets_colour_and_its_width(root: Path) -> None:
    pty = pytest.importorskip("pty", reason="没有伪终端的系统")
    leader, follower = pty.openpty()
    settings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", "COLUMNS": "50"}
    settings.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "docgen", "check", "-a", "甲"]
    with subprocess.Popen(command, cwd=root, env=settings, stdout=follower) as process:
        os.close(follower)
        told = b""
        while True:
            try:
                piece = os.read(leader, 4096)
            except OSError:
                break
            if not piece:
                break
            told += piece
    os.close(leader)
    assert process.returncode == 0
    assert b"\x1b[" in told
