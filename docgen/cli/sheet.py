"""docgen sheet | import: an Excel workbook to be filled in, and what was filled in."""

from __future__ import annotations

from pathlib import Path

from docgen.cli.answer import Answer, answer, has_errors, laid_out
from docgen.cli.names import name
from docgen.cli.options import Named, declare_json, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.cli.template import declare_notice, notice_of
from docgen.problem import Stop
from docgen.report.lines import line

TAKE = "表格"


def _sheet(given: Given) -> Answer:
    chosen = named(given)
    workspace = found(chosen)
    pack = notice_of(workspace, chosen.notice)
    path = Path(given.output or f"报名表-{pack.slug}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise Stop(f"“{path.name}”的扩展名不是 .xlsx", "如 -o 报名表.xlsx")
    if not path.parent.is_dir():
        raise Stop(f"没有“{path.parent.name}”这个文件夹", "先建好文件夹，或换一个位置")

    from docgen.fill import entry_book
    from docgen.store import write_new

    data = entry_book(pack)
    problem = write_new(path, data)
    if problem is not None:
        raise Stop(f"{path.name} {problem.message}", problem.hint)
    said = f"填好后导入：docgen import {path.name} -n {pack.slug}"
    return laid_out([line(f"新建 {path.name}"), line(said)])


def _import(given: Given) -> Answer:
    if given.take not in (None, TAKE):
        raise Stop(f"--take 的“{given.take}”不认识", f"只能写 {TAKE}：有冲突的以表格为准")
    slug = name(given.notice, "通知")
    bureau = name(given.bureau, "主管部门")
    workspace = found(Named(notice=slug))
    path = Path(given.file)
    if not path.is_file():
        raise Stop(f"没有“{path.name}”这个文件", "核对文件名和所在的文件夹")

    from docgen import pipeline

    report = pipeline.import_book(workspace, path, slug, bureau, take=given.take == TAKE)
    return answer(report, int(has_errors(report)), json=given.json)


def _declare_sheet(parser: Parser) -> None:
    declare_notice(parser)
    parser.option(
        "-o", "--output", dest="output", metavar="文件", help="写到这里；不写则为 报名表-通知.xlsx"
    )


def _declare_import(parser: Parser) -> None:
    parser.argument("file", "报名表.xlsx", "填好的工作簿")
    declare_notice(parser)
    parser.option(
        "-b",
        "--bureau",
        dest="bureau",
        metavar="主管部门",
        help="行的先后作为这个主管部门的推荐顺序",
    )
    parser.option("--take", dest="take", metavar=TAKE, help="YAML 里改过的值，也以表格为准")
    declare_json(parser)


SHEET = Command(
    """照一个通知的字段生成 Excel 报名表：一家一行，每张表一个工作表。已有的文件不覆盖。

docgen sheet -n 通知名称 -o 报名表.xlsx""",
    _declare_sheet,
    _sheet,
)
IMPORT = Command(
    """把填好的报名表写成各申报单位的资料。有问题的格逐一指出；人在 YAML 里改过的值不覆盖。

docgen import 报名表.xlsx -n 通知名称
docgen import 报名表.xlsx -n 通知名称 -b 示例市工信局""",
    _declare_import,
    _import,
)
