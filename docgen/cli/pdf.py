"""docgen pdf: any Word file → PDF, with everything that is not shown as the file asks named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docgen.cli import names
from docgen.cli.answer import Answer, answer, has_errors
from docgen.cli.options import declare_json
from docgen.cli.parser import Command, Given, Parser
from docgen.model.artifact import Report
from docgen.problem import Problem, Stop

HELP = """把任何 Word 文件（.docx）转成 PDF，写在它旁边。显示不了的东西逐处指名。

默认用自己的排版引擎。有它显示不了、LibreOffice 显示得好的（文本框、公式、图表等），本机又装了 \
LibreOffice，就改用它，并说明是哪几处。有字或图片印不出来的，PDF 照写，退出码为 1。

docgen pdf 来文.docx
docgen pdf 来文.docx -o 存档.pdf --pdf-a"""


def _pdf(given: Given) -> Answer:
    source = Path(given.file)
    target = Path(given.output) if given.output else source.with_suffix(".pdf")
    if not source.is_file():
        raise Stop(f"没有“{given.file}”这个文件", "核对文件名和所在的文件夹")
    if target.suffix.lower() != ".pdf":
        raise Stop(f"“{target.name}”的扩展名不是 .pdf", "如 -o 存档.pdf")
    if not target.parent.is_dir():
        raise Stop(f"没有“{target.parent}”这个文件夹", "先建好文件夹，或换一个位置")
    engine = names.engine_or_auto(given.engine)

    from docgen import pipeline

    outcome = pipeline.convert(
        pipeline.find_workspace(Path()), source, target, engine=engine, archival=given.archival
    )
    report = Report(
        problems=tuple(_placed(problem, source.name) for problem in outcome.problems),
        outputs=(outcome.value,) if outcome.value is not None else (),
    )
    return answer(report, int(has_errors(report)), json=given.json)


def _placed(problem: Problem, file: str) -> Problem:
    """The same, told of the file unless it is of another one."""
    where = problem.where
    return replace(problem, where=replace(where, file=where.file or file))


def _declare(parser: Parser) -> None:
    parser.argument("file", "文件.docx", "要转换的 Word 文件")
    parser.option("-o", "--output", dest="output", metavar="文件", help="写到这里；不写则在原处")
    parser.option("--engine", dest="engine", metavar="引擎", help="auto（默认）、typst 或 soffice")
    parser.flag("--pdf-a", dest="archival", help="存档用的 PDF/A-2a（只由 typst 出）")
    declare_json(parser)


PDF = Command(HELP, _declare, _pdf)
