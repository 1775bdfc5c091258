"""docgen template fields | new: the Word templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.cli.answer import Answer, laid_out
from docgen.cli.names import suggestion
from docgen.cli.options import Named, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.load.disk import MEGABYTE
from docgen.problem import Stop
from docgen.report.lines import Line, Span, line

if TYPE_CHECKING:
    from docgen.model.notice import Document, Notice
    from docgen.pipeline import Workspace

LIMIT = 20 * MEGABYTE


def _fields(given: Given) -> Answer:
    chosen = named(given)
    pack = notice_of(found(chosen), chosen.notice)
    lines: list[Line] = []
    for party, own in pack.fields.items():
        lines.append(line(Span(f"{party.value} {len(own)} 项", "head")))
        for field in own.values():
            for path, one in field.walk():
                unit = f"（{one.unit}）" if one.unit else ""
                words = [one.type.value + unit, "必填" if one.required else "", one.note]
                told = "  ".join(filter(None, words))
                lines.append(line(Span(path, "bold"), "  ", told, indent=2, hang=4))
    return laid_out(lines)


def _new(given: Given) -> Answer:
    chosen = named(given)
    workspace = found(Named(notice=chosen.notice))
    pack = notice_of(workspace, chosen.notice)
    document = _document(pack, chosen.kind)
    path, shown = workspace.templates / document.template, f"templates/{document.template}"
    if path.exists():
        raise Stop(f"{shown} 已经有了", "要重做先把它改名或移走")

    from docgen.fill import blank_template
    from docgen.store import write_new

    data = blank_template(document, pack)
    problem = write_new(path, data, parents=True)
    if problem is not None:
        raise Stop(f"{shown} {problem.message}", problem.hint)
    return laid_out([line(f"新建 {shown}"), line("用 Word 或 WPS 打开修改；{{ }} 里是字段，勿改")])


def notice_of(workspace: Workspace, slug: str) -> Notice:
    from docgen import pipeline

    if not slug:
        raise Stop("没有指明通知", "用 -n 通知；名称见 docgen notice list")
    return pipeline.whole_notice(workspace, slug)


def _document(pack: Notice, kind: str) -> Document:
    made = [document for document in pack.documents if document.template]
    for document in made:
        if document.kind == kind:
            return document
    kinds = list(dict.fromkeys(document.kind for document in made))
    raise Stop(f"{pack.slug}没有要“{kind}”", suggestion(kind, kinds))


def declare_notice(parser: Parser) -> None:
    parser.option("-n", "--notice", dest="notice", metavar="通知", help="名称见 docgen notice list")


def _declare_new(parser: Parser) -> None:
    parser.argument("kind", "文种", "如 建设方案")
    declare_notice(parser)


FIELDS = Command(
    """列出一个通知的全部字段：模板里写 {{ 字段 }} 就印出它。

docgen template fields -n 通知名称""",
    declare_notice,
    _fields,
)
NEW = Command(
    """照通知要求的章节和表格新建一份模板，再用 Word 或 WPS 修改。已有的模板不动。

docgen template new 建设方案 -n 通知名称""",
    _declare_new,
    _new,
)
