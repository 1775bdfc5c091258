"""What a person and a program read of a Report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from docgen.model.artifact import Report
from docgen.problem import Problem, Severity, Verdict, Where, error
from docgen.report import report
from docgen.report.arrange import arrange
from docgen.report.lines import fold, line, visible, width
from tests.report import kit

DAY = date(2026, 6, 5)
EXPECTED = """\
不能交（可出草稿）  示例联合体 · 江苏数促中心-2026  不通过  不通过 1，资料不足 1，待人工 1，提醒 1

期限（以 2026-06-05 为今天）
  江苏数促中心-2026  江苏省工业和信息化厅    国家数促中心-2026  工业和信息化部办公厅
  省内线上申报  2026-06-10 止  还有 5 天     线上申报  2026-05-27 至 2026-06-20  还有 15 天

不通过 1 项
data/申报单位/示例联合体/申报单位.yaml:12:5 错误 S0-E03 服务的主要行业不超过3个
  实际 4，要求不超过3，多1
  依据 工信厅规函〔2026〕238号 二（二）
  提示 从服务行业中保留最主要的3个

资料不足 1 项
data/申报单位/示例联合体/申报单位.yaml:1:5 错误 缺填 “联系电话”还没有填

待人工 1 项
  S0-R02 信用情况 依据 工信厅规函〔2026〕238号 二（二）
  核对后在数据的“确认”里按编号写 结论、日期、经手

提醒 1 项
data/申报单位/示例联合体/申报单位.yaml:30:5 提醒 字符 有自造字 U+E000
  提示 换成标准汉字

成品 2 个文件
  新建  out/江苏数促中心-2026/示例联合体/建设方案.草稿.docx  12 页
  未变  out/江苏数促中心-2026/示例联合体/建设方案.草稿.pdf   12 页

合计 不通过：不通过 1，资料不足 1，待人工 1，提醒 1；成品 2 个文件，其中草稿 2 个
"""


def everything() -> Report:
    found: Report = kit.a_report(
        kit.WARNED, kit.HUMAN, kit.LACKING, kit.BROKEN, outputs=kit.OUTPUTS
    )
    return found


def test_a_person_reads_the_verdict_first_and_the_files_last() -> None:
    assert report(everything(), "plain", today=DAY) == EXPECTED


def test_a_terminal_gets_the_same_words_folded_and_in_colour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    text = report(everything(), "terminal", today=DAY, width=120)
    assert "\x1b[" in text
    assert uncoloured(text) == EXPECTED


def test_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    text = report(everything(), "terminal", today=DAY, width=120)
    assert not any(f"\x1b[{code}m" in text for code in ("31", "32", "33", "36"))


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_nothing_but_a_place_is_wider_than_the_terminal(columns: int) -> None:
    text = uncoloured(report(everything(), "terminal", today=DAY, width=columns))
    for one in text.splitlines():
        assert width(one) <= columns or "示例联合体/" in one
    assert everyword(text) == everyword(EXPECTED)


def test_a_program_reads_one_object() -> None:
    content = json.loads(report(everything(), "json"))
    assert list(content) == ["verdict", "problems", "outputs"]
    assert content["verdict"] == "不通过"
    assert content["problems"][3] == {
        "code": "S0-E03",
        "subject": "示例联合体",
        "notice": "江苏数促中心-2026",
        "severity": "error",
        "verdict": "不通过",
        "message": "服务的主要行业不超过3个：实际 4，要求不超过3，多1",
        "file": kit.FILE,
        "line": 12,
        "column": 5,
        "path": "服务行业",
        "spot": "",
        "clause": "工信厅规函〔2026〕238号 二（二）",
        "hint": "从服务行业中保留最主要的3个",
    }
    assert content["problems"][0]["clause"] is None
    assert content["problems"][0]["verdict"] is None
    assert content["outputs"][0] == {
        "path": "out/江苏数促中心-2026/示例联合体/建设方案.草稿.docx",
        "sha256": "ab" * 32,
        "document": "建设方案",
        "subject": "示例联合体",
        "draft": True,
        "pages": 12,
    }


def test_what_two_notices_both_say_stands_once() -> None:
    first: Report = kit.a_report(kit.BROKEN)
    twin = replace(kit.BROKEN, notice=kit.PARENT.slug)
    second = replace(first.subjects[0], notice=kit.PARENT, problems=(twin,), findings=())
    both = Report((first.subjects[0], second))
    text = report(both, "plain", today=DAY)
    assert text.count("S0-E03") == 1
    assert "（示例联合体 · 江苏数促中心-2026、国家数促中心-2026）" in text
    assert text.count("期限（") == 1
    assert len(json.loads(report(both, "json"))["problems"]) == 2


def test_many_gaps_are_told_briefly() -> None:
    gaps = [
        replace(kit.LACKING, message=f"“字段{n}”还没有填", where=Where(kit.FILE, 1, 1, f"字段{n}"))
        for n in range(40)
    ]
    text = report(kit.a_report(*gaps, verdict=Verdict.LACKING), "plain")
    assert len(text.splitlines()) < 15
    assert all(f"“字段{n}”" in text for n in range(40))


def test_on_a_crowded_screen_what_blocks_is_named_and_what_does_not_is_counted() -> None:
    found = [
        kit.problem(code, f"{title}第{n}处", severity, verdict, line=n + 1)
        for code, title, severity, verdict in (
            ("类型", "错误", Severity.ERROR, None),
            ("S0-E03", "不通过", Severity.ERROR, Verdict.FAIL),
            ("缺填", "资料不足", Severity.ERROR, Verdict.LACKING),
            ("S0-R02", "待人工", Severity.INFO, Verdict.HUMAN),
            ("字符", "提醒", Severity.WARNING, None),
        )
        for n in range(20)
    ]
    text = report(kit.a_report(*found), "plain", today=DAY, rows=34)
    assert all(f"{title}第0处" in text for title in ("错误", "不通过", "资料不足"))
    assert text.count("……还有") == 5
    assert len(text.splitlines()) <= 36


def test_a_report_on_no_one_says_whether_there_are_errors() -> None:
    assert report(Report(), "plain") == "合计 没有错误：没有发现问题\n"
    text = report(
        Report(problems=(error("语法", "读不下去", Where("x.yaml", 3, 1), "补引号"),)), "plain"
    )
    assert text.splitlines()[:3] == ["错误 1 项", "x.yaml:3:1 错误 语法 读不下去", "  提示 补引号"]
    assert text.endswith("合计 有错误：错误 1\n")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_headline_says_whether_it_may_be_handed_in(verdict: Verdict) -> None:
    text = report(kit.a_report(verdict=verdict), "plain")
    assert text.startswith("能交" if verdict in (Verdict.PASS, Verdict.HUMAN) else "不能交")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 5, 20), "7 天后开始"),
        (date(2026, 5, 27), "还有 24 天"),
        (date(2026, 6, 20), "今天截止"),
        (date(2026, 6, 21), "已过 1 天"),
    ],
)
def test_the_calendar_counts_from_the_day_given(today: date, said: str) -> None:
    text = report(kit.a_report(verdict=Verdict.PASS), "plain", today=today)
    assert f"2026-05-27 至 2026-06-20  {said}" in text


def test_hostile_text_cannot_steer_the_terminal() -> None:
    hostile = replace(kit.WARNED, message="甲\x1b[2J乙\n丙\u202e丁")
    text = report(kit.a_report(hostile), "plain")
    assert "甲<U+001B>[2J乙 丙<U+202E>丁" in text
    assert visible("甲") == "甲"


def test_lines_break_where_chinese_allows() -> None:
    pieces = list(fold(line("填写“联系电话”，再核对一遍。See docgen --help", indent=2, hang=4), 20))
    assert [piece.text for piece in pieces] == [
        "  填写“联系电话”，再",
        "    核对一遍。See",
        "    docgen --help",
    ]


def test_severities_without_a_verdict_have_their_own_groups() -> None:
    note = replace(kit.WARNED, severity=Severity.INFO)
    text = report(kit.a_report(note, replace(kit.WARNED, severity=Severity.ERROR)), "plain")
    assert text.index("错误 1 项") < text.index("提示 1 项")


def uncoloured(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def everyword(text: str) -> list[str]:
    return sorted(text.replace("\n", "").replace(" ", ""))


def test_many_findings_in_word_files_keep_each_its_place_and_share_their_hint() -> None:
    def found(number: int, code: str, hint: str) -> Problem:
        where = Where("方案/甲.docx", spot=f"正文第{number}段：{{{{ 名{number} }}}}")
        return error(code, f"没有“名{number}”", where, hint)

    many = [found(number, "模板未知名称", "请对照字段清单") for number in range(1, 12)]
    alone = found(12, "模板过滤器", "是否想写“round”？")
    text = report(Report(problems=(*many, alone)), "plain")
    for number in range(1, 13):
        assert text.count(f"甲.docx 正文第{number}段：{{{{ 名{number} }}}} 错误") == 1
    assert text.count("请对照字段清单") == 1
    assert "以上 11 处提示 请对照字段清单" in text
    assert "没有“名12” 提示 是否想写“round”？" in text
    folded = report(Report(problems=(*many, alone)), "terminal", width=40)
    folded = re.sub(r"\x1b\[[\d;]*m|\s", "", folded)
    assert all(f"第{number}段" in folded for number in range(1, 13))


def test_where_the_screen_is_short_what_blocks_is_told_before_what_does_not() -> None:
    errors = replace(kit.WARNED, severity=Severity.ERROR)
    hints = replace(kit.WARNED, severity=Severity.INFO)
    found = [
        replace(one, message=f"{one.message}{n}", where=Where(kit.FILE, n + 1, 1, f"字段{n}"))
        for one in (errors, kit.BROKEN, kit.LACKING, kit.HUMAN, kit.WARNED, hints)
        for n in range(9)
    ]
    lines = [one.text for one in arrange(kit.a_report(*found), DAY, 100, most=37)]
    assert len(lines) <= 37
    for blocks in ("错误", "不通过", "资料不足"):
        assert "……" not in lines[lines.index(f"{blocks} 9 项") + 1]
