"""docgen watch: builds and checks at every save, and shows the pages on this machine."""

from __future__ import annotations

import sys

from docgen.cli import names
from docgen.cli.answer import Answer
from docgen.cli.options import declare_day, declare_names, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop

HELP = """边改边看：每次保存就核验、重新生成会变的文书，并在浏览器里显示各页、结论和待补之处。

网页只在本机能看（127.0.0.1），地址里有一个随机的词，别发给别人。按 Ctrl-C 停止。
它生成的与 docgen build --all 一样：能出定稿的出定稿，缺资料的出草稿。

docgen watch -a 示例联合体
docgen watch -b 示例市工信局 -n 通知名称 --port 8000"""


def _declare(parser: Parser) -> None:
    declare_names(parser)
    declare_day(parser)
    parser.option("--port", dest="port", metavar="端口", help="网页的端口；不写则挑一个空着的")


def _watch(given: Given) -> Answer:
    if (given.applicant is None) == (given.bureau is None):
        said = "一次只守一个：申报单位或主管部门" if given.bureau else "没有指明守着谁"
        raise Stop(said, "加 APP=名称 或 BUREAU=名称（命令行用 -a、-b）")
    chosen = named(given)
    today, port = names.day(given.day), _port(given.port)
    workspace = found(chosen)

    from docgen import pipeline
    from docgen.cli.crash import write_log
    from docgen.report.lines import visible
    from docgen.watch import watch

    def told(line: str) -> None:
        sys.stdout.write(visible(line) + "\n")
        sys.stdout.flush()

    request = pipeline.Request(
        applicant=chosen.applicant, bureau=chosen.bureau, notice=chosen.notice, today=today
    )
    watch(workspace, request, port, told, lambda failure: write_log(failure, ["watch"]))
    return Answer("已停止\n")


def _port(word: str | None) -> int:
    if word is None:
        return 0
    if not (word.isascii() and word.isdecimal() and int(word) < 65536):
        raise Stop(f"端口“{word}”不对", "写 1024 到 65535 的整数，或不写")
    return int(word)


WATCH = Command(HELP, _declare, _watch)
