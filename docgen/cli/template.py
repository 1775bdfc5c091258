"""docgen template check | fields | new: the Word templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from docgen.cli.answer import Answer, laid_out
from docgen.cli.chinese import SETTINGS, Command, Group
from docgen.cli.names import suggestion
from docgen.cli.options import found, named
from docgen.problem import Stop

if TYPE_CHECKING:
    from docgen.model.notice import Document, Notice
    from docgen.pipeline import Workspace
    from docgen.report.lines import Line

app = typer.Typer(
    cls=Group,
    help="Word 模板：可用的字段、查错、照通知新建",
    rich_markup_mode=None,
    context_settings=SETTINGS,
    no_args_is_help=True,
)
NoticeNeeded = Annotated[
    str, typer.Option("-n", "--notice", metavar="通知", help="如 江苏数促中心-2026")
]


@app.command("fields", cls=Command)
def fields(notice: NoticeNeeded) -> Answer:
    """列出一个通知的全部字段：模板里写 {{ 字段 }} 就印出它。"""
    from docgen.report.lines import Span, line

    pack = _notice(found(named(notice=notice)), notice)
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


@app.command("new", cls=Command)
def new(
    kind: Annotated[str, typer.Argument(metavar="文种", help="如 建设方案")], notice: NoticeNeeded
) -> Answer:
    """照通知要求的章节和表格新建一份模板，再用 Word 或 WPS 修改。已有的模板不动。"""
    from docgen.fill import blank_template
    from docgen.report.lines import line

    workspace = found(named(notice=notice))
    pack = _notice(workspace, notice)
    document = _document(pack, kind)
    path = workspace.templates / document.template
    shown = f"templates/{document.template}"
    if path.exists():
        raise Stop(f"{shown} 已经有了", "要重做先把它改名或移走")
    data = blank_template(document, pack)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(data)
    except OSError as failure:
        from docgen.store.disk import refusal

        problem = refusal(failure, shown)
        raise Stop(f"{shown} {problem.message}", problem.hint) from None
    return laid_out([line(f"新建 {shown}"), line("用 Word 或 WPS 打开修改；{{ }} 里是字段，勿改")])


def _notice(workspace: Workspace, slug: str) -> Notice:
    from docgen import pipeline

    loaded = pipeline.load_notice(workspace, slug)
    if loaded.value is None:
        raise Stop(f"通知“{slug}”读不出来", f"先运行 docgen notice check {slug}")
    return loaded.value


def _document(pack: Notice, kind: str) -> Document:
    made = [document for document in pack.documents if document.template]
    for document in made:
        if document.kind == kind:
            return document
    kinds = list(dict.fromkeys(document.kind for document in made))
    raise Stop(f"{pack.slug}没有要“{kind}”", suggestion(kind, kinds))
