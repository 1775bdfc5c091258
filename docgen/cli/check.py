"""docgen check: the verdict on an applicant, a bureau with its candidates, or a lone data file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docgen.cli import names
from docgen.cli.answer import SCREEN, Answer, answer, has_errors
from docgen.cli.options import declare_day, declare_json, declare_names, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop

if TYPE_CHECKING:
    from docgen.pipeline import Workspace

HELP = """对照通知逐条核验：能不能交，差什么，先改哪里。不改资料；有不通过或资料不足时退出码为 1。

只列一屏，--all 列出全部。--html 另出一页检查报告（可点开每一处，可打印），--pdf 印成 PDF；\
不写文件名就放在 out/<通知>/<单位>/检查报告.html。报告里的期限按 --date，不写则按资料里的申报日期。

docgen check -a 示例联合体
docgen check -b 示例市工信局 -n 通知名称 --html
docgen check -a 示例联合体 --outputs（核对已生成的文书）
docgen check data/申报单位/示例联合体/申报单位.yaml（一个文件写错没有）"""


def _declare(parser: Parser) -> None:
    parser.argument("file", "文件.yaml", "单独一个数据文件", "?")
    declare_names(parser)
    parser.flag(
        "--outputs", dest="outputs", help="核对 out/ 里的成品：Word 与 PDF 一致，没有放不下的"
    )
    declare_day(parser)
    parser.flag("--all", dest="every", help="列出全部，不限一屏")
    parser.option("--html", dest="html", metavar="文件.html", help="另出网页报告", bare=True)
    parser.option("--pdf", dest="pdf", metavar="文件.pdf", help="另出 PDF 报告", bare=True)
    declare_json(parser)


def _check(given: Given) -> Answer:
    whom = [word for word in (given.file, given.applicant, given.bureau) if word is not None]
    if len(whom) != 1:
        said = "一次只检查一个：申报单位、主管部门或文件" if whom else "没有指明检查谁"
        raise Stop(said, "加 APP=名称 或 BUREAU=名称（命令行用 -a、-b，或写一个数据文件）")
    chosen = named(given)
    today = names.day(given.day)
    workspace = found(chosen)

    from docgen import pipeline
    from docgen.batch import reading_in_processes

    request = pipeline.Request(
        applicant=chosen.applicant, bureau=chosen.bureau, notice=chosen.notice, today=today
    )
    if given.outputs and given.file is None:
        report = pipeline.check_outputs(workspace, request)
    elif given.file is None:
        report = pipeline.check(workspace, request, reading_in_processes())
    else:
        path = Path(given.file)
        if not path.is_file():
            raise Stop(f"没有“{given.file}”这个文件", _meant(given.file, workspace))
        report = pipeline.check_file(workspace, path, request)
    wanted = {"html": given.html, "pdf": given.pdf}
    if any(name is not None for name in wanted.values()):
        report = pipeline.report_files(workspace, report, wanted, today)
    rows = None if given.every else SCREEN
    return answer(
        report,
        int(has_errors(report)),
        json=given.json,
        today=today,
        rows=rows,
        root=workspace.root,
    )


def _meant(word: str, workspace: Workspace) -> str:
    """The option to use where a name was typed in the place of a file."""
    from docgen import pipeline

    if word in pipeline.applicants(workspace):
        return f"检查申报单位用 -a {word}"
    if word in pipeline.bureaus(workspace):
        return f"检查主管部门用 -b {word}"
    return "核对文件名；检查单位用 -a 或 -b"


CHECK = Command(HELP, _declare, _check)
