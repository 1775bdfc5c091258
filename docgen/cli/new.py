"""docgen new: the data folder of an applicant or the file of a bureau, with every field in it."""

from __future__ import annotations

from pathlib import Path

from docgen.cli.answer import Answer, laid_out
from docgen.cli.names import name, quoted, suggestion
from docgen.cli.options import Named, found
from docgen.cli.parser import Command, Given, Parser
from docgen.cli.template import declare_notice
from docgen.problem import Stop
from docgen.report.lines import Span, line

HELP = """新建一家申报单位的资料，或一个主管部门的：通知要的每一项、每一章都列好，写明条款、写法。

已有的资料一个字不动，只补上这个通知另要的。

docgen new 客户甲 -n 通知名称
docgen new 客户甲 -n 通知名称 --track 类别
docgen new -b 某市工信局 -n 通知名称"""


def _declare(parser: Parser) -> None:
    parser.argument("name", "申报单位", "新的名字，就是 data/申报单位/ 里文件夹的名字", "?")
    parser.option(
        "-a", "--applicant", dest="applicant", metavar="申报单位", help="同上，写在选项里"
    )
    parser.option("-b", "--bureau", dest="bureau", metavar="主管部门", help="改为新建主管部门的")
    declare_notice(parser)
    parser.option("--track", dest="track", metavar="类别", help="分类别的通知：申报哪一类")


def _new(given: Given) -> Answer:
    whom = [one for one in (given.name, given.applicant, given.bureau) if one is not None]
    if len(whom) != 1:
        said = "一次只建一个：申报单位或主管部门" if whom else "没有写新的名字"
        raise Stop(said, "如 docgen new 客户甲 -n 通知名称（make 新建 APP=客户甲 NOTICE=…）")
    applicant = name(given.applicant if given.name is None else given.name, "申报单位")
    bureau, slug = name(given.bureau, "主管部门"), name(given.notice, "通知")
    from docgen import pipeline

    if not slug:
        listed = suggestion("", pipeline.notices(pipeline.find_workspace(Path())))
        raise Stop("没有指明通知", f"加 NOTICE=通知（命令行用 -n）；{listed}")
    workspace = found(Named(notice=slug))
    request = pipeline.Request(applicant=applicant, bureau=bureau, notice=slug)
    told = pipeline.start(workspace, request, given.track or "")
    lines = [line(Span(done, "good"), " ", what, hang=5) for done, what in told]
    option, variable = ("-a", "APP") if applicant else ("-b", "BUREAU")
    whose = quoted(applicant or bureau)
    ready = f"填好后：docgen check {option} {whose}（make 检查 {variable}={whose}）"
    return laid_out([*lines, line(ready)])


NEW = Command(HELP, _declare, _new)
