"""docgen why: from a text in a built document, or from a field, to where it comes from."""

from __future__ import annotations

from pathlib import Path

from docgen.cli.answer import Answer, laid_out
from docgen.cli.options import declare_json, declare_names, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.problem import Stop

HELP = """成品里一个数、一句话从哪里来：哪个字段，哪一行，哪些条款看它，有什么证明，还印在哪里。\
不写任何文件。

文书生成之后资料改过的，标出“旧”和现在的行；在 Word 里改过的也会说明。找不到时退出码为 1。

docgen why out/通知名称/示例联合体/建设方案.docx "1,280.5"（也可问同名的 pdf、xlsx）
docgen why 服务行业 -a 示例联合体（一个字段：键、路径或标签）"""

ASK = (
    'docgen why 成品.docx "要找的文字"，或 docgen why 字段 -a 申报单位'
    "（make 出处 FILE=成品.docx TEXT=要找的文字，或 TEXT=字段 APP=申报单位）"
)


def _declare(parser: Parser) -> None:
    parser.argument("what", "成品或字段", "out/ 里的一个文件；或字段的键、路径、标签", "?")
    parser.argument("text", "文字", "文件里要找的文字，照印出来的样子", "?")
    declare_names(parser)
    declare_json(parser)


def _why(given: Given) -> Answer:
    whom = [name for name in (given.applicant, given.bureau) if name is not None]
    if given.what is None or (given.text is None and not whom):
        said = "没有写要找什么" if given.what is None else "没有写要找的文字，也没有指明哪一家"
        raise Stop(said, ASK)
    if (given.text is not None and whom) or len(whom) > 1:
        raise Stop("问文件就不写 -a、-b，问字段只写一个", "用法见 docgen why --help")
    chosen = named(given)
    workspace = found(chosen)

    from docgen import pipeline
    from docgen.report.tracing import traced_json, traced_lines

    if given.text is not None:
        path = Path(given.what)
        if not path.is_file() and not path.is_absolute():
            path = workspace.root / path
        traced = pipeline.trace_text(workspace, path, given.text)
    else:
        request = pipeline.Request(
            applicant=chosen.applicant, bureau=chosen.bureau, notice=chosen.notice
        )
        traced = pipeline.trace_field(workspace, request, given.what)
    code = 0 if traced.origins else 1
    if given.json:
        return Answer(traced_json(traced), code)
    return laid_out(list(traced_lines(traced)), code)


WHY = Command(HELP, _declare, _why)
