"""A small Report to arrange: two notices, one of each kind of Problem, three outputs."""

from __future__ import annotations

from datetime import date

from docgen.model.artifact import Finding, Output, Report, SubjectReport
from docgen.model.notice import Notice, Window
from docgen.model.rule import Party
from docgen.problem import Clause, Problem, Severity, Verdict, Where

PARENT = Notice(
    slug="国家数促中心-2026",
    name="国家",
    number="工信厅规函〔2026〕238号",
    status="有效",
    issuer="工业和信息化部办公厅",
    calendar={
        "线上申报": Window("线上申报", date(2026, 5, 27), date(2026, 6, 20), "国家数促中心-2026")
    },
)
CHILD = Notice(
    slug="江苏数促中心-2026",
    name="江苏",
    number="江苏省通知",
    status="有效",
    issuer="江苏省工业和信息化厅",
    parent=PARENT,
    calendar={
        **PARENT.calendar,
        "省内线上申报": Window("省内线上申报", None, date(2026, 6, 10), "江苏数促中心-2026"),
    },
)
FILE = "data/申报单位/示例联合体/申报单位.yaml"
CLAUSE = Clause(PARENT.slug, PARENT.number, "二（二）")


def problem(
    code: str,
    message: str,
    severity: Severity = Severity.ERROR,
    verdict: Verdict | None = None,
    *,
    line: int = 12,
    hint: str = "",
    clause: Clause | None = None,
) -> Problem:
    where = Where(FILE, line, 5, "服务行业")
    return Problem(code, severity, message, where, clause, hint, verdict, "示例联合体", CHILD.slug)


BROKEN = problem(
    "S0-E03",
    "服务的主要行业不超过3个：实际 4，要求不超过3，多1",
    verdict=Verdict.FAIL,
    hint="从服务行业中保留最主要的3个",
    clause=CLAUSE,
)
LACKING = problem("缺填", "“联系电话”还没有填", verdict=Verdict.LACKING, line=1)
HUMAN = problem(
    "S0-R02", "信用情况：须人工判断", Severity.INFO, Verdict.HUMAN, hint="核对后", clause=CLAUSE
)
WARNED = problem("字符", "有自造字 U+E000", Severity.WARNING, line=30, hint="换成标准汉字")


def a_report(*problems: Problem, verdict: Verdict = Verdict.FAIL, **more: object) -> Report:
    findings = tuple(
        Finding(p.code, p.message.partition("：")[0], p.verdict, (p,))
        for p in problems
        if p.verdict and "：" in p.message
    )
    subject = SubjectReport("示例联合体", Party.APPLICANT, CHILD, verdict, findings, problems)
    return Report((subject,), **more)  # type: ignore[arg-type]


DRAFT = "out/江苏数促中心-2026/示例联合体/建设方案.草稿"
OUTPUTS = (
    Output(f"{DRAFT}.docx", "ab" * 32, "建设方案", "示例联合体", True, 12, "新建"),
    Output(f"{DRAFT}.pdf", "cd" * 32, "建设方案", "示例联合体", True, 12, "未变"),
)
