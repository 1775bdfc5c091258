"""docgen template check: Word templates held to the notices that use them, all findings at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.cli.answer import Answer, answer, has_errors
from docgen.cli.names import name
from docgen.cli.options import Named, declare_json, found, named
from docgen.cli.parser import Command, Given, Parser
from docgen.cli.template import declare_notice, notice_of
from docgen.load.disk import MEGABYTE, read_bytes, relative
from docgen.model.artifact import Report
from docgen.model.notice import Document, Notice
from docgen.problem import Problem, Stop

if TYPE_CHECKING:
    from docgen.fill import Known
    from docgen.pipeline import Workspace

LIMIT = 20 * MEGABYTE
TEMPLATES = "templates/"


def _check(given: Given) -> Answer:
    from docgen import pipeline
    from docgen.fill import lint_template

    chosen = named(given)
    workspace = found(chosen)
    folder = _folder(given.comments)
    wanted = _wanted(workspace, given.templates)
    slugs = [chosen.notice] if chosen.notice else pipeline.notices(workspace)
    packs = [notice_of(workspace, slug) for slug in slugs]
    by_name = {Path(word).resolve() for word in given.templates if word.endswith(".docx")}
    looked = 0
    problems: dict[Problem, None] = {}
    made: list[str] = []
    for path in wanted:
        shown = relative(path, workspace.root)
        uses = list(_uses(shown, packs, typed=bool(chosen.notice) and path in by_name))
        if not uses and chosen.notice and path not in by_name:
            continue
        looked += 1
        read = read_bytes(path, shown, LIMIT)
        problems |= dict.fromkeys(read.problems)
        if read.value is None:
            continue
        mine: dict[Problem, None] = {}
        for slug, known in uses or [("", {})]:
            mine |= dict.fromkeys(
                p.of(notice=slug) for p in lint_template(read.value, known, shown)
            )
        problems |= mine
        if folder is not None and mine:
            made += _annotated(read.value, list(mine), folder, shown, problems)
    if not looked and given.templates:
        said = f"“{chosen.notice}”没有用“{'、'.join(given.templates)}”里的模板"
        raise Stop(said, f"核对文种；它要什么：docgen notice show {chosen.notice}")
    if chosen.notice and not given.templates:
        problems |= dict.fromkeys(_unused(workspace, packs[0]))
    about = {"模板": str(looked)}
    if folder is not None:
        about["批注副本"] = "、".join(made) or "没有发现问题，未写"
    report = Report(problems=tuple(problems), about=about)
    return answer(report, int(has_errors(report)), json=given.json)


def _wanted(workspace: Workspace, typed: list[str]) -> list[Path]:
    """The files that the words typed stand for: Word files, or all templates of a 文种."""
    files: list[Path] = []
    for word in typed or ["*"]:
        if word.endswith(".docx") and Path(word).is_file():
            files.append(Path(word).resolve())
            continue
        if word.endswith(".docx"):
            raise Stop(f"没有“{word}”这个文件", "核对文件名；查一个文种的全部模板只写文种")
        if word != "*":
            found(Named(kind=name(word, "文种")))
        files += sorted(workspace.templates.glob(f"{word}/[!~.]*.docx"))
    if not files:
        raise Stop("templates/ 里没有 Word 模板", "用 docgen template new 起一个")
    return files


def _uses(
    shown: str, packs: list[Notice], *, typed: bool
) -> Iterator[tuple[str, Mapping[str, Known]]]:
    """The facts of each document that a file is the template of, with the notice's slug.

    A file named with a notice that does not use it is held to all that the notice's documents of
    the same file name know, or else to all that any of them knows.
    """
    from docgen.fill import known_facts

    template = shown.removeprefix(TEMPLATES)
    documents = [(pack, d) for pack in packs for d in pack.documents if d.template]
    mine = [(pack, d) for pack, d in documents if d.template == template]
    if mine or not typed:
        yield from ((pack.slug, known_facts(document, pack)) for pack, document in mine)
        return
    alike: list[tuple[Notice, Document]] = [
        (pack, d) for pack, d in documents if d.kind in Path(shown).stem
    ]
    known: dict[str, Known] = {}
    for pack, document in alike or documents:
        known |= known_facts(document, pack)
    if known:
        yield packs[0].slug, known


def _unused(workspace: Workspace, pack: Notice) -> Iterator[Problem]:
    """Fields of a notice that none of its templates prints."""
    from docgen.fill import template_names, unused_fields

    printed = []
    for document in pack.documents:
        path = workspace.templates / document.template
        if document.template and path.is_file():
            data = read_bytes(path, document.template, LIMIT).value
            printed.append((document.issuer, template_names(data) if data else frozenset()))
    yield from (problem.of(notice=pack.slug) for problem in unused_fields(pack, printed))


def _folder(typed: str | None) -> Path | None:
    if typed is None:
        return None
    folder = Path(typed)
    if folder.exists() and not folder.is_dir():
        raise Stop(f"“{typed}”不是文件夹", "--comments 后面写放批注副本的文件夹")
    return folder


def _annotated(
    data: bytes, mine: list[Problem], folder: Path, shown: str, problems: dict[Problem, None]
) -> list[str]:
    """Writes the copy with comments beside whatever stands there; its name, [] where it failed."""
    from docgen.fill import annotate
    from docgen.store import write_new

    copy = annotate(data, mine)
    if not copy:
        return []
    target = folder / shown.removeprefix(TEMPLATES)
    for number in range(1, 1000):
        path = target if number == 1 else target.with_stem(f"{target.stem}（{number}）")
        if path.exists():
            continue
        problem = write_new(path, copy, parents=True)
        if problem is not None:
            problems[problem] = None
            return []
        return [path.as_posix()]
    return []


def _declare(parser: Parser) -> None:
    parser.argument("templates", "文种或文件", "如 建设方案、改好的.docx；不写则查全部模板", "*")
    declare_notice(parser)
    parser.option(
        "--comments", dest="comments", metavar="目录", help="在这里另存带批注的副本，模板不动"
    )
    declare_json(parser)


CHECK = Command(
    """查 Word 模板：标签配对、写法、字段名、字体、修订和批注，一次列全，每处指明段落。不动模板。

docgen template check
docgen template check 建设方案 -n 通知名称
docgen template check 改好的.docx -n 通知名称 --comments 批注（另存带批注的副本）""",
    _declare,
    _check,
)
