"""docgen bind: the hand-in of an applicant as one PDF, its evidence stamped and cited by page."""

from __future__ import annotations

from docgen.cli import names
from docgen.cli.answer import Answer, answer
from docgen.cli.options import declare_day, declare_json, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.cli.progress import Progress
from docgen.problem import Stop

HELP = """装订：扫描件依清单次序合成一册、逐页编号，目录和正文引用都写明页码；连同文书合成一个 PDF。

docgen bind -a 示例联合体
docgen bind -a 示例联合体 -n 通知名称 --final"""


def _declare(parser: Parser) -> None:
    parser.option(
        "-a", "--applicant", dest="applicant", metavar="申报单位", help="data/申报单位/ 里的名字"
    )
    parser.option("-n", "--notice", dest="notice", metavar="通知", help="只装订这一个通知的")
    parser.flag("--final", dest="final", help="只要定稿：有不通过或资料不足则不出，并说明原因")
    declare_day(parser)
    declare_json(parser)


def _bind(given: Given) -> Answer:
    if given.applicant is None:
        raise Stop("没有指明申报单位", "加 APP=名称（命令行用 -a）")
    chosen, today = named(given), names.day(given.day)
    workspace = found(chosen)

    from docgen import pipeline

    request = pipeline.Request(
        applicant=chosen.applicant, notice=chosen.notice, final=given.final, today=today
    )
    report = pipeline.bind(workspace, request, progress=Progress())
    return answer(report, int(report.refused), json=given.json, today=today)


BIND = Command(HELP, _declare, _bind)
