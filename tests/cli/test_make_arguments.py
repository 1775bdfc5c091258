"""make's goal and values → the words of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.cli.make import arguments, stranger

CASES = {
    "文种": (
        {"DOCGEN_GOAL": "建设方案", "APP": "示例联合体"},
        "build --applicant=示例联合体 -- 建设方案",
    ),
    "主管部门": (
        {"DOCGEN_GOAL": "推荐意见", "BUREAU": "示例市工信局", "APP": "示例单体"},
        "build --applicant=示例单体 --bureau=示例市工信局 -- 推荐意见",
    ),
    "全部": (
        {"DOCGEN_GOAL": "全部", "BUREAU": "示例市工信局"},
        "build --all --bureau=示例市工信局",
    ),
    "检查": (
        {"DOCGEN_GOAL": "检查", "APP": "甲", "DATE": "2026-06-01", "FORMAT": "docx", "FINAL": "1"},
        "check --applicant=甲 --date=2026-06-01",
    ),
    "出处": (
        {
            "DOCGEN_GOAL": "出处",
            "FILE": "out/甲/建设方案.docx",
            "TEXT": "-1$(x)",
            "DATE": "2026-06-01",
        },
        "why -- out/甲/建设方案.docx -1$(x)",
    ),
    "出处，字段": (
        {"DOCGEN_GOAL": "出处", "TEXT": "服务行业", "APP": "甲"},
        "why --applicant=甲 -- 服务行业",
    ),
    "比较": (
        {"DOCGEN_GOAL": "比较", "BUREAU": "乙", "AGAINST": "HEAD", "FORMAT": "docx"},
        "diff --bureau=乙 --against=HEAD",
    ),
    "检查报告": (
        {"DOCGEN_GOAL": "检查", "BUREAU": "乙", "FORMAT": "pdf, HTML", "ALL": "1"},
        "check --bureau=乙 --html --pdf --all",
    ),
    "装订": (
        {"DOCGEN_GOAL": "装订", "APP": "甲", "FORMAT": "docx", "FINAL": "1"},
        "bind --applicant=甲 --final",
    ),
    "新建": (
        {"DOCGEN_GOAL": "新建", "APP": "甲", "NOTICE": "乙", "TRACK": "丙", "FINAL": "1"},
        "new --applicant=甲 --notice=乙 --track=丙",
    ),
    "选项": (
        {
            "DOCGEN_GOAL": "申报书",
            "APP": "甲",
            "NOTICE": "江苏数促中心-2026",
            "FORMAT": "docx,pdf",
            "FINAL": "1",
        },
        "build --applicant=甲 --notice=江苏数促中心-2026 --format=docx,pdf --final -- 申报书",
    ),
    "空值不算": (
        {"DOCGEN_GOAL": "申报书", "APP": "", "FINAL": "0", "DATE": ""},
        "build -- 申报书",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_arguments(case: str) -> None:
    environ, words = CASES[case]
    assert arguments(environ) == words.split()


def test_a_value_stays_one_word() -> None:
    assert arguments({"DOCGEN_GOAL": "--all", "APP": "-rf 甲\n乙"}) == [
        "build",
        "--applicant=-rf 甲\n乙",
        "--",
        "--all",
    ]


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("检察", "是不是“检查”？"),
        ("建设方按", "是不是“建设方案”？"),
        ("帮助", "全部用法：make help"),
        ("甲\x1b[2J", "<U+001B>"),
    ],
)
def test_a_mistyped_goal_is_told_before_anything_else_is_asked(
    monkeypatch: pytest.MonkeyPatch, goal: str, said: str
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert said in stranger(goal)
    assert not stranger("检查") and not stranger("建设方案")
