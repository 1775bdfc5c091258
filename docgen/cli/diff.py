"""docgen diff: what changed since the last build, or since a revision in git."""

from __future__ import annotations

from docgen.cli.answer import Answer, laid_out
from docgen.cli.options import declare_json, declare_names, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop

HELP = """上次生成之后改了什么：字段由什么变成什么，碰到哪些文书的哪些标题和表，哪些条款的结论\
变了。不写任何文件。

docgen diff -a 示例联合体
docgen diff -b 示例市工信局
docgen diff -a 示例联合体 --against HEAD（与 git 里的版本比，需要 git）"""


def _declare(parser: Parser) -> None:
    declare_names(parser)
    parser.option(
        "--against",
        dest="against",
        metavar="版本",
        help="git 里的版本，如 HEAD、标签；不写则与上次生成的比",
    )
    declare_json(parser)


def _diff(given: Given) -> Answer:
    whom = [name for name in (given.applicant, given.bureau) if name is not None]
    if len(whom) != 1:
        said = "一次只比较一个：申报单位或主管部门" if whom else "没有指明比较谁"
        raise Stop(said, "加 APP=名称 或 BUREAU=名称（命令行用 -a、-b）")
    if given.against is not None and not given.against.strip():
        raise Stop("没有写与哪个版本比", "例如 --against HEAD；不写则与上次生成的比")
    chosen = named(given)
    workspace = found(chosen)

    from docgen import pipeline
    from docgen.report.differing import difference_json, difference_lines

    request = pipeline.Request(
        applicant=chosen.applicant, bureau=chosen.bureau, notice=chosen.notice
    )
    changed = pipeline.diff(workspace, request, given.against or "")
    if given.json:
        return Answer(difference_json(changed))
    return laid_out(list(difference_lines(changed)))


DIFF = Command(HELP, _declare, _diff)
