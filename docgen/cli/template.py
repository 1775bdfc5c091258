"""docgen template fields | check | new: the Word templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docgen.cli.answer import Answer, answer, has_errors, laid_out
from docgen.cli.names import name, suggestion
from docgen.cli.options import Named, declare_json, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.load.disk import MEGABYTE, read_bytes, relative
from docgen.model.artifact import Report
from docgen.model.notice import Party
from docgen.problem import Problem, Stop
from docgen.report.lines import Line, Span, line

if TYPE_CHECKING:
    from docgen.model.notice import Document, Notice
    from docgen.pipeline import Workspace

LIMIT = 20 * MEGABYTE
PROSE, ROW = "正文", "推荐对象."
ROOTS = ("词表", "期限", "序号", "正文")


def _fields(given: Given) -> Answer:
    chosen = named(given)
    pack = _notice(found(chosen), chosen.notice)
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


def _check(given: Given) -> Answer:
    from docgen import pipeline
    from docgen.fill import lint_template

    chosen = named(given)
    workspace = found(chosen)
    wanted = _wanted(workspace, given.templates)
    packs = [chosen.notice] if chosen.notice else pipeline.notices(workspace)
    uses = [
        (document.template, pack.slug, known_names(document, pack))
        for pack in (_notice(workspace, slug) for slug in packs)
        for document in pack.documents
    ]
    problems: dict[Problem, None] = {}
    for path in wanted:
        shown = relative(path, workspace.root)
        template = shown.removeprefix("templates/")
        data = read_bytes(path, shown, LIMIT)
        problems |= dict.fromkeys(data.problems)
        mine = [(slug, known) for used, slug, known in uses if used == template]
        for slug, known in mine or [("", dict[str, str]())]:
            if data.value is not None and (mine or given.templates or not chosen.notice):
                found_here = lint_template(data.value, known, shown)
                problems |= dict.fromkeys(problem.of(notice=slug) for problem in found_here)
    report = Report(problems=tuple(problems), about={"模板": str(len(wanted))})
    return answer(report, int(has_errors(report)), json=given.json)


def _wanted(workspace: Workspace, typed: list[str]) -> list[Path]:
    """The files that the words typed stand for: Word files, or all templates of a 文种."""
    files: list[Path] = []
    for word in typed or ["*"]:
        if word.endswith(".docx") and Path(word).is_file():
            files.append(Path(word).resolve())
            continue
        if word != "*":
            found(Named(kind=name(word, "文种")))
        files += sorted(workspace.templates.glob(f"{word}/[!~.]*.docx"))
    if not files:
        raise Stop("templates/ 里没有 Word 模板", "用 docgen template new 起一个")
    return files


def known_names(document: Document, pack: Notice) -> dict[str, str]:
    """The paths of facts that the template of a document may print, with their labels."""
    own = pack.fields.get(document.issuer, {})
    known = {path: one.label or one.key for field in own.values() for path, one in field.walk()}
    known |= {root: root for root in ROOTS}
    for chapter in document.chapters:
        for title in ("", *chapter.sections):
            path = ".".join(filter(None, (PROSE, chapter.title, title)))
            known[path] = title or chapter.title
    if document.issuer is Party.BUREAU:
        rows = {p.removeprefix(ROW): label for p, label in known.items() if p.startswith(ROW)}
        applicant = pack.fields.get(Party.APPLICANT, {})
        for field in applicant.values():
            rows |= {f"申报.{path}": one.label or one.key for path, one in field.walk()}
        rows |= {"序号": "序号", "申报": "申报单位的资料"}
        for root in ("对象", "推荐对象"):
            known |= {root: root, **{f"{root}.{path}": label for path, label in rows.items()}}
    return known


def _new(given: Given) -> Answer:
    chosen = named(given)
    workspace = found(Named(notice=chosen.notice))
    pack = _notice(workspace, chosen.notice)
    document = _document(pack, chosen.kind)
    path, shown = workspace.templates / document.template, f"templates/{document.template}"
    if path.exists():
        raise Stop(f"{shown} 已经有了", "要重做先把它改名或移走")

    from docgen.fill import blank_template

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

    if not slug:
        raise Stop(
            "没有指明通知", "用 -n 通知，如 -n 江苏数促中心-2026；全部通知见 docgen notice list"
        )
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


def _declare_fields(parser: Parser) -> None:
    parser.option("-n", "--notice", dest="notice", metavar="通知", help="如 江苏数促中心-2026")


def _declare_check(parser: Parser) -> None:
    parser.argument("templates", "文种或文件", "如 建设方案、改好的.docx；不写则查全部模板", "*")
    _declare_fields(parser)
    declare_json(parser)


def _declare_new(parser: Parser) -> None:
    parser.argument("kind", "文种", "如 建设方案")
    _declare_fields(parser)


FIELDS = Command("列出一个通知的全部字段：模板里写 {{ 字段 }} 就印出它。", _declare_fields, _fields)
CHECK = Command(
    "查 Word 模板：标签配对、写法、字段名，一次列全，每处指明段落。不动模板。",
    _declare_check,
    _check,
)
NEW = Command(
    "照通知要求的章节和表格新建一份模板，再用 Word 或 WPS 修改。已有的模板不动。",
    _declare_new,
    _new,
)
