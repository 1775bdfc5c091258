"""docgen match: where an applicant stands with every notice and track."""

from __future__ import annotations

from datetime import date

from docgen.cli import names
from docgen.cli.answer import Answer, laid_out
from docgen.cli.options import declare_day, declare_json, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop

HELP = """一家单位的资料，够得上哪些通知、哪一类：通过、差什么、缺什么资料。不写任何文件。

docgen match -a 示例联合体
docgen match -a 示例联合体 -n 通知名称"""


def _declare(parser: Parser) -> None:
    parser.option(
        "-a", "--applicant", dest="applicant", metavar="申报单位", help="data/申报单位/ 里的名字"
    )
    parser.option("-b", "--bureau", dest="bureau", metavar="主管部门", help="")
    parser.option("-n", "--notice", dest="notice", metavar="通知", help="只看这一个通知")
    declare_day(parser)
    declare_json(parser)


def _match(given: Given) -> Answer:
    if given.applicant is None or given.bureau is not None:
        raise Stop("匹配看的是申报单位", "用 APP=名称（命令行用 -a）指明一家")
    chosen, today = named(given), names.day(given.day) or date.today()
    workspace = found(chosen)

    from docgen import pipeline
    from docgen.report.matching import matching_json, matching_lines

    request = pipeline.Request(applicant=chosen.applicant, notice=chosen.notice)
    matches = pipeline.match(workspace, request)
    if given.json:
        return Answer(matching_json(matches))
    return laid_out(list(matching_lines(matches, today)))


MATCH = Command(HELP, _declare, _match)
