"""docgen notice list | show | check: the notice packs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.cli.answer import Answer, answer, has_errors, laid_out
from docgen.cli.chinese import SETTINGS, Command, Group
from docgen.cli.names import day as read_day
from docgen.cli.options import Day, Json, found, named
from docgen.model.artifact import Report
from docgen.problem import Stop

if TYPE_CHECKING:
    from docgen.model.notice import Notice
    from docgen.report.lines import Line

app = typer.Typer(
    cls=Group,
    help="通知：有哪些、要什么、通知包是否合格",
    rich_markup_mode=None,
    context_settings=SETTINGS,
    no_args_is_help=True,
)
Slug = Annotated[str, typer.Argument(metavar="通知", help="如 江苏数促中心-2026")]


@app.command("list", cls=Command)
def list_notices() -> Answer:
    """列出全部通知：名称、文号、状态、最后期限。"""
    from docgen import pipeline
    from docgen.report.lines import line

    workspace = found(named())
    rows = []
    for slug in pipeline.notices(workspace):
        notice = pipeline.load_notice(workspace, slug).value
        if notice is None:
            rows.append([slug, "读不出来：docgen notice check " + slug])
            continue
        ends = [window.end for window in notice.calendar.values()]
        last = f"最后期限 {max(ends).isoformat()}" if ends else ""
        rows.append([slug, notice.status, last, notice.number, notice.name])
    return laid_out([line(*cells) for cells in _table(rows)] or [line("notices/ 里还没有通知")])


@app.command("show", cls=Command)
def show(slug: Slug, day: Day = None) -> Answer:
    """一个通知要什么：文号、期限、材料、规则数、存疑。"""
    from docgen import pipeline

    workspace = found(named(notice=slug))
    loaded = pipeline.load_notice(workspace, slug)
    if loaded.value is None:
        return answer(Report(problems=loaded.problems), 1)
    return laid_out(list(_shown(loaded.value, read_day(day) or date.today())))


@app.command("check", cls=Command)
def check(
    slugs: Annotated[
        list[str] | None, typer.Argument(metavar="通知", help="不写则查全部通知")
    ] = None,
    json: Json = False,
) -> Answer:
    """查通知包：名称都有字段、规则都有用例且用例都对、模板齐全、章节齐全。"""
    from docgen import pipeline

    workspace = found(named())
    for slug in slugs or ():
        found(named(notice=slug))
    every = slugs or pipeline.notices(workspace)
    if not every:
        raise Stop("notices/ 里还没有通知", "新建 notices/<通知>/通知.yaml")
    reports = [pipeline.check_notice(workspace, slug) for slug in every]
    whole = Report(
        tuple(subject for report in reports for subject in report.subjects),
        tuple(dict.fromkeys(problem for report in reports for problem in report.problems)),
    )
    return answer(whole, int(has_errors(whole)), json=json)


def _shown(notice: Notice, today: date) -> Iterator[Line]:
    from docgen.cli.answer import columns
    from docgen.report.calendar import calendars
    from docgen.report.lines import Span, line

    yield line(Span(notice.full_name or notice.name, "bold"))
    dated = notice.dated.isoformat() if notice.dated else ""
    reviewed = f"{notice.reviewed.isoformat()} 复核" if notice.reviewed else ""
    yield line(
        "，".join(filter(None, [notice.issuer, notice.number, dated, notice.status, reviewed]))
    )
    if notice.parent:
        yield line(f"转发 {notice.parent.slug}：{notice.parent.name}（{notice.parent.number}）")
    if notice.tracks:
        yield line("类别：", "、".join(notice.tracks), hang=6)
    yield line()
    yield from calendars([notice], today, columns())
    yield line()
    yield line(Span("材料", "head"))
    rows = []
    for document in notice.documents:
        formats = "、".join(document.formats) if document.template else "不由本程序生成"
        copies = f"{document.copies} 份" if document.copies else ""
        basis = f"{document.notice} {document.article}".strip()
        rows.append([document.kind, document.issuer.value, formats, copies, basis])
    for cells in _table(rows):
        yield line(*cells, indent=2)
    yield line()
    yield line(Span(f"规则 {len(notice.rules)} 条", "head"), f"，用例 {len(notice.cases)} 个")
    if notice.doubts:
        yield line()
        yield line(Span(f"存疑 {len(notice.doubts)} 处", "head"))
    for doubt in notice.doubts:
        yield line(doubt.matter, indent=2, hang=4)
        yield line(Span("采用 ", "dim"), doubt.reading, indent=4, hang=9)


def _table(rows: list[list[str]]) -> Iterator[list[str]]:
    """The rows with their cells padded to columns; a column that is all empty is left out."""
    from docgen.report.lines import padded, width

    count = max((len(row) for row in rows), default=0)
    widths = [
        max((width(row[i]) for row in rows if i < len(row) - 1), default=0) for i in range(count)
    ]
    for row in rows:
        last = len(row) - 1
        cells = [
            cell if number == last else padded(cell, widths[number]) + "  "
            for number, cell in enumerate(row)
            if number == last or widths[number]
        ]
        yield cells
