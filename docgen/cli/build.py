"""docgen build: the documents of an applicant or bureau."""

from __future__ import annotations

from docgen.cli import names
from docgen.cli.answer import SCREEN, Answer, answer, has_errors
from docgen.cli.options import declare_day, declare_json, declare_names, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop

HELP = """生成文书：能出定稿的出定稿，缺资料的出草稿，缺处在原位标明。

docgen build 建设方案 -a 示例联合体
docgen build 推荐意见 -b 示例市工信局 -a 示例联合体（只做这一个推荐对象）
docgen build --all -a 示例联合体"""


def _declare(parser: Parser) -> None:
    parser.argument("kind", "文种", "如 建设方案；全部文种用 --all", "?")
    declare_names(parser)
    parser.flag("--all", dest="every", help="该单位应出的全部文书")
    parser.flag("--final", dest="final", help="只要定稿：有不通过或资料不足则不出，并说明原因")
    parser.option("--format", dest="formats", metavar="格式", help="只出这些格式，如 docx,pdf")
    declare_day(parser)
    declare_json(parser)
    parser.option("--pdf-engine", dest="engine", metavar="引擎", help="typst（默认）或 soffice")
    parser.flag("--pdf-a", dest="archival", help="PDF 出成存档用的 PDF/A-2a")
    where = "在 dask 集群上生成，如 tcp://主机:8786（要装 docgen[cluster]）"
    parser.option("--cluster", dest="cluster", metavar="地址", help=where)


def _build(given: Given) -> Answer:
    if given.every and given.kind is not None:
        raise Stop(f"写了文种“{given.kind}”又写了 --all", "二者留一个")
    if not given.every and given.kind is None:
        raise Stop("没有写明文种", "如 docgen build 建设方案 -a 示例联合体；全部文种用 --all")
    if given.applicant is None and given.bureau is None:
        raise Stop("没有指明申报单位或主管部门", "加 APP=名称 或 BUREAU=名称（命令行用 -a、-b）")
    chosen = named(given)
    formats, today = names.formats(given.formats), names.day(given.day)
    engine = names.engine(given.engine)
    if given.archival and engine != "typst":
        raise Stop("PDF/A 只由默认的排版引擎生成", "去掉 --pdf-a，或不用 --pdf-engine soffice")
    workspace = found(chosen)

    from docgen import pipeline
    from docgen.batch import in_processes, on_cluster, reading_in_processes
    from docgen.cli.progress import Progress

    request = pipeline.Request(
        kind=chosen.kind,
        applicant=chosen.applicant,
        bureau=chosen.bureau,
        notice=chosen.notice,
        every=given.every,
        final=given.final,
        formats=formats,
        today=today,
        pdf_engine=engine,
        archival=given.archival,
    )
    runner = on_cluster(given.cluster) if given.cluster else in_processes()
    report = pipeline.build(workspace, request, Progress(), runner, reading_in_processes())
    failed = report.refused or (has_errors(report) and not report.outputs)
    return answer(
        report, int(failed), json=given.json, today=today, rows=SCREEN, root=workspace.root
    )


BUILD = Command(HELP, _declare, _build)
